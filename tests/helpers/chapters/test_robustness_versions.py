"""The versions of the analysis: each is the fit it names, and the sentences follow the numbers."""

import pandas as pd
import pytest

from helpers.chapters.common.version_rows import FAMILIES, MAIN, named, version_label, version_rows
from helpers.chapters.robustness.robustness import (
    effect_versions,
    overall_finding,
    range_phrase,
    zero_finding,
    zero_names,
)
from helpers.chapters.robustness.robustness_dependence import dependence, dependence_finding
from helpers.study.fits import alternatives
from helpers.study.subsets import women_of
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

EFFECT = "average_marginal_effect"


def versions(*intervals: tuple[float, float]) -> pd.DataFrame:
    """Made-up versions with these intervals, in percentage points."""
    rows = pd.DataFrame(intervals, columns=["low", "high"])
    labels = [f"version {i}" for i in range(len(rows))]
    return rows.assign(value=rows.mean(axis=1), label=labels, heading="Some")


def test_every_family_is_in_the_overview_once(desk: Desk) -> None:
    exhibit = effect_versions(desk)
    expected = sum(len(make(desk.study)) for make in FAMILIES.values())
    assert len(exhibit.rows) == expected
    assert exhibit.phrases["n_versions"] == str(expected)
    assert not exhibit.rows.duplicated(["group", "sample"]).any()


def test_no_two_versions_of_a_family_have_the_same_label(desk: Desk) -> None:
    for family in FAMILIES:
        keys = version_rows(desk.study, family)[["group", "sample"]].drop_duplicates()
        labels = [version_label(desk.wording, *key) for key in keys.itertuples(index=False, name=None)]
        assert len(labels) == len(set(labels)), family


def test_a_version_s_effect_and_coefficient_are_those_of_its_fit(desk: Desk) -> None:
    fit = women_of(desk.study).individual_model_by_project
    rows = version_rows(desk.study, "women")
    own = rows[rows["group"] == MAIN]
    assert lookup(own, statistic=EFFECT)["value"] == pytest.approx(100 * fit.average_effect("scheme").value)
    found = lookup(own, statistic="coefficient")
    assert found["value"] == pytest.approx(fit.params["scheme"])
    assert found["std_error"] == pytest.approx(fit.terms["std_error"]["scheme"])
    assert found["n"] == fit.n == (desk.study.complete["male"] == 0).sum()


def test_clustering_keeps_the_estimate_and_changes_its_error(desk: Desk) -> None:
    rows = dependence(desk).rows
    pooled, clustered = (lookup(rows, statistic="coefficient", group=group) for group in (named("independent"), MAIN))
    assert clustered["value"] == pytest.approx(pooled["value"])
    assert clustered["std_error"] != pytest.approx(pooled["std_error"], rel=0.01)
    assert pooled["std_error"] == pytest.approx(desk.study.individual_model.terms["std_error"]["scheme"])


def test_a_coding_that_is_the_cohort_s_own_is_not_tried(desk: Desk) -> None:
    own = {"wage_subsidy_attained", "end_reasons_missing", "norwegian_five_levels", "last_track", "absence_10_percent"}
    assert set(alternatives.other_codings(desk.study)) == set(alternatives.CODINGS) - own


def test_other_end_reasons_change_who_is_counted(desk: Desk) -> None:
    coding = alternatives.other_codings(desk.study)["end_reasons_not_attained"]
    participants = desk.study.participants
    counted = coding.attainment.set_index("scheme")
    introduction = participants[participants["scheme"] == "introduction"]
    assert counted.loc["introduction", "n"] == len(introduction) > introduction["goal_attained"].notna().sum()


@pytest.mark.parametrize(
    ("effects", "words"),
    [
        ([3.0, 8.0], "between 3 and 8 percentage points ahead of the introduction programme"),
        ([-3.0, -8.0], "between 3 and 8 percentage points behind the introduction programme"),
        ([-3.0, 8.0], "anywhere from 3 percentage points behind"),
    ],
)
def test_the_range_says_its_direction(effects: list[float], words: str) -> None:
    assert range_phrase(Wording("en"), pd.Series(effects)).startswith(words)


def test_versions_that_know_less_are_told_apart() -> None:
    rows = versions((2, 4), (5, 7), (14, 16)).assign(group=["model=individual", "model=full", "model=project"])
    said = overall_finding(Wording("en"), rows)
    assert said.startswith("2 versions")
    assert "between 3 and 6 percentage points ahead" in said
    assert "1 more know less" in said
    assert "know less" not in overall_finding(Wording("en"), rows.iloc[:2])


@pytest.mark.parametrize(
    ("intervals", "words", "names"),
    [
        ([(1, 5), (4, 12)], "No interval contains zero.", "Every version tells the schemes apart."),
        ([(0, 5), (4, 12)], "One of the 2 intervals contains zero.", "apart in: Some – version 0."),
        ([(-1, 5), (-4, 0), (1, 2)], "2 of the 3 intervals contain zero.", "Some – version 0; Some – version 1."),
        ([(-1, 5)], "All of the intervals contain zero.", "apart in: Some – version 0."),
    ],
)
def test_the_intervals_that_contain_zero_are_counted_and_named(
    intervals: list[tuple[float, float]], words: str, names: str
) -> None:
    made = versions(*intervals)
    assert zero_finding(Wording("en"), made) == words
    assert zero_names(Wording("en"), made).endswith(names)


@pytest.mark.parametrize(
    ("error", "low", "words"),
    [
        (2.0, 1.0, ("2.0 times as large", "still excludes zero")),
        (2.0, -1.0, ("2.0 times as large", "then contains zero")),
        (1.0, 1.0, ("does not make the standard error larger", "still excludes zero")),
    ],
)
def test_the_sentence_on_dependence_follows_its_numbers(error: float, low: float, words: tuple[str, str]) -> None:
    pooled = pd.Series({"std_error": 1.0, "low": 1.0, "high": 5.0})
    clustered = pd.Series({"std_error": error, "low": low, "high": 9.0})
    said = dependence_finding(Wording("en"), pooled, clustered)
    assert all(part in said for part in words)
