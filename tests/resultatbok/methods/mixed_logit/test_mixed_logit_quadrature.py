"""Adaptive quadrature against Laplace, numerical integration and finite differences."""

import itertools

import numpy as np
import pytest
from scipy import integrate
from scipy.special import expit

from resultatbok.methods.mixed_logit import ModelError
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


@pytest.mark.parametrize("points", [0, 101, 2.5])
def test_a_wrong_number_of_points_is_refused(simulate, fit_columns, points):
    with pytest.raises(ModelError, match="quadrature_points"):
        fit_columns(simulate(), ["male"], ["municipality"], quadrature_points=points)


def test_the_largest_number_of_points_is_accepted(simulate, fit_columns):
    fit = fit_columns(simulate(rows=150), ["male"], ["municipality"], quadrature_points=100)
    assert fit.converged


def test_two_levels_refuse_quadrature(simulate, fit_columns):
    with pytest.raises(ModelError, match="one group column"):
        fit_columns(simulate(), ["male"], ["municipality", "project"], quadrature_points=9)
