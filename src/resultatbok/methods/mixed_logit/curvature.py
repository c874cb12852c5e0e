r"""Second derivatives of the Laplace log-likelihood, and how the modes move with the parameters.

Each quantity of an inner group is differentiated in every parameter: a matrix with one row per inner group, made part
by part so that memory stays bounded. Only one product of the design with itself is needed, as for a plain logistic
regression. Names are those of `derivatives`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from resultatbok.methods.mixed_logit.derivatives import Sensitivity, sensitivity
from resultatbok.methods.mixed_logit.likelihood import Arrow, Point
from resultatbok.methods.mixed_logit.nesting import Floats, Nesting, Part, weighted_gram
from resultatbok.methods.mixed_logit.problem import Problem


def hessian(problem: Problem, point: Point) -> Floats:
    """Matrix of second derivatives, shape (p + 2, p + 2)."""
    s = sensitivity(problem, point)
    total = np.zeros((problem.n_coefficients + 2, problem.n_coefficients + 2))
    for part in problem.nesting.parts():
        total += _PartialHessian(problem, point, s, part).matrix()
    return 0.5 * (total + total.T)


def mode_derivatives(problem: Problem, point: Point) -> Iterator[tuple[Part, Floats, Floats]]:
    """Derivatives in all parameters of the effects (standard deviation times mode), part by part.

    Yields:
        The part, its outer effects' (outer groups, p + 2) and its inner effects' (inner groups, p + 2).
    """
    s = sensitivity(problem, point)
    for part in problem.nesting.parts():
        piece = _PartialHessian(problem, point, s, part)
        outer, inner = piece.arrow.outer_sd * piece.d_outer, piece.arrow.inner_sd * piece.d_inner
        outer[:, -2] += piece.outer_mode
        inner[:, -1] += piece.inner_mode
        yield part, outer, inner


class _PartialHessian:
    """Second derivatives of one part; `d_` marks the derivatives in all parameters, one column each."""

    def __init__(self, problem: Problem, point: Point, s: Sensitivity, part: Part) -> None:
        rows, groups, outer = part.rows, part.groups, part.outer
        whole = point.arrow
        self.nesting: Nesting = part.nesting
        self.arrow = Arrow(
            part.nesting,
            whole.outer_sd,
            whole.inner_sd,
            whole.information[groups],
            whole.inner[groups],
            whole.outer[outer],
        )
        self.outer_mode, self.inner_mode = point.outer_mode[outer], point.inner_mode[groups]
        self.outer_adjoint, self.inner_adjoint = s.outer_adjoint[outer], s.inner_adjoint[groups]
        self.variance, self.adjoint = s.variance[groups], s.adjoint[groups]
        self.residuals, self.slopes = s.residuals[groups], s.slopes[groups]
        self._sum_design(problem.design[rows], s.a[rows], s.t[rows])
        self._differentiate_modes()
        self._differentiate_arrow()
        self._differentiate_adjoint()

    def _sum_design(self, design: Floats, a: Floats, t: Floats) -> None:
        """Sums over rows: of the design weighted by a, t and f, and the fixed effects' own block."""
        f = a - 6 * a**2
        nest = self.nesting
        self.n_coefficients = design.shape[1]
        self.a_design = self._padded(nest.weighted_sums(a, design))
        self.t_design = self._padded(nest.weighted_sums(t, design))
        self.f_design = self._padded(nest.weighted_sums(f, design))
        self.bends = nest.sum_rows(f)
        curvature = -a - 0.5 * nest.to_rows(self.variance) * f + nest.to_rows(self.adjoint) * t
        self.fixed_block = weighted_gram(design, curvature)

    @staticmethod
    def _padded(matrix: Floats) -> Floats:
        return np.hstack([matrix, np.zeros((len(matrix), 2))])

    def _differentiate_modes(self) -> None:
        """Implicit function theorem: the arrow solved for the mixed derivatives of h."""
        arrow, nest = self.arrow, self.nesting
        u, v = nest.to_groups(self.outer_mode), self.inner_mode
        in_predictor = self.a_design.copy()  # a times the explicit derivative of the predictor, summed
        in_predictor[:, -2] += arrow.information * u
        in_predictor[:, -1] += arrow.information * v
        for_outer = arrow.outer_sd * nest.sum_groups(in_predictor)
        for_outer[:, -2] -= nest.sum_groups(self.residuals)
        for_inner = arrow.inner_sd * in_predictor
        for_inner[:, -1] -= self.residuals
        d_outer, d_inner = arrow.solve(for_outer, for_inner)
        self.d_outer, self.d_inner = -d_outer, -d_inner
        self.d_shared = arrow.outer_sd * nest.to_groups(self.d_outer) + arrow.inner_sd * self.d_inner
        self.d_shared[:, -2] += u
        self.d_shared[:, -1] += v

    def _differentiate_arrow(self) -> None:
        """Derivatives of the group sums, of the arrow's factors and of the conditional variance."""
        arrow, nest = self.arrow, self.nesting
        outer_sd, inner_sd = arrow.outer_sd, arrow.inner_sd
        inner, outer = arrow.inner[:, None], nest.to_groups(arrow.outer)[:, None]
        self.d_residuals = -self.a_design - arrow.information[:, None] * self.d_shared
        self.d_information = self.t_design + self.slopes[:, None] * self.d_shared
        self.d_slopes = self.f_design + self.bends[:, None] * self.d_shared
        self.d_arrow_inner = inner_sd**2 * self.d_information
        self.d_arrow_inner[:, -1] += 2 * inner_sd * arrow.information
        self.ratio = arrow.information / arrow.inner
        self.d_ratio = self.d_information / inner**2
        self.d_ratio[:, -1] -= 2 * inner_sd * self.ratio**2
        self.d_arrow_outer = outer_sd**2 * nest.sum_groups(self.d_ratio)
        self.d_arrow_outer[:, -2] += 2 * outer_sd * nest.sum_groups(self.ratio)
        d_outer = nest.to_groups(self.d_arrow_outer)
        self.d_variance = (
            -(inner_sd**2 / inner**2 + 2 * outer_sd**2 / (outer * inner**3)) * self.d_arrow_inner
            - outer_sd**2 / (outer * inner) ** 2 * d_outer
        )
        self.d_variance[:, -2] += 2 * outer_sd / (outer * inner**2)[:, 0]
        self.d_variance[:, -1] += 2 * inner_sd / arrow.inner

    def _differentiate_adjoint(self) -> None:
        """Derivatives of the adjoint: the arrow solved for what its right-hand side and itself change."""
        arrow, nest = self.arrow, self.nesting
        outer_sd, inner_sd = arrow.outer_sd, arrow.inner_sd
        pull = 0.5 * self.variance * self.slopes
        d_pull = 0.5 * (self.d_variance * self.slopes[:, None] + self.variance[:, None] * self.d_slopes)
        # The arrow is 1 + Z'AZ: with Z the standard deviations, its change times the adjoint has three terms
        at_predictor = self.d_information * self.adjoint[:, None]
        at_predictor[:, -2] += arrow.information * nest.to_groups(self.outer_adjoint)
        at_predictor[:, -1] += arrow.information * self.inner_adjoint
        weighted = pull - arrow.information * self.adjoint
        for_outer = outer_sd * nest.sum_groups(d_pull - at_predictor)
        for_outer[:, -2] += nest.sum_groups(weighted)
        for_inner = inner_sd * (d_pull - at_predictor)
        for_inner[:, -1] += weighted
        self.d_outer_adjoint, self.d_inner_adjoint = arrow.solve(for_outer, for_inner)
        self.d_adjoint = outer_sd * nest.to_groups(self.d_outer_adjoint) + inner_sd * self.d_inner_adjoint
        self.d_adjoint[:, -2] += nest.to_groups(self.outer_adjoint)
        self.d_adjoint[:, -1] += self.inner_adjoint

    def matrix(self) -> Floats:
        """This part's Hessian (rows differentiate the gradient)."""
        variance, adjoint = self.variance[:, None], self.adjoint[:, None]
        curvature_design = -self.a_design - 0.5 * variance * self.f_design + adjoint * self.t_design
        p = self.n_coefficients
        result = np.zeros((p + 2, p + 2))
        result[:p] = (
            curvature_design.T @ self.d_shared
            - 0.5 * self.t_design.T @ self.d_variance
            + self.a_design.T @ self.d_adjoint
        )[:p]
        result[:p, :p] += self.fixed_block
        result[p:] = self._sd_rows(curvature_design)
        return result

    def _sd_rows(self, curvature_design: Floats) -> Floats:
        """Derivatives of the gradient in the two standard deviations."""
        arrow, nest = self.arrow, self.nesting
        outer_sd, inner_sd, outer = arrow.outer_sd, arrow.inner_sd, arrow.outer
        total = self.residuals - 0.5 * self.variance * self.slopes + arrow.information * self.adjoint
        curvature = -arrow.information - 0.5 * self.variance * self.bends + self.adjoint * self.slopes
        d_total = (
            curvature_design
            + curvature[:, None] * self.d_shared
            - 0.5 * self.slopes[:, None] * self.d_variance
            + arrow.information[:, None] * self.d_adjoint
        )
        ratios, d_ratios = nest.sum_groups(self.ratio), nest.sum_groups(self.d_ratio)
        of_outer = (
            nest.sum_groups(total) @ self.d_outer
            + self.outer_mode @ nest.sum_groups(d_total)
            - outer_sd * ((1 / outer) @ d_ratios - (ratios / outer**2) @ self.d_arrow_outer)
            - nest.sum_groups(self.residuals) @ self.d_outer_adjoint
            - self.outer_adjoint @ nest.sum_groups(self.d_residuals)
        )
        of_outer[-2] -= float((ratios / outer).sum())
        squares = nest.sum_groups(self.ratio**2)
        over_outer = 1 / nest.to_groups(outer)
        of_inner = (
            total @ self.d_inner
            + self.inner_mode @ d_total
            - inner_sd
            * (
                (1 - 2 * outer_sd**2 * self.ratio * over_outer) @ self.d_ratio
                + outer_sd**2 * (squares / outer**2) @ self.d_arrow_outer
            )
            - self.residuals @ self.d_inner_adjoint
            - self.inner_adjoint @ self.d_residuals
        )
        of_inner[-2] += inner_sd * 2 * outer_sd * float((squares / outer).sum())
        of_inner[-1] -= float(self.ratio.sum() - outer_sd**2 * (squares / outer).sum())
        return np.vstack([of_outer, of_inner])
