import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from resultatbok.methods.trial import exact_power, smallest_detectable_difference


def test_power_is_the_sum_over_significant_tables() -> None:
    n, p = (9, 8), (0.8, 0.2)
    expected = sum(
        stats.binom.pmf(x, n[0], p[0]) * stats.binom.pmf(y, n[1], p[1])
        for x in range(n[0] + 1)
        for y in range(n[1] + 1)
        if stats.fisher_exact([[x, n[0] - x], [y, n[1] - y]]).pvalue <= 0.05
    )
    assert exact_power(p[1], p[0] - p[1], n) == pytest.approx(expected)


def test_large_arms_have_about_the_power_of_the_normal_approximation() -> None:
    normal = NormalIndPower().power(proportion_effectsize(0.45, 0.3), 200, 0.05)
    assert exact_power(0.3, 0.15, (200, 200)) == pytest.approx(normal, abs=0.03)


def test_power_without_a_difference_is_at_most_the_level() -> None:
    assert 0 < exact_power(0.3, 0.0, (33, 33)) <= 0.05


def test_power_grows_with_the_difference() -> None:
    powers = [exact_power(0.3, d, (33, 33)) for d in np.linspace(0, 0.7, 15)]
    assert (np.diff(powers) > 0).all()


def test_the_smallest_detectable_difference_has_the_power_asked_for() -> None:
    difference = smallest_detectable_difference(0.3, (33, 33))
    assert exact_power(0.3, difference, (33, 33)) == pytest.approx(0.8, abs=1e-3)


def test_a_trial_too_small_for_any_difference_says_so() -> None:
    assert np.isnan(smallest_detectable_difference(0.9, (10, 10)))


@pytest.mark.parametrize(("control", "difference", "n"), [(0.5, 0.6, (5, 5)), (-0.1, 0.2, (5, 5)), (0.5, 0.1, (0, 5))])
def test_what_cannot_be_is_refused(control: float, difference: float, n: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="expected"):
        exact_power(control, difference, n)
