"""Tests between nested models, with the boundary of the variances in mind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import linalg, stats

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.fit import optimise, without_level
from resultatbok.methods.mixed_logit.likelihood import evaluate
from resultatbok.methods.mixed_logit.model import Model, usable_covariance
from resultatbok.methods.mixed_logit.nesting import Floats, weighted_gram
from resultatbok.methods.mixed_logit.problem import Problem
from resultatbok.methods.mixed_logit.start import plain_logit

SAME_SPACE = 1e-6
"""Length of a column that the larger model does not explain, as a share of the column's, at which it counts as new."""
NO_GAIN = 1e-6
"""A smaller statistic is a rounding error: the larger model's variance is at the boundary."""


@dataclass(frozen=True)
class LikelihoodRatioTest:
    """Twice the gain in log-likelihood, with its distribution under the smaller model.

    Attributes:
        statistic: 2 (larger - smaller log-likelihood), not below 0.
        df: Fixed effects that the smaller model lacks.
        n_variances: Variances that it lacks; under it they lie at the boundary.
        weights: Weights of the chi-square distributions with df, df + 1, ... degrees of freedom.
        p_value: Upper tail of that mixture.
    """

    statistic: float
    df: int
    n_variances: int
    weights: tuple[float, ...]
    p_value: float


@dataclass(frozen=True)
class WaldTest:
    """Quadratic form in the estimates, chi-square with `df` degrees of freedom."""

    statistic: float
    df: int
    p_value: float


def without(model: Model, level: int | None) -> LikelihoodRatioTest:
    """Test against the model without one level's effects, or without any."""
    problem, names = model.problem, model.source.names
    if level is not None and problem.n_levels == 2:
        optimum = optimise(without_level(problem, level), names, 1)
        return _test(model.point.loglik, optimum.point.loglik, 0, (0.5, 0.5))
    coefficients = plain_logit(problem, names)
    smaller = evaluate(problem, np.append(coefficients, [0.0, 0.0])).loglik
    return _test(model.point.loglik, smaller, 0, boundary_weights(problem, coefficients))


def against(model: Model, reduced: Model) -> LikelihoodRatioTest:
    """Test against another fitted model, whose fixed effects and levels are some of this model's."""
    _check_nested(model, reduced)
    df = model.problem.n_coefficients - reduced.problem.n_coefficients
    lost = model.problem.n_levels - reduced.problem.n_levels
    return _test(model.point.loglik, reduced.point.loglik, df, (0.5, 0.5) if lost else (1.0,))


def _test(larger: float, smaller: float, df: int, weights: tuple[float, ...]) -> LikelihoodRatioTest:
    statistic = 2 * (larger - smaller)
    if statistic < NO_GAIN:
        statistic = 0.0
    tails = [stats.chi2.sf(statistic, df + j) if df + j else float(statistic <= 0) for j in range(len(weights))]
    p_value = float(np.dot(weights, tails))
    return LikelihoodRatioTest(statistic, df, len(weights) - 1, weights, p_value)


def boundary_weights(problem: Problem, coefficients: Floats) -> tuple[float, ...]:
    r"""Weights of chi-square 0, 1 (and 2) when all variances are 0.

    One variance: a half each (Self and Liang 1987, JASA 82, case 5). Two: by the correlation $\rho$ of their
    unrestricted estimates, the weight of chi-square 2 being $1/4 + \arcsin(\rho)/2\pi$ (case 7). The information about
    the variances at 0 is that of the score $\tfrac12\sum[(\sum r)^2 - \sum a]$, with the part that the
    coefficients share taken out.
    """
    if problem.n_levels == 1:
        return (0.5, 0.5)
    nesting = problem.nesting
    p = 1 / (1 + np.exp(-(problem.design @ coefficients + problem.offset)))
    a = problem.weights * p * (1 - p)
    third = 0.5 * problem.design.T @ (a * (1 - 2 * p))
    shared = float(third @ linalg.cho_solve(linalg.cho_factor(weighted_gram(problem.design, a)), third))
    fourth = float((a * (1 - 6 * p * (1 - p))).sum())
    by_group = nesting.sum_rows(a)

    def information(sums: Floats) -> float:
        return 0.25 * (2 * float(sums @ sums) + fourth) - shared

    inner, outer = information(by_group), information(nesting.sum_groups(by_group))
    correlation = -np.sqrt(inner / outer)  # the information that both share is the inner one's
    both = 0.25 + float(np.arcsin(correlation)) / (2 * np.pi)
    return (0.5 - both, 0.5, both)


def _check_nested(model: Model, reduced: Model) -> None:
    larger, smaller = model.problem, reduced.problem
    if len(larger.outcome) != len(smaller.outcome):
        raise ModelError(
            f"lr_test: the models have {len(larger.outcome)} and {len(smaller.outcome)} rows; fit both to the same"
        )
    if not set(reduced.grouping.levels) <= set(model.grouping.levels):
        raise ModelError(
            f"lr_test: the other model has groups {', '.join(reduced.grouping.levels)}; "
            f"this one has {', '.join(model.grouping.levels)} only"
        )
    _check_same_groups(model, reduced)
    if reduced.quadrature_points != model.quadrature_points and model.problem.n_levels == reduced.problem.n_levels:
        raise ModelError("lr_test: the models were fitted with different quadrature_points")
    theirs = reduced.grouping.as_given(smaller.design)
    ours = model.grouping.as_given(larger.design)
    same_data = np.array_equal(model.grouping.as_given(larger.outcome), reduced.grouping.as_given(smaller.outcome))
    same_data &= np.allclose(model.grouping.as_given(larger.weights), reduced.grouping.as_given(smaller.weights))
    same_data &= np.allclose(model.grouping.as_given(larger.offset), reduced.grouping.as_given(smaller.offset))
    if not same_data:
        raise ModelError("lr_test: the models have different outcomes, weights or offsets; fit both to the same rows")
    gram = ours.T @ ours
    projected = ours @ linalg.cho_solve(linalg.cho_factor(gram), ours.T @ theirs)
    left = np.sqrt(((theirs - projected) ** 2).sum(axis=0)) / np.sqrt((theirs**2).sum(axis=0))
    strange = [name for name, share in zip(reduced.source.names, left, strict=True) if share > SAME_SPACE]
    if strange:
        raise ModelError(f"lr_test: {', '.join(strange)} of the other model is not in this model, so it is not smaller")


def _check_same_groups(model: Model, reduced: Model) -> None:
    """A level that both have must have the same groups: an inner label alone may stand for several pairs."""
    for level, labels in zip(reduced.grouping.levels, reduced.grouping.labels, strict=True):
        ours = model.grouping.labels[model.grouping.levels.index(level)]
        if len(ours) != len(labels):
            raise ModelError(f"lr_test: {level} has {len(ours)} groups in one model and {len(labels)} in the other")


def wald_test(model: Model, terms: str | list[str] | pd.DataFrame) -> WaldTest:
    """Test that coefficients, or combinations of them, are all 0; see the results class."""
    matrix = _combinations(model, terms)
    p = model.problem.n_coefficients
    estimates = matrix @ model.point.parameters[:p]
    covariance = matrix @ usable_covariance(model)[:p, :p] @ matrix.T
    if np.linalg.matrix_rank(matrix) < len(matrix):
        raise ModelError("wald_test: the combinations depend on each other; give each once")
    statistic = float(estimates @ linalg.cho_solve(linalg.cho_factor(covariance), estimates))
    return WaldTest(statistic, len(matrix), float(stats.chi2.sf(statistic, len(matrix))))


def _combinations(model: Model, terms: str | list[str] | pd.DataFrame) -> Floats:
    names, known = model.source.names, model.source.terms
    if isinstance(terms, pd.DataFrame):
        _check_names([str(name) for name in terms.columns], names)
        return terms.reindex(columns=names, fill_value=0).to_numpy(dtype=np.float64)
    asked = [terms] if isinstance(terms, str) else list(terms)
    _check_names(asked, [*names, *known])
    columns = [j for name in asked for j in (known[name] if name in known else [names.index(name)])]
    return np.eye(len(names))[columns]


def _check_names(asked: list[str], known: list[str]) -> None:
    unknown = [name for name in asked if name not in known]
    if unknown or not asked:
        raise ModelError(
            f"wald_test: no coefficient {', '.join(unknown)}; the model has {', '.join(dict.fromkeys(known))}"
        )
