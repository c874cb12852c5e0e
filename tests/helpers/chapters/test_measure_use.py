"""Measures in combination, on a table small enough to count by hand."""

import pandas as pd
import pytest

from helpers.chapters.descriptives.measure_use import attainment_by_measure, measure_combinations
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup


def test_the_school_measures_are_counted_as_the_data_have_them(desk: Desk) -> None:
    people = desk.study.complete
    primary, secondary = people["measure_primary_school_subjects"] == 1, people["measure_upper_secondary_subjects"] == 1
    rows = measure_combinations(desk).rows
    both = lookup(rows, statistic="count", group="measure=primary_school_subjects&upper_secondary_subjects")
    assert both["value"] == (primary & secondary).sum()
    overlap = lookup(rows, term="has_both_given_any")
    assert overlap["value"] == pytest.approx((primary & secondary).sum() / (primary | secondary).sum())


def test_work_practice_is_a_share_of_those_with_little_schooling(desk: Desk) -> None:
    people = desk.study.complete
    little = people[(people["education"] == "little_or_none") & (people["scheme"] == "introduction")]
    group = "measure=ordinary_work_practice;education=little_or_none"
    found = lookup(measure_combinations(desk).rows, scheme="introduction", group=group)
    assert found["value"] == pytest.approx(little["measure_ordinary_work_practice"].mean())
    assert found["n"] == len(little)


def test_attainment_by_measure_counts_only_those_who_had_it(desk: Desk) -> None:
    people: pd.DataFrame = desk.study.complete
    had = people[(people["measure_ordinary_work"] == 1) & (people["scheme"] == "introduction")]
    found = lookup(attainment_by_measure(desk).rows, scheme="introduction", group="measure=ordinary_work")
    assert (found["value"], found["n"]) == (pytest.approx(had["goal_attained"].mean()), len(had))
