"""The individual model on all leavers: what is missing is imputed several times and the fits are pooled.

Assumed is that values are missing at random given what the imputation uses: the outcome, the scheme, all variables of
the individual model, the year of leaving, how many of the municipality's leavers reach the goal and how many of them
have their education and Norwegian registered. Leavers whose outcome is not counted are left out, as in the report.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.study import specification
from helpers.study.study import Study
from resultatbok.edition.cache import cached
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.missing import impute, pool

OFTEN_MISSING = ("education_level", "norwegian_level")
EFFECTS = ("scheme", "male", "education_level", "norwegian_level")
"""Terms whose average marginal effect is pooled beside their coefficient."""
PRODUCTS = ((specification.OUTCOME, "male"),)
"""Products that predict in addition: gender may matter differently to those who reach the goal."""


@dataclass(frozen=True)
class PooledModel:
    """The individual model, pooled over imputations.

    Attributes:
        terms: One row per term, constant first, as `resultatbok.methods.missing.pool` gives them; log-odds.
        terms_by_project: The same with errors that let participants of a project be alike.
        effects: Average marginal effects of `EFFECTS` in the same columns; differences between probabilities, with
            errors that let participants of a project be alike.
        n: Participants in each completed data set.
        n_imputed: How many of them lack at least one value.
    """

    terms: pd.DataFrame
    terms_by_project: pd.DataFrame
    effects: pd.DataFrame
    n: int
    n_imputed: int


@cache
def pooled_individual_model(study: Study) -> PooledModel:
    """The individual model of all leavers whose outcome is counted."""
    counted = study.participants.dropna(subset=[specification.OUTCOME, "municipality"]).reset_index(drop=True)
    return _pooled(imputation_data(counted), counted["scheme"], counted["project"], study.cohort.analysis)


def imputation_data(participants: pd.DataFrame) -> pd.DataFrame:
    """The columns that enter the imputation; the scheme is not among them, since each is imputed apart.

    Args:
        participants: Harmonised participants with a known outcome and municipality.
    """
    names = [specification.OUTCOME, *specification.CHARACTERISTICS, "origin", *specification.MEASURES, "end_year"]
    known = participants[list(OFTEN_MISSING)].notna().all(axis=1).astype(float)
    place = participants["municipality"]
    return participants[names].assign(
        municipality_attained=participants[specification.OUTCOME].groupby(place).transform("mean"),
        municipality_known=known.groupby(place).transform("mean"),
    )


@cached
def _pooled(data: pd.DataFrame, scheme: pd.Series, projects: pd.Series, choices: AnalysisChoices) -> PooledModel:
    filled = impute(data, choices.n_imputations, seed=choices.seed, strata=scheme, interactions=PRODUCTS)
    fits = [_fit(completed.assign(scheme=scheme), choices) for completed in filled]
    by_project = [fit_logit(fit.outcome, fit.design, level=fit.level, groups=projects) for fit in fits]
    return PooledModel(
        terms=_pooled_terms(fits),
        terms_by_project=_pooled_terms(by_project),
        effects=_pooled_effects(by_project),
        n=fits[0].n,
        n_imputed=int(data.isna().any(axis=1).sum()),
    )


def _pooled_terms(fits: list[LogitFit]) -> pd.DataFrame:
    return _pool([fit.terms.rename(columns={"coefficient": "value"}) for fit in fits], fits[0])


def _pooled_effects(fits: list[LogitFit]) -> pd.DataFrame:
    return _pool([fit.average_effects().loc[list(EFFECTS)] for fit in fits], fits[0])


def _pool(tables: list[pd.DataFrame], fit: LogitFit) -> pd.DataFrame:
    """Pool estimates; without missing values they would have the freedom that rows, or else clusters, give."""
    values, errors, freedom = (
        pd.DataFrame([table[name].to_dict() for table in tables]) for name in ("value", "std_error", "freedom")
    )
    return pool(values, errors, complete_df=freedom.mean().clip(upper=fit.n - len(fit.terms)), level=fit.level)


def _fit(completed: pd.DataFrame, choices: AnalysisChoices) -> LogitFit:
    design = specification.individual_design(completed, choices)
    return fit_logit(completed[specification.OUTCOME], design, level=choices.confidence_level)
