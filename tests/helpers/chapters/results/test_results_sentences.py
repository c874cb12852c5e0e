"""Sentences on what became of the participants, in every variant and both languages."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.results import exhibits, sentences

CHANGES = {
    "rose": interval(0.01, 0.04, 0.07),
    "fell": interval(-0.07, -0.04, -0.01),
    "uncertain": interval(-0.04, -0.01, 0.03),
    "hidden": {},
}
TERMS = ("observations", "leavers", "leavers_of_silent_projects", "silent_projects", "projects_of_leavers")
LEFT_OUT = {"some": (569, 916, 306, 5, 27), "nobody": (916, 916, 0, 0, 27), "hidden": (569, 916, float("nan"), 5, 27)}
TESTED = {"none": (0.2, 0.05), "one": (0.2, 0.04), "two": (0.001, 0.04), "one is hidden": (0.04, float("nan"))}


def p_values(*values: float) -> list[dict[str, Any]]:
    return [
        {"statistic": "p_value", "term": term, "value": value}
        for term, value in zip(("age", "measure_packages"), values, strict=True)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", CHANGES)
def test_a_change_is_told_with_its_direction(variant: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert sentences.change(page(language, {"statistic": "difference", **CHANGES[variant]})) == snapshot


def test_one_year_has_no_change() -> None:
    assert "one year" in sentences.change(page("en", {"statistic": "share", "value": 0.5}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", LEFT_OUT)
def test_what_is_left_out_is_told_with_the_silent_projects(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    counts = zip(TERMS, LEFT_OUT[variant], strict=True)
    assert sentences.left_out(page(language, *({"statistic": "count", "term": t, "value": n} for t, n in counts))) == (
        snapshot
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", TESTED)
def test_variables_apart_beside_the_model_are_named(variant: str, language: str, snapshot: SnapshotAssertion) -> None:
    assert sentences.tested(page(language, *p_values(*TESTED[variant]))) == snapshot


def test_the_attainment_told_is_that_of_part_a_in_the_last_year() -> None:
    cells = [("year=2019", "part_a", 0.1), ("year=2020", "part_a", 0.7), ("year=2020", "part_c", 0.3)]
    rows = [
        {"statistic": "share", "term": "goal_attainment", "group": g, "sample": s, "value": v, "n": 100 * v}
        for g, s, v in cells
    ]
    assert sentences.attainment(page("en", *rows)) == "70%"
    assert sentences.sizes(page("en", *rows)) == (
        "10 from part A in 2019; 70 from part A in 2020; 30 from part C in 2020"
    )


def test_effects_whose_interval_leaves_zero_are_counted() -> None:
    values = (("age", -0.09, -0.05, -0.01), ("absence", 0.01, 0.02, 0.03), ("education_level", -0.01, 0, 0.01))
    rows = [{"statistic": "average_marginal_effect", "term": t, **interval(*v)} for t, *v in values]
    assert exhibits.effects_apart(page("en", *rows)) == "2"
    assert exhibits.effects_table(page("en", *rows)).rows[0][1:] == ["−5.0", "−9.0 to −1.0"]


def test_the_table_has_the_p_values_and_the_list_what_the_search_keeps() -> None:
    kept = {"statistic": "selected", "term": "absence", "value": 1}
    tested = page("en", *p_values(0.2, 0.0004), kept)
    assert [line[1] for line in exhibits.tested_table(tested).rows] == ["0.200", "<0.001"]
    assert sentences.selected(tested) == "absence, per step"
    assert sentences.selected(page("en", *p_values(0.2, 0.1))) == "none"
    assert "no evidence" in sentences.search_note(tested)
