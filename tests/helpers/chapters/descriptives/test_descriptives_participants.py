"""Who takes part: composition, ages, men, spread and common durations; municipalities and projects."""

import pandas as pd
import pytest

from helpers.chapters.descriptives.numbers_participants import (
    PEAKS_APART,
    age_and_residence,
    age_gap_row,
    composition,
    duration,
    large_municipality_years,
    men_row,
    peak_rows,
    peaks,
    project_years,
)
from helpers.study.study import Study
from resultatbok.release.rows import lookup, normalise


def test_the_age_gap_is_jobbsjansens_mean_less_the_other() -> None:
    means = pd.DataFrame(
        {
            "term": ["age", "age", "duration_months"],
            "scheme": ["introduction", "jobbsjansen", "jobbsjansen"],
            "value": [33.0, 37.0, 15.0],
            "n": [900, 80, 80],
            "std_error": [0.3, 0.4, 1.0],
        }
    )
    row = age_gap_row(means).iloc[0]
    assert (row["value"], row["n"], row["statistic"]) == (4.0, 80, "difference")
    assert row["std_error"] == pytest.approx(0.5)


def test_only_the_men_of_the_year_in_jobbsjansen_count() -> None:
    people = pd.DataFrame(
        {
            "scheme": ["jobbsjansen", "jobbsjansen", "introduction", "jobbsjansen"],
            "gender": ["male", "female", "male", "male"],
            "end_year": [2020, 2020, 2020, 2019],
        }
    )
    assert men_row(people, 2020)["value"].item() == 1


def test_the_second_peak_lies_far_enough_from_the_first() -> None:
    near, far = 24.0 + PEAKS_APART - 1, 24.0 + PEAKS_APART
    months = pd.Series([24.0] * 9 + [near] * 8 + [far] * 3)
    assert peaks(months) == [24.0, far]


def test_peaks_are_named_from_the_shorter_to_the_longer() -> None:
    rows = peak_rows(pd.Series([36.0] * 5 + [24.0] * 3), "introduction").set_index("group")["value"]
    assert (rows[""], rows["peak=first"], rows["peak=second"]) == (36, 24, 36)


def test_one_common_duration_is_one_peak() -> None:
    assert peaks(pd.Series([12.0, 12.0, 13.0])) == [12.0]


def leavers(**numbers: int) -> pd.DataFrame:
    parts = [
        pd.DataFrame({"scheme": name.split("_")[0], "municipality": name.split("_")[1], "end_year": [2018] * n})
        for name, n in numbers.items()
    ]
    return pd.concat(parts, ignore_index=True)


@pytest.mark.parametrize(("number", "counted"), [(9, 0), (10, 1), (11, 1)])
def test_a_municipality_counts_from_the_limit_on(number: int, counted: int) -> None:
    assert len(large_municipality_years(leavers(introduction_6001=number), 10)) == counted


def test_both_schemes_count_towards_the_limit_and_each_has_a_line() -> None:
    found = large_municipality_years(leavers(introduction_6001=7, jobbsjansen_6001=3, introduction_6002=9), 10)
    assert sorted(found["scheme"]) == ["introduction", "jobbsjansen"]
    assert set(found["municipality"]) == {"6001"}


def test_the_composition_and_the_means_are_those_of_the_scheme(small_study: Study) -> None:
    rows = normalise("composition", composition(small_study))
    people = small_study.complete[small_study.complete["scheme"] == "jobbsjansen"]
    women = lookup(rows, scheme="jobbsjansen", group="gender=female")
    assert (women["value"], women["n"]) == (pytest.approx(1 - people["male"].mean()), len(people))
    higher = lookup(rows, scheme="jobbsjansen", group="norwegian=b1_or_higher")
    assert higher["value"] == pytest.approx(people["norwegian"].isin(["b1", "b2"]).mean())
    years = lookup(rows, statistic="mean", scheme="jobbsjansen", term="years_in_norway")
    assert years["value"] == pytest.approx(people["years_in_norway"].mean())


def test_percentiles_rise_and_the_middle_one_is_the_median(small_study: Study) -> None:
    people = small_study.complete[small_study.complete["scheme"] == "introduction"]
    rows = normalise("age_and_residence", age_and_residence(small_study)).query("scheme == 'introduction'")
    ages = rows[rows["term"] == "age"]
    assert ages["value"].is_monotonic_increasing
    assert lookup(ages, group="percentile=50")["value"] == pytest.approx(people["age"].median())
    months = duration(small_study)
    mode = lookup(months, statistic="mode", scheme="introduction", group="")
    assert mode["value"] == people["duration_months"].mode().iloc[0]


def test_a_project_year_counts_once_and_costs_are_compared_by_their_medians(small_study: Study) -> None:
    rows = normalise("project_years", project_years(small_study))
    known = small_study.registers.project_years.dropna(subset=["wage_costs_per_participant_1000_nok"])
    own = known[known["scheme"] == "jobbsjansen"]["wage_costs_per_participant_1000_nok"].median()
    other = known[known["scheme"] == "introduction"]["wage_costs_per_participant_1000_nok"].median()
    assert lookup(rows, statistic="relative_difference")["value"] == pytest.approx(own / other - 1, rel=0.05)
