"""The dual of the published moments: shares are met, coefficients are met, conflicts are shared out."""

from __future__ import annotations

import numpy as np
import pytest

from synthesis.draws import logistic
from synthesis.moments import Block, log_odds, solve

RNG = np.random.default_rng(5)
N = 4000
X = np.column_stack([np.ones(N), RNG.standard_normal(N), RNG.random(N) < 0.3]).astype(float)
EVERYONE = np.ones(N, dtype=bool)
TRUE = np.array([-0.4, 0.7, 0.5])


def model(softness: float = 0.0, name: str = "model", coefficients: np.ndarray = TRUE) -> Block:
    return Block(name, "table", ("constant", "x", "g"), X, EVERYONE, X.T @ logistic(X @ coefficients), softness)


def share(value: float, softness: float, counted: np.ndarray = EVERYONE) -> Block:
    column = X[:, [2]]
    return Block("share", "figure", ("g",), column, counted, column[counted].sum(axis=0) * value, softness)


def test_the_probabilities_have_the_coefficients_asked_for() -> None:
    assert solve(np.zeros(N), [model()]).multipliers["model"] == pytest.approx(TRUE, abs=1e-5)


def test_coefficients_are_met_from_another_start_too() -> None:
    p = solve(RNG.standard_normal(N), [model()]).probability
    assert X.T @ (p - logistic(X @ TRUE)) == pytest.approx(np.zeros(3), abs=1e-3)


def test_a_share_is_met_among_those_counted_only() -> None:
    counted = RNG.random(N) < 0.6
    p = solve(np.zeros(N), [share(0.8, 0.0, counted)]).probability
    assert p[counted & (X[:, 2] == 1)].mean() == pytest.approx(0.8, abs=1e-6)
    assert p[X[:, 2] == 0] == pytest.approx(0.5)


def test_those_not_counted_get_the_same_multiplier() -> None:
    counted = RNG.random(N) < 0.6
    p = solve(np.zeros(N), [share(0.8, 0.0, counted)]).probability
    assert p[~counted & (X[:, 2] == 1)] == pytest.approx(0.8, abs=1e-6)


def test_two_figures_that_disagree_meet_halfway() -> None:
    higher = TRUE + np.array([0.0, 0.2, 0.0])
    p = solve(np.zeros(N), [model(0.01), model(0.01, "other", higher)]).probability
    halfway = solve(np.zeros(N), [model(0.0, "middle", TRUE + np.array([0.0, 0.1, 0.0]))]).probability
    assert np.abs(p - halfway).max() < 0.005


def test_the_softer_figure_gives_way() -> None:
    p = solve(np.zeros(N), [share(0.8, 1e-4), share_of_other(0.5, 1.0)]).probability
    assert p[X[:, 2] == 1].mean() == pytest.approx(0.8, abs=0.01)


def share_of_other(value: float, softness: float) -> Block:
    block = share(value, softness)
    return Block("softer", "figure", block.terms, block.columns, block.counted, block.targets, softness)


def test_multipliers_found_before_give_the_same_log_odds() -> None:
    start, blocks = RNG.standard_normal(N), [model()]
    solved = solve(start, blocks)
    assert log_odds(start, blocks, solved.multipliers) == pytest.approx(solved.log_odds)
    assert log_odds(start, blocks, {}) == pytest.approx(start, abs=1e-6)


def test_impossible_targets_are_refused() -> None:
    with pytest.raises(ValueError, match="share cannot be met"):
        solve(np.zeros(N), [share(1.2, 0.0)])


def test_a_block_whose_parts_do_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="block model: 4000 rows and 3 columns, but 2 terms"):
        Block("model", "table", ("a", "b"), X, EVERYONE, np.zeros(3), 0.0)
