"""Projects without names: random numbers, rounded sizes, and shares of projects that add up."""

import pandas as pd
import pytest

from helpers.chapters.common.contribution_projects import SIZE_STEP, shrunken_projects
from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution import numbers
from helpers.study.study import Study
from resultatbok.release.rows import group_keys, lookup


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


def test_the_classes_of_each_scheme_add_to_all_projects(small_study: Study) -> None:
    rows = numbers.contribution_intervals(small_study)
    shares = rows[rows["term"] == "project_share"]
    assert len(shares) == 3 * len(CLASSES)
    for total in shares.groupby("scheme")["value"].sum():
        assert total == pytest.approx(1)


def test_the_quadrants_count_every_project_once(small_study: Study) -> None:
    rows = numbers.contribution_scatter(small_study)
    counts = rows.loc[rows["term"] == "projects", "value"]
    assert counts.sum() == len(small_study.contributions)
    assert isinstance(counts, pd.Series)


def test_the_explaining_figure_counts_what_the_scatter_counts(small_study: Study) -> None:
    counts = numbers.contribution_quadrants(small_study)
    shown = numbers.contribution_scatter(small_study)
    assert counts["value"].tolist() == shown.loc[shown["statistic"] == "count", "value"].tolist()


def test_the_class_of_a_project_follows_the_cutoff_of_the_cohort(small_study: Study) -> None:
    projects, cutoff = shrunken_projects(small_study), small_study.cohort.analysis.probability_cutoff
    above = projects["class"] == "above"
    assert (projects.loc[above, "probability_above"] >= cutoff).all()
    assert (projects.loc[~above, "probability_above"] < cutoff).all()


def test_shrinkage_draws_small_projects_the_most(small_study: Study) -> None:
    rows = numbers.contribution_reliability(small_study)
    medians = rows.loc[(rows["statistic"] == "reliability") & (rows["group"] != ""), "value"]
    assert medians.is_monotonic_increasing
    spreads = numbers.contribution_shrunken(small_study)
    raw, shrunken = (lookup(spreads, statistic="sd", group=f"method={m}")["value"] for m in ("raw", "shrunken"))
    assert shrunken < raw


def test_sizes_add_to_all_projects(small_study: Study) -> None:
    rows = numbers.contribution_reliability(small_study)
    counts = rows[rows["statistic"] == "count"].set_index("group")["value"]
    assert counts.drop("").sum() == counts[""] == len(small_study.contributions)


def test_a_stricter_cutoff_tells_fewer_projects_apart_and_errs_less(small_study: Study) -> None:
    rows = numbers.contribution_cutoffs(small_study)
    neither = rows.loc[rows["group"].str.endswith("=not_distinguishable"), "value"]
    assert neither.is_monotonic_increasing
    assert rows.loc[rows["statistic"] == "expected_wrong", "value"].is_monotonic_decreasing


def test_rank_intervals_hold_the_rank_and_have_no_names(small_study: Study) -> None:
    rows = numbers.contribution_ranks(small_study)
    rows = rows[rows["statistic"] == "rank"]
    assert (rows["low"] <= rows["value"]).all()
    assert (rows["value"] <= rows["high"]).all()
    assert rows["high"].max() <= len(small_study.contributions)


def test_the_cross_table_counts_every_project_once_per_method(small_study: Study) -> None:
    rows = numbers.contribution_methods(small_study)
    crossed = rows[rows["group"].str.contains(";own=")]
    totals = crossed.groupby(crossed["group"].map(lambda g: group_keys(g)["method"]))["value"].sum()
    assert (totals == len(small_study.contributions)).all()
    assert len(totals) == len(numbers.project_classes(small_study).columns) - 1
    moved = crossed[[k["own"] != k["contribution"] for k in crossed["group"].map(group_keys)]]
    for method, part in moved.groupby(moved["group"].map(lambda g: group_keys(g)["method"])):
        assert lookup(rows, group=f"method={method};changed=yes")["value"] == part["value"].sum()


def test_the_interval_and_the_probability_give_the_same_classes_at_the_default_cutoff(small_study: Study) -> None:
    classes = numbers.project_classes(small_study)
    assert classes["mixed"].tolist() == classes["mixed_interval"].tolist()


def test_the_limits_of_the_funnel_narrow_with_size(small_study: Study) -> None:
    rows = numbers.contribution_funnel(small_study)
    limits = rows[rows["statistic"] == "funnel_limit"]
    for limit in ("exact", "overdispersed"):
        highs = limits.loc[limits["group"].str.startswith(f"limit={limit};side=high"), "value"]
        assert highs.iloc[-1] < highs.iloc[0]


def test_the_split_near_zero_adds_to_all_and_moves_with_the_width(small_study: Study) -> None:
    rows = numbers.contribution_split(small_study)
    assert rows[rows["scheme"] == "both"]["value"].sum() == pytest.approx(1)
    contribution = small_study.contributions["contribution"]
    width = small_study.cohort.analysis.near_zero_contribution
    near = lookup(rows, scheme="both", group="contribution=near_zero_or_imprecise")["value"]
    assert near == pytest.approx((contribution.abs() <= width).mean())


def test_numbers_of_the_text_are_those_of_the_projects(small_study: Study) -> None:
    rows = numbers.contribution_percentiles(small_study)
    contribution = small_study.contributions["contribution"]
    assert lookup(rows, statistic="count")["value"] == len(contribution)
    assert lookup(rows, group="contribution=highest")["value"] == pytest.approx(contribution.max(), abs=0.0051)
    assert lookup(rows, group="contribution=lowest")["value"] == pytest.approx(contribution.min(), abs=0.0051)


def test_an_example_project_is_told_as_the_scatter_tells_it(small_study: Study) -> None:
    rows, shown = numbers.contribution_examples(small_study), numbers.contribution_scatter(small_study)
    for _, entry in rows[rows["statistic"] == "difference"].iterrows():
        ours = shown[(shown["scheme"] == entry["scheme"]) & (shown["statistic"] == "contribution")]
        assert (ours["value"].round(2) == entry["value"]).any()
