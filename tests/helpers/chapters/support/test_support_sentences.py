"""Sentences on the trial and the measures: each follows its numbers, and says when they are not shown."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.support import sentences

ABOVE, BELOW, UNCERTAIN = interval(0.02, 0.1, 0.2), interval(-0.2, -0.1, -0.02), interval(-0.05, 0.1, 0.2)
HIDDEN: dict[str, float] = {}

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def effects(offered: dict, received: dict, compliers: dict) -> list[dict[str, Any]]:
    return [
        {"statistic": "difference", "group": "analysis=offered", **offered},
        {"statistic": "difference", "group": "analysis=received", **received},
        {"statistic": "complier_effect", "group": "analysis=compliers", **compliers},
    ]


@in_both_languages
@pytest.mark.parametrize("offered", [ABOVE, BELOW, UNCERTAIN, HIDDEN], ids=["above", "below", "uncertain", "hidden"])
@pytest.mark.parametrize("received", [ABOVE, UNCERTAIN], ids=["received above", "received uncertain"])
def test_the_trial_sentence_follows_the_comparison_that_the_lot_protects(
    offered: dict, received: dict, language: str, snapshot: SnapshotAssertion
) -> None:
    assert sentences.trial_finding(page(language, *effects(offered, received, HIDDEN))) == snapshot


@in_both_languages
def test_each_answer_has_its_own_effect_with_its_interval(language: str, snapshot: SnapshotAssertion) -> None:
    without_limits = {"value": 0.3}
    assert sentences.three_effects(page(language, *effects(ABOVE, BELOW, without_limits))) == snapshot
    assert sentences.three_effects(page(language, *effects(UNCERTAIN, HIDDEN, HIDDEN))) == snapshot


@in_both_languages
@pytest.mark.parametrize(
    "months",
    [interval(0.5, 1.5, 2.5), interval(-2.4, -1.5, -0.5), interval(-2, -0.5, 1), HIDDEN],
    ids=["longer", "shorter", "uncertain", "hidden"],
)
def test_time_in_employment_follows_the_interval(months: dict, language: str, snapshot: SnapshotAssertion) -> None:
    difference = {"statistic": "difference", "group": "analysis=offered"}
    rows = [
        difference | {"term": "in_work_12_months", **ABOVE},
        difference | {"term": "months_in_employment", **months},
        difference | {"term": "months_in_employment", "group": "analysis=received", **interval(3, 4, 5)},
    ]
    assert sentences.months_finding(page(language, *rows)) == snapshot


def baseline(woman: float, age: float) -> list[dict[str, Any]]:
    """Two things compared and fifty in each arm: the limit is 2.24 times the root of 2/50, 0.45."""
    return [
        {"statistic": "mean", "group": "arm=intervention", "term": "age", "value": 35.0, "n": 50},
        {"statistic": "mean", "group": "arm=control", "term": "age", "value": 36.0, "n": 50},
        {"statistic": "standardised_difference", "term": "woman", "value": woman, "n": 100},
        {"statistic": "standardised_difference", "term": "age", "value": age, "n": 100},
    ]


@in_both_languages
@pytest.mark.parametrize(
    ("woman", "age"),
    [(0.1, -0.44), (0.46, -0.1), (0.1, float("nan"))],
    ids=["age, not unusual", "woman, unusual", "one is hidden"],
)
def test_the_largest_imbalance_is_held_against_chance(
    woman: float, age: float, language: str, snapshot: SnapshotAssertion
) -> None:
    shown = page(language, *baseline(woman, age))
    assert sentences.largest_imbalance(shown) == snapshot
    assert sentences.balance_finding(shown) == snapshot


def measures(
    p_value: float, *shares: float, without: tuple[str, ...] = (), sizes: tuple[int, ...] = (50, 90, 400)
) -> list[dict[str, Any]]:
    names = ("ips", "snart_ansatt", "oppfolging")
    return [
        {"statistic": "share", "value": 0.42},
        *(
            {"statistic": "share", "group": f"support={name}", "value": value, "n": n}
            for name, value, n in zip(names, shares, sizes, strict=False)
        ),
        {"statistic": "p_value", "group": "test=equal_shares", "value": p_value},
        *({"statistic": "nothing_known", "group": f"support={name}", "value": 1} for name in without),
    ]


@in_both_languages
@pytest.mark.parametrize(
    "rows",
    [
        measures(0.04, 0.5, 0.4, 0.45),
        measures(0.06, 0.5, 0.4, 0.45),
        measures(float("nan"), 0.5, 0.4, 0.45),
        measures(0.04, 0.45, 0.5, float("nan")),
        measures(0.04, 0.5, float("nan"), float("nan")),
        measures(0.04, 0.5, 0.9, 0.45, sizes=(50, 49, 400)),
    ],
    ids=["differ", "cannot be told apart", "test hidden", "a measure hidden", "one measure", "the best is small"],
)
def test_whether_measures_differ_follows_the_test_of_all_of_them(
    rows: list[dict], language: str, snapshot: SnapshotAssertion
) -> None:
    assert sentences.work_finding(page(language, *rows)) == snapshot


@in_both_languages
@pytest.mark.parametrize("without", [(), ("ips",), ("ips", "snart_ansatt")], ids=["none", "one", "two"])
def test_measures_without_data_are_named_and_counted(
    without: tuple[str, ...], language: str, snapshot: SnapshotAssertion
) -> None:
    shown = page(language, *measures(0.5, *([0.5, 0.4, 0.45][: 3 - len(without)]), without=without))
    assert sentences.measures_compared(shown) == snapshot


@in_both_languages
@pytest.mark.parametrize(
    "ways",
    [
        (UNCERTAIN, UNCERTAIN, UNCERTAIN),
        (UNCERTAIN, ABOVE, UNCERTAIN),
        (BELOW, UNCERTAIN, ABOVE),
        (UNCERTAIN, HIDDEN, UNCERTAIN),
        (UNCERTAIN, HIDDEN, HIDDEN),
        (HIDDEN, BELOW, HIDDEN),
        (HIDDEN, HIDDEN, HIDDEN),
    ],
    ids=["none", "one", "both directions", "one hidden", "one shown", "one shown and told", "all hidden"],
)
def test_ways_of_working_are_named_only_where_they_can_be_told(
    ways: tuple[dict, ...], language: str, snapshot: SnapshotAssertion
) -> None:
    terms = ("close_follow_up", "job_development", "employer_contact")
    rows = [{"statistic": "average_marginal_effect", "term": t, **w} for t, w in zip(terms, ways, strict=True)]
    assert sentences.ways_of_working(page(language, *rows)) == snapshot


def smallest(times: int, **value: float) -> dict[str, Any]:
    return {"statistic": "smallest_detectable_difference", "group": f"times={times}", **value}


@in_both_languages
@pytest.mark.parametrize(
    "own", [[smallest(1, value=0.334)], [smallest(1)], []], ids=["found", "hidden", "none is large enough"]
)
def test_the_smallest_difference_found_is_that_of_this_trial(
    own: list[dict], language: str, snapshot: SnapshotAssertion
) -> None:
    assert sentences.smallest_found(page(language, *own, smallest(2, value=0.23))) == snapshot


@in_both_languages
@pytest.mark.parametrize("arms", [(32.0, 33.0), (32.0, float("nan"))], ids=["shown", "hidden"])
def test_those_drawn_are_both_arms(arms: tuple[float, float], language: str, snapshot: SnapshotAssertion) -> None:
    rows = [{"statistic": "count", "term": "randomised", "value": n} for n in arms]
    assert sentences.participants_drawn(page(language, *rows)) == snapshot


def test_how_many_specialists_answered_is_the_count() -> None:
    rows = [{"statistic": "mean", "value": 3.2}, {"statistic": "count", "value": 1024}]
    assert sentences.specialists_answered(page("en", *rows)) == "1,024"
