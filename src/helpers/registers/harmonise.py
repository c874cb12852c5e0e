"""The harmonised participants' table: its columns, categories and types, the same for both schemes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa

from helpers.cohort.settings import CodingChoices
from helpers.registers.cells import map_distinct
from helpers.registers.coding import Coding, Scheme

SCHEMES = ("introduction", "jobbsjansen")
TRANSITIONS = ("work", "education", "other")
NORWEGIAN = ("under_a1", "a1", "a2", "b1", "b2")
EDUCATION = ("little_or_none", "some_schooling", "good_general")
ORIGINS = (
    "europe",
    "west_asia",
    "sub_saharan_africa",
    "north_africa",
    "south_asia",
    "southeast_asia",
    "other_asia",
    "latin_america_caribbean",
    "north_america",
    "stateless",
)
TEXTS = ("participant_id", "municipality", "project", "project_name")
NUMBERS = (
    *("goal_attained", "male", "age", "years_in_norway", "duration_months"),
    *("norwegian_level", "education_level", "absence_high"),
)


def participant_columns(coding: Coding) -> list[str]:
    """The columns of the participants' table in order."""
    return [
        *("participant_id", "scheme", "end_year", "municipality", "project", "project_name"),
        *("goal_attained", "transition", "male", "age", "years_in_norway", "duration_months"),
        *("norwegian_level", "norwegian", "education_level", "education", "origin", "absence_high"),
        *coding.measures,
    ]


def project_of(scheme: str, municipality: pd.Series) -> pd.Series:
    """The project of each row: scheme and municipality number, `introduction:6001`."""
    return scheme + ":" + municipality.astype(str)


def participant_schema(coding: Coding) -> pa.DataFrameSchema:
    """What the participants' table promises to those who use it; breaking it is a fault of this program."""
    binary = pa.Column(float, pa.Check.isin([0.0, 1.0]), nullable=True)
    number = pa.Column(float, pa.Check.ge(0), nullable=True)
    columns = dict.fromkeys(NUMBERS, number) | dict.fromkeys(("goal_attained", "male", "absence_high"), binary)
    columns |= {name: pa.Column(pd.StringDtype(na_value=np.nan)) for name in TEXTS} | {"end_year": pa.Column("int64")}
    columns |= dict.fromkeys(coding.measures, pa.Column(float, pa.Check.isin([0.0, 1.0])))
    return pa.DataFrameSchema(columns, unique=["participant_id"])


def finish(columns: dict[str, pd.Series], scheme: Scheme, coding: Coding, choices: CodingChoices) -> pd.DataFrame:
    """Complete one scheme's participants with what follows from other columns, and fix order and types.

    Args:
        columns: Every column of `participant_columns` but scheme, project, norwegian and education;
            `transition` and `origin` as text codes; `project_name` may lack or hold empty texts.
        scheme: The scheme.
        coding: The recodings in force.
        choices: The cohort's coding choices.
    """
    table = pd.DataFrame(columns).reset_index(drop=True)
    table["project"] = project_of(scheme, table["municipality"])
    named = table["project_name"] if "project_name" in table else pd.Series("", index=table.index)
    table["project_name"] = named.where(named != "", table["project"])
    table["scheme"] = pd.Categorical([scheme] * len(table), SCHEMES)
    lowest = 1 if choices.norwegian_scale == "five_levels" else 0
    table["norwegian"] = _levels(table["norwegian_level"], NORWEGIAN, lowest)
    table["education"] = _levels(table["education_level"], EDUCATION, 1)
    table["origin"] = pd.Categorical(table["origin"], ORIGINS)
    table["transition"] = pd.Categorical(_transition(table), TRANSITIONS)
    types = dict.fromkeys(NUMBERS, float) | dict.fromkeys(TEXTS, "str") | {"end_year": "int64"}
    return table[participant_columns(coding)].astype(types)


def _transition(table: pd.DataFrame) -> pd.Series:
    goal, status = table["goal_attained"], table["transition"]
    known = status.where(status.notna() | goal.isna(), "other")
    return known.where(goal != 0, "other").where(goal.notna(), None)


def _levels(values: pd.Series, names: Sequence[str], lowest: int) -> pd.Series:
    """The level nearest to each value, a half upwards; `names` begin at the level `lowest`."""
    nearest = np.floor(values.to_numpy(float) + 0.5) - lowest
    codes = np.where(np.isnan(nearest), -1, nearest).astype("int64")
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index(names), ordered=True), index=values.index)


def text_column(values: pd.Series) -> pd.Series:
    """A category column as text."""
    return map_distinct(values, str).fillna("").astype("str")
