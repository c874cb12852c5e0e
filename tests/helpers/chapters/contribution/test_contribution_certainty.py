"""How certain contributions are: classes, tests and what the shrunken ones assume."""

import numpy as np
import pytest

from helpers.chapters.common.contribution_projects import shrunken_projects, unnamed_projects
from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution import numbers_certainty as numbers
from helpers.study.fits.project_effects import project_effects
from helpers.study.study import Study
from resultatbok.release.rows import group_keys, lookup
from resultatbok.words.wording import Wording


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
    theirs = project_effects(small_study).contributions["class"].value_counts()
    assert shrunken_projects(small_study)["class"].value_counts().to_dict() == theirs.to_dict()


def test_discoveries_are_those_of_the_step_up_procedure(small_study: Study) -> None:
    """Benjamini and Hochberg (1995): the largest k with p(k) <= k q / m."""
    raw, found = unnamed_projects(small_study), numbers.project_classes(small_study)["false_discovery"]
    p = raw["p_value"].sort_values()
    below = p <= np.arange(1, len(p) + 1) / len(p) * 0.05
    expected = set(p.index[: int(np.flatnonzero(below)[-1]) + 1]) if below.any() else set()
    assert set(found.index[found != "not_distinguishable"]) == expected


def test_the_spread_is_divided_by_the_rule(small_study: Study) -> None:
    rows = numbers.contribution_assumptions(small_study)
    tests = rows[(rows["statistic"] == "p_value") & rows["group"].str.startswith("spread=")]
    used = group_keys(lookup(rows, statistic="rule")["group"])["spread"]
    limit = (1 - small_study.cohort.analysis.confidence_level) / len(tests)
    smallest = tests.sort_values("value").iloc[0]
    assert used == (group_keys(smallest["group"])["spread"] if smallest["value"] < limit else "one")
    spreads = project_effects(small_study).fitted.effects["group_sd"].nunique()
    assert spreads == (1 if used == "one" else 2)


def test_means_are_tested_by_the_gain_in_likelihood(small_study: Study) -> None:
    rows, found = numbers.contribution_assumptions(small_study), project_effects(small_study)
    gain = 2 * (found.fitted_with_means.llf - found.fitted.llf)
    assert lookup(rows, statistic="chi2")["value"] == pytest.approx(gain)
    freedom = lookup(rows, statistic="degrees_of_freedom")["value"]
    assert freedom == len(found.design.columns) - 1  # the scheme does not vary within projects
    p_value = lookup(rows, statistic="p_value", group="project_means=yes")["value"]
    assert 0 < p_value < 1


def test_a_study_whose_projects_are_alike_has_one_spread(no_effect_study: Study) -> None:
    rows = numbers.contribution_assumptions(no_effect_study)
    assert {"group_sd", "rule", "p_value"} <= set(rows["statistic"])


def test_the_limits_of_the_funnel_narrow_with_size(small_study: Study) -> None:
    rows = numbers.contribution_funnel(small_study)
    limits = rows[rows["statistic"] == "funnel_limit"]
    for limit in ("exact", "overdispersed"):
        highs = limits.loc[limits["group"].str.startswith(f"limit={limit};side=high"), "value"]
        assert highs.iloc[-1] < highs.iloc[0]


def test_the_classes_of_each_scheme_add_to_all_projects(small_study: Study) -> None:
    rows = numbers.contribution_intervals(small_study)
    shares = rows[rows["term"] == "project_share"]
    assert len(shares) == 3 * len(CLASSES)
    for total in shares.groupby("scheme")["value"].sum():
        assert total == pytest.approx(1)


def test_every_spread_has_a_name_also_where_it_is_not_divided(small_study: Study) -> None:
    rows = numbers.contribution_assumptions(small_study)
    keys = [group_keys(group) for group in rows["group"]]
    divided = group_keys(lookup(rows, statistic="rule")["group"])["spread"] != "one"
    assert any("kind" in k and "project_means" in k for k in keys) == divided
    assert all(Wording("en").label(f"kind={k['kind']}") for k in keys if "kind" in k)
