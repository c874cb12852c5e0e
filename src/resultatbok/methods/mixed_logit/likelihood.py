r"""The Laplace approximation to the log-likelihood, with the conditional modes of the random effects.

With standardised effects $u$ (outer) and $v$ (inner), the predictor of a row is
$\eta = x'\beta + \sigma_1 u + \sigma_2 v$. The negative log joint density of one outer group is
$h = -\sum [y\eta - \log(1 + e^\eta)] + (u^2 + \sum v^2)/2$, and its Hessian in the effects is an arrow: one outer row
and column, and a diagonal. So mode, determinant and inverse are closed form (Pinheiro and Chao 2006).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from resultatbok.methods.mixed_logit.nesting import Floats, Nesting
from resultatbok.methods.mixed_logit.problem import Problem

MODE_TOLERANCE = 1e-5
"""Largest change of a predictor in the last Newton step; the step after it is about its square."""
MAX_MODE_STEPS = 200


@dataclass(frozen=True)
class Arrow:
    """Hessian in the standardised effects given each inner group's information, with its closed-form factors.

    Attributes:
        information: Sum of p (1 - p) over the rows of each inner group.
        inner: Diagonal entry of each inner effect, 1 + inner_sd^2 information.
        outer: Schur complement of each outer effect, 1 + outer_sd^2 sum(information / inner).
    """

    nesting: Nesting
    outer_sd: float
    inner_sd: float
    information: Floats
    inner: Floats
    outer: Floats

    @classmethod
    def of(cls, nesting: Nesting, outer_sd: float, inner_sd: float, information: Floats) -> Arrow:
        """The arrow for these standard deviations and informations."""
        inner = 1 + inner_sd**2 * information
        outer = 1 + outer_sd**2 * nesting.sum_groups(information / inner)
        return cls(nesting, outer_sd, inner_sd, information, inner, outer)

    def solve(self, for_outer: Floats, for_inner: Floats) -> tuple[Floats, Floats]:
        """Solve for one right-hand side (vectors) or several (matrices, one column each)."""
        coupling, inner, outer = self.outer_sd * self.inner_sd * self.information, self.inner, self.outer
        if for_outer.ndim == 2:
            coupling, inner, outer = coupling[:, None], inner[:, None], outer[:, None]
        at_outer = (for_outer - self.nesting.sum_groups(coupling * for_inner / inner)) / outer
        return at_outer, (for_inner - coupling * self.nesting.to_groups(at_outer)) / inner

    @property
    def log_determinant(self) -> float:
        """Logarithm of the determinant of the whole Hessian."""
        return float(np.log(self.inner).sum() + np.log(self.outer).sum())

    @property
    def effect_variance(self) -> Floats:
        """Conditional variance, per inner group, of the effect that its rows share (both levels)."""
        return self.inner_sd**2 / self.inner + self.outer_sd**2 / self.nesting.to_groups(self.outer) / self.inner**2


@dataclass(frozen=True)
class Point:
    """The likelihood at one parameter value.

    Attributes:
        parameters: Fixed effects, outer and inner standard deviation, shape (p + 2,).
        fixed: x'beta per row.
        probability: Conditional probability per row, at the modes.
        outer_mode: Mode of each standardised outer effect.
        inner_mode: Mode of each standardised inner effect.
        arrow: Hessian in the effects at the modes.
        loglik: Approximate log-likelihood; minus infinity where it cannot be computed.
    """

    parameters: Floats
    fixed: Floats
    probability: Floats
    outer_mode: Floats
    inner_mode: Floats
    arrow: Arrow
    loglik: float

    @property
    def outer_sd(self) -> float:
        """Standard deviation of the outer effects; may be negative on the way to the optimum."""
        return float(self.parameters[-2])

    @property
    def inner_sd(self) -> float:
        """Standard deviation of the inner effects; may be negative on the way to the optimum."""
        return float(self.parameters[-1])


def logistic(linear: Floats) -> Floats:
    """1 / (1 + exp(-x)), by the hyperbolic tangent, which numpy computes several values at a time."""
    half = np.multiply(linear, 0.5)
    np.tanh(half, out=half)
    half *= 0.5
    half += 0.5
    return half


def row_loglik(outcome: Floats, linear: Floats) -> Floats:
    """The Bernoulli log-likelihood y eta - log(1 + exp(eta)) per row, without overflow."""
    towards = (2 * outcome - 1) * linear
    return np.minimum(towards, 0) - np.log1p(np.exp(-np.abs(towards)))


def evaluate(problem: Problem, parameters: Floats, near: Point | None = None) -> Point:
    """Find the modes and the Laplace log-likelihood.

    Args:
        problem: The data.
        parameters: Fixed effects, outer and inner standard deviation.
        near: A point whose modes are a good place to start.
    """
    fixed = problem.design @ parameters[:-2]
    finite = bool(np.isfinite(fixed).all())
    outer = np.zeros(problem.nesting.n_outer) if near is None else near.outer_mode
    inner = np.zeros(problem.nesting.n_groups) if near is None else near.inner_mode
    settled = not finite
    for _ in range(MAX_MODE_STEPS):
        linear, probability, residual, arrow = _at_effects(problem, parameters, fixed, outer, inner)
        if settled:
            break
        step_outer, step_inner, change = _mode_step(arrow, residual, outer, inner)
        size = _safe_step(change)
        outer, inner = outer + size * step_outer, inner + size * step_inner
        settled = change < MODE_TOLERANCE
    loglik = -np.inf
    if finite and settled:
        loglik = float(row_loglik(problem.outcome, linear).sum())
        loglik -= 0.5 * float(outer @ outer + inner @ inner + arrow.log_determinant)
    return Point(parameters, fixed, probability, outer, inner, arrow, loglik)


def _at_effects(
    problem: Problem, parameters: Floats, fixed: Floats, outer: Floats, inner: Floats
) -> tuple[Floats, Floats, Floats, Arrow]:
    """Predictor and probability per row, sum of residuals per inner group, and the arrow."""
    nesting, outer_sd, inner_sd = problem.nesting, float(parameters[-2]), float(parameters[-1])
    linear = fixed + nesting.to_rows(outer_sd * nesting.to_groups(outer) + inner_sd * inner)
    probability = logistic(linear)
    residual = nesting.sum_rows(problem.outcome - probability)
    information = nesting.sum_rows(probability * (1 - probability))
    return linear, probability, residual, Arrow.of(nesting, outer_sd, inner_sd, information)


def _mode_step(arrow: Arrow, residual: Floats, outer: Floats, inner: Floats) -> tuple[Floats, Floats, float]:
    """Newton step of the standardised effects, and the largest change of a predictor that it makes."""
    to_outer = arrow.outer_sd * arrow.nesting.sum_groups(residual) - outer
    step_outer, step_inner = arrow.solve(to_outer, arrow.inner_sd * residual - inner)
    shift = arrow.outer_sd * arrow.nesting.to_groups(step_outer) + arrow.inner_sd * step_inner
    return step_outer, step_inner, float(np.abs(shift).max())


def _safe_step(change: float) -> float:
    """Share of a Newton step that is sure to decrease h, given the largest change of a predictor.

    The third derivative of the logistic loss is bounded by its second, so the step log(1 + s) / s decreases h
    for any s, and the full step does so for s <= 1.79 (Bach 2010, Electronic Journal of Statistics 4,
    proposition 1).
    """
    return 1.0 if change <= 1 else float(np.log1p(change) / change)
