"""Ledger rows of fitted models: coefficients, odds ratios, marginal effects and fit, with the published keys."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import ESTIMATE, difference_row
from helpers.chapters.common.samples import REPORT_2022
from helpers.study.models.multilevel import MultilevelFit
from helpers.study.study import Study
from resultatbok.methods.intervals import Difference, normal_quantile
from resultatbok.methods.logit import LogitFit
from resultatbok.methods.mixed_logit import MixedLogitResults
from resultatbok.release.ledger import row

CONSTANT = "constant"
UNITS = {"municipality": "municipalities", "project": "projects"}
"""What the units of a level are called when they are counted."""


@cache
def model_rows(study: Study) -> pd.DataFrame:
    """Rows of the individual model and of all multilevel models of a study, computed once for all who show them."""
    level, individual = study.cohort.analysis.confidence_level, study.individual_model
    return pd.concat(
        [
            coefficient_rows(individual.terms, individual.n, "model=individual").assign(sample=REPORT_2022),
            fit_rows(individual, "model=individual"),
            mixed_rows(study.municipality_model, "model=municipality", level),
            mixed_rows(study.project_model, "model=project", level),
            mixed_rows(study.full_model, "model=full", level),
        ]
    )


def coefficient_rows(terms: pd.DataFrame, n: int, group: str) -> pd.DataFrame:
    """Coefficients on the log-odds scale with standard errors and intervals, and the p-values that they have.

    Args:
        terms: One row per term: `coefficient`, `std_error`, `low`, `high`, `p_value`.
        n: Rows of the model.
        group: The ledger group that names the model, such as `model=individual`.
    """
    coefficients = _term_rows(terms, "coefficient", n, group, "coefficient", "low", "high", "log-odds")
    p_values = _term_rows(terms, "p_value", n, group, "p_value").dropna(subset="value")
    return pd.concat([coefficients.assign(std_error=terms["std_error"].to_numpy()), p_values], ignore_index=True)


def odds_ratio_rows(terms: pd.DataFrame, n: int, group: str) -> pd.DataFrame:
    """Odds ratios with their intervals; the constant has none."""
    ratios = terms.drop(index=CONSTANT)
    return _term_rows(ratios, "odds_ratio", n, group, "odds_ratio", "odds_ratio_low", "odds_ratio_high", "ratio")


def _term_rows(
    terms: pd.DataFrame,
    statistic: str,
    n: int,
    group: str,
    value: str,
    low: str | None = None,
    high: str | None = None,
    unit: str = "",
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "statistic": statistic,
            "group": group,
            "term": terms.index.astype(str),
            "value": terms[value].to_numpy(),
            "n": n,
            "low": terms[low].to_numpy() if low else np.nan,
            "high": terms[high].to_numpy() if high else np.nan,
            "unit": unit,
        }
    )


def effect_row(term: str, effect: Difference, n: int, group: str) -> pd.DataFrame:
    """An average marginal effect on a probability.

    Args:
        term: The model's term.
        effect: The effect on the probability scale.
        n: Rows of the model.
        group: The ledger group that names the model.
    """
    return pd.DataFrame([difference_row("average_marginal_effect", effect, term=term, group=group, n=n)])


def fit_rows(model: LogitFit, group: str) -> pd.DataFrame:
    """Rows, log-likelihood, McFadden's pseudo R2 and convergence (1 or 0) of a model."""
    return pd.DataFrame(
        [
            row("count", model.n, term="observations", group=group, n=model.n, unit="participants"),
            row("loglik", model.llf, group=group, n=model.n),
            row("r2", model.r2_mcfadden, group=group, n=model.n),
            row("converged", float(model.converged), group=group, n=model.n),
        ]
    )


def mixed_rows(fit: MultilevelFit, group: str, level: float) -> pd.DataFrame:
    """Rows of a multilevel model: coefficients, odds ratios, scheme effect, spread between units, size and fit.

    Args:
        fit: The model with its design and rows.
        group: The ledger group that names it.
        level: Coverage of the Wald intervals.
    """
    results = fit.results
    terms, n = results.terms(level), results.nobs
    effect = results.average_marginal_effect("scheme", level=level).iloc[0]
    difference = Difference(*(float(effect[name]) for name in ESTIMATE))
    return pd.concat(
        [
            coefficient_rows(terms, n, group),
            odds_ratio_rows(terms, n, group),
            effect_row("scheme", difference, n, group),
            _spread_rows(fit, group, level),
        ]
    )


def _spread_rows(fit: MultilevelFit, group: str, level: float) -> pd.DataFrame:
    """Observations, units, log-likelihood, standard deviation between units and its share of the variation."""
    results, n = fit.results, fit.results.nobs
    rows = [
        row("count", n, term="observations", group=group, n=n, unit="participants"),
        row("loglik", results.llf, group=group, n=n),
        row("converged", float(results.converged), group=group, n=n),
    ]
    for name in results.group_sd.index:
        units, one_level = UNITS[name], len(results.group_sd) == 1
        own = group if one_level else f"{group};level={name}"
        rows += [
            row("count", results.n_groups[name], term=units, group=group, n=n, unit=units),
            row("group_sd", results.group_sd[name], group=own, n=n, std_error=results.group_sd_se[name]),
            _icc_row(results.icc().loc[name], own, n, level),
        ]
    return pd.DataFrame(rows)


def variation_row(results: MixedLogitResults, level: str, group: str) -> dict[str, Any]:
    """The p-value of the test that a level's units do not differ; 1 where their spread is estimated at zero."""
    p_value = results.lr_test(level=level).p_value if results.group_sd[level] > 0 else 1.0
    return row("p_value", p_value, group=f"{group};level={level};test=variation", n=results.nobs)


def _icc_row(icc: pd.Series, group: str, n: int, level: float) -> dict[str, Any]:
    """Share of a level in the variation; without an interval where the estimate is at its boundary, zero."""
    half = normal_quantile(level) * icc["std_error"]
    return row(
        "icc",
        icc["icc"],
        group=group,
        n=n,
        std_error=icc["std_error"],
        low=max(0.0, icc["icc"] - half) if np.isfinite(half) else np.nan,
        high=icc["icc"] + half,
        unit="fraction",
    )
