"""Sentences on who gets which package, in every variant and both languages."""

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.who_gets_what import exhibits, sentences

GAPS = {"fewer": interval(-4, -2, -1), "more": interval(1, 2, 4), "uncertain": interval(-4.4, -1.7, 1.1), "hidden": {}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", GAPS)
def test_measures_in_dominated_projects_follow_the_gap(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    gap = {"statistic": "difference", "term": "number_of_measures", **GAPS[variant]}
    assert sentences.measures_in_dominated(page(language, gap)) == snapshot


def test_too_few_projects_cannot_be_compared() -> None:
    assert "too few projects" in sentences.measures_in_dominated(page("en", {"statistic": "share", "value": 1}))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("share", [0.4, float("nan")])
def test_dominated_projects_are_counted(share: float, language: str, snapshot: SnapshotAssertion) -> None:
    row = {"statistic": "share", "term": "over_70_percent_in_one_package", "value": share, "n": 25}
    assert [sentences.dominated_projects(page(language, row)), exhibits.projects_alt(page(language, row))] == snapshot


def test_cells_have_the_effect_a_star_and_a_dash() -> None:
    model = {"group": "model=package;package=school"}
    rows = page(
        "en",
        {"statistic": "average_marginal_effect", "term": "age", "value": -0.0324, **model},
        {"statistic": "p_value", "term": "age", "value": 0.049, **model},
        {"statistic": "nobody", "term": "sole_carer", "value": 1, **model},
        {"statistic": "count", "term": "significant_predictors", "value": 1, **model},
        {"statistic": "p_value", "term": "age", "group": "model=packages_together", "value": 0.3, "n": 801},
        {"statistic": "p_value", "term": "sole_carer", "group": "model=packages_together", "value": 0.0002, "n": 801},
    )
    cells = [line[1:] for line in exhibits.predictors_table(rows).rows]
    assert cells == [["−3.2*", "0.300"], ["–", "<0.001"]]
    assert sentences.predictors_by_package(rows) == "School: 1"
    assert exhibits.participants_in_models(rows) == "801"
