"""Projects without names: random numbers, rounded sizes, and shares of projects that add up."""

import pandas as pd
import pytest

from helpers.chapters.common.contribution_projects import SIZE_STEP
from helpers.chapters.common.extremes import FEWEST
from helpers.chapters.contribution import numbers
from helpers.study.fits.project_effects import project_effects
from helpers.study.study import Study
from resultatbok.release.rows import lookup


def test_sizes_of_projects_are_rounded(small_study: Study) -> None:
    rows = numbers.contribution_scatter(small_study)
    sizes = rows.loc[rows["statistic"] == "actual", "n"]
    assert (sizes % SIZE_STEP == 0).all()
    assert sizes.min() >= SIZE_STEP


def test_running_numbers_do_not_follow_size_or_result(small_study: Study) -> None:
    rows = numbers.contribution_scatter(small_study)
    actual = rows[(rows["statistic"] == "actual") & (rows["scheme"] == "introduction")].sort_values("group")
    assert not actual["n"].is_monotonic_increasing
    assert not actual["value"].is_monotonic_increasing
    assert not actual["value"].is_monotonic_decreasing


def test_every_project_has_the_three_quantities_and_they_agree(small_study: Study) -> None:
    rows = numbers.contribution_scatter(small_study)
    wide = rows[rows["group"].str.startswith("project=")].pivot_table(
        index="group", columns="statistic", values="value"
    )
    assert len(wide) == len(small_study.contributions)
    assert (wide["actual"] - wide["expected"] - wide["contribution"]).abs().max() <= 0.0151  # three roundings


def test_the_quadrants_count_every_project_once(small_study: Study) -> None:
    rows = numbers.contribution_scatter(small_study)
    counts = rows.loc[rows["term"] == "projects", "value"]
    assert counts.sum() == len(small_study.contributions)
    assert isinstance(counts, pd.Series)


def test_the_explaining_figure_counts_what_the_scatter_counts(small_study: Study) -> None:
    counts = numbers.contribution_quadrants(small_study)
    shown = numbers.contribution_scatter(small_study)
    assert counts["value"].tolist() == shown.loc[shown["statistic"] == "count", "value"].tolist()


def test_the_split_near_zero_adds_to_all_and_moves_with_the_width(small_study: Study) -> None:
    rows = numbers.contribution_split(small_study)
    assert rows[rows["scheme"] == "both"]["value"].sum() == pytest.approx(1)
    contribution = small_study.contributions["contribution"]
    width = small_study.cohort.analysis.near_zero_contribution
    near = lookup(rows, scheme="both", group="contribution=near_zero_or_imprecise")["value"]
    assert near == pytest.approx((contribution.abs() <= width).mean())


def test_percentiles_are_of_both_definitions(small_study: Study) -> None:
    rows = numbers.contribution_percentiles(small_study)
    assert lookup(rows, statistic="count")["value"] == len(small_study.contributions)
    for definition, sample in (("entry", "projects_5plus_entry"), ("report_2022", "projects_5plus")):
        raw = project_effects(small_study, definition).raw
        own = raw.loc[raw["scheme"] == "introduction", "contribution"]
        keys = {"scheme": "introduction", "term": "contribution", "group": "percentile=50"}
        assert lookup(rows, sample=sample, **keys)["value"] == pytest.approx(own.median(), abs=0.02)


def test_the_two_definitions_expect_by_what_they_adjust_for(small_study: Study) -> None:
    entry, report = (project_effects(small_study, definition) for definition in ("entry", "report_2022"))
    assert not any("measure" in name or "norwegian" in name for name in entry.design)
    assert any("measure" in name for name in report.design)
    assert "end_year_2019" in entry.design
    for found in (entry, report):  # the scheme is adjusted for: contributions add to 0 in each
        total = (found.raw["contribution"] * found.raw["participants"]).groupby(found.raw["scheme"]).sum()
        small = small_study.complete["project"].value_counts()
        assert total.abs().max() <= small[small < 5].sum()
    assert entry.raw["actual"].tolist() == report.raw["actual"].tolist()


def test_an_example_project_is_large_and_told_as_the_scatter_tells_it(small_study: Study) -> None:
    rows, shown = numbers.contribution_examples(small_study), numbers.contribution_scatter(small_study)
    for _, entry in rows[rows["statistic"] == "difference"].iterrows():
        ours = shown[(shown["scheme"] == entry["scheme"]) & (shown["statistic"] == "contribution")]
        assert (ours["value"].round(2) == entry["value"]).any()
    assert rows["n"].min() >= FEWEST - SIZE_STEP
