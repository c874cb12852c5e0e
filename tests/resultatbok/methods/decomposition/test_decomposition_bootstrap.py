"""Uncertainty of the parts, and whether known shares are found again."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from scipy.special import expit

from resultatbok.methods.decomposition import GapData, GapDecomposition, bootstrap_gap, gap_parts
from resultatbok.methods.decomposition.cross import cross_means
from resultatbok.methods.decomposition.shapley import coalitions, shapley_values
from resultatbok.methods.errors import ModelError

BLOCKS = {"entry": ["education", "age"], "after": ["language"], "place": ["jobs"]}
SLOPES = np.array([0.5, -0.4, 0.7, 0.2])
CONSTANT, GROUP = -0.6, 0.4
COLUMNS = ["education", "age", "language", "jobs"]


def draw(n_first: int, n_second: int, seed: int) -> tuple[pd.Series, pd.Series, pd.DataFrame]:
    """Two groups that differ in education, age and language, with known coefficients."""
    random = np.random.default_rng(seed)
    first = np.arange(n_first + n_second) < n_first
    shared = random.normal(size=len(first))
    X = np.column_stack(
        [
            random.binomial(2, np.where(first, 0.7, 0.4)),
            random.normal(np.where(first, 0.4, 0.0), 1.0),
            0.6 * shared + random.normal(np.where(first, 0.8, 0.0), 0.8),
            0.3 * shared + random.normal(size=len(first)),
        ]
    )
    p = expit(CONSTANT + GROUP * first + X @ SLOPES)
    outcome = (random.random(len(first)) < p).astype(float)
    return pd.Series(outcome), pd.Series(first), pd.DataFrame(X, columns=COLUMNS)


def bootstrap(data: GapData, replicates: int, seed: int, *, own: bool = True) -> GapDecomposition:
    """With members who are independent."""
    return bootstrap_gap(data, pd.Series(np.arange(len(data.index))), replicates=replicates, seed=seed, own=own)


def true_parts() -> pd.DataFrame:
    """What the known coefficients make of very large groups, the group's own effect set to either or averaged."""
    _, first, design = draw(60_000, 60_000, seed=99)
    terms = np.array([design[c] @ SLOPES[[COLUMNS.index(k) for k in c]] for c in BLOCKS.values()])
    members = coalitions(3).astype(float)
    constants = np.array([CONSTANT, CONSTANT + GROUP])
    means = cross_means(members @ terms[:, first], (1 - members) @ terms[:, ~first], constants)
    parts = pd.DataFrame(shapley_values(means).T, index=["own_second", "own_first"], columns=list(BLOCKS))
    parts.loc["pooled"] = parts.mean()
    p = expit(CONSTANT + GROUP * first + design @ SLOPES)
    return parts.assign(unexplained=p[first].mean() - p[~first].mean() - parts.sum(axis=1))


def test_known_shares_are_found_again_within_their_error() -> None:
    """Twelve parts: all within three standard errors, and these small."""
    outcome, first, design = draw(1_500, 4_000, seed=7)
    found = bootstrap(GapData.of(outcome, first, design, BLOCKS), 60, 1)
    for coefficients, parts in true_parts().iterrows():
        for name, value in parts.items():
            part = found.sum_of([str(name)], str(coefficients))
            assert part.std_error < 0.025
            assert abs(part.value - value) < 3 * part.std_error


def test_where_only_the_characteristics_differ_nothing_is_left_over() -> None:
    outcome, first, design = draw(1_500, 4_000, seed=7)
    same = expit(CONSTANT + design @ SLOPES)
    outcome = pd.Series((np.random.default_rng(2).random(len(same)) < same).astype(float))
    left = bootstrap(GapData.of(outcome, first, design, BLOCKS), 60, 1, own=False)
    rest = left.sum_of(["unexplained"])
    assert rest.low < 0 < rest.high


def test_the_error_of_all_parts_together_is_that_of_a_difference_of_shares() -> None:
    outcome, first, design = draw(700, 1_100, seed=3)
    found = bootstrap(GapData.of(outcome, first, design, BLOCKS), 400, 5, own=False)
    p, q = outcome[first].mean(), outcome[~first].mean()
    exact = np.sqrt(p * (1 - p) / 700 + q * (1 - q) / 1_100)
    total = found.sum_of([*BLOCKS, "unexplained"])
    assert total.value == pytest.approx(p - q)
    assert total.std_error == pytest.approx(exact, rel=0.12)  # the error of a standard error from 400 draws is 4 %


def test_drawing_clusters_of_copies_is_drawing_those_copied() -> None:
    """Each person three times over knows no more than each person once."""
    outcome, first, design = draw(120, 200, seed=4)
    person = np.repeat(np.arange(320), 3)
    copies = GapData.of(
        outcome[person].reset_index(drop=True),
        first[person].reset_index(drop=True),
        design.iloc[person].reset_index(drop=True),
        BLOCKS,
    )
    once = bootstrap(GapData.of(outcome, first, design, BLOCKS), 5, 9)
    clustered = bootstrap_gap(copies, pd.Series(person, name="person"), replicates=5, seed=9)
    assert clustered.draws == pytest.approx(once.draws, abs=1e-7)
    assert clustered.effective_units == pytest.approx((120, 200))
    assert (clustered.n_first, clustered.n_second) == (360, 600)


def test_the_interval_is_students_with_the_freedom_of_few_unequal_clusters() -> None:
    """Four clusters worth 3.2 and a hundred equal ones: nearly the freedom of the four."""
    outcome, first, design = draw(80, 500, seed=4)
    cluster = np.where(first, np.minimum(np.arange(580) // 10, 3), 10 + np.arange(580) // 5)
    found = bootstrap_gap(
        GapData.of(outcome, first, design, BLOCKS),
        pd.Series(cluster, name="project"),
        replicates=40,
        seed=3,
        own=False,
    )
    sizes = np.array([10.0, 10, 10, 50])
    worth = sizes.sum() ** 2 / (sizes @ sizes)
    assert found.effective_units == pytest.approx((worth, 100))
    part = found.sum_of(["unexplained"])
    shares = np.array([1 / worth, 1 / 100]) / (1 / worth + 1 / 100)
    assert part.freedom == pytest.approx(1 / (shares[0] ** 2 / (worth - 1) + shares[1] ** 2 / 99))
    drawn = found.draws[:, 0, -1].std(ddof=1)
    assert part.std_error == pytest.approx(drawn / np.sqrt(1 - shares[0] / worth - shares[1] / 100))
    assert part.high - part.value == pytest.approx(stats.t.ppf(0.975, part.freedom) * part.std_error)


def test_a_group_of_one_cluster_is_refused() -> None:
    outcome, first, design = draw(60, 90, seed=4)
    one = pd.Series(np.where(first, 0, np.arange(150)), name="project")
    with pytest.raises(ModelError, match="one cluster of 'project'"):
        bootstrap_gap(GapData.of(outcome, first, design, BLOCKS), one, replicates=2, seed=1)


def test_the_same_seed_gives_the_same_draws_and_another_gives_others() -> None:
    data = GapData.of(*draw(60, 90, seed=4), BLOCKS)
    draws = [bootstrap(data, 2, seed, own=False).draws for seed in (1, 1, 2)]
    assert np.array_equal(draws[0], draws[1])
    assert not np.array_equal(draws[0], draws[2])


def test_a_search_that_begins_elsewhere_ends_at_the_same_parts() -> None:
    data = GapData.of(*draw(300, 500, seed=4), BLOCKS)
    found = gap_parts(data)
    again = gap_parts(data, start=[beta + 0.3 for beta in found.coefficients])
    assert again.parts == pytest.approx(found.parts, abs=1e-7)
