"""Draws: streams, exact counts and balanced outcomes."""

from __future__ import annotations

import numpy as np
import pytest

from synthesis.draws import (
    Streams,
    balanced_bernoulli,
    correlated_normals,
    gamma_shaped,
    highest,
    levels,
    logistic_noise,
    proportionate,
    share_out,
)


def test_a_stream_repeats_itself_and_differs_from_the_others() -> None:
    one, again, other = (Streams(5).of(name).random(3) for name in ("a", "a", "b"))
    assert (one == again).all()
    assert (one != other).all()


def test_correlations_are_those_asked_for() -> None:
    drawn = correlated_normals(["a", "b", "c"], {"a~b": 0.6, "b~c": -0.3}, 100_000, Streams(1).of("x"))
    found = np.corrcoef([drawn["a"], drawn["b"], drawn["c"]])
    assert found[0, 1] == pytest.approx(0.6, abs=0.01)
    assert found[1, 2] == pytest.approx(-0.3, abs=0.01)
    assert found[0, 2] == pytest.approx(0.0, abs=0.01)


def test_a_correlation_with_an_unknown_variable_is_named() -> None:
    with pytest.raises(ValueError, match="a~z: unknown variable"):
        correlated_normals(["a", "b"], {"a~z": 0.5}, 10, Streams(1).of("x"))


def test_correlations_that_cannot_hold_together_are_refused() -> None:
    with pytest.raises(ValueError, match="at once"):
        correlated_normals(["a", "b", "c"], {"a~b": 0.9, "b~c": 0.9, "a~c": -0.9}, 10, Streams(1).of("x"))


def test_a_gamma_shaped_variable_has_its_mean_and_limits() -> None:
    drawn = gamma_shaped(Streams(1).of("x").standard_normal(50_000), mean=33, sd=8, low=18, high=62)
    assert drawn.mean() == pytest.approx(33, abs=0.1)
    assert drawn.std() == pytest.approx(8, abs=0.2)  # the cut at the top takes a little
    assert 18 <= drawn.min() < drawn.max() == 62


def test_levels_have_their_shares() -> None:
    drawn = levels(Streams(1).of("x").standard_normal(100_000), [0.2, 0.5, 0.3])
    assert (np.bincount(drawn)[1:] / len(drawn)).tolist() == pytest.approx([0.2, 0.5, 0.3], abs=0.01)


def test_proportionate_numbers_add_up() -> None:
    assert proportionate(10, [1, 1, 1]).tolist() == [4, 3, 3]
    assert proportionate(31, [12, 5, 5, 9]).tolist() == [12, 5, 5, 9]


def test_shared_out_options_are_as_frequent_as_their_weights() -> None:
    drawn = share_out({"a": 0.5, "b": 0.45, "c": 0.05}, 20, Streams(1).of("x"))
    assert [(drawn == option).sum() for option in "abc"] == [10, 9, 1]
    assert drawn.tolist() != sorted(drawn)


@pytest.mark.parametrize(("count", "expected"), [(0, 0), (3, 3), (5, 5), (6, 5)])
def test_the_highest_are_as_many_as_asked_for_or_all(count: int, expected: int) -> None:
    assert highest(logistic_noise(5, Streams(1).of("x")), count).sum() == expected


def test_balanced_draws_have_the_expected_sum_over_any_stretch() -> None:
    rng = Streams(3).of("x")
    probability = rng.random(1_000)
    drawn = balanced_bernoulli(probability, np.arange(1_000), rng)
    running = np.abs(np.cumsum(drawn) - np.cumsum(probability))
    assert running.max() <= 1


def test_balanced_draws_keep_each_probability() -> None:
    rng, probability = Streams(4).of("x"), np.array([0.1, 0.5, 0.9, 0.3])
    draws = [balanced_bernoulli(probability, rng.permutation(4), rng) for _ in range(20_000)]
    assert np.mean(draws, axis=0).tolist() == pytest.approx(probability.tolist(), abs=0.02)
