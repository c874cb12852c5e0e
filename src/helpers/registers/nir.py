"""The NIR extract: everyone who left the introduction programme, read, checked and harmonised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.cohort.settings import Cohort
from helpers.registers import nir_contract as fields
from helpers.registers.cells import (
    NUMBER_EXPECTED,
    dates,
    map_distinct,
    normalised,
    numbers,
    whole_months,
    years_between,
)
from helpers.registers.coding import Coding
from helpers.registers.contracts import FIRST_END_YEAR, check_contract
from helpers.registers.harmonise import finish, text_column
from helpers.registers.municipalities import MunicipalityList
from helpers.registers.problems import Problems, check_columns
from helpers.registers.selection import select_years
from helpers.registers.text import TextTable, read_delimited

PERSON, BIRTH_YEAR = "Løpenummer", "Fodselsaar"
START, DECISION, END = "GjenførfristBeregnetFra", "DatoForForsteVedtakIntro", "AvsluttetDato"
NUMBER, NAME = "Avsl_Kommunennummer", "Avsl_Kommunenavn"
ABSENCE_TOLERANCE = 1e-9
"""So that an absence of exactly the limit counts as high whatever the last bit of the arithmetic says."""


@dataclass(frozen=True)
class NirExtract:
    """The extract as read: texts normalised, dates and numbers parsed; one row per leaver, all years."""

    text: TextTable
    read: pd.DataFrame
    dates: pd.DataFrame


def read_nir(path: Path, coding: Coding, last_end_year: int, problems: Problems) -> NirExtract | None:
    """Read the extract and check every column and cell.

    Args:
        path: The file.
        coding: The recodings in force.
        last_end_year: The last year in which an end date is believed.
        problems: Where to report.

    Returns:
        The extract, or None if it cannot be read or lacks a column; its cells may have been found faulty.
    """
    text = read_delimited(path, problems)
    if text is None:
        return None
    missing = check_columns(text.file, text.data.columns, fields.nir_columns(coding), problems)
    when = _dates(text, problems)
    read = _derived(_read_cells(text, coding, problems), when, last_end_year)
    contract = fields.nir_contract(coding, last_end_year)
    check_contract(contract, read, text.data, text.rows, text.file, problems)
    return None if missing else NirExtract(text, read, when)


def _dates(text: TextTable, problems: Problems) -> pd.DataFrame:
    present = [name for name in fields.DATE_FIELDS if name in text.data]
    when = pd.DataFrame({name: dates(text.data[name]) for name in present}, index=text.data.index)
    for name in present:
        wrong = (when[name].isna() & (text.data[name] != "")).to_numpy()
        cells, rows = text.data.loc[wrong, name], text.rows[wrong]
        problems.add_values(text.file, name, cells, rows, "a date of the calendar, dd.mm.yyyy")
    return when


def _read_cells(text: TextTable, coding: Coding, problems: Problems) -> pd.DataFrame:
    read = text.data.copy(deep=False)
    amounts = [*fields.ABSENCE_FIELDS, *fields.ATTENDANCE_FIELDS]
    for name in read.columns.intersection([BIRTH_YEAR, *amounts]):
        read[name] = numbers(text.data[name])
        wrong = (read[name].isna() & (text.data[name] != "")).to_numpy()
        expected = "a year of four digits" if name == BIRTH_YEAR else NUMBER_EXPECTED
        problems.add_values(text.file, name, text.data.loc[wrong, name], text.rows[wrong], expected)
    for name in read.columns.intersection([PERSON, *fields.TARGETS, *coding.measure_fields("introduction")]):
        if any(normalised(value) != value for value in read[name].cat.categories):
            read[name] = map_distinct(read[name], normalised)
    return read


def _derived(read: pd.DataFrame, when: pd.DataFrame, last_end_year: int) -> pd.DataFrame:
    """Add what follows from several cells; an unbelievable end date is reported once, not in all its effects."""
    if END not in when:
        return read
    year = when[END].dt.year.astype(float)
    end = when[END].where(year.between(FIRST_END_YEAR, last_end_year))
    derived = {"end_year": year}
    if BIRTH_YEAR in read:
        derived["age"] = end.dt.year - read[BIRTH_YEAR]
    if START in when:
        derived["days_programme"] = (end - when[START]).dt.days.astype(float)
        derived["months"] = whole_months(when[START], end)
    if DECISION in when:
        derived["days_norway"] = (end - when[DECISION]).dt.days.astype(float)
        if BIRTH_YEAR in read:
            derived["age_at_decision"] = when[DECISION].dt.year - read[BIRTH_YEAR]
    return read.assign(**derived)


def in_cohort(extract: NirExtract, cohort: Cohort, problems: Problems) -> np.ndarray:
    """Whether each row left in the cohort's years; see `select_years` for what is reported."""
    return select_years(extract.read["end_year"], extract.text.file, END, cohort, problems)


def note_absence(extract: NirExtract, chosen: np.ndarray, cohort: Cohort, problems: Problems) -> None:
    """Note how many were absent for longer than they attended: possible, and worth a look."""
    absent, attended, known = _absence(extract.read[chosen], cohort)
    if more := int((known & (absent > attended)).sum()):
        problems.note(
            f"{extract.text.file}: {more:,} of the cohort's leavers were absent for more hours than they attended."
        )


def check_municipalities(
    extract: NirExtract, chosen: np.ndarray, municipalities: MunicipalityList, problems: Problems
) -> None:
    """Report municipalities of the chosen rows that are unknown, misnamed or not in force in the end year."""
    data = extract.text.data[chosen]
    cells = pd.DataFrame({"number": data[NUMBER], "year": extract.read["end_year"][chosen], "name": data[NAME]})
    municipalities.check(cells, extract.text.rows[chosen], extract.text.file, NUMBER, problems)


def municipality_years(extract: NirExtract, chosen: np.ndarray) -> pd.DataFrame:
    """Columns municipality and year of the chosen rows."""
    numbers_left = text_column(extract.text.data[NUMBER][chosen])
    return pd.DataFrame({"municipality": numbers_left, "year": extract.read["end_year"][chosen]})


def harmonise_nir(extract: NirExtract, chosen: np.ndarray, coding: Coding, cohort: Cohort) -> pd.DataFrame:
    """The introduction programme's participants' table (an extract without problems, chosen rows)."""
    read, when = extract.read[chosen], extract.dates[chosen]
    end_reason = read["Avslutningsårsak"]
    columns = {
        "participant_id": text_column(read[PERSON]),
        "end_year": read["end_year"].astype(int),
        "municipality": text_column(read[NUMBER]),
        "goal_attained": coding.recode_number(end_reason, "goal_attained", "introduction"),
        "transition": coding.recode(end_reason, "transition", "introduction"),
        "male": coding.recode_number(read["Kjønn"], "male", "introduction"),
        "age": read["age"],
        "years_in_norway": years_between(when[DECISION], when[END]),
        "duration_months": read["months"],
        "norwegian_level": _mean_of_tests(read, coding),
        "education_level": _education(read, coding, cohort),
        "origin": coding.recode(read["StatsborgerskapForste"], "origin", "introduction"),
        "absence_high": _absence_high(read, cohort),
    }
    measures = {name: coding.any_set(read, name, "introduction") for name in coding.measures}
    return finish(columns | measures, "introduction", coding, cohort.coding)


def _mean_of_tests(read: pd.DataFrame, coding: Coding) -> pd.Series:
    fields = coding.fields("norwegian_level", "introduction")
    tests = {name: coding.recode_number(read[name], "norwegian_level", "introduction") for name in fields}
    return pd.DataFrame(tests).mean(axis="columns")


def _education(read: pd.DataFrame, coding: Coding, cohort: Cohort) -> pd.Series:
    first = coding.recode_number(read["SporForste"], "education_level", "introduction")
    last = coding.recode_number(read["SporSiste"], "education_level", "introduction")
    if cohort.coding.education_track == "highest":
        return pd.concat([first, last], axis="columns").max(axis="columns")
    return first.fillna(last) if cohort.coding.education_track == "first" else last.fillna(first)


def _absence_high(read: pd.DataFrame, cohort: Cohort) -> pd.Series:
    """Absence of the hours attended, against the limit (table 9 of the report); missing where it is not known."""
    absent, attended, known = _absence(read, cohort)
    high = absent + ABSENCE_TOLERANCE >= cohort.coding.high_absence_from * attended
    return high.astype(float).where(known)


def _absence(read: pd.DataFrame, cohort: Cohort) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Hours of absence (days counted in hours), hours attended, and whether both are known.

    They are not where no hour was attended, or neither absence field is filled in.
    """
    hours, days = (read[name] for name in fields.ABSENCE_FIELDS)
    absent = hours.fillna(0) + days.fillna(0) * cohort.coding.hours_per_absence_day
    attended = read[list(fields.ATTENDANCE_FIELDS)].sum(axis="columns")
    return absent, attended, (attended > 0) & (hours.notna() | days.notna())
