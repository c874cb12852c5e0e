r"""Exact first derivatives of the Laplace log-likelihood in all parameters.

The modes move with the parameters, and the determinant with the modes. That dependence is carried by one adjoint solve
with the arrow, so a gradient costs O(n p), like that of a plain logistic regression.

Per row, $a = p(1-p)$, and $t$ and $f$ are its first and second derivatives in $\eta$. Per inner group, $c$ is the
conditional variance of the effect that its rows share, which is also the derivative of $\log|H|$ in $\sum a$.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resultatbok.methods.mixed_logit.likelihood import Point
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.problem import Problem


@dataclass(frozen=True)
class Sensitivity:
    """What the gradient and the Hessian share at one point.

    Attributes:
        a: Derivative of the conditional mean in the predictor, per row.
        t: Derivative of `a` in the predictor, per row.
        score: Derivative of the log-likelihood in each row's fixed predictor, per row.
        variance: Conditional variance of the shared effect, per inner group (c).
        residuals: Sum of y - p, per inner group (R).
        slopes: Sum of `t`, per inner group (T).
        outer_adjoint: Solution of the arrow for the determinant's gradient, per outer group.
        inner_adjoint: The same per inner group.
        adjoint: Their effect on a predictor, per inner group (L).
    """

    a: Floats
    t: Floats
    score: Floats
    variance: Floats
    residuals: Floats
    slopes: Floats
    outer_adjoint: Floats
    inner_adjoint: Floats
    adjoint: Floats


def sensitivity(problem: Problem, point: Point) -> Sensitivity:
    """Compute the row and group quantities that the derivatives are made of."""
    nesting, arrow, p = problem.nesting, point.arrow, point.probability
    a = p * (1 - p)
    t = a * (1 - 2 * p)
    residual = problem.outcome - p
    slopes, variance = nesting.sum_rows(t), arrow.effect_variance
    pull = 0.5 * variance * slopes
    outer_adjoint, inner_adjoint = arrow.solve(arrow.outer_sd * nesting.sum_groups(pull), arrow.inner_sd * pull)
    adjoint = arrow.outer_sd * nesting.to_groups(outer_adjoint) + arrow.inner_sd * inner_adjoint
    score = residual - 0.5 * nesting.to_rows(variance) * t + nesting.to_rows(adjoint) * a
    residuals = nesting.sum_rows(residual)
    return Sensitivity(a, t, score, variance, residuals, slopes, outer_adjoint, inner_adjoint, adjoint)


def gradient(problem: Problem, point: Point) -> Floats:
    """Gradient in fixed effects, outer and inner standard deviation, shape (p + 2,)."""
    s = sensitivity(problem, point)
    by_outer = _sd_scores(problem, point, s)
    return np.concatenate([problem.design.T @ s.score, by_outer.sum(axis=0)])


def group_scores(problem: Problem, point: Point) -> Floats:
    """Each outer group's own share of the gradient, shape (number of outer groups, p + 2)."""
    s = sensitivity(problem, point)
    by_group = problem.nesting.weighted_sums(s.score, problem.design)
    return np.hstack([problem.nesting.sum_groups(by_group), _sd_scores(problem, point, s)])


def _sd_scores(problem: Problem, point: Point, s: Sensitivity) -> Floats:
    """Derivatives in the two standard deviations, per outer group."""
    nesting, arrow = problem.nesting, point.arrow
    total = s.residuals - 0.5 * s.variance * s.slopes + arrow.information * s.adjoint
    ratio = arrow.information / arrow.inner
    over_outer = 1 / nesting.to_groups(arrow.outer)
    in_outer = (
        point.outer_mode * nesting.sum_groups(total)
        - arrow.outer_sd * nesting.sum_groups(ratio) / arrow.outer
        - s.outer_adjoint * nesting.sum_groups(s.residuals)
    )
    in_inner = (
        point.inner_mode * total
        - arrow.inner_sd * (ratio - arrow.outer_sd**2 * ratio**2 * over_outer)
        - s.inner_adjoint * s.residuals
    )
    return np.column_stack([in_outer, nesting.sum_groups(in_inner)])
