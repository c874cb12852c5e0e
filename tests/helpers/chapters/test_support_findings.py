"""Sentences on the trial and the six measures follow the numbers."""

import pandas as pd
import pytest

from helpers.chapters.support.supported_employment import dimensions_finding, without_data, work_finding
from helpers.chapters.support.trial import balance_finding, flow
from helpers.chapters.support.trial_effects import months_finding, trial_finding, work_effects
from helpers.registers.studies import StudyTables
from resultatbok.exhibits.exhibit import Desk
from resultatbok.methods.trial.arms import TrialError
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def effect(low: float, value: float, high: float) -> pd.Series:
    return pd.Series({"low": low, "value": value, "high": high})


@pytest.mark.parametrize(
    ("offered", "words"),
    [((2, 10, 20), "more often in work"), ((-20, -10, -2), "more seldom"), ((-5, 10, 20), "cannot be told")],
)
def test_the_trial_sentence_follows_the_comparison_that_the_lot_protects(
    offered: tuple[float, float, float], words: str
) -> None:
    assert words in trial_finding(WORDS, effect(*offered), effect(-5, 1, 5))


def test_a_difference_as_received_alone_is_not_taken_for_an_effect() -> None:
    sentence = trial_finding(WORDS, effect(-5, 10, 20), effect(3, 20, 40))
    assert "not the ones the lot chose" in sentence
    assert "lot chose" not in trial_finding(WORDS, effect(2, 10, 20), effect(3, 20, 40))


@pytest.mark.parametrize(
    ("months", "words"),
    [
        ((0.5, 1.5, 2.5), "1.5 months longer (0.5 to 2.5)"),
        ((-2.5, -1.5, -0.5), "1.5 months shorter"),
        ((-2.0, -0.5, 1.0), "cannot be told apart: the difference is −0.5 months"),
    ],
)
def test_time_in_employment_follows_the_interval(months: tuple[float, float, float], words: str) -> None:
    assert words in months_finding(WORDS, effect(*months))


@pytest.mark.parametrize(("largest", "words"), [(0.5, "nothing unusual"), (-0.6, "more than a fair lot gives")])
def test_a_difference_between_arms_is_held_against_chance(largest: float, words: str) -> None:
    """Eight things compared and fifty in each arm: the limit is 2.73 times the root of 2/50, 0.55."""
    differences = [{"statistic": "standardised_difference", "group": "", "value": v, "n": 100} for v in [largest] * 8]
    arms = [{"statistic": "mean", "group": f"arm={arm}", "value": 1.0, "n": 50} for arm in ("intervention", "control")]
    assert words in balance_finding(WORDS, pd.DataFrame(differences + arms))


SHARES = pd.DataFrame([("A", 0.5), ("C", 0.45), ("B", 0.4)], columns=["label", "value"])


def test_whether_measures_are_told_apart_follows_the_test_of_all_of_them() -> None:
    told = work_finding(WORDS, SHARES, differ=True)
    assert told.startswith("The measures differ by more than chance")
    assert "from 40% in B to 50% in A." in told
    assert "cannot be told apart" in work_finding(WORDS, SHARES, differ=False)


def test_one_measure_is_compared_with_none() -> None:
    assert "not two measures" in work_finding(WORDS, SHARES.head(1), differ=False)


def test_measures_without_data_are_named() -> None:
    assert "for A and B, so nothing can be said here of how they compare" in without_data(WORDS, ["A", "B"])
    assert "how it compares" in without_data(WORDS, ["A"])
    assert "all the measures" in without_data(WORDS, [])


def test_ways_of_working_are_named_only_when_they_can_be_told() -> None:
    assert dimensions_finding(WORDS, [], 5).startswith("Not one of the 5")
    assert "Close follow-up" in dimensions_finding(WORDS, ["Close follow-up"], 5)


def test_the_effect_on_compliers_is_the_offer_divided_by_those_who_took_it(desk: Desk) -> None:
    """To the rounding of the participants whose outcome is unknown."""
    rows, received = work_effects(desk).rows, flow(desk).rows
    offered = lookup(rows, group="analysis=offered", statistic="difference_pp")["value"]
    share = lookup(received, statistic="share")["value"]
    assert lookup(rows, group="analysis=compliers")["value"] == pytest.approx(offered / share, rel=0.05)


def test_a_cohort_without_a_trial_is_told_what_is_missing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    registers = desk.study.registers
    monkeypatch.setitem(registers.__dict__, "studies", StudyTables())
    with pytest.raises(TrialError, match=r"studies\.trial"):
        flow(desk)
