"""Sentences that follow the numbers: they turn with the sign, and say when nothing can be told apart."""

import pandas as pd
import pytest

from helpers.chapters.common.tell import told_apart
from helpers.chapters.context.context_findings import context_finding, convergence_note
from helpers.chapters.individual.individual import level_finding, scheme_finding
from helpers.chapters.summary.summary import full_model_note, main_finding, women_note
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


LEAD = effect(14, 17, 20)


@pytest.mark.parametrize(
    ("raw", "adjusted", "words"),
    [
        (LEAD, effect(5, 10, 14), "accounts for part of the lead"),
        (LEAD, effect(5, 11, 17), "accounts for any of it cannot be said"),
        (LEAD, effect(15, 18, 21), "accounts for any of it cannot be said"),
        (LEAD, effect(-3, 1, 5), "can account for the lead"),
        (LEAD, effect(-3, 7, 17), "anything from no lead to all of it"),
        (LEAD, effect(-9, -6, -3), "lies 6 percentage points behind"),
        (effect(-2, 1, 4), effect(5, 10, 14), "there is no lead to explain"),
    ],
)
def test_the_answer_follows_the_numbers(raw: pd.Series, adjusted: pd.Series, words: str) -> None:
    assert words in main_finding(WORDS, raw, adjusted)


@pytest.mark.parametrize(
    ("women", "words"),
    [
        (effect(2, 5, 9), "its lead among those who are alike is 5 percentage points (2 to 9)"),
        (effect(-4, 4, 12), "(+4 percentage points, −4 to 12) cannot be told apart from zero"),
        (effect(-9, -6, -3), "it lies 6 percentage points behind"),
    ],
)
def test_the_answer_for_women_follows_the_numbers(women: pd.Series, words: str) -> None:
    assert words in women_note(WORDS, LEAD, women)
    assert women_note(WORDS, effect(-2, 1, 4), women) == ""


def test_no_effect_of_jobbsjansen_is_said_to_be_none() -> None:
    answer = main_finding(WORDS, LEAD, effect(-3, 1, 5))
    assert "no difference that can be told apart from zero" in answer
    assert "−3 to 5" in answer


def test_context_terms_are_sorted_by_what_can_be_told() -> None:
    told = pd.DataFrame(
        {
            "term": ["municipality_immigrant_share", "municipality_net_in_migration", "project_wage_per_participant"],
            "value": [2.0, 0.5, -3.0],
            "low": [1.1, -0.9, -5.7],
            "high": [3.3, 1.1, -0.9],
        }
    )
    sentence = context_finding(WORDS, told)
    assert "Participants reach the goal more often with a larger share of immigrants" in sentence
    assert "less often with higher wage costs per participant in the project (−3.0" in sentence
    assert "What goes with more net in-migration" in sentence


def test_a_model_that_did_not_converge_is_named() -> None:
    rows = pd.DataFrame({"statistic": "converged", "group": ["model=individual", "model=project"], "value": [1.0, 0.0]})
    assert convergence_note(WORDS, rows).endswith("not to be used, for: Project model.")
    assert "all models converged" in convergence_note(WORDS, rows.assign(value=1.0))


@pytest.mark.parametrize(
    ("full", "words"),
    [
        (effect(2, 6, 10), "6 percentage points are left"),
        (effect(-1, 6, 12), "cannot be told apart from zero"),
        (effect(-9, -6, -3), "lies 6 percentage points behind"),
    ],
)
def test_the_full_model_has_its_say_beside_the_main_finding(full: pd.Series, words: str) -> None:
    assert words in full_model_note(WORDS, LEAD, full)
    assert full_model_note(WORDS, effect(-2, 1, 4), full) == ""
