"""Sentences that follow the numbers: they turn with the sign, and say when nothing can be told apart."""

import pandas as pd
import pytest

from helpers.chapters.common.tell import told_apart
from helpers.chapters.individual.individual import level_finding, scheme_finding
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


@pytest.mark.parametrize(
    ("numbers", "words"),
    [((3, 8, 13), "more often: 8 percentage points"), ((-13, -8, -3), "less often: 8 percentage points")],
)
def test_the_scheme_sentence_turns_with_the_sign(numbers: tuple[float, float, float], words: str) -> None:
    assert words in scheme_finding(WORDS, effect(*numbers))


def test_the_scheme_sentence_says_when_nothing_can_be_told() -> None:
    sentence = scheme_finding(WORDS, effect(-2, 2, 6))
    assert "cannot be told apart" in sentence
    assert "−2 to 6" in sentence


@pytest.mark.parametrize(
    ("numbers", "word"), [((1, 2, 3), "higher"), ((-3, -2, -1), "lower"), ((-1, 1, 2), "no difference")]
)
def test_the_level_sentence_turns_with_the_sign(numbers: tuple[float, float, float], word: str) -> None:
    assert word in level_finding(WORDS, "Another level", effect(*numbers))
