"""Two intervals of one number are found, whatever the number is called in either place."""

import pandas as pd
import pytest
from one_number import contradictions

from resultatbok.release.rows import normalise, row

GAP = {"value": 0.1692243, "std_error": 0.02, "low": 0.125, "high": 0.214, "n": 100}
WIDER = GAP | {"std_error": 0.03, "low": 0.1, "high": 0.25}
PLAIN = {"value": 0.25, "n": 100}


def two(first: dict[str, object], second: dict[str, object]) -> pd.DataFrame:
    """A row of each of two exhibits."""
    made = [normalise(name, pd.DataFrame([row(**r)])) for name, r in (("one", first), ("two", second))]
    return pd.concat(made)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ({"statistic": "difference"} | GAP, {"statistic": "difference"} | GAP, 0),
        ({"statistic": "difference"} | GAP, {"statistic": "difference"} | WIDER, 1),
        ({"statistic": "difference"} | GAP, {"statistic": "average_effect", "group": "target=treated"} | WIDER, 1),
        ({"statistic": "difference"} | GAP, {"statistic": "coefficient"} | WIDER, 0),
        (
            {"statistic": "difference"} | GAP,
            {"statistic": "difference", "group": "year=1"} | WIDER | {"value": 0.17},
            0,
        ),
        ({"statistic": "difference"} | GAP, {"statistic": "difference", "sample": "report_2022"} | WIDER, 0),
        ({"statistic": "difference"} | GAP, {"statistic": "difference", "group": "clusters=municipality"} | WIDER, 0),
        ({"statistic": "difference"} | GAP, {"statistic": "difference"} | GAP | {"low": float("nan")}, 0),
        ({"statistic": "share", "group": "a=1"} | GAP, {"statistic": "share"} | WIDER, 1),
        ({"statistic": "share", "group": "a=1"} | GAP, {"statistic": "share"} | WIDER | {"n": 90}, 0),
        ({"statistic": "share", "group": "a=1"} | GAP | PLAIN, {"statistic": "share"} | WIDER | PLAIN, 0),
        (
            {"statistic": "share", "group": "a=1;b=2"} | GAP | PLAIN,
            {"statistic": "share", "group": "b=2;a=1"} | WIDER,
            1,
        ),
    ],
)
def test_other_errors_of_the_same_number_are_found(
    first: dict[str, object], second: dict[str, object], found: int
) -> None:
    assert len(contradictions(two(first, second))) == found


def test_rows_of_one_exhibit_are_not_held_against_each_other() -> None:
    rows = two({"statistic": "difference"} | GAP, {"statistic": "difference", "group": "a=1"} | WIDER)
    assert contradictions(rows.assign(exhibit="one")) == []
