"""Jobbsjansen's individual reporting: an SPSS file of coded answers with Norwegian labels."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.synthetic.draws import Streams
from helpers.synthetic.files import write_spss
from helpers.synthetic.parameters import Parameters

ORIGIN_VARIABLES = {
    "other_asia": "Asia_for_øvrig",
    "sub_saharan_africa": "Afrika_sør_for_Sahara",
    "southeast_asia": "Sørøst_Asia",
    "west_asia": "Vest_Asia",
    "europe": "Europa",
    "latin_america_caribbean": "Latin_Amerika_og_Karibia",
    "south_asia": "Sør_Asia",
    "north_africa": "Nord_Afrika",
    "north_america": "Nord_Amerika",
    "stateless": "Statsløs",
}
_NORWEGIAN = {1: "Under A1", 2: "A1", 3: "A2", 4: "B1", 5: "B2"}
VALUE_LABELS: dict[str, dict[Any, str]] = {
    "v2_1": {1: "Kvinne", 2: "Mann"},
    "Norsknivaa_samlet_avslutning_karakter": _NORWEGIAN,
    "Norsknivaa_vurdering_avslutning": _NORWEGIAN,
    "v5_1": {1: "Under 10 %", 2: "10-19 %", 3: "20-29 %", 4: "30-49 %", 5: "50 % eller mer"},
    "v2_9": {
        1: "Ingen skolegang",
        2: "Noe barneskole",
        3: "Fullført barneskole",
        4: "Fullført ungdomsskole",
        5: "Påbegynt videregående opplæring",
        6: "Fullført videregående opplæring",
        7: "Påbegynt høyere utdanning",
        8: "Fullført høyere utdanning",
    },
    "Måloppnåelse_dik": {0: "Ikke måloppnåelse", 1: "Måloppnåelse"},
    "v6_1": {1: "Arbeid", 2: "Utdanning", 3: "Annet"},
}
_LABELS = {
    "Løpenummer": "Løpenummer",
    "År": "Rapporteringsår",
    "v1_1": "Kommune",
    "v1_2": "Prosjektets navn",
    "v2_1": "Kjønn",
    "Alder_rapporteringstidspunkt": "Alder på rapporteringstidspunktet",
    "Botid": "Botid i Norge (år)",
    "Norsknivaa_samlet_avslutning_karakter": "Norsknivå ved avslutning, samlet resultat av prøver",
    "Norsknivaa_vurdering_avslutning": "Norsknivå ved avslutning, rapportørens vurdering",
    "Varighet": "Varighet på deltakelsen (måneder)",
    "v5_1": "Samlet fravær",
    "v2_9": "Høyeste utdanning",
    "Måloppnåelse_dik": "Måloppnåelse",
    "v6_1": "Status ved avslutning",
}
# The detailed answers behind each of the three levels of education, and how common they are within it
_EDUCATION_ANSWERS = {
    1: ([1, 2], [0.6, 0.4]),
    2: ([3, 4, 5], [0.25, 0.45, 0.30]),
    3: ([6, 7, 8], [0.45, 0.15, 0.40]),
}
_HIGH_ABSENCE_SHARES = [0.60, 0.22, 0.12, 0.06]
_TESTED_SHARE = 0.62  # have an overall test result; all others the rapporteur's judgement
_JUDGED_TOO = 0.85  # of those tested
_JUDGED_LEVELS_AWAY = [0.1, 0.8, 0.1]  # one below the test result, the same, one above


def write_jobbsjansen(
    path: Path,
    parameters: Parameters,
    people: pd.DataFrame,
    singles: pd.DataFrame,
    missing: pd.DataFrame,
    names: pd.Series,
    streams: Streams,
) -> None:
    """Write `jobbsjansen.sav`.

    Args:
        path: The file.
        parameters: Labels of the single measures, and the largest municipality's district projects.
        people: Jobbsjansen's participants, with `attained` and `to_work`.
        singles: As from `single_measures`.
        missing: As from `draw_missing`, these rows.
        names: The municipalities' names by number.
        streams: Random numbers.
    """
    rng = streams.of("jobbsjansen rows")
    people, missing = people.reset_index(drop=True), missing.reset_index(drop=True)
    rows = pd.DataFrame({"År": people["year"].astype(float), "v1_1": people["municipality"].astype(float)})
    rows["v1_2"] = _project_names(parameters, people["municipality"], names, rng)
    rows["v2_1"] = np.where(people["male"], 2.0, 1.0)
    rows["Alder_rapporteringstidspunkt"] = people["age"].astype(float)
    rows["Botid"] = people["years_in_norway"].round(1).where(~missing["jobbsjansen_years"])
    for origin, variable in ORIGIN_VARIABLES.items():
        rows[variable] = (people["origin"] == origin).astype(float)
    rows = rows.join(_norwegian(people, missing, rng))
    rows["Varighet"] = people["duration_months"].astype(float)
    rows["v5_1"] = _absence(people, rng).where(~missing["jobbsjansen_absence"])
    rows["v2_9"] = _education(people["education"], rng).where(~missing["education"])
    rows["Måloppnåelse_dik"] = people["attained"].astype(float)
    rows["v6_1"] = np.where(people["attained"], np.where(people["to_work"], 1.0, 2.0), 3.0)
    rows = rows.join(singles.reset_index(drop=True).astype(float))
    rows = rows.iloc[rng.permutation(len(rows))]
    rows.insert(0, "Løpenummer", [f"J{i:05d}" for i in range(1, len(rows) + 1)])
    present = sorted(people["municipality"].unique())
    value_labels = VALUE_LABELS | {"v1_1": {int(number): str(names[number]) for number in present}}
    write_spss(path, rows.reset_index(drop=True), _labels(parameters), value_labels)


def _labels(parameters: Parameters) -> dict[str, str]:
    origins = {variable: variable.replace("_", " ") for variable in ORIGIN_VARIABLES.values()}
    return _LABELS | origins | {field: label for field, _, label, _ in parameters.single_measures}


def _project_names(
    parameters: Parameters, municipality: pd.Series, names: pd.Series, rng: np.random.Generator
) -> pd.Series:
    """`Jobbsjansen` and the municipality; in the largest one a district instead."""
    places = municipality.map(names).astype(object)
    largest = municipality.value_counts(sort=False).sort_index().idxmax() if len(municipality) else ""
    districts = np.array(parameters.municipalities.jobbsjansen.district_projects, dtype=object)
    drawn = districts[rng.integers(0, len(districts), len(places))]
    return "Jobbsjansen " + places.where(municipality != largest, drawn)


def _norwegian(people: pd.DataFrame, missing: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """The test result where there is one, else the judgement; a judgement beside a result may differ by a level."""
    level = people["norwegian"].astype(float)
    tested = pd.Series(rng.random(len(people)) < _TESTED_SHARE)
    differs = (level + rng.choice([-1, 0, 1], len(people), p=_JUDGED_LEVELS_AWAY)).clip(1, 5)
    judged = level.where(~tested, differs).where(~tested | (rng.random(len(people)) < _JUDGED_TOO))
    return pd.DataFrame(
        {
            "Norsknivaa_samlet_avslutning_karakter": level.where(tested & ~missing["norwegian"]),
            "Norsknivaa_vurdering_avslutning": judged.where(~missing["norwegian"]),
        }
    )


def _absence(people: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    high = rng.choice([2.0, 3.0, 4.0, 5.0], len(people), p=_HIGH_ABSENCE_SHARES)
    return pd.Series(np.where(people["absence_high"], high, 1.0))


def _education(level: pd.Series, rng: np.random.Generator) -> pd.Series:
    answers = pd.Series(np.nan, index=level.index)
    for one, (options, shares) in _EDUCATION_ANSWERS.items():
        drawn = rng.choice(np.array(options, dtype=float), len(level), p=shares)
        answers[level == one] = drawn[level == one]
    return answers
