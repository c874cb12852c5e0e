"""Adaptive quadrature against Laplace, numerical integration and finite differences."""

import itertools

import numpy as np
import pandas as pd
import pytest
from scipy import integrate
from scipy.special import expit

from resultatbok.methods.mixed_logit import ModelWarning, mixed_logit_arrays
from resultatbok.methods.mixed_logit.fit import POINTS
from resultatbok.methods.mixed_logit.likelihood import evaluate
from resultatbok.methods.mixed_logit.quadrature import Quadrature

PARAMETERS = np.array([-0.4, 0.5, 0.2, 0.9, 0.0])


def integrated(problem, parameters):
    """Sum over groups of the log of the integral over the effect, by adaptive integration."""
    fixed = problem.design @ parameters[:-2]
    total = 0.0
    starts = [*problem.nesting.row_starts, problem.nesting.n_rows]
    for first, last in itertools.pairwise(starts):
        y, f = problem.outcome[first:last], fixed[first:last]

        def density(u, y=y, f=f):
            p = expit(f + parameters[-2] * u)
            return np.prod(p**y * (1 - p) ** (1 - y)) * np.exp(-(u**2) / 2) / np.sqrt(2 * np.pi)

        total += np.log(integrate.quad(density, -8, 8, epsabs=0, epsrel=1e-10, limit=200)[0])
    return total


def test_one_point_is_laplace(small_problem):
    problem = small_problem(levels=1)
    assert Quadrature(problem, 1).at(PARAMETERS).loglik == pytest.approx(evaluate(problem, PARAMETERS).loglik, abs=1e-9)


def test_many_points_are_the_integral(small_problem):
    problem = small_problem(levels=1, rows=150)
    assert Quadrature(problem, 25).at(PARAMETERS).loglik == pytest.approx(integrated(problem, PARAMETERS), abs=1e-6)


@pytest.mark.parametrize("points", [2, 9])
@pytest.mark.parametrize("sd", [0.9, 0.0, 2.5])
def test_gradient_and_hessian_equal_finite_differences(small_problem, points, sd):
    problem = small_problem(levels=1, rows=200)
    objective = Quadrature(problem, points)
    parameters = np.array([-0.4, 0.5, 0.2, sd, 0.0])
    steps = 1e-5 * np.eye(5)[:4]
    point = objective.at(parameters)
    slopes = [(objective.at(parameters + s).loglik - objective.at(parameters - s).loglik) / 2e-5 for s in steps]
    np.testing.assert_allclose(objective.gradient(point)[:4], slopes, atol=1e-5)
    curves = [
        (objective.gradient(objective.at(parameters + s)) - objective.gradient(objective.at(parameters - s))) / 2e-5
        for s in steps
    ]
    np.testing.assert_allclose(objective.hessian(point)[:4], curves, atol=1e-3, rtol=1e-4)


def test_group_scores_add_up_to_the_gradient(small_problem):
    objective = Quadrature(small_problem(levels=1), 5)
    point = objective.at(PARAMETERS)
    np.testing.assert_allclose(objective.group_scores(point).sum(axis=0), objective.gradient(point), atol=1e-9)


def test_quadrature_may_find_no_variance(simulate, fit_columns):
    fit = fit_columns(simulate(seed=2, outer_sd=0, inner_sd=0), ["male"], ["municipality"], quadrature_points=7)
    assert fit.converged
    assert fit.group_sd["municipality"] == 0
    assert np.isnan(fit.group_sd_se["municipality"])


def test_the_largest_number_of_points_is_accepted(simulate, fit_columns):
    fit = fit_columns(simulate(rows=150), ["male"], ["municipality"], quadrature_points=100)
    assert fit.converged


def pairs(sd, rows=2, n=6_000):
    """Groups of so many rows whose effects have this standard deviation; the slope of x is 1."""
    rng = np.random.default_rng(8)
    data = pd.DataFrame({"x": rng.normal(size=n), "group": np.arange(n) // rows})
    effect = sd * rng.normal(size=n // rows)[data["group"]]
    return data.assign(y=(rng.random(n) < expit(-0.4 + data["x"] + effect)) * 1.0)


def test_quadrature_takes_over_where_two_rows_a_group_mislead_laplace(fit_columns):
    """Laplace gives 1.6 for a standard deviation of 2, and 0.95 for a slope of 1."""
    data = pairs(2.0)
    fit = mixed_logit_arrays(data["y"], data[["x"]], data[["group"]])
    laplace = fit_columns(data, ["x"], ["group"], "y", quadrature_points=1)
    assert fit.model.quadrature_points == POINTS
    assert abs(fit.group_sd["group"] - 2) < 2 * fit.group_sd_se["group"]
    assert abs(fit.params["x"] - 1) < 2 * fit.bse["x"]
    assert laplace.group_sd["group"] < 1.75


@pytest.mark.parametrize(("sd", "rows"), [(0.2, 2), (2.0, 8)])
def test_laplace_stays_where_groups_are_alike_or_not_so_small(sd, rows):
    data = pairs(sd, rows)
    assert mixed_logit_arrays(data["y"], data[["x"]], data[["group"]]).model.quadrature_points == 1


def test_with_two_levels_small_groups_draw_a_warning():
    data = pairs(2.0).assign(place=lambda d: d["group"] // 30)
    with pytest.warns(ModelWarning, match="groups of group have so few rows that the Laplace approximation misleads"):
        mixed_logit_arrays(data["y"], data[["x"]], data[["place", "group"]])
