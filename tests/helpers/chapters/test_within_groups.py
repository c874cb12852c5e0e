"""Differences between groups: inside a scheme, between the schemes, and what is said of them."""

import pandas as pd
import pytest

from helpers.chapters.common.breakdowns import either_rows, gap_rows, with_labels
from helpers.chapters.descriptives.descriptives import gap_finding
from helpers.chapters.descriptives.gaps import groups_finding, mean_gap
from helpers.chapters.descriptives.within_scheme import absence_rows, longest_rows
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def people(scheme: str, attained: list[int], **columns: list[object]) -> pd.DataFrame:
    frame = pd.DataFrame({"scheme": scheme, "goal_attained": [float(a) for a in attained], **columns})
    return frame.assign(male=0.0, absence_high=0.0) if "male" not in columns else frame


BOTH = pd.concat(
    [
        people(
            "introduction", [1, 0, 0, 0, 1, 1], duration_quantile=list("115555"), absence=["low"] * 3 + ["high"] * 3
        ),
        people("jobbsjansen", [1, 1, 1, 0], duration_quantile=list("1155"), absence=["low", "low", "low", "high"]),
    ],
    ignore_index=True,
)


def value(rows: pd.DataFrame, **keys: str) -> float:
    for name, key in keys.items():
        rows = rows[rows[name] == key]
    assert len(rows) == 1
    return float(rows["value"].iloc[0])


def test_low_less_high_absence_in_each_scheme() -> None:
    rows = absence_rows(BOTH, level=0.95)
    assert value(rows, scheme="introduction") == pytest.approx(100 * (1 / 3 - 2 / 3))
    assert value(rows, scheme="jobbsjansen") == pytest.approx(100)
    assert set(rows["group"]) == {"absence=low_minus_high"}


def test_the_longest_fifth_is_compared_with_the_whole_scheme() -> None:
    rows = longest_rows(BOTH, level=0.95)
    assert value(rows, scheme="introduction") == pytest.approx(100 * (2 / 4 - 3 / 6))
    assert value(rows, scheme="jobbsjansen") == pytest.approx(100 * (1 / 2 - 3 / 4))


def test_a_scheme_that_is_all_longest_has_no_difference_from_itself() -> None:
    assert longest_rows(BOTH[BOTH["duration_quantile"] == "5"], level=0.95).empty


def test_categories_taken_together_add_their_shares() -> None:
    frame = with_labels(people("introduction", [1, 0, 0, 1], origin=["a", "b", "c", None]))
    assert value(either_rows(frame, "origin", ("a", "b"), "a|b"), group="origin=a|b") == pytest.approx(2 / 3)


def test_a_group_that_one_scheme_lacks_has_no_gap() -> None:
    frame = BOTH.assign(education=["x", "x", "y", "y", "y", "y", "x", "x", "x", "x"])
    assert gap_rows(frame, "education", level=0.95)["group"].tolist() == ["education=x"]


def test_the_mean_gap_weighs_groups_alike_and_adds_their_errors_in_squares() -> None:
    gaps = pd.DataFrame({"value": [3.0, 9.0], "std_error": [3.0, 4.0], "n": [50, 500]})
    mean = mean_gap(gaps, "norwegian=a1|a2", level=0.95).iloc[0]
    assert (mean["value"], mean["std_error"], mean["n"]) == (6.0, 2.5, 50)
    assert mean["high"] == pytest.approx(6 + 1.96 * 2.5, abs=0.01)


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (3, 9, "6 percentage points in Jobbsjansen's favour"),
        (-9, -3, "6 percentage points in the introduction programme's favour"),
        (-1, 13, "told apart"),
    ],
)
def test_the_gap_sentence_follows_the_numbers(low: float, high: float, words: str) -> None:
    gap = pd.Series({"value": (low + high) / 2, "low": low, "high": high})
    assert words in gap_finding(WORDS, gap)


def test_groups_are_counted_by_what_can_be_told_and_hidden_ones_are_not() -> None:
    gaps = pd.DataFrame(
        {"low": [1, -5, -2, 1], "high": [3, -1, 2, 2], "suppressed": [False, False, False, True]}, dtype="object"
    ).astype({"suppressed": bool})
    expected = "Of the 3 groups compared, Jobbsjansen lies ahead in 1 and behind in 1; in 1 the schemes cannot"
    assert groups_finding(WORDS, gaps).startswith(expected)
