"""Versions of the 2022 report's models that it tells of in words: for one scheme, without a term, with one more."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.study.models.multilevel import MultilevelFit, multilevel
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.logit import LogitFit, fit_logit

ADDED: Final = {
    "population": "population",
    "employed_share": "employment_share_25_66",
    "disability_share": "disability_pension_share",
    "centrality": "centrality",
}
"""Municipal variables that the report tried and left out of its model, and their columns."""
COSTS: Final = "wage_costs_1000_nok"


def of_scheme(study: Study, scheme: str) -> LogitFit:
    """The individual model of one scheme's participants.

    Raises:
        ModelError: Too few of them for a coefficient each.
    """
    those = study.complete["scheme"] == scheme
    left_out = ["scheme", *(["male"] if scheme == "jobbsjansen" else [])]  # 13 men
    return fit_logit(study.complete.loc[those, OUTCOME], study.individual_design[those].drop(columns=left_out))


def without(study: Study, term: str) -> LogitFit:
    """The individual model without a term."""
    return fit_logit(study.complete[OUTCOME], study.individual_design.drop(columns=term))


def with_municipal_variable(study: Study, name: str) -> MultilevelFit:
    """The municipality model with one of `ADDED` more, as the term `municipality_<name>`."""
    fit = study.municipality_model
    return _with_one_more(fit, "municipality", f"municipality_{name}", fit.participants[ADDED[name]])


def with_wage_costs(study: Study) -> MultilevelFit:
    """The project model with the project's wage costs in all, as the term `project_total_wage_costs`."""
    fit = study.project_model
    accounts = study.registers.project_years[["project", "year", COSTS]]
    costs = fit.participants.merge(accounts, on=["project", "year"], how="left")[COSTS]
    return _with_one_more(fit, "project", "project_total_wage_costs", costs)


def _with_one_more(fit: MultilevelFit, level: str, term: str, values: pd.Series) -> MultilevelFit:
    """A multilevel model with one variable more, standardised as its others are, where that is known."""
    known = values.notna()
    design = fit.design[known].reset_index(drop=True)
    return multilevel(fit.participants[known], lambda _: design, {term: values[known]}, [level])
