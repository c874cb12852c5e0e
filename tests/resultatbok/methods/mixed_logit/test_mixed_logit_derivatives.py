"""Analytic derivatives against central differences."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resultatbok.methods.mixed_logit import nesting as nesting_module
from resultatbok.methods.mixed_logit.curvature import hessian, mode_derivatives
from resultatbok.methods.mixed_logit.derivatives import gradient, group_scores
from resultatbok.methods.mixed_logit.likelihood import evaluate

STEP = 1e-5
PARAMETERS = np.array([-0.4, 0.5, 0.2, 0.8, 0.6])


def differences(function, parameters):
    """Central differences, one row per parameter."""
    steps = STEP * np.eye(len(parameters))
    return np.array([(function(parameters + step) - function(parameters - step)) / (2 * STEP) for step in steps])


sds = st.one_of(st.just(0.0), st.floats(0.01, 3))


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), outer=sds, inner=sds, constant=st.floats(-2, 2))
def test_gradient_equals_finite_differences(small_problem, seed, outer, inner, constant):
    problem = small_problem(seed=seed, rows=200)
    parameters = np.array([constant, 0.5, 0.2, outer, inner])
    numeric = differences(lambda x: evaluate(problem, x).loglik, parameters)
    np.testing.assert_allclose(gradient(problem, evaluate(problem, parameters)), numeric, atol=1e-5, rtol=1e-6)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10_000), outer=sds, inner=sds, constant=st.floats(-2, 2))
def test_hessian_equals_finite_differences_of_the_gradient(small_problem, seed, outer, inner, constant):
    problem = small_problem(seed=seed, rows=200)
    parameters = np.array([constant, 0.5, 0.2, outer, inner])
    numeric = differences(lambda x: gradient(problem, evaluate(problem, x)), parameters)
    np.testing.assert_allclose(hessian(problem, evaluate(problem, parameters)), numeric, atol=1e-4, rtol=1e-5)


def test_one_level_is_the_two_level_model_without_inner_variance(small_problem):
    two, one = small_problem(), small_problem(levels=1)
    parameters = np.array([*PARAMETERS[:4], 0.0])
    first, second = evaluate(two, parameters), evaluate(one, parameters)
    assert first.loglik == pytest.approx(second.loglik, abs=1e-9)
    np.testing.assert_allclose(hessian(two, first)[:4, :4], hessian(one, second)[:4, :4], rtol=1e-8)


def test_hessian_is_the_same_in_one_part_and_in_many(small_problem, monkeypatch):
    problem = small_problem()
    point = evaluate(problem, PARAMETERS)
    whole = hessian(problem, point)
    monkeypatch.setattr(nesting_module, "GROUPS_PER_PART", 9)
    assert len(list(problem.nesting.parts())) > 5
    np.testing.assert_allclose(hessian(problem, point), whole, rtol=1e-10)


def test_group_scores_add_up_to_the_gradient(small_problem):
    problem = small_problem()
    point = evaluate(problem, PARAMETERS)
    scores = group_scores(problem, point)
    assert scores.shape == (problem.nesting.n_outer, 5)
    np.testing.assert_allclose(scores.sum(axis=0), gradient(problem, point), atol=1e-9)


def test_mode_derivatives_equal_finite_differences(small_problem):
    problem = small_problem()

    def effects(parameters):
        point = evaluate(problem, parameters)
        return np.concatenate([point.outer_sd * point.outer_mode, point.inner_sd * point.inner_mode])

    [(_, outer, inner)] = mode_derivatives(problem, evaluate(problem, PARAMETERS))
    ours = np.vstack([outer, inner])
    np.testing.assert_allclose(ours, differences(effects, PARAMETERS).T, atol=1e-6)
