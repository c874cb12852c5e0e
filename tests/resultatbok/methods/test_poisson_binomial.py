import numpy as np
import pytest
from scipy import stats

from resultatbok.methods.poisson_binomial import exact_p_value, poisson_binomial


def test_equal_probabilities_give_the_binomial_distribution():
    assert poisson_binomial([0.3] * 37) == pytest.approx(stats.binom.pmf(np.arange(38), 37, 0.3), abs=1e-14)


@pytest.mark.parametrize("n", [1, 2, 3, 7, 64, 65])
def test_unequal_probabilities_agree_with_adding_one_person_at_a_time(n):
    p = np.random.default_rng(n).random(n)
    pmf = np.ones(1)
    for chance in p:
        pmf = np.convolve(pmf, [1 - chance, chance])
    assert poisson_binomial(p) == pytest.approx(pmf, abs=1e-14)


def test_the_exact_p_value_is_twice_the_smaller_tail():
    assert exact_p_value(9, [0.5] * 10) == pytest.approx(2 * 11 / 1024)
    assert exact_p_value(1, [0.5] * 10) == pytest.approx(2 * 11 / 1024)
    assert exact_p_value(5, [0.5] * 10) == 1
