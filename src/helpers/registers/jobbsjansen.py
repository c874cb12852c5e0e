"""Jobbsjansen's individual reporting: an SPSS file of coded answers, read, checked and harmonised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat

from helpers.cohort.settings import Cohort
from helpers.registers import jobbsjansen_contract as fields
from helpers.registers import jobbsjansen_details as extra
from helpers.registers.cells import as_code, map_distinct, normalised, padded_code
from helpers.registers.coding import Coding
from helpers.registers.contracts import check_contract
from helpers.registers.harmonise import finish
from helpers.registers.municipalities import MunicipalityList
from helpers.registers.problems import Problems, check_columns, file_name
from helpers.registers.selection import select_years
from helpers.registers.text import read_bytes, report_size
from resultatbok.limits import MOST_CELLS

PERSON, YEAR, MUNICIPALITY, PROJECT_NAME = "Løpenummer", "År", "v1_1", "v1_2"
JUDGEMENT = "Norsknivaa_vurdering_avslutning"
Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class JobbsjansenReport:
    """The reporting as read: texts and numbers with the derived columns; `rows` are SPSS's case numbers.

    Attributes:
        file: The file's name.
        read: One row per participant, all years.
        rows: Case numbers.
        labels: Value labels: variable -> value as text -> label.
    """

    file: str
    read: pd.DataFrame
    rows: np.ndarray
    labels: Labels


def read_jobbsjansen(path: Path, coding: Coding, last_end_year: int, problems: Problems) -> JobbsjansenReport | None:
    """Read the reporting and check every variable, label and cell.

    Returns:
        The reporting, or None if it cannot be read, lacks a variable or has one of the wrong type; its cells
        may have been found faulty.
    """
    loaded = _load(path, problems)
    if loaded is None:
        return None
    raw, labels = loaded
    file, rows = file_name(path), np.arange(1, len(raw) + 1)
    expected = fields.jobbsjansen_columns(coding)
    missing = check_columns(file, raw.columns, expected, problems, extra.optional_fields())
    extra.note_absent(raw.columns, file, problems)
    raw = raw[[name for name in [*expected, *extra.optional_fields()] if name in raw]]
    mistyped = _check_types(raw, file, problems)
    usable = raw.drop(columns=mistyped)
    _check_labels(labels, coding, file, problems)
    read = _derived(usable, coding).assign(**extra.derived(usable, labels.get(extra.COUNTRY, {})))
    shown_raw = usable.assign(**{fields.ORIGIN_FIELDS: read["n_origins"]})
    contract = fields.jobbsjansen_contract(coding, last_end_year) | extra.details_contract(coding, last_end_year)
    check_contract(contract, read, shown_raw, rows, file, problems)
    extra.check_countries(labels.get(extra.COUNTRY, {}), coding, file, problems)
    return None if missing or mistyped else JobbsjansenReport(file, read, rows, labels)


def _load(path: Path, problems: Problems) -> tuple[pd.DataFrame, Labels] | None:
    if read_bytes(path, problems) is None:
        return None
    try:
        _, meta = pyreadstat.read_sav(str(path), metadataonly=True)
        most = MOST_CELLS // max(meta.number_columns, 1)  # a file may say of its rows what it will
        data, meta = pyreadstat.read_sav(str(path), disable_datetime_conversion=True, row_limit=most + 1)
    except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
        advice = "Save the file in SPSS's .sav format, or ask for it again if it was cut short."
        problems.add(file_name(path), "", f"a file that SPSS cannot read ({error})", "an SPSS file (.sav)", advice)
        return None
    if len(data) > most:
        report_size(file_name(path), f"more than {most:,} rows of {meta.number_columns:,} columns", problems)
        return None
    labels = {
        name: {as_code(value): str(label) for value, label in values.items()}
        for name, values in meta.variable_value_labels.items()
    }
    return data.reset_index(drop=True), labels


def _check_types(raw: pd.DataFrame, file: str, problems: Problems) -> list[str]:
    mistyped = []
    for name in raw.columns:
        is_number = pd.api.types.is_numeric_dtype(raw[name])
        if is_number != (name not in fields.TEXT_FIELDS):
            found, expected = ("number", "text") if is_number else ("text", "number")
            problems.add(file, name, f"a {found} variable", f"a {expected} variable", "Change its type in SPSS.")
            mistyped.append(name)
    return mistyped


def _check_labels(labels: Labels, coding: Coding, file: str, problems: Problems) -> None:
    """Report value labels that belong to another code, so that answers would be read as something else; note others."""
    labelled = fields.TARGETS | {fields.GRADE: "norwegian_level"}
    labelled |= {field: target for target, field in (extra.CODED_TEXT | extra.CODED_NUMBER).items()}
    for field, target in labelled.items():
        ours = coding.labels(target, "jobbsjansen", field)
        code_of = {normalised(label).casefold(): code for code, label in ours.items()}
        for code, label in labels.get(field, {}).items():
            meant = code_of.get(normalised(label).casefold())
            if meant is not None and meant != code:
                advice = "Recode the variable as the coding table has it."
                problems.add(file, field, f"the label {code} = {label!r}", f"{meant} = {ours[meant]!r}", advice)
        unknown = [
            f"{code} = {label!r} ({ours[code]!r})"
            for code, label in labels.get(field, {}).items()
            if code in ours and normalised(label).casefold() not in code_of
        ]
        if unknown:
            listed = ", ".join(unknown)
            problems.note(f"{file}, {field}: labels in other words than those of data/coding (in brackets): {listed}.")


def _derived(raw: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    origins = raw.columns.intersection(coding.fields("origin", "jobbsjansen"))
    derived = {"n_origins": raw[origins].sum(axis="columns")}
    if PERSON in raw:
        derived[PERSON] = map_distinct(raw[PERSON], normalised)
    if YEAR in raw:
        derived["end_year"] = raw[YEAR]
    if {"Alder_rapporteringstidspunkt", "Botid"} <= set(raw):
        derived["age_on_arrival"] = raw["Alder_rapporteringstidspunkt"] - raw["Botid"]
    return raw.assign(**derived)


def in_cohort(report: JobbsjansenReport, coding: Coding, cohort: Cohort, problems: Problems) -> np.ndarray:
    """Whether each row is a participant of the cohort: who left one of its parts in one of its years.

    See `select_years` for what is reported about the years.
    """
    extra.note_unsaid(report.read, coding, report.file, problems)
    rows = extra.part_and_status(report.read, coding)
    left = (rows["part"].isin(cohort.jobbsjansen_parts) & (rows["status"] == "left")).to_numpy()
    if others := int((~left).sum()):
        parts = " and ".join(part.upper() for part in cohort.jobbsjansen_parts)
        problems.note(f"{report.file}: {others:,} rows of others than those who left part {parts} are set aside.")
    chosen = left.copy()
    chosen[left] = select_years(report.read.loc[left, "end_year"], report.file, YEAR, cohort, problems)
    return chosen


def municipality_years(report: JobbsjansenReport, chosen: np.ndarray) -> pd.DataFrame:
    """Columns municipality and year of the chosen rows."""
    number = map_distinct(report.read[MUNICIPALITY], padded_code).fillna("")
    return pd.DataFrame({"municipality": number[chosen], "year": report.read["end_year"][chosen]})


def check_municipalities(
    report: JobbsjansenReport, chosen: np.ndarray, municipalities: MunicipalityList, problems: Problems
) -> None:
    """Report municipalities of the chosen rows that are unknown, mislabelled or not in force."""
    cells = municipality_years(report, chosen).rename(columns={"municipality": "number"})
    municipalities.check(cells, report.rows[chosen], report.file, MUNICIPALITY, problems)
    _check_municipality_labels(report, cells, municipalities, problems)


def _check_municipality_labels(
    report: JobbsjansenReport, cells: pd.DataFrame, municipalities: MunicipalityList, problems: Problems
) -> None:
    labels = {padded_code(code): label for code, label in report.labels.get(MUNICIPALITY, {}).items()}
    used = cells[cells["number"].isin(list(labels))].drop_duplicates()
    for number, year in used.itertuples(index=False):
        known = municipalities.name_in(number, int(year))
        if known is not None and normalised(known) != normalised(labels[number]):
            found = f"the label {number} = {labels[number]!r}"
            problems.add(report.file, MUNICIPALITY, found, f"the name {known!r}", "Mend the number or the label.")


def harmonise_jobbsjansen(
    report: JobbsjansenReport, chosen: np.ndarray, coding: Coding, cohort: Cohort, problems: Problems
) -> pd.DataFrame:
    """Jobbsjansen's participants' table (a reporting without problems, the chosen rows)."""
    read = report.read[chosen]
    recoded = {
        target: coding.recode_number(read[field], target, "jobbsjansen")
        for field, target in fields.TARGETS.items()
        if target in ("male", "absence_high", "education_level", "goal_attained")
    }
    columns = recoded | {
        "participant_id": read["Løpenummer"],
        "end_year": read["end_year"].astype(int),
        "municipality": map_distinct(read[MUNICIPALITY], padded_code),
        "project_name": read[PROJECT_NAME],
        "transition": coding.recode(read["v6_1"], "transition", "jobbsjansen"),
        "age": read["Alder_rapporteringstidspunkt"],
        "years_in_norway": read["Botid"],
        "duration_months": read["Varighet"],
        "norwegian_level": _norwegian(read, coding),
        "origin": _origin(read, coding),
    }
    _note_status(columns["goal_attained"], columns["transition"], report.file, problems)
    measures = {name: coding.any_set(read, name, "jobbsjansen") for name in coding.measures}
    return finish(columns | measures, "jobbsjansen", coding, cohort.coding)


def details(report: JobbsjansenReport, coding: Coding, cohort: Cohort) -> pd.DataFrame:
    """Everybody reported in the cohort's years, of every part and status; see `jobbsjansen_details`."""
    read = report.read[report.read["end_year"].isin(cohort.years.all)]
    return extra.details(read, PROJECT_NAME, MUNICIPALITY, report.labels.get(extra.COUNTRY, {}), coding)


def single_measures(report: JobbsjansenReport, chosen: np.ndarray, coding: Coding) -> pd.DataFrame:
    """The single measures of the chosen rows as 0/1, index participant_id; an empty answer is no."""
    index = pd.Index(report.read["Løpenummer"][chosen].astype("str"), name="participant_id")
    return report.read.loc[chosen, coding.single_measures].fillna(0).astype("int8").set_axis(index)


def _norwegian(read: pd.DataFrame, coding: Coding) -> pd.Series:
    grade = coding.interpolate(read[fields.GRADE], "norwegian_level", "jobbsjansen")
    judged = coding.recode_number(read[JUDGEMENT], "norwegian_level", "jobbsjansen")
    return grade.where(read[fields.GRADE].notna(), judged)


def _origin(read: pd.DataFrame, coding: Coding) -> pd.Series:
    origin = pd.Series(None, index=read.index, dtype=object)
    for field in coding.fields("origin", "jobbsjansen"):
        origin = origin.where(read[field] != 1, coding.codes("origin", "jobbsjansen", field)["1"])
    return origin


def _note_status(goal: pd.Series, status: pd.Series, file: str, problems: Problems) -> None:
    other = int(((goal == 1) & ~status.isin(["work", "education"])).sum())
    if other:
        problems.note(f"{file}: {other:,} attained the goal with an end status (v6_1) of neither work nor education.")
