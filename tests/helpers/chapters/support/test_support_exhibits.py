"""Tables, alt texts and charts of the chapter on job support say the number, the group and the unit of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.support import exhibits
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Page

in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


def table(shown: Page, exhibit: Any) -> list[list[str]]:
    cells = exhibit.table(shown)
    return [[column.header for column in cells.columns], *map(list, cells.rows)]


def sides(analysis: str, statistic: str, term: str, with_it: float, without: float) -> list[dict[str, Any]]:
    keys = {"statistic": statistic, "term": term}
    return [
        {**keys, "group": f"analysis={analysis};measure_received=with", "value": with_it},
        {**keys, "group": f"analysis={analysis};measure_received=without", "value": without},
    ]


def effects() -> list[dict[str, Any]]:
    work, months = {"term": "in_work_12_months"}, {"term": "months_in_employment"}
    rows = []
    for analysis, p_work, p_months, size in (("offered", 0.04, 0.3, 0.1), ("received", 0.0004, 0.2, 0.2)):
        group = {"group": f"analysis={analysis}"}
        rows += [
            *sides(analysis, "share", "in_work_12_months", 0.4 + size, 0.4),
            {"statistic": "difference", **work, **group, **interval(size - 0.08, size, size + 0.09)},
            {"statistic": "p_value", **work, **group, "value": p_work},
            *sides(analysis, "mean", "months_in_employment", 3 + 10 * size, 3),
            {"statistic": "difference", **months, **group, **interval(-0.5, 10 * size, 3.2)},
            {"statistic": "p_value", **months, **group, "value": p_months},
        ]
    compliers = {"statistic": "complier_effect", "group": "analysis=compliers"}
    return [*rows, {**compliers, **work, **interval(-0.03, 0.3, 0.6)}, {**compliers, **months}]


@in_both_languages
def test_the_table_of_effects_sets_each_effect_beside_what_was_compared(
    language: str, snapshot: SnapshotAssertion
) -> None:
    """Shares in percent and whole points, months with a decimal; compliers have the offer's test; one is hidden."""
    shown = page(language, *effects())
    assert table(shown, exhibits.trial_effects) == snapshot
    assert exhibits.trial_effects.table(shown).group_rows == snapshot


@in_both_languages
def test_the_alt_text_of_the_effects_names_each_analysis(language: str, snapshot: SnapshotAssertion) -> None:
    work = [row for row in effects() if row["term"] == "in_work_12_months"]
    shown = page(language, *work)
    assert exhibits.trial_work.alt(shown) == snapshot
    assert exhibits.trial_work.caption(shown) == snapshot


@in_both_languages
def test_the_baseline_table_keeps_arms_and_units_apart(language: str, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "share", "term": "woman", "group": "arm=intervention", "value": 0.61},
        {"statistic": "share", "term": "woman", "group": "arm=control", "value": 0.48},
        {"statistic": "standardised_difference", "term": "woman", "value": 0.26},
        {"statistic": "mean", "term": "age", "group": "arm=intervention", "value": 33.26},
        {"statistic": "mean", "term": "age", "group": "arm=control", "value": 35.0},
        {"statistic": "standardised_difference", "term": "age", "value": -0.2},
    ]
    assert table(page(language, *rows), exhibits.trial_baseline) == snapshot


@in_both_languages
def test_the_flow_table_has_a_line_for_each_step(language: str, snapshot: SnapshotAssertion) -> None:
    counts = {"randomised": (34, 33), "received": (20, 0), "outcome_known": (31, 32)}
    rows = [
        {"statistic": "count", "term": term, "group": f"arm={arm}", "value": n}
        for arm, place in (("intervention", 0), ("control", 1))
        for term, numbers in counts.items()
        for n in [numbers[place]]
    ]
    share = {"statistic": "share", "term": "received", "group": "arm=intervention", "value": 0.588}
    shown = page(language, *rows, share)
    assert table(shown, exhibits.trial_flow) == snapshot
    assert exhibits.trial_flow.phrases["trial_received"](shown) == snapshot


def power() -> list[dict[str, Any]]:
    curves = [
        {"statistic": "power", "group": f"times={times};difference_points={points}", "value": value, "n": 64 * times}
        for times, values in ((1, (0.03, 0.2, 0.36)), (2, (0.04, 0.4, 0.7)))
        for points, value in zip((0, 10, 20), values, strict=True)
    ]
    found = {"statistic": "smallest_detectable_difference"}
    smallest = [
        {**found, "group": "times=1", "value": 0.334, "n": 64},
        {**found, "group": "times=2", "value": 0.23, "n": 128},
        {**found, "group": "times=4", "n": 256},
    ]
    return curves + smallest


@in_both_languages
def test_power_is_told_for_each_size_of_the_trial(language: str, snapshot: SnapshotAssertion) -> None:
    shown = page(language, *power())
    assert exhibits.trial_power.alt(shown) == snapshot
    phrases = exhibits.trial_power.phrases
    assert phrases["trial_power"](shown) == snapshot
    assert phrases["trial_wanted_power", "trial_hypothetical"](shown) == snapshot


def test_the_curves_are_drawn_by_difference_and_named_by_participants() -> None:
    drawn = to_svg(exhibits.trial_power.chart(page("en", *power())))
    assert "64 participants" in drawn
    assert "128 participants" in drawn


@in_both_languages
def test_measures_are_told_from_the_highest_share_to_the_lowest(language: str, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "share", "value": 0.42},
        {"statistic": "share", "group": "support=ips", **interval(0.3, 0.4, 0.5)},
        {"statistic": "share", "group": "support=snart_ansatt", **interval(0.4, 0.5, 0.6)},
        {"statistic": "share", "group": "support=oppfolging"},
        {"statistic": "p_value", "group": "test=equal_shares", "value": 0.04},
    ]
    shown = page(language, *rows)
    assert exhibits.supported_employment_in_work.alt(shown) == snapshot
    assert exhibits.supported_employment_in_work.phrases["support_all"](shown) == snapshot


@in_both_languages
def test_ways_of_working_are_told_in_points_with_their_sign(language: str, snapshot: SnapshotAssertion) -> None:
    effect = {"statistic": "average_marginal_effect"}
    rows = [
        {**effect, "term": "close_follow_up", **interval(0.002, 0.034, 0.06)},
        {**effect, "term": "job_development", **interval(-0.05, -0.021, 0.01)},
        {**effect, "term": "employer_contact"},
    ]
    shown = page(language, *rows)
    assert exhibits.supported_employment_dimensions.alt(shown) == snapshot
    drawn = to_svg(exhibits.supported_employment_dimensions.chart(shown))
    assert ("3.4" if language == "en" else "3,4") in drawn


@in_both_languages
def test_answers_are_set_out_by_measure_and_way_of_working(language: str, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": "mean", "group": f"support={measure}", "term": term, "value": value}
        for measure, values in (("ips", (4.24, 3.1)), ("snart_ansatt", (2.96, float("nan"))))
        for term, value in zip(("close_follow_up", "job_development"), values, strict=True)
    ]
    answered = {"statistic": "count", "term": "respondents", "value": 61}
    assert table(page(language, *rows, answered), exhibits.job_specialist_answers) == snapshot
