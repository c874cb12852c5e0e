"""Who may be named as the highest or the lowest."""

import pandas as pd

from helpers.chapters.common.extremes import FEWEST, from_lowest


def test_small_and_hidden_groups_are_at_no_end() -> None:
    rows = pd.DataFrame(
        {
            "group": ["small", "high", "hidden", "low", "no number"],
            "value": [0.99, 0.7, 0.1, 0.2, None],
            "n": [FEWEST - 1, FEWEST, 500, 300, 300],
            "suppressed": [False, False, True, False, False],
        }
    )
    assert from_lowest(rows)["group"].to_list() == ["low", "high"]
    assert from_lowest(rows.drop(columns="suppressed"))["group"].to_list() == ["hidden", "low", "high"]
    assert from_lowest(rows.assign(n=1.0)).empty


def test_another_column_can_have_the_size() -> None:
    rows = pd.DataFrame({"value": [1.0, 2.0], "n": [500, 500], "smaller_part": [FEWEST, 3]})
    assert from_lowest(rows, "smaller_part")["value"].to_list() == [1.0]
