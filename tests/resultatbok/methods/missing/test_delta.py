"""Unseen outcomes made less likely: what delta 0 gives, what a large one gives, and where the result tips."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.missing import impute, tipping_point

DELTAS = [0.0, -0.5, -1.0, -2.0, -4.0, -30.0]


def people(n: int = 1500) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    x, z = rng.normal(size=n), (rng.random(n) < 0.5).astype(float)
    y = (rng.random(n) < 1 / (1 + np.exp(-0.3 * x - 0.6 * z))).astype(float)
    y[rng.random(n) < 0.2] = np.nan
    return pd.DataFrame({"y": y, "z": z, "x": x})


def gap(data: pd.DataFrame) -> Difference:
    means, sizes = data.groupby("z")["y"].mean(), data["z"].value_counts()
    error = float(np.sqrt((means * (1 - means) / sizes).sum()))
    value = float(means[1] - means[0])
    return Difference(value, error, value - 1.96 * error, value + 1.96 * error)


@pytest.fixture(scope="module")
def found():
    data = people()
    completed = list(impute(data, 8, seed=1))
    return data, tipping_point(completed, "y", data["y"].isna(), data["z"] == 1, gap, DELTAS, seed=2)


def test_without_a_shift_the_result_is_that_of_those_seen_which_are_missing_at_random(found) -> None:
    data, result = found
    seen = gap(data.dropna())
    assert result.table.loc[0.0, "value"] == pytest.approx(seen.value, abs=0.5 * seen.std_error)
    assert result.table.loc[0.0, "std_error"] > gap(next(iter(impute(data, 1, seed=1)))).std_error


def test_the_lower_the_log_odds_the_smaller_the_effect(found) -> None:
    _, result = found
    assert result.table["value"].is_monotonic_decreasing
    assert result.table["share"].is_monotonic_decreasing


def test_at_the_far_end_nobody_unseen_in_the_group_has_the_outcome(found) -> None:
    data, result = found
    last = result.table.loc[-30.0]
    assert last["share"] == 0
    treated, others = data[data["z"] == 1]["y"], data[data["z"] == 0]["y"]
    assert last["value"] == pytest.approx(treated.fillna(0).mean() - others.mean(), abs=0.02)


def test_the_tipping_point_is_the_first_delta_whose_interval_holds_zero(found) -> None:
    _, result = found
    holds = result.table["low"] <= 0
    assert result.delta == holds[holds].index[0]
    assert not holds.iloc[0]


def test_a_result_that_never_tips_has_no_tipping_point() -> None:
    data = people()
    completed = list(impute(data, 2, seed=1))
    result = tipping_point(completed, "y", data["y"].isna(), data["z"] == 1, gap, [0.0, 0.5], seed=2)
    assert np.isnan(result.delta)


def test_where_all_is_seen_there_is_nothing_to_shift() -> None:
    data = people().dropna()
    with pytest.raises(ModelError, match="every outcome of the group is seen"):
        tipping_point([data, data], "y", data["y"].isna(), data["z"] == 1, gap, DELTAS, seed=2)
