"""What the 2019 evaluation needs beside the common table: Jobbsjansen's parts, and more about each participant.

Every variable here may be absent from a delivery. Its column is then missing throughout, everybody is taken to have
left part A. A note says what is lacking where only some of them are there.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pandera.pandas as pa

from helpers.registers.cells import as_code, map_distinct, normalised, padded_code
from helpers.registers.coding import Coding
from helpers.registers.contracts import FIRST_END_YEAR, Contract, between, not_negative, number_in
from helpers.registers.harmonise import project_of
from helpers.registers.problems import Problems, nearest

COUNTRY = "Landbakgrunn"
START_YEAR = "Oppstartsår"
PART, STATUS = "Delordning", "Deltakerstatus"
UNSAID = {"part": "a", "status": "left"}
"""What a row counts as that does not say."""
CODED_TEXT = {
    "part": PART,
    "status": STATUS,
    "agency": "v1_3",
    "care": "v2_12",
    "income_before": "v2_11",
    "exit_reason": "v6_2",
    "work_type": "v6_3",
}
"""Columns of text codes, and the variable each is recoded from."""
CODED_NUMBER = {
    "education_detailed": "v2_9",
    "absence_level": "v5_1",
    "norwegian_start": "Norsknivaa_oppstart",
    "reunified_nordic": "v2_10",
    "reduced_work_capacity": "v2_14",
    "work_home_country": "v2_15",
    "work_norway": "v2_16",
    "over_29_hours": "v6_4",
}
"""Columns of numeric codes, and the variable each is recoded from."""
ANSWERS = {
    "followup_need": "v1_4",
    "selection_motivation": "v1_5",
    "selection_health": "v1_6",
    "selection_goal": "v1_7",
    "selection_norwegian": "v1_8",
    "local_interest": "v1_9",
    "local_influence": "v1_10",
    "needs_adaptation": "v1_13",
    "user_involvement": "v1_14",
}
"""The project's answers from 1 (very little) to 5 (very much), repeated for each of its participants."""
NUMBERS = {"n_partners": "v1_11", "practice_internal": "v1_12", "project_staff": "v1_15", "children_under_18": "v2_13"}
MOST_PARTNERS, MOST_STAFF, MOST_CHILDREN = 99, 99, 20
_REQUIRED = ("v2_9", "v5_1")  # required by the contract of the reporting itself
_PLAIN = {
    "age": "Alder_rapporteringstidspunkt",
    "years_in_norway": "Botid",
    "duration_months": "Varighet",
    "start_year": START_YEAR,
}


def optional_fields() -> list[str]:
    """The variables that a delivery may lack."""
    fields = [START_YEAR, COUNTRY, *CODED_TEXT.values(), *CODED_NUMBER.values(), *ANSWERS.values(), *NUMBERS.values()]
    return [field for field in fields if field not in _REQUIRED]


def details_contract(coding: Coding, last_end_year: int) -> Contract:
    """Checks of the optional variables, with the derived column years_before_end."""
    coded = CODED_TEXT | CODED_NUMBER
    return {
        START_YEAR: between(FIRST_END_YEAR, last_end_year, "(a year of starting)"),
        "years_before_end": not_negative(START_YEAR, "a year of starting no later than the year reported"),
        **{
            field: number_in(coding.codes(target, "jobbsjansen", field))
            for target, field in coded.items()
            if field not in _REQUIRED
        },
        **dict.fromkeys(ANSWERS.values(), between(1, 5, "(very little to very much)")),
        "v1_11": between(0, MOST_PARTNERS, "partners"),
        "v1_12": number_in(["0", "1"]),
        "v1_15": between(0, MOST_STAFF, "full-time equivalents"),
        "v2_13": between(0, MOST_CHILDREN, "children"),
        "n_unknown_countries": pa.Column(
            nullable=True,
            checks=pa.Check.eq(0, error="a value whose label is a country"),
            metadata={"field": COUNTRY},
        ),
    }


def derived(raw: pd.DataFrame, labels: dict[str, str]) -> dict[str, pd.Series]:
    """The quantities that follow from several cells, for the contract.

    Args:
        raw: The reporting.
        labels: Label of each value of the country variable.
    """
    columns = {}
    if {START_YEAR, "År"} <= set(raw):
        columns["years_before_end"] = raw["År"] - raw[START_YEAR]
    if COUNTRY in raw:
        unlabelled = raw[COUNTRY].notna() & ~map_distinct(raw[COUNTRY], as_code).isin(list(labels))
        columns["n_unknown_countries"] = unlabelled.astype(float)
    return columns


def check_countries(labels: dict[str, str], coding: Coding, file: str, problems: Problems) -> None:
    """Report labels of the country variable that are no country in `countries.csv`."""
    known = {normalised(name).casefold() for name in coding.world_regions}
    for code, label in labels.items():
        if normalised(label).casefold() not in known:
            like = nearest(label, coding.world_regions)
            advice = f"Did you mean {like!r}?" if like else "Add the country to data/coding/countries.csv."
            problems.add(file, COUNTRY, f"the label {code} = {label!r}", "the Norwegian name of a country", advice)


def note_absent(found: pd.Index, file: str, problems: Problems) -> None:
    """Say which variables a delivery lacks that has others of them; one that has none is of the 2022 report's kind."""
    absent = [field for field in optional_fields() if field not in found]
    if 0 < len(absent) < len(optional_fields()):
        problems.note(
            f"{file}: without {', '.join(absent)}; chapters of the 2019 evaluation that need them cannot be made."
        )


def note_unsaid(read: pd.DataFrame, coding: Coding, file: str, problems: Problems) -> None:
    """Say how many rows do not tell their part or status, and what they count as.

    A delivery of the 2022 report's kind has none of the optional variables; there everybody left part A.
    """
    if read.reindex(columns=optional_fields()).isna().all(axis=None):
        return
    meaning = {"part": "of part A", "status": "having left"}
    for name in UNSAID:
        field = CODED_TEXT[name]
        if unsaid := int(_coded(read, field, name, coding).isna().sum()):
            problems.note(f"{file}: {unsaid:,} of {len(read):,} rows without {field} count as {meaning[name]}.")


def part_and_status(read: pd.DataFrame, coding: Coding) -> pd.DataFrame:
    """Columns part and status of every row; part A and left where the reporting does not say."""
    columns = {}
    for name, default in UNSAID.items():
        codes = _coded(read, CODED_TEXT[name], name, coding)
        columns[name] = codes.where(codes.notna(), default)
    return pd.DataFrame(columns)


def details(
    read: pd.DataFrame, project_field: str, municipality_field: str, labels: dict[str, str], coding: Coding
) -> pd.DataFrame:
    """One row per reported participant of either part, left or not; columns as in `jobbsjansen_details.csv`.

    Args:
        read: The reporting, the chosen rows.
        project_field: Variable of the project's name.
        municipality_field: Variable of the municipality's number.
        labels: Label of each value of the country variable.
        coding: The recodings in force.

    Returns:
        Index participant_id.
    """
    columns = part_and_status(read, coding).to_dict("series")
    columns |= {name: _coded(read, field, name, coding) for name, field in CODED_TEXT.items() if name not in columns}
    columns |= {name: _coded_number(read, field, name, coding) for name, field in CODED_NUMBER.items()}
    columns |= {name: _number(read, field) for name, field in (_PLAIN | ANSWERS | NUMBERS).items()}
    left = columns["status"] == "left"
    goal = coding.recode_number(read["Måloppnåelse_dik"], "goal_attained", "jobbsjansen").where(left)
    status = coding.recode(read["v6_1"], "transition", "jobbsjansen")
    country = _countries(read, labels, coding)
    columns |= {
        "participant_id": read["Løpenummer"].astype(str),
        "year": read["År"].astype(int),
        "municipality": map_distinct(read[municipality_field], padded_code),
        "male": coding.recode_number(read["v2_1"], "male", "jobbsjansen"),
        "country": country,
        "world_region": map_distinct(country, coding.world_regions.get),
        "norwegian_end": _norwegian_end(read),
        "goal_attained": goal,
        "transition": status.where(goal == 1, "other").where(goal.notna(), None),
    }
    columns["project"] = project_of("jobbsjansen", columns["municipality"])
    named = read[project_field].astype(object)
    columns["project_name"] = named.where(named != "", columns["project"])
    names = coding.detail_columns
    return pd.DataFrame(columns)[names].set_index("participant_id")


def _coded(read: pd.DataFrame, field: str, target: str, coding: Coding) -> pd.Series:
    if field not in read:
        return pd.Series(None, index=read.index, dtype=object)
    return coding.recode(read[field], target, "jobbsjansen")


def _coded_number(read: pd.DataFrame, field: str, target: str, coding: Coding) -> pd.Series:
    if field not in read:
        return pd.Series(np.nan, index=read.index)
    return coding.recode_number(read[field], target, "jobbsjansen")


def _number(read: pd.DataFrame, field: str) -> pd.Series:
    return read[field].astype(float) if field in read else pd.Series(np.nan, index=read.index)


def _countries(read: pd.DataFrame, labels: dict[str, str], coding: Coding) -> pd.Series:
    if COUNTRY not in read:
        return pd.Series(None, index=read.index, dtype=object)
    proper = {normalised(name).casefold(): name for name in coding.world_regions}
    return map_distinct(read[COUNTRY], lambda code: proper[normalised(labels[as_code(code)]).casefold()])


def _norwegian_end(read: pd.DataFrame) -> pd.Series:
    grade, judged = read["Norsknivaa_samlet_avslutning_karakter"], read["Norsknivaa_vurdering_avslutning"]
    return grade.where(grade.notna(), judged).astype(float)
