"""Matching: known effects, neighbours found by brute force, exact groups and calipers."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from treatment_data import generate

from resultatbok.methods.balance import balance_table
from resultatbok.methods.errors import ModelError
from resultatbok.methods.matching import matched_difference
from resultatbok.methods.weighting import propensity_model


def test_the_true_effect_on_the_treated_is_recovered() -> None:
    people = generate(8_000, 21)
    found = matched_difference(people.outcome, people.treated, people.covariates)
    assert found.n_treated > 0.95 * people.treated.sum()
    assert abs(found.difference.value - people.truth["att"]) < 3 * found.difference.std_error


def test_errors_are_as_large_as_the_spread_over_repeated_samples() -> None:
    found = [
        matched_difference(p.outcome, p.treated, p.covariates, groups=p.clusters).difference
        for p in (generate(600, seed, cluster_sd=0.7) for seed in range(300, 420))
    ]
    spread = np.std([d.value for d in found], ddof=1)
    assert np.mean([d.std_error for d in found]) == pytest.approx(spread, rel=0.25)


def test_neighbours_are_those_that_a_search_over_all_pairs_finds() -> None:
    people = generate(150, 22)
    model = propensity_model(people.treated, people.covariates)
    score = model.design_matrix() @ model.params.to_numpy()
    z = people.treated.to_numpy() == 1
    pool = np.flatnonzero(~z)
    nearest = [pool[np.argmin(np.abs(score[pool] - score[i]))] for i in np.flatnonzero(z)]
    expected = np.where(z, 1.0, np.bincount(nearest, minlength=150))
    found = matched_difference(people.outcome, people.treated, people.covariates, caliper=None)
    assert found.weights.to_numpy() == pytest.approx(expected)


def test_without_covariate_differences_the_effect_is_the_difference_of_pairs() -> None:
    X = pd.DataFrame({"x": [0.0, 1, 2, 3, 0, 1, 2, 3, 9]})
    treated = pd.Series([1.0, 1, 1, 1, 0, 0, 0, 0, 0])
    outcome = pd.Series([1.0, 1, 1, 0, 0, 1, 0, 0, 1])
    found = matched_difference(outcome, treated, X, caliper=None)
    assert found.difference.value == pytest.approx(0.75 - 0.25)
    assert found.weights.tolist() == [1] * 8 + [0]


def test_untreated_who_are_equally_near_share_the_place() -> None:
    X = pd.DataFrame({"x": [1.0, 1, 2, 1, 1, 1, 3]})
    treated = pd.Series([1.0, 1, 1, 0, 0, 0, 0])
    found = matched_difference(pd.Series([1.0, 0, 1, 0, 1, 0, 1]), treated, X, caliper=None)
    # 2 lies as far from 1 as from 3 on the log-odds of a model with one covariate
    assert found.weights.tolist() == pytest.approx([1, 1, 1, 11 / 12, 11 / 12, 11 / 12, 1 / 4])


def test_the_order_of_rows_does_not_matter() -> None:
    """On these data ties moved the effect from 14.6 to 20.6 points."""
    data = pd.read_csv(Path(__file__).parents[2] / "reference/lalonde/lalonde.csv").astype(float)
    found = []
    for seed in range(6):
        rows = data.sample(frac=1, random_state=seed).reset_index(drop=True)
        estimate = matched_difference(rows.pop("employed"), rows.pop("treat"), rows, exact=rows["black"])
        found.append((estimate.difference.value, estimate.difference.std_error, estimate.n))
    assert np.ptp(np.array(found), axis=0).max() < 1e-10


def test_pairs_have_the_same_value_of_the_exact_column() -> None:
    people = generate(400, 23)
    town = people.covariates["town"]
    found = matched_difference(people.outcome, people.treated, people.covariates, exact=town)
    balance = balance_table(people.treated, people.covariates, found.weights)
    assert balance.loc["town", "difference"] == pytest.approx(0, abs=1e-12)


def test_a_caliper_leaves_out_treated_without_a_near_neighbour() -> None:
    people = generate(300, 24)
    wide = matched_difference(people.outcome, people.treated, people.covariates, caliper=None)
    narrow = matched_difference(people.outcome, people.treated, people.covariates, caliper=0.01)
    assert wide.n_treated == people.treated.sum()
    assert 0 < narrow.n_treated < wide.n_treated
    with pytest.raises(ModelError, match="caliper"):
        matched_difference(people.outcome, people.treated, people.covariates, caliper=1e-12)


def test_rows_of_the_exact_column_in_another_order_are_refused() -> None:
    people = generate(200, 25)
    with pytest.raises(ModelError, match="the exact and the outcome have different indexes"):
        matched_difference(
            people.outcome, people.treated, people.covariates, exact=people.clusters.sample(frac=1, random_state=1)
        )
