r"""Adaptive Gauss-Hermite quadrature for one random intercept, and its gradient.

Each group's integral over its standardised effect $u$ is a weighted sum over nodes $u_k = \hat u + \sqrt 2\,\tau z_k$
around the mode $\hat u$, with $\tau = H^{-1/2}$ (Pinheiro and Chao 2006). With one node this is the Laplace
approximation. Nodes move with the parameters through the mode and $\tau$, and the gradient includes that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from resultatbok.methods.mixed_logit.curvature import hessian as laplace_hessian
from resultatbok.methods.mixed_logit.likelihood import Point, evaluate, logistic, row_loglik
from resultatbok.methods.mixed_logit.nesting import Floats, Nesting
from resultatbok.methods.mixed_logit.problem import Problem

DIFFERENCE_STEP = 1e-3
"""Step of the central differences, in standard errors."""


@dataclass(frozen=True)
class _Nodes:
    """One group's nodes: effects (groups, nodes) and log terms of the sum, and the residual sums there."""

    effects: Floats
    log_terms: Floats
    residuals: Floats
    row_residuals: Floats

    @property
    def shares(self) -> Floats:
        """Weight of each node in its group's integral."""
        shares = np.exp(self.log_terms - self.log_terms.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    @property
    def log_sums(self) -> Floats:
        """Logarithm of each group's sum over nodes."""
        highest = self.log_terms.max(axis=1)
        return np.asarray(highest + np.log(np.exp(self.log_terms - highest[:, None]).sum(axis=1)))


class Quadrature:
    """The log-likelihood of a one-level model by adaptive quadrature, as an objective for the optimiser."""

    def __init__(self, problem: Problem, points: int) -> None:
        self.problem = problem
        nodes, weights = np.polynomial.hermite.hermgauss(points)
        self.nodes: Floats = nodes
        self.log_weights: Floats = np.log(weights) + nodes**2 - 0.5 * np.log(np.pi)

    def at(self, parameters: Floats, near: Point | None = None) -> Point:
        """The log-likelihood, with modes as in the Laplace approximation."""
        point = evaluate(self.problem, parameters, near)
        if not np.isfinite(point.loglik):
            return point
        total = -0.5 * float(np.log(point.arrow.outer).sum())
        for part in self.problem.nesting.parts():
            total += float(self._nodes(point, part.rows, part.outer, part.nesting).log_sums.sum())
        return replace(point, loglik=total)

    def _nodes(self, point: Point, rows: slice, groups: slice, nesting: Nesting) -> _Nodes:
        problem, sd = self.problem, point.outer_sd
        outcome, fixed = problem.outcome[rows], point.fixed[rows]
        spread = np.sqrt(2 / point.arrow.outer[groups])
        effects = point.outer_mode[groups, None] + spread[:, None] * self.nodes
        log_terms, residuals = np.empty_like(effects), np.empty_like(effects)
        row_residuals = np.empty((len(outcome), len(self.nodes)))
        for k in range(len(self.nodes)):
            linear = fixed + nesting.to_rows(sd * effects[:, k])
            log_terms[:, k] = nesting.sum_rows(row_loglik(outcome, linear))
            row_residuals[:, k] = outcome - logistic(linear)
            residuals[:, k] = nesting.sum_rows(row_residuals[:, k])
        log_terms += self.log_weights - 0.5 * effects**2
        return _Nodes(effects, log_terms, residuals, row_residuals)

    def gradient(self, point: Point) -> Floats:
        """Gradient, with 0 for the inner standard deviation, which a one-level model does not have."""
        scores, by_group = self.scores(point)
        return np.concatenate([self.problem.design.T @ scores, [by_group.sum(), 0.0]])

    def group_scores(self, point: Point) -> Floats:
        """Each group's share of the gradient, shape (groups, p + 2)."""
        scores, by_group = self.scores(point)
        by_design = self.problem.nesting.weighted_sums(scores, self.problem.design)
        return np.column_stack([by_design, by_group, np.zeros_like(by_group)])

    def scores(self, point: Point) -> tuple[Floats, Floats]:
        """Derivatives in each row's fixed predictor, and in the standard deviation per group."""
        rows = np.empty(len(self.problem.outcome))
        groups = np.empty(self.problem.nesting.n_outer)
        for part in self.problem.nesting.parts():
            rows[part.rows], groups[part.outer] = self._part_scores(point, part.rows, part.outer, part.nesting)
        return rows, groups

    def _part_scores(self, point: Point, rows: slice, groups: slice, nesting: Nesting) -> tuple[Floats, Floats]:
        sd, mode, hessian = point.outer_sd, point.outer_mode[groups], point.arrow.outer[groups]
        information, tau = point.arrow.information[groups], hessian**-0.5
        p = point.probability[rows]
        a = p * (1 - p)
        t = a * (1 - 2 * p)
        slopes, residuals = nesting.sum_rows(t), nesting.sum_rows(self.problem.outcome[rows] - p)
        at = self._nodes(point, rows, groups, nesting)
        shares, pull = at.shares, sd * at.residuals - at.effects
        in_mode = (shares * pull).sum(axis=1)
        in_tau = 1 / tau + np.sqrt(2) * (shares * self.nodes * pull).sum(axis=1)
        in_information = -0.5 * in_tau * tau**3 * sd**2
        through_mode = (in_mode + in_information * sd * slopes) / hessian
        mean_residual = (np.repeat(shares, nesting.rows_per_group, axis=0) * at.row_residuals).sum(axis=1)
        by_row = mean_residual + nesting.to_rows(in_information) * t - nesting.to_rows(through_mode * sd) * a
        by_group = (
            (shares * at.effects * at.residuals).sum(axis=1)
            + in_information * slopes * mode
            - in_tau * tau**3 * sd * information
            + through_mode * (residuals - sd * information * mode)
        )
        return by_row, by_group

    def hessian(self, point: Point) -> Floats:
        """Second derivatives by central differences of the gradient, with the Laplace Hessian's scale."""
        scale = np.abs(np.diag(laplace_hessian(self.problem, point)))
        n = len(scale) - 1
        result = np.zeros((n + 1, n + 1))
        for j in range(n):
            step = np.zeros(n + 1)
            step[j] = DIFFERENCE_STEP / np.sqrt(max(float(scale[j]), 1e-8))
            above = self.gradient(evaluate(self.problem, point.parameters + step, point))
            below = self.gradient(evaluate(self.problem, point.parameters - step, point))
            result[j] = (above - below) / (2 * step[j])
        return 0.5 * (result + result.T)
