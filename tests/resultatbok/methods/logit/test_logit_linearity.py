import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import expit

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit, spline_test
from resultatbok.methods.logit.linearity import restricted_cubic_spline


@pytest.fixture(scope="module")
def curved_and_straight():
    rng = np.random.default_rng(11)
    design = pd.DataFrame({"curved": rng.uniform(1, 9, 2000), "straight": rng.uniform(1, 9, 2000)})
    design["levels"] = rng.integers(1, 4, 2000)
    design["male"] = rng.integers(0, 2, 2000)
    log_odds = 2.5 - 0.25 * (design["curved"] - 5) ** 2 + 0.3 * design["straight"] - 1.2 * (design["levels"] == 2)
    outcome = pd.Series((rng.random(2000) < expit(log_odds)).astype(int), name="y")
    return fit_logit(outcome, design)


def test_a_curve_is_found_and_a_line_is_left_in_peace(curved_and_straight):
    assert spline_test(curved_and_straight, "curved").p_value < 1e-10
    straight = spline_test(curved_and_straight, "straight")
    assert straight.p_value > 0.05
    assert straight.p_value == pytest.approx(stats.chi2.sf(straight.statistic, 2))


def test_few_values_are_tested_one_by_one(curved_and_straight):
    test = spline_test(curved_and_straight, "levels")
    assert test.p_value < 1e-6
    assert test.p_value == pytest.approx(stats.chi2.sf(test.statistic, 1))


def test_the_spline_is_straight_beyond_its_outer_knots():
    knots = np.array([2.0, 4.0, 6.0, 8.0])
    below = restricted_cubic_spline(np.array([0.0, 1.0, 2.0]), knots)
    above = restricted_cubic_spline(np.array([8.0, 9.0, 10.0, 11.0]), knots)
    assert below == pytest.approx(np.zeros((3, 2)))
    assert np.diff(above, n=2, axis=0) == pytest.approx(np.zeros((2, 2)), abs=1e-10)
    inside = restricted_cubic_spline(np.array([3.0, 4.0, 5.0]), knots)
    assert np.abs(np.diff(inside, n=2, axis=0)).min() > 0.01


def test_what_cannot_be_tested_is_named(curved_and_straight):
    fit = curved_and_straight
    with pytest.raises(ModelError, match="'male' has 2 distinct values"):
        spline_test(fit, "male")
    with pytest.raises(ModelError, match="no term 'height'"):
        spline_test(fit, "height")


def test_values_too_heaped_for_a_spline_are_refused():
    with pytest.raises(ModelError, match="only 2 different knots"):
        restricted_cubic_spline(np.arange(9.0), np.array([0.0, 24.0]))
