"""The mean over all pairs without visiting them, against visiting them."""

import numpy as np
import pytest
from scipy.special import expit

from resultatbok.methods.decomposition.cross import ERROR_BOUND, STEP, cross_means

RANDOM = np.random.default_rng(8)


def brute(u: np.ndarray, v: np.ndarray, shift: float, wu: np.ndarray, wv: np.ndarray) -> float:
    return float(wu @ expit(shift + u[:, None] + v[None, :]) @ wv / (wu.sum() * wv.sum()))


@pytest.mark.parametrize("scale", [0.003, 0.5, 3.0, 40.0])
def test_every_mean_lies_within_the_stated_error(scale: float) -> None:
    first, second = scale * RANDOM.normal(size=(3, 70)), scale * RANDOM.normal(1, 2, size=(3, 110))
    shifts = np.array([-1.3, 0.0, 2.0])
    found = cross_means(first, second, shifts)
    for row in range(3):
        for place, shift in enumerate(shifts):
            exact = brute(first[row], second[row], shift, np.ones(70), np.ones(110))
            assert abs(found[row, place] - exact) <= ERROR_BOUND


def test_the_bound_is_close_where_the_curve_bends_most() -> None:
    """Both terms half-way between two points, at the largest second derivative of the logistic function."""
    bend = np.log(2 - np.sqrt(3))
    first, second = np.array([[0.0, STEP / 2]]), np.array([[0.0, STEP / 2]])
    weights = np.array([1e-12, 1.0])
    found = cross_means(first, second, np.array([bend - STEP]), weights, weights)[0, 0]
    error = abs(found - expit(bend))
    assert 0.9 * ERROR_BOUND < error <= ERROR_BOUND


def test_members_count_by_their_weights() -> None:
    u, v = RANDOM.normal(size=40), RANDOM.normal(size=60)
    wu, wv = RANDOM.uniform(0, 3, 40), RANDOM.integers(0, 4, 60).astype(float)
    found = cross_means(u[None], v[None], np.array([0.4]), wu, wv)[0, 0]
    assert found == pytest.approx(brute(u, v, 0.4, wu, wv), abs=ERROR_BOUND)


def test_groups_without_any_spread_have_their_one_value() -> None:
    found = cross_means(np.full((1, 3), 0.7), np.full((1, 5), -0.2), np.array([0.1]))
    assert found[0, 0] == pytest.approx(expit(0.6), abs=1e-15)


def test_more_members_than_fit_at_once_make_no_difference(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, shifts = RANDOM.normal(size=(5, 40)), RANDOM.normal(size=(5, 60)), np.array([0.2])
    together = cross_means(first, second, shifts)
    monkeypatch.setattr("resultatbok.methods.decomposition.cross.AT_ONCE", 100)
    assert cross_means(first, second, shifts) == pytest.approx(together, abs=1e-15)
