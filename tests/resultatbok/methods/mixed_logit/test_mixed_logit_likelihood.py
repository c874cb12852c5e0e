"""The Laplace likelihood against dense linear algebra that knows nothing of the arrow."""

import numpy as np
import pytest
from scipy.special import expit

from resultatbok.methods.mixed_logit.likelihood import evaluate, logistic, row_loglik

PARAMETERS = np.array([-0.4, 0.5, 0.2, 0.8, 0.6])


def dense_laplace(problem, parameters):
    """Newton's method and determinant with the full matrix of effects."""
    nesting = problem.nesting
    group = np.repeat(np.arange(nesting.n_groups), nesting.rows_per_group)
    outer = np.repeat(np.arange(nesting.n_outer), nesting.groups_per_outer)[group]
    effects = np.hstack(
        [parameters[-2] * np.eye(nesting.n_outer)[outer], parameters[-1] * np.eye(nesting.n_groups)[group]]
    )
    fixed = problem.design @ parameters[:-2]
    mode = np.zeros(effects.shape[1])
    for _ in range(50):
        p = expit(fixed + effects @ mode)
        hessian = np.eye(len(mode)) + effects.T @ (effects * (p * (1 - p))[:, None])
        mode = mode + np.linalg.solve(hessian, effects.T @ (problem.outcome - p) - mode)
    linear = fixed + effects @ mode
    likelihood = (problem.outcome * linear - np.logaddexp(0, linear)).sum()
    return likelihood - mode @ mode / 2 - np.linalg.slogdet(hessian)[1] / 2, mode, hessian, effects


@pytest.mark.parametrize("sds", [(0.8, 0.6), (0.0, 0.6), (0.8, 0.0), (3.0, 2.0)])
def test_likelihood_and_modes_equal_those_of_the_full_matrix(small_problem, sds):
    problem = small_problem()
    parameters = np.array([*PARAMETERS[:3], *sds])
    loglik, mode, hessian, _ = dense_laplace(problem, parameters)
    point = evaluate(problem, parameters)
    assert point.loglik == pytest.approx(loglik, abs=1e-8)
    np.testing.assert_allclose(np.concatenate([point.outer_mode, point.inner_mode]), mode, atol=1e-8)
    assert point.arrow.log_determinant == pytest.approx(np.linalg.slogdet(hessian)[1], abs=1e-8)


def test_effect_variance_is_that_of_the_full_inverse(small_problem):
    problem = small_problem()
    _, _, hessian, effects = dense_laplace(problem, PARAMETERS)
    variances = np.einsum("ij,jk,ik->i", effects, np.linalg.inv(hessian), effects)
    ours = evaluate(problem, PARAMETERS).arrow.effect_variance
    np.testing.assert_allclose(problem.nesting.to_rows(ours), variances, rtol=1e-8)


def test_arrow_solves_several_right_hand_sides_at_once(small_problem):
    arrow = evaluate(small_problem(), PARAMETERS).arrow
    random = np.random.default_rng(3)
    outer, inner = random.normal(size=(arrow.nesting.n_outer, 3)), random.normal(size=(arrow.nesting.n_groups, 3))
    both = arrow.solve(outer, inner)
    for column in range(3):
        one = arrow.solve(outer[:, column], inner[:, column])
        np.testing.assert_allclose(both[0][:, column], one[0])
        np.testing.assert_allclose(both[1][:, column], one[1])


def test_modes_are_found_from_a_far_start(small_problem):
    problem = small_problem()
    far = evaluate(problem, np.array([8.0, -9.0, 7.0, 6.0, 5.0]))
    assert evaluate(problem, PARAMETERS, near=far).loglik == pytest.approx(
        evaluate(problem, PARAMETERS).loglik, abs=1e-8
    )


def test_likelihood_is_even_in_each_standard_deviation(small_problem):
    problem = small_problem()
    reference = evaluate(problem, PARAMETERS).loglik
    for signs in ((-1, 1), (1, -1)):
        mirrored = PARAMETERS * np.array([1, 1, 1, *signs])
        assert evaluate(problem, mirrored).loglik == pytest.approx(reference, abs=1e-9)


def test_a_point_that_is_not_finite_has_no_likelihood(small_problem):
    assert evaluate(small_problem(), np.array([np.inf, 0, 0, 1, 1])).loglik == -np.inf


def test_extreme_predictors_neither_overflow_nor_lose_the_likelihood():
    linear = np.array([-800.0, -40.0, 0.0, 40.0, 800.0])
    np.testing.assert_allclose(logistic(linear), expit(linear), atol=1e-15)
    np.testing.assert_allclose(row_loglik(np.ones(5), linear), [-800, -40, -np.log(2), -np.exp(-40), 0], atol=1e-15)
    np.testing.assert_allclose(row_loglik(np.zeros(5), linear), [0, -np.exp(-40), -np.log(2), -40, -800], atol=1e-15)
