"""On which side of a value an interval lies: one that touches the value includes it."""

import pandas as pd
import pytest

from resultatbok.exhibits.messages import side


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.1, 2, "above"), (0, 2, "uncertain"), (-2, 0, "uncertain"), (-2, -0.1, "below")],
)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_an_interval_that_touches_a_value_includes_it(low: float, high: float, expected: str, value: float) -> None:
    row = pd.Series({"low": low + value, "high": high + value, "suppressed": False})
    assert side(row, value) == expected


def test_a_hidden_number_lies_on_no_side() -> None:
    nan = float("nan")
    assert side(pd.Series({"low": nan, "high": nan, "suppressed": True})) == "hidden"
