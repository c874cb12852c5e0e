"""Test of random effects, with the boundary of their variances in mind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import linalg, stats

from resultatbok.methods.mixed_logit.fit import optimise, without_level
from resultatbok.methods.mixed_logit.likelihood import evaluate
from resultatbok.methods.mixed_logit.model import Model
from resultatbok.methods.mixed_logit.nesting import Floats, weighted_gram
from resultatbok.methods.mixed_logit.problem import Problem
from resultatbok.methods.mixed_logit.start import plain_logit

NO_GAIN = 1e-6
"""A smaller statistic is a rounding error: the larger model's variance is at the boundary."""


@dataclass(frozen=True)
class LikelihoodRatioTest:
    """Twice the gain in log-likelihood, with its distribution under the smaller model.

    Attributes:
        statistic: 2 (larger - smaller log-likelihood), not below 0.
        p_value: Upper tail of a mixture of chi-square distributions, since the variances that the smaller model lacks
            lie at their boundary under it.
    """

    statistic: float
    p_value: float


def without(model: Model, level: int | None) -> LikelihoodRatioTest:
    """Test against the model without one level's effects, or without any."""
    problem, names = model.problem, model.names
    if level is not None and problem.n_levels == 2:
        optimum = optimise(without_level(problem, level), names, 1)
        return _test(model.point.loglik, optimum.point.loglik, (0.5, 0.5))
    coefficients = plain_logit(problem, names)
    smaller = evaluate(problem, np.append(coefficients, [0.0, 0.0])).loglik
    return _test(model.point.loglik, smaller, boundary_weights(problem, coefficients))


def _test(larger: float, smaller: float, weights: tuple[float, ...]) -> LikelihoodRatioTest:
    """The statistic under weights of the chi-square distributions with 0, 1, ... degrees of freedom."""
    statistic = 2 * (larger - smaller)
    if statistic < NO_GAIN:
        statistic = 0.0
    tails = [stats.chi2.sf(statistic, j) if j else float(statistic <= 0) for j in range(len(weights))]
    return LikelihoodRatioTest(statistic, float(np.dot(weights, tails)))


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
    p = 1 / (1 + np.exp(-(problem.design @ coefficients)))
    a = p * (1 - p)
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
