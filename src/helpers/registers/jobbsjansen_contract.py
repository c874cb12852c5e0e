"""What Jobbsjansen's individual reporting must hold: variables, codes and limits of numbers."""

from __future__ import annotations

import pandas as pd
import pandera.pandas as pa

from helpers.registers.coding import Coding
from helpers.registers.contracts import (
    AGES,
    LONGEST_PROGRAMME_MONTHS,
    Contract,
    between,
    end_year,
    identifier,
    not_negative,
    number_in,
)

NORWEGIAN_LEVELS = (1, 5)
ORIGIN_FIELDS = "Europa to Statsløs"
"""How messages name the ten variables of origin."""
TARGETS = {
    "v2_1": "male",
    "Norsknivaa_vurdering_avslutning": "norwegian_level",
    "v5_1": "absence_high",
    "v2_9": "education_level",
    "Måloppnåelse_dik": "goal_attained",
    "v6_1": "transition",
}
TEXT_FIELDS = ("Løpenummer", "v1_2")
GRADE = "Norsknivaa_samlet_avslutning_karakter"
NUMBERS = ("År", "v1_1", "Alder_rapporteringstidspunkt", "Botid", "Varighet", GRADE)


def jobbsjansen_columns(coding: Coding) -> list[str]:
    """The variables of Jobbsjansen's individual reporting that are used."""
    return [
        *TEXT_FIELDS,
        *NUMBERS,
        *TARGETS,
        *coding.fields("origin", "jobbsjansen"),
        *coding.single_measures,
    ]


def jobbsjansen_contract(coding: Coding, last_end_year: int) -> Contract:
    """Jobbsjansen's individual reporting, with the derived columns end_year, n_origins and age_on_arrival."""
    flags = [*coding.fields("origin", "jobbsjansen"), *coding.single_measures]
    coded = {name: number_in(coding.codes(target, "jobbsjansen", name)) for name, target in TARGETS.items()}
    one_origin = pa.Check.le(1, error="at most one of them with 1")
    return {
        "Løpenummer": identifier(),
        "År": pa.Column(nullable=True, checks=pa.Check(pd.Series.notna, error="a year", ignore_na=False)),
        "end_year": end_year("År", last_end_year),
        "Alder_rapporteringstidspunkt": between(*AGES, "years of age"),
        "Botid": between(0, AGES[1], "years in Norway"),
        "age_on_arrival": not_negative("Botid", "no more years in Norway than years of age"),
        "Varighet": between(0, LONGEST_PROGRAMME_MONTHS, "months"),
        GRADE: between(*NORWEGIAN_LEVELS, "(under A1 to B2)"),
        "n_origins": pa.Column(nullable=True, checks=one_origin, metadata={"field": ORIGIN_FIELDS}),
        **coded,
        **{name: number_in(["0", "1"]) for name in flags},
    }
