"""Multilevel models: participants within municipalities, projects, or both."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from helpers.study import specification
from helpers.study.data import Data
from resultatbok.edition.cache import cached
from resultatbok.methods.mixed_logit import MixedLogitResults, mixed_logit_arrays

_mixed_logit = cached(mixed_logit_arrays)


@dataclass(frozen=True)
class MultilevelFit:
    """A multilevel model with what was put into it.

    Attributes:
        results: The fitted model.
        design: Its columns, without the constant.
        participants: The rows it was fitted on.
    """

    results: MixedLogitResults
    design: pd.DataFrame
    participants: pd.DataFrame


def municipality_model(data: Data) -> MultilevelFit:
    """Multilevel model with municipal context (table 17, column 2)."""
    participants = _with_municipal_statistics(data, data.in_large_units(["municipality", "end_year"]))
    return multilevel(participants, data.background_columns, _municipal_context(participants), ["municipality"])


def project_model(data: Data) -> MultilevelFit:
    """Multilevel model with the projects' resources (table 17, column 3)."""
    resources = specification.CONTEXT[specification.RESOURCES]
    accounts = data.registers.project_years[["project", "year", resources]]
    participants = data.in_large_units(["project", "end_year"]).merge(
        accounts, left_on=["project", "end_year"], right_on=["project", "year"], validate="many_to_one"
    )
    context = {specification.RESOURCES: participants[resources]}
    return multilevel(participants, data.background_columns, context, ["project"])


def full_model(data: Data) -> MultilevelFit:
    """All terms of the individual model and the municipal context, with projects within municipalities.

    The 2022 report could not fit this model and split it over two reduced ones.
    """
    participants = _with_municipal_statistics(data, data.complete)
    context = _municipal_context(participants)
    return multilevel(participants, data.individual_columns, context, ["municipality", "project"])


def multilevel(
    participants: pd.DataFrame,
    make_design: Callable[[pd.DataFrame], pd.DataFrame],
    context: dict[str, pd.Series],
    groups: list[str],
) -> MultilevelFit:
    """Fit a random-intercept model on a design and standardised context, on the rows whose context is known.

    Args:
        participants: Participants with a known outcome and group.
        make_design: Gives the columns, without the constant, of the participants that are kept.
        context: Values of the municipality or project by term; none for a model without context.
        groups: Columns that name the units, outer to inner.
    """
    known = pd.DataFrame(context, index=participants.index).notna().all(axis=1)
    kept = participants[known].reset_index(drop=True)
    design = make_design(kept)
    for name, values in context.items():
        design[name] = specification.standardised(values[known].reset_index(drop=True))
    results = _mixed_logit(kept[specification.OUTCOME], design, kept[groups])
    return MultilevelFit(results, design, kept)


def _with_municipal_statistics(data: Data, participants: pd.DataFrame) -> pd.DataFrame:
    """Participants with the statistics of their municipality in the year they left."""
    return participants.merge(
        data.registers.municipality_years,
        left_on=["municipality", "end_year"],
        right_on=["municipality", "year"],
        validate="many_to_one",
    )


def _municipal_context(participants: pd.DataFrame) -> dict[str, pd.Series]:
    """The municipal variables of the models, by term."""
    return {term: participants[specification.CONTEXT[term]] for term in specification.MUNICIPAL}
