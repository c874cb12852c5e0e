"""The harmonised participants' table: its columns, categories and types, the same for both schemes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np
import pandas as pd
import pandera.pandas as pa

from helpers.cohort.settings import SCHEMES, CodingChoices, Scheme
from helpers.cohort.variables import INDICATOR, INTEGER, NUMBER, TEXT
from helpers.registers.cells import map_distinct
from helpers.registers.coding import Coding

_TYPES: Final[dict[str, Literal["float64", "int64", "str"]]] = {
    NUMBER: "float64",
    INDICATOR: "float64",
    INTEGER: "int64",
    TEXT: "str",
}


def participant_columns(coding: Coding) -> list[str]:
    """The columns of the participants' table in order."""
    return [variable.name for variable in coding.participants]


def project_of(scheme: str, municipality: pd.Series) -> pd.Series:
    """The project of each row: scheme and municipality number, `introduction:6001`."""
    return scheme + ":" + municipality.astype(str)


def participant_schema(coding: Coding) -> pa.DataFrameSchema:
    """What the participants' table promises to those who use it; breaking it is a fault of this program."""
    binary = pa.Column(float, pa.Check.isin([0.0, 1.0]), nullable=True)
    kinds = {NUMBER: pa.Column(float, pa.Check.ge(0), nullable=True), INDICATOR: binary, INTEGER: pa.Column("int64")}
    kinds[TEXT] = pa.Column(pd.StringDtype(na_value=np.nan))
    columns = {v.name: kinds[v.type] for v in coding.participants if v.type in kinds}
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
    values = {v.name: v.categories for v in coding.participants}
    table["scheme"] = pd.Categorical([scheme] * len(table), SCHEMES)
    lowest = 1 if choices.norwegian_scale == "five_levels" else 0
    table["norwegian"] = _levels(table["norwegian_level"], values["norwegian"], lowest)
    table["education"] = _levels(table["education_level"], values["education"], 1)
    table["origin"] = pd.Categorical(table["origin"], values["origin"])
    table["transition"] = pd.Categorical(_transition(table), values["transition"])
    types = {v.name: _TYPES[v.type] for v in coding.participants if v.type in _TYPES}
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
