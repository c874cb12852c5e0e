"""The book's main model: goal attainment by scheme and what was known at entry, where a curve may be a curve."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.cohort.variables import NUMBER, ORDERED, ORIGIN, Variable, variables
from helpers.study import specification
from resultatbok.methods.splines import spline_columns, spline_knots

YEAR: Final = "end_year"
"""The block of the year of leaving."""


def main_columns(participants: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    """What the main model adjusts for: background at entry and year of leaving; the scheme is not among the columns."""
    return pd.concat(main_blocks(participants, choices).values(), axis=1)


def main_blocks(participants: pd.DataFrame, choices: AnalysisChoices) -> dict[str, pd.DataFrame]:
    """The columns of each block: levels of what is ordered, a spline of what is a number, one column per origin.

    Args:
        participants: Complete cases.
        choices: Give the reference origin and the merged origins.
    """
    blocks: dict[str, pd.DataFrame] = {}
    for variable in _at_entry():
        columns = _columns(variable, participants, choices)
        blocks[variable.block] = columns.loc[:, columns.min() < columns.max()]
    years = participants[YEAR]
    later = {f"{YEAR}_{year}": (years == year).astype(float) for year in sorted(years.unique())[1:]}
    return {name: columns for name, columns in blocks.items() if columns.shape[1]} | {YEAR: pd.DataFrame(later)}


def _at_entry() -> list[Variable]:
    """The variables of the blocks known at entry: one with ordered levels stands for the number made of them."""
    inside = [v for v in variables() if v.stage == "entry" and v.models]
    levels = {v.block for v in inside if v.type == ORDERED}
    return [v for v in inside if v.type == ORDERED or v.block not in levels]


def _columns(variable: Variable, participants: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    values = participants[variable.name]
    if variable.name == ORIGIN:
        return specification.individual_design(participants, choices)[specification.origin_terms(choices)]
    if variable.type == ORDERED:
        return pd.DataFrame({f"{variable.name}_{x}": (values == x).astype(float) for x in variable.categories[1:]})
    return spline_columns(values, spline_knots(values)) if variable.type == NUMBER else values.to_frame()
