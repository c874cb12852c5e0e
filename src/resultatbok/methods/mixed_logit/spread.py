"""One spread between groups or two: do the projects of one kind differ more from each other than those of another?

With one random intercept whose groups are each of one kind, the log-likelihood is the sum of those of the two kinds
with the same coefficients, each with its own standard deviation. It has as many parameters as a model of two levels, so
the same search maximises it.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.mixed_logit import curvature, derivatives
from resultatbok.methods.mixed_logit.design import design_matrix
from resultatbok.methods.mixed_logit.effects import from_parameters, own_columns
from resultatbok.methods.mixed_logit.fit import fit_model
from resultatbok.methods.mixed_logit.grouping import Grouping, group_rows
from resultatbok.methods.mixed_logit.likelihood import Point, evaluate
from resultatbok.methods.mixed_logit.nesting import Floats
from resultatbok.methods.mixed_logit.newton import maximise
from resultatbok.methods.mixed_logit.objective import Objective
from resultatbok.methods.mixed_logit.problem import Problem


@dataclass(frozen=True)
class SpreadTest:
    """Standard deviations of groups' effects on the logit scale, by kind.

    Attributes:
        table: By kind: `sd`, `std_error` (missing at 0), `n_groups`.
        common_sd: Of one standard deviation for both.
        params: Coefficients under two standard deviations.
        llf: Log-likelihood with them.
        effects: By group under two standard deviations: `effect` (conditional mode), `sd` (with the uncertainty of the
            parameters), `n` (rows), `reliability` and `group_sd`, the standard deviation of its kind. Not usable for a
            kind whose standard deviation is 0.
        statistic: Twice the gain in log-likelihood.
        p_value: By chi-square with one degree of freedom; too large where the common one is near 0.
    """

    table: pd.DataFrame
    common_sd: float
    params: pd.Series
    llf: float
    effects: pd.DataFrame
    statistic: float
    p_value: float


def spread_test(
    outcome: pd.Series, design: pd.DataFrame, group: pd.Series, kind: pd.Series, *, own: Sequence[str] = ()
) -> SpreadTest:
    """Fit one and two standard deviations by Laplace's approximation and compare them.

    Args:
        outcome: 0 or 1 per row.
        design: Numeric covariates without a constant; a column for the kind belongs there if means may differ.
        group: The project of each row.
        kind: Two kinds (schemes; small and large), each project of one.
        own: Columns of the design that do not vary within a group and whose part is added to its effect.

    Raises:
        ModelError: A group is of two kinds, there are not two kinds, or the model cannot be fitted.
    """
    if kind.nunique() != 2 or kind.isna().any():
        raise ModelError(f"{kind.name!r} has {kind.nunique()} kinds, or gaps; expected two")
    if len(pd.DataFrame({"group": group, "kind": kind}).drop_duplicates()) > group.nunique():
        raise ModelError(f"a group of {group.name!r} has rows of both kinds of {kind.name!r}")
    one = fit_model(outcome, design, group.to_frame(), 1)
    names = sorted(kind.unique())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # of small groups, which the first fit warned of
        sorted_out = [_problem(outcome, design, group, (kind == name).to_numpy()) for name in names]
    two = _TwoSpreads([problem for problem, _ in sorted_out])
    start = one.point.parameters.copy()
    start[-2:] = max(start[-2], 0.1)
    optimum = maximise(cast(Objective, two), start, 2)  # the search asks for no scores of groups
    if not (optimum.converged and one.optimum.converged):
        raise ModelError("the search for two standard deviations did not converge")
    covariance = np.zeros_like(optimum.hessian)
    free = optimum.free
    covariance[np.ix_(free, free)] = np.linalg.inv(-optimum.hessian[np.ix_(free, free)])
    errors = np.where(free, np.sqrt(np.diag(covariance)), np.nan)
    statistic = max(0.0, 2 * (optimum.point.loglik - one.point.loglik))
    parameters = optimum.point.parameters
    sizes = [part.nesting.n_groups for part in two.problems]
    return SpreadTest(
        table=pd.DataFrame(
            {"sd": parameters[-2:], "std_error": errors[-2:], "n_groups": sizes}, index=pd.Index(names, name=kind.name)
        ),
        common_sd=float(one.sds[0]),
        params=pd.Series(parameters[:-2], index=one.names),
        llf=optimum.point.loglik,
        effects=_effects(optimum.point, sorted_out, covariance, one.names, own),
        statistic=statistic,
        p_value=float(stats.chi2.sf(statistic, 1)),
    )


@dataclass(frozen=True)
class _Both:
    """The two likelihoods at one value of the parameters: coefficients and a standard deviation of each kind."""

    parameters: Floats
    parts: tuple[Point, Point]
    loglik: float


class _TwoSpreads:
    """The sum of two one-level likelihoods with common coefficients; `newton.maximise` takes it as two levels."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems

    def at(self, parameters: Floats, near: Point | None = None) -> Point:
        """The log-likelihood, its modes searched from those of a near point."""
        parts = tuple(
            evaluate(problem, np.array([*parameters[:-2], sd, 0.0]), before)
            for problem, sd, before in zip(
                self.problems, parameters[-2:], _parts(near) if near else (None, None), strict=True
            )
        )
        return cast(Point, _Both(parameters, (parts[0], parts[1]), parts[0].loglik + parts[1].loglik))

    def gradient(self, point: Point) -> Floats:
        """First derivatives, shape (p + 2,)."""
        each = [derivatives.gradient(p, part) for p, part in zip(self.problems, _parts(point), strict=True)]
        return np.array([*(each[0][:-2] + each[1][:-2]), each[0][-2], each[1][-2]])

    def hessian(self, point: Point) -> Floats:
        """Second derivatives, shape (p + 2, p + 2)."""
        whole = np.zeros((len(point.parameters),) * 2)
        for place, (problem, part) in enumerate(zip(self.problems, _parts(point), strict=True)):
            rows = [*range(len(whole) - 2), len(whole) - 2 + place]
            whole[np.ix_(rows, rows)] += curvature.hessian(problem, part)[:-1, :-1]
        return whole


def _parts(point: Point) -> tuple[Point, Point]:
    return cast(_Both, point).parts


def _effects(
    optimum: Point, kinds: list[tuple[Problem, Grouping]], covariance: Floats, names: list[str], own: Sequence[str]
) -> pd.DataFrame:
    """The effects of all groups, those of the first kind first."""
    tables = []
    for place, (point, (problem, grouping)) in enumerate(zip(_parts(optimum), kinds, strict=True)):
        estimated = [*range(problem.n_coefficients), problem.n_coefficients + place]
        its_covariance = np.zeros_like(covariance)
        its_covariance[:-1, :-1] = covariance[np.ix_(estimated, estimated)]
        added = own_columns(problem, 0, names, own)
        variance, sd = point.arrow.outer_sd**2 / point.arrow.outer, point.arrow.outer_sd
        columns = {
            "effect": sd * point.outer_mode + added @ optimum.parameters[:-2],
            "sd": np.sqrt(variance + from_parameters(problem, point, 0, its_covariance, added)),
            "n": grouping.rows_of(0),
            "reliability": 1 - variance / sd**2 if sd > 0 else np.zeros_like(variance),
            "group_sd": np.full_like(variance, sd),
        }
        tables.append(pd.DataFrame(columns, index=grouping.labels[0]))
    return pd.concat(tables)


def _problem(
    outcome: pd.Series, design: pd.DataFrame, group: pd.Series, rows: npt.NDArray[np.bool_]
) -> tuple[Problem, Grouping]:
    """The rows of one kind, sorted by group."""
    grouping = group_rows(group[rows].to_frame())
    values = outcome[rows].to_numpy(dtype=float)
    order = grouping.order
    matrix = design_matrix(design[rows], order)
    return Problem(values if order is None else values[order], matrix, grouping.nesting, 1), grouping
