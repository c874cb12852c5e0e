import pandas as pd
import pytest

from resultatbok.release.rounding import rounded, step_for, to_be_rounded
from resultatbok.settings import DisclosurePolicy

POLICY = DisclosurePolicy()


@pytest.mark.parametrize(
    ("n", "step"),
    [(300, 0.01), (299, 0.02), (150, 0.02), (149, 0.05), (60, 0.05), (59, 0.10), (30, 0.10), (29, 0.20), (15, 0.20)],
)
def test_the_step_leaves_enough_persons_open(n: int, step: float) -> None:
    assert step_for(n, POLICY) == step
    assert step * n >= POLICY.min_interval


def test_a_group_too_small_for_any_step_is_not_told() -> None:
    assert pd.isna(step_for(14, POLICY))
    rows = rounded(to_be_rounded(pd.DataFrame({"statistic": ["share"], "value": [0.5], "n": [14.0]})), POLICY)
    assert rows["value"].isna().all() and (rows["n"] < POLICY.min_count).all()


def test_shares_are_rounded_to_the_step_and_lose_their_interval() -> None:
    rows = pd.DataFrame({"statistic": "share", "value": [0.99, 0.126], "n": [149.0, 44.0], "low": 0.1, "high": 0.9})
    told = rounded(to_be_rounded(rows), POLICY)
    assert told["value"].tolist() == pytest.approx([1.0, 0.1])
    assert told[["low", "high", "std_error"]].isna().all(axis=None)
    assert set(told["statistic"]) == {"rounded_share"}


@pytest.mark.parametrize("whole", ["a", ""])  # everybody may be a whole without a name
def test_parts_of_a_whole_still_add_to_one(whole: str) -> None:
    values = [0.333, 0.333, 0.334, 0.12, 0.88]
    rows = pd.DataFrame({"statistic": "share", "value": values, "n": 100.0})
    told = rounded(to_be_rounded(rows, pd.Series([whole, whole, whole, "b", "b"])), POLICY)
    assert told["value"].groupby(["a", "a", "a", "b", "b"]).sum().tolist() == pytest.approx([1.0, 1.0])
    assert (told["value"] - rows["value"]).abs().max() < 0.05
