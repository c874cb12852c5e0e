"""Which variables enter which model, as `data/coding/variables.csv` says it.

The book's main model holds equal what was known at entry and the year of leaving, and lets curves be curves
(`main_blocks`). All others are those of the 2022 report's tables 17-21: their term names are those of
`data/published/report_2022.csv`, so that every coefficient can be compared with the published one. The reference origin
and the origins counted with another come from the cohort file.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, get_args

import pandas as pd

from helpers.cohort.settings import AnalysisChoices, Origin
from helpers.cohort.variables import (
    INDICATOR,
    LEVELS,
    MEASURES_BLOCK,
    NUMBER,
    ORDERED,
    ORIGIN,
    SPLINE,
    STAGES,
    Variable,
    in_main_model,
    in_model,
    model_measures,
    variables,
)
from resultatbok.methods.splines import spline_columns, spline_knots

OUTCOME = "goal_attained"

ORIGINS = get_args(Origin)

MEASURES = model_measures()

PRIMARY_SCHOOL: Final = "measure_primary_school_subjects"
UPPER_SECONDARY: Final = "measure_upper_secondary_subjects"
"""The two school measures, which nearly always go together."""

CHARACTERISTICS = tuple(v.name for v in in_model("individual") if v.name != ORIGIN)
"""Numeric and 0/1 characteristics of the individual model; origin comes in addition, one column per group."""

REQUIRED = (OUTCOME, *CHARACTERISTICS, ORIGIN, "municipality")
"""A participant with all of these known is a complete case."""

EDUCATION_OR_NORWEGIAN = ("education_level", "norwegian_level")
"""What most who are not complete cases lack."""

MUNICIPAL = tuple(v.term for v in in_model("municipality"))
"""The municipal variables of the report's municipality model, standardised."""

(RESOURCES,) = (v.term for v in in_model("project"))
"""The resource variable of the report's project model, standardised."""

CONTEXT: Final[Mapping[str, str]] = MappingProxyType(
    {v.term: v.name for model in ("municipality", "project") for v in in_model(model)}
)
"""The column that each term of the municipality and the project is standardised from."""


def _background_terms(variable: Variable) -> tuple[str, ...]:
    """Terms of a characteristic that the multilevel models keep: numbers standardised, levels beside the lowest."""
    if variable.type == ORDERED:
        return tuple(f"{variable.name}_{level}" for level in variable.categories[1:])
    return (variable.name if variable.type == INDICATOR else f"{variable.name}_centred",)


_KEPT: Final = sorted(in_model("background"), key=lambda v: (INDICATOR, NUMBER, ORDERED).index(v.type))

BACKGROUND = tuple(term for variable in _KEPT for term in _background_terms(variable))
"""The characteristics that the report's two multilevel models keep."""


def _blocks() -> dict[str, tuple[str, ...]]:
    blocks: dict[str, tuple[str, ...]] = {}
    for v in sorted(in_model("individual"), key=lambda v: STAGES.index(v.stage)):
        blocks[v.block] = (*blocks.get(v.block, ()), v.name)
    return blocks | {MEASURES_BLOCK: (*blocks.get(MEASURES_BLOCK, ()), *MEASURES)}


BLOCKS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(_blocks())
"""The covariates of the individual model by block, in the order of time; `origin` stands for one column per origin."""

STAGE_OF: Final[Mapping[str, str]] = MappingProxyType(
    {MEASURES_BLOCK: "after_entry"} | {v.block: v.stage for v in variables() if v.models}
)
"""When the covariates of each block come about, one of `variables.STAGES`."""


def origin_terms(choices: AnalysisChoices) -> list[str]:
    """Names of the origin columns of the individual model, in the report's order."""
    left_out = {choices.reference_origin, *choices.merged_origins}
    return [f"origin_{origin}" for origin in ORIGINS if origin not in left_out]


def individual_design(participants: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    """Columns of the individual model (table 17, first column), without the constant.

    Args:
        participants: Harmonised participants; complete cases if the columns are to be complete.
        choices: Gives the reference origin and the merged origins.

    Returns:
        Float columns in the report's order: scheme (1 for Jobbsjansen), characteristics, origins, measures.
    """
    columns = {"scheme": scheme_indicator(participants)}
    columns |= {name: participants[name].astype(float) for name in CHARACTERISTICS}
    columns |= _origin_columns(participants, choices)
    columns |= {name: participants[name].astype(float) for name in MEASURES}
    return pd.DataFrame(columns, index=participants.index)


def main_columns(participants: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    """The covariates of the book's main model, without the scheme and a constant; see `main_blocks`."""
    return pd.concat(main_blocks(participants, choices).values(), axis=1)


def main_blocks(participants: pd.DataFrame, choices: AnalysisChoices) -> dict[str, pd.DataFrame]:
    """The covariates of the book's main model by block, in the forms that the table of variables gives them.

    Knots of splines lie at Harrell's quantiles of the rows given. Columns that do not vary there, such as gender among
    women, are left out.

    Args:
        participants: Harmonised participants whose covariates are all known.
        choices: Gives the reference origin and the merged origins.
    """
    blocks: dict[str, list[pd.DataFrame]] = {}
    for variable in in_main_model():
        columns = _main_columns(variable, participants, choices)
        blocks.setdefault(variable.block, []).append(columns.loc[:, columns.min() < columns.max()])
    joined = {name: pd.concat(parts, axis=1) for name, parts in blocks.items()}
    return {name: columns for name, columns in joined.items() if len(columns.columns)}


def is_curve(column: str) -> bool:
    """Whether a column only bends the line of another one, and so means nothing by itself."""
    return column.endswith("'")


def _main_columns(variable: Variable, participants: pd.DataFrame, choices: AnalysisChoices) -> pd.DataFrame:
    values = participants[variable.name]
    if variable.name == ORIGIN:
        return pd.DataFrame(_origin_columns(participants, choices), index=values.index)
    if variable.main == LEVELS:
        levels = (variable.categories or sorted(values.unique()))[1:]
        named = {f"{variable.name}_{level}": (values == level).astype(float) for level in levels}
        return pd.DataFrame(named, index=values.index)
    numbers = values.astype(float)
    return spline_columns(numbers, spline_knots(numbers)) if variable.main == SPLINE else numbers.to_frame()


def _origin_columns(participants: pd.DataFrame, choices: AnalysisChoices) -> dict[str, pd.Series]:
    origin = participants[ORIGIN].astype("object").replace(choices.merged_origins)
    return {t: (origin == t.removeprefix("origin_")).astype(float) for t in origin_terms(choices)}


def background_design(participants: pd.DataFrame) -> pd.DataFrame:
    """Scheme and the characteristics that the report's multilevel models keep (table 17, columns 2 and 3).

    Age is standardised over the rows given, as the report's appendix says of continuous variables.
    """
    columns = {"scheme": scheme_indicator(participants)}
    for variable in _KEPT:
        values, terms = participants[variable.name], _background_terms(variable)
        if variable.type == ORDERED:
            levels = zip(terms, variable.categories[1:], strict=True)
            columns |= {term: (values == level).astype(float) for term, level in levels}
        else:
            columns[terms[0]] = values.astype(float) if variable.type == INDICATOR else standardised(values)
    return pd.DataFrame(columns)


def scheme_indicator(participants: pd.DataFrame) -> pd.Series:
    """1 for Jobbsjansen, 0 for the introduction programme."""
    return (participants["scheme"] == "jobbsjansen").astype(float)


def standardised(values: pd.Series) -> pd.Series:
    """Values in standard deviations from their mean, over the rows given."""
    return (values - values.mean()) / values.std()
