"""Sentences of the descriptive chapter, in each variant and both languages."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.descriptives import sentences
from helpers.chapters.descriptives.terms import MIDDLE
from resultatbok.exhibits.declaration import Page
from resultatbok.project import Language

Row = dict[str, Any]
AHEAD, BEHIND, NEITHER, HIDDEN = (
    interval(0.14, 0.17, 0.2),
    interval(-0.09, -0.06, -0.03),
    interval(-0.01, 0.04, 0.09),
    {},
)


def gap(numbers: Mapping[str, float], group: str = "") -> Row:
    return {"statistic": "difference", "group": group, **numbers}


def groups(*numbers: Mapping[str, float]) -> list[Row]:
    """The gap for all, in groups, and on average over some of them: only those in groups are counted."""
    each = [gap(values, f"age={number}") for number, values in enumerate(numbers)]
    return [gap(AHEAD), *each, gap(AHEAD, MIDDLE)]


def men(**value: float) -> list[Row]:
    return [{"statistic": "count", "scheme": "jobbsjansen", "group": "gender=male;year=2020", **value}]


def not_counted(introduction: float, jobbsjansen: float) -> list[Row]:
    counts = {"introduction": introduction, "jobbsjansen": jobbsjansen}
    return [
        {"statistic": "count", "term": "outcome_not_counted", "scheme": scheme, "value": value}
        for scheme, value in counts.items()
    ]


def cost(**value: float) -> list[Row]:
    return [{"statistic": "relative_difference", "unit": "fraction", **value}]


def mean(scheme: str, term: str, **value: float) -> Row:
    return {"statistic": "mean", "scheme": scheme, "term": term, **value}


def peak(scheme: str, which: str, **value: float) -> Row:
    return {"statistic": "mode", "scheme": scheme, "group": f"peak={which}", **value}


def municipalities(year: int, **value: float) -> Row:
    return {"statistic": "count", "term": "municipalities", "group": f"year={year}", **value}


NAN = float("nan")
VARIANTS: dict[str, tuple[Callable[[Page], str | dict[str, str]], list[Row]]] = {
    "gap: Jobbsjansen ahead": (sentences.gap_finding, [gap(AHEAD), gap(BEHIND, "gender=female")]),
    "gap: Jobbsjansen behind": (sentences.gap_finding, [gap(BEHIND)]),
    "gap: a limit near zero keeps its decimal": (sentences.gap_finding, [gap(interval(0.003, 0.04, 0.08))]),
    "gap: uncertain": (sentences.gap_finding, [gap(NEITHER)]),
    "gap: hidden": (sentences.gap_finding, [gap(HIDDEN)]),
    "groups: two ahead, one behind, one neither, one hidden": (
        sentences.groups_finding,
        groups(AHEAD, AHEAD, BEHIND, NEITHER, HIDDEN),
    ),
    "groups: one": (sentences.groups_finding, groups(BEHIND, HIDDEN)),
    "groups: all hidden": (sentences.groups_finding, groups(HIDDEN)),
    "men: none": (sentences.men_finding, men(value=0)),
    "men: one": (sentences.men_finding, men(value=1)),
    "men: seven": (sentences.men_finding, men(value=7)),
    "men: hidden": (sentences.men_finding, men()),
    "not counted: nobody": (sentences.denominator_finding, not_counted(0, 0)),
    "not counted: one in the introduction programme": (sentences.denominator_finding, not_counted(1, 0)),
    "not counted: 1,070 in the introduction programme": (sentences.denominator_finding, not_counted(1070, 0)),
    "not counted: one in Jobbsjansen": (sentences.denominator_finding, not_counted(0, 1)),
    "not counted: four in Jobbsjansen": (sentences.denominator_finding, not_counted(0, 4)),
    "not counted: 70 in the introduction programme, 4 in Jobbsjansen": (
        sentences.denominator_finding,
        not_counted(70, 4),
    ),
    "not counted: hidden": (sentences.denominator_finding, not_counted(70, NAN)),
    "costs: 9 per cent higher": (sentences.cost_finding, cost(value=0.085)),
    "costs: 20 per cent lower": (sentences.cost_finding, cost(value=-0.2)),
    "costs: hidden": (sentences.cost_finding, cost()),
    "costs: not known": (sentences.cost_finding, [{"statistic": "median", "value": 90}]),
    "means": (
        sentences.means,
        [
            mean("introduction", "age", value=33.4),
            mean("jobbsjansen", "age", value=36.6),
            mean("introduction", "years_in_norway", value=3.14),
            mean("jobbsjansen", "years_in_norway"),
        ],
    ),
    "durations: two peaks, and one": (
        sentences.common_durations,
        [
            peak("introduction", "first", value=24),
            peak("introduction", "second", value=36),
            peak("jobbsjansen", "first", value=12),
        ],
    ),
    "durations: one peak hidden, and both": (
        sentences.common_durations,
        [
            peak("introduction", "first", value=24),
            peak("introduction", "second"),
            peak("jobbsjansen", "first"),
            peak("jobbsjansen", "second"),
        ],
    ),
    "municipalities: by year": (
        sentences.municipalities_by_year,
        [municipalities(2017, value=120), municipalities(2018, value=98), municipalities(2019)],
    ),
    "municipalities: with both": (
        sentences.municipalities_with_both,
        [{"statistic": "count", "term": "municipalities_with_both_schemes", "value": 41.5}],
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_sentence_follows_its_numbers(variant: str, language: Language, snapshot: SnapshotAssertion) -> None:
    make, rows = VARIANTS[variant]
    assert make(page(language, *rows)) == snapshot
