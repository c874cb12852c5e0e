"""The variables of Jobbsjansen's reporting that the 2019 evaluation uses, as coded answers with labels.

The values and labels are those of the coding tables, read backwards.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.cohort.settings import CodingChoices
from helpers.registers.coding import load_coding
from helpers.registers.jobbsjansen_details import ANSWERS, CODED_NUMBER, CODED_TEXT, NUMBERS, START_YEAR

DETAIL_LABELS = {
    "Delordning": "Delordning",
    "Deltakerstatus": "Status ved utgangen av rapporteringsåret",
    START_YEAR: "År for oppstart i programmet",
    "Landbakgrunn": "Landbakgrunn",
    "v1_3": "Etat med ansvar for Jobbsjansen",
    "v1_4": "Vektlegging ved inntak: behov for tett oppfølging",
    "v1_5": "Vektlegging ved inntak: motivasjon",
    "v1_6": "Vektlegging ved inntak: helsesituasjon",
    "v1_7": "Vektlegging ved inntak: sannsynlighet for måloppnåelse",
    "v1_8": "Vektlegging ved inntak: norskferdigheter",
    "v1_9": "Lokal interesse for Jobbsjansen",
    "v1_10": "Lokal påvirkning",
    "v1_11": "Antall samarbeidspartnere",
    "v1_12": "Interne praksisplasser i tillegg til eksterne",
    "v1_13": "Holdning til behovstilpasning",
    "v1_14": "Grad av brukermedvirkning",
    "v1_15": "Årsverk i prosjektet",
    "v2_10": "Familiegjenforent med norsk/nordisk statsborger",
    "v2_11": "Hovedinntektskilde før oppstart",
    "v2_12": "Omsorgsansvar",
    "v2_13": "Antall barn under 18 år",
    "v2_14": "Nedsatt arbeidsevne",
    "v2_15": "Arbeidserfaring fra hjemlandet",
    "v2_16": "Inntektsgivende arbeid i Norge før oppstart",
    "Norsknivaa_oppstart": "Norsknivå ved oppstart",
    "v6_2": "Hovedårsak til utskrivning",
    "v6_3": "Type arbeid",
    "v6_4": "Arbeidstid per uke",
}
_UNKNOWN_NORWEGIAN = 9.0
_IN_THE_REPORTING = ("v2_9", "v5_1")  # written with the common variables


def _coded() -> dict[str, str]:
    return {field: name for name, field in (CODED_TEXT | CODED_NUMBER).items() if field not in _IN_THE_REPORTING}


def _value_labels() -> dict[str, dict[Any, str]]:
    coding = load_coding(CodingChoices())
    return {
        field: {int(value): label for value, label in coding.labels(name, "jobbsjansen", field).items()}
        for field, name in _coded().items()
    }


DETAIL_VALUE_LABELS = _value_labels()


def detail_answers(people: pd.DataFrame, projects: pd.DataFrame) -> tuple[pd.DataFrame, dict[Any, str]]:
    """The evaluation's variables of everybody reported, and the labels of the country variable."""
    coding, table = load_coding(CodingChoices()), pd.DataFrame(index=people.index)
    table[START_YEAR] = people["start_year"].astype(float)
    names = sorted(set(people["country"]))
    table["Landbakgrunn"] = people["country"].map({name: float(i) for i, name in enumerate(names, start=1)})
    for field, name in _coded().items():
        codes = coding.codes(name, "jobbsjansen", field)
        if name in CODED_NUMBER:
            values = {float(code): float(value) for value, code in codes.items() if code}
            table[field] = people[name].astype(float).map(values)
        else:
            table[field] = people[name].map({code: float(value) for value, code in codes.items()}).astype(float)
    table["Norsknivaa_oppstart"] = table["Norsknivaa_oppstart"].fillna(_UNKNOWN_NORWEGIAN)
    for name, field in (ANSWERS | NUMBERS).items():
        given = people[name] if name in people else people["project_name"].map(projects[name])
        table[field] = given.astype(float)
    order = [field for field in DETAIL_LABELS if field in table]
    return table[order], dict(enumerate(names, start=1))
