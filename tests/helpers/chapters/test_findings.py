"""Sentences that follow the numbers: they turn with the sign, and say when nothing can be told apart."""

import pandas as pd
import pytest

from helpers.chapters.common.tell import told_apart
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def effect(low: float, value: float, high: float) -> pd.Series:
    return pd.Series({"low": low, "value": value, "high": high})


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.1, 2, "above"), (0, 2, "not_distinguishable"), (-2, 0, "not_distinguishable"), (-2, -0.1, "below")],
)
def test_an_interval_that_touches_zero_is_not_told_apart(low: float, high: float, expected: str) -> None:
    assert told_apart(effect(low, (low + high) / 2, high)) == expected
