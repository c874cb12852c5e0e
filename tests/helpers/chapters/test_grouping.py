"""Age bands and quantile groups: where the limits belong, and that equal values stay together."""

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.common.grouping import age_group, quantile_group


@pytest.mark.parametrize(
    ("age", "band"),
    [(19, "under_20"), (20, "20..29"), (29, "20..29"), (30, "30..39"), (40, "40..59"), (59, "40..59"), (60, "60_plus")],
)
def test_an_age_band_begins_at_its_lower_limit(age: float, band: str) -> None:
    assert age_group(pd.Series([float(age)])).tolist() == [band]


def test_ten_different_values_make_five_groups_of_two() -> None:
    values = pd.Series(np.arange(10.0))
    assert quantile_group(values, pd.Series("a", index=values.index), 5).tolist() == list("1122334455")


def test_equal_values_are_in_one_group() -> None:
    values = pd.Series([1.0, 2, 2, 2, 2, 2, 2, 2, 9, 10])
    groups = quantile_group(values, pd.Series("a", index=values.index), 5)
    assert len(set(groups[values == 2])) == 1
    assert groups.iloc[-1] == "5"


def test_each_kind_has_cuts_of_its_own() -> None:
    values = pd.Series([1.0, 2, 3, 4, 10, 20, 30, 40])
    kinds = pd.Series(list("aaaabbbb"))
    assert quantile_group(values, kinds, 4).tolist() == list("12341234")


def test_a_missing_value_is_in_no_group() -> None:
    values = pd.Series([1.0, np.nan, 3.0])
    assert quantile_group(values, pd.Series(["a", "a", "a"]), 2).isna().tolist() == [False, True, False]
