"""Bounds against a search over everything that the unseen could be, and intervals against a bootstrap."""

from itertools import product

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from resultatbok.methods.bounds import Bounds, imbens_manski_quantile, lee_bounds, manski_bounds, outside_bounds
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference

MISSING = np.nan


def arms(untreated: list[float], treated: list[float]) -> tuple[pd.Series, pd.Series]:
    return pd.Series(untreated + treated), pd.Series([0] * len(untreated) + [1] * len(treated))


def drawn(seed: int, n: int = 900) -> tuple[pd.Series, pd.Series, pd.Series]:
    """People in clusters of 15 with one treatment; the treated are seen more often."""
    rng = np.random.default_rng(seed)
    cluster = np.arange(n) // 15
    treated = (cluster % 3 == 0).astype(int)
    shock = 0.6 * rng.normal(size=cluster.max() + 1)[cluster]
    outcome = (rng.random(n) < 1 / (1 + np.exp(-shock - 0.4 * treated))).astype(float)
    outcome[rng.random(n) > 0.75 + 0.15 * treated] = MISSING
    return pd.Series(outcome), pd.Series(treated), pd.Series(cluster, name="cluster")


@pytest.mark.parametrize("seed", range(4))
def test_manskis_bounds_are_the_extremes_over_all_missing_outcomes(seed: int) -> None:
    rng = np.random.default_rng(seed)
    outcome, treated = arms([*rng.integers(0, 2, 4), MISSING], [*rng.integers(0, 2, 3), MISSING, MISSING])
    differences = []
    for guess in product([0, 1], repeat=3):
        whole = outcome.copy()
        whole[whole.isna()] = guess
        differences.append(whole[treated == 1].mean() - whole[treated == 0].mean())
    found = manski_bounds(outcome, treated)
    assert (found.lower, found.upper) == pytest.approx((min(differences), max(differences)))
    assert (found.n, found.n_missing) == (10, 3)


@pytest.mark.parametrize("flipped", [False, True], ids=["treated seen more", "untreated seen more"])
@pytest.mark.parametrize("ones", range(7))
def test_lees_bounds_are_the_extremes_over_who_would_not_be_seen(ones: int, flipped: bool) -> None:
    """6 of 8 are seen in one arm and 4 of 8 in the other: which 2 of the 6 are the surplus is unknown."""
    more, fewer = [1.0] * ones + [0.0] * (6 - ones), [1.0, 0.0, 0.0, 1.0]
    kept = [np.mean(np.delete(more, pair)) for pair in product(range(6), repeat=2) if pair[0] < pair[1]]
    differences = [mean - 0.5 if not flipped else 0.5 - mean for mean in kept]
    first, second = (fewer + [MISSING] * 4, more + [MISSING] * 2)
    outcome, treated = arms(second, first) if flipped else arms(first, second)
    found = lee_bounds(outcome, treated)
    assert (found.lower, found.upper) == pytest.approx((min(differences), max(differences)))


def test_without_missing_outcomes_both_are_the_difference_with_its_two_sided_interval() -> None:
    outcome, treated = arms([0, 1, 0, 0, 1, 0] * 10, [1, 1, 0, 1, 0, 1] * 10)
    p, q = 4 / 6, 2 / 6
    error = np.sqrt((p * (1 - p) + q * (1 - q)) / 60)
    half = stats.t.ppf(0.975, 59) * error
    for found in (lee_bounds(outcome, treated), manski_bounds(outcome, treated)):
        assert (found.lower, found.upper) == pytest.approx((1 / 3, 1 / 3))
        assert (found.low, found.high) == pytest.approx((1 / 3 - half, 1 / 3 + half), rel=0.01)


def test_weights_count_as_copies() -> None:
    outcome, treated, _ = drawn(3, 90)
    copies = pd.Series(1 + np.arange(90) % 3)
    once = lee_bounds(outcome, treated, weights=copies)
    rows = np.repeat(np.arange(90), copies)
    many = lee_bounds(outcome[rows].reset_index(drop=True), treated[rows].reset_index(drop=True))
    assert (once.lower, once.upper) == pytest.approx((many.lower, many.upper))


def test_errors_are_those_of_drawing_clusters_anew() -> None:
    outcome, treated, cluster = drawn(1)
    frame = pd.DataFrame({"y": outcome, "z": treated, "c": cluster})
    parts = [part for _, part in frame.groupby("c")]
    rng = np.random.default_rng(0)
    values = []
    for _ in range(300):
        sample = pd.concat([parts[i] for i in rng.integers(0, len(parts), len(parts))], ignore_index=True)
        again = lee_bounds(sample["y"], sample["z"])
        values.append((again.lower, again.upper))
    found = lee_bounds(outcome, treated, groups=cluster)
    c = imbens_manski_quantile(np.inf, 0.95, 19)
    errors = [(found.lower - found.low) / c, (found.high - found.upper) / c]
    assert errors == pytest.approx(np.std(values, axis=0), rel=0.15)
    plain = lee_bounds(outcome, treated)
    assert found.high - found.low > plain.high - plain.low


def test_the_quantile_goes_from_two_sided_to_one_sided() -> None:
    assert imbens_manski_quantile(0.0, 0.95) == pytest.approx(stats.norm.ppf(0.975))
    assert imbens_manski_quantile(50.0, 0.95) == pytest.approx(stats.norm.ppf(0.95))
    between = imbens_manski_quantile(0.5, 0.95)
    assert stats.norm.cdf(between + 0.5) - stats.norm.cdf(-between) == pytest.approx(0.95)


def test_outside_the_overlap_anything_can_be() -> None:
    outcome, treated = arms([0, 1, 1, 0], [1, 0, 1, 1, 0, 1, 0, 1])
    inside = pd.Series([True] * 4 + [True] * 2 + [False] * 6)
    found = outside_bounds(Difference(0.2, 0.1, 0.0, 0.4), inside, outcome, treated)
    # a quarter inside; outside 4 of 6 attained it, of whom all or none might have anyway
    assert found.upper == pytest.approx(0.25 * 0.2 + 0.75 * 4 / 6)
    assert found.lower == pytest.approx(0.25 * 0.2 + 0.75 * (4 / 6 - 1))
    error = 0.25 * 0.1 + 0.75 * np.sqrt(4 / 6 * 2 / 6 / 5)
    assert found.high - found.upper == pytest.approx(stats.norm.ppf(0.95) * error, rel=0.01)
    assert (found.n, found.n_missing) == (8, 6)
    pairs = outside_bounds(
        Difference(0.2, 0.1, 0.0, 0.4), inside, outcome, treated, groups=pd.Series([0] * 6 + [1, 1, 2, 1, 2, 1])
    )
    # of the six outside one cluster of four attained 4, the other 0 of 2
    spread = 0.25 * 0.1 + np.sqrt(2 * ((4 / 3) ** 2 + (4 / 3) ** 2)) / 8
    assert pairs.high - pairs.upper == pytest.approx(stats.norm.ppf(0.95) * spread, rel=0.02)


def test_where_all_are_inside_the_estimate_stands() -> None:
    outcome, treated = arms([0, 1], [1, 0])
    found = outside_bounds(Difference(0.2, 0.1, 0.004, 0.396), pd.Series([True] * 4), outcome, treated)
    assert found == Bounds(0.2, 0.2, pytest.approx(0.2 - 1.96 * 0.1, abs=1e-4), pytest.approx(0.396, abs=1e-4), 2, 0)


def test_an_arm_that_nobody_is_seen_of_is_refused() -> None:
    with pytest.raises(ModelError, match="nobody in one of the arms"):
        lee_bounds(*arms([MISSING, MISSING], [1, 0]))
