"""What the NIR extract must hold: its columns, the texts that are coded and the limits of its numbers."""

from __future__ import annotations

import pandera.pandas as pa

from helpers.registers.coding import Coding
from helpers.registers.contracts import (
    AGES,
    LONGEST_PROGRAMME_MONTHS,
    Contract,
    between,
    end_year,
    identifier,
    not_empty,
    not_negative,
    text_in,
)

MOST_HOURS = 20_000
MOST_DAYS = 2_000
MEASURE_SET = "Ja"

DATE_FIELDS = ("DatoForForsteVedtakIntro", "GjenførfristBeregnetFra", "AvsluttetDato")
TEST_FIELDS = (
    "PROVE_NORSK_LES_Resultat",
    "PROVE_NORSK_LYTT_Resultat",
    "PROVE_NORSK_MUNTLLIG_Resultat",
    "PROVE_NORSK_SKRIV_Resultat",
)
ABSENCE_FIELDS = ("AntallTimerFravaerIntro", "AntallDagerFravaerIntro")
ATTENDANCE_FIELDS = ("AntallTimerDeltattNorsk", "AntallTimerDeltattSamf", "AntallTimerDeltattNKNV")
TARGETS = {
    "Kjønn": "male",
    "StatsborgerskapForste": "origin",
    "Avslutningsårsak": "goal_attained",
    "SporForste": "education_level",
    "SporSiste": "education_level",
} | dict.fromkeys(TEST_FIELDS, "norwegian_level")
"""The harmonised variable whose recodings list the valid texts of a field."""


def nir_columns(coding: Coding) -> list[str]:
    """The columns of the NIR extract, in the order of delivery."""
    return [
        *("Løpenummer", "Kjønn", "Fodselsaar", "StatsborgerskapForste", *DATE_FIELDS, "Avslutningsårsak"),
        *("SporForste", "SporSiste", *TEST_FIELDS, *ABSENCE_FIELDS, *ATTENDANCE_FIELDS),
        *("Avsl_Kommunennummer", "Avsl_Kommunenavn", *coding.measure_fields("introduction")),
    ]


def nir_contract(coding: Coding, last_end_year: int) -> Contract:
    """The NIR extract as read, with the derived end_year, age, days_programme, months and days_norway."""
    hours = {name: between(0, MOST_HOURS, "hours") for name in ("AntallTimerFravaerIntro", *ATTENDANCE_FIELDS)}
    coded = {name: text_in(coding.codes(target, "introduction", name)) for name, target in TARGETS.items()}
    measures = {name: text_in([MEASURE_SET]) for name in coding.measure_fields("introduction")}
    return {
        "Løpenummer": identifier(),
        "AvsluttetDato": pa.Column(checks=pa.Check(not_empty, error="an end date dd.mm.yyyy")),
        "end_year": end_year("AvsluttetDato", last_end_year),
        "age": between(*AGES, "years of age in the end year", "Fodselsaar", "a birth year that gives"),
        "days_programme": not_negative("GjenførfristBeregnetFra", "a start that is not after AvsluttetDato"),
        "days_norway": not_negative("DatoForForsteVedtakIntro", "a decision that is not after AvsluttetDato"),
        "age_at_decision": not_negative("DatoForForsteVedtakIntro", "a decision that is not before the birth year"),
        "months": between(None, LONGEST_PROGRAMME_MONTHS, "months to AvsluttetDato", "GjenførfristBeregnetFra"),
        "AntallDagerFravaerIntro": between(0, MOST_DAYS, "days"),
        **hours,
        **coded,
        **measures,
    }
