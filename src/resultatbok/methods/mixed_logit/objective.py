"""The likelihoods that the optimiser can be given."""

from __future__ import annotations

from typing import Protocol

from resultatbok.methods.mixed_logit import curvature, derivatives
from resultatbok.methods.mixed_logit.likelihood import Point, evaluate
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.problem import Problem


class Objective(Protocol):
    """A log-likelihood with derivatives; the last two parameters are outer and inner standard deviation."""

    def at(self, parameters: Floats, near: Point | None = None) -> Point:
        """The log-likelihood, its modes searched from those of a near point."""

    def gradient(self, point: Point) -> Floats:
        """First derivatives, shape (p + 2,)."""

    def group_scores(self, point: Point) -> Floats:
        """Each outer group's share of the gradient, shape (outer groups, p + 2)."""

    def hessian(self, point: Point) -> Floats:
        """Second derivatives, shape (p + 2, p + 2)."""


class Laplace:
    """The Laplace approximation, for one or two levels."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    def at(self, parameters: Floats, near: Point | None = None) -> Point:
        """The log-likelihood, its modes searched from those of a near point."""
        return evaluate(self.problem, parameters, near)

    def gradient(self, point: Point) -> Floats:
        """First derivatives, shape (p + 2,)."""
        return derivatives.gradient(self.problem, point)

    def group_scores(self, point: Point) -> Floats:
        """Each outer group's share of the gradient, shape (outer groups, p + 2)."""
        return derivatives.group_scores(self.problem, point)

    def hessian(self, point: Point) -> Floats:
        """Second derivatives, shape (p + 2, p + 2)."""
        return curvature.hessian(self.problem, point)
