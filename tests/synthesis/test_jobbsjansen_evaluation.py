"""The reporting holds what the 2019 evaluation prints about Jobbsjansen, and its packages can be found again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

from resultatbok.methods.packages import find_packages
from synthesis import World
from synthesis.synthesise import everybody_reported

EVALUATED = (2017, 2018)


@pytest.fixture(scope="module")
def people(world: World) -> pd.DataFrame:
    """Everybody reported in the evaluation's years."""
    everybody = everybody_reported(world)[0]
    return everybody[everybody["year"].isin(EVALUATED)]


@pytest.fixture(scope="module")
def leavers(people: pd.DataFrame) -> pd.DataFrame:
    return people[(people["part"] == "a") & (people["status"] == "left")]


@pytest.fixture(scope="module")
def singles(world: World, leavers: pd.DataFrame) -> pd.DataFrame:
    return world.singles.loc[leavers.index].astype(int)


@pytest.mark.parametrize(("part", "everybody", "left"), [("a", 1492, 916), ("c", 244, 83)])
def test_the_numbers_of_participants_and_leavers(part: str, everybody: int, left: int, people: pd.DataFrame) -> None:
    rows = people[people["part"] == part]
    assert (len(rows), (rows["status"] == "left").sum()) == (everybody, left)


@pytest.mark.parametrize(
    ("year", "part", "count"), [(2017, "a", 1040), (2018, "a", 974), (2017, "c", 115), (2018, "c", 233)]
)
def test_the_participants_of_each_year(year: int, part: str, count: int, people: pd.DataFrame) -> None:
    took_part = (people["start_year"] <= year) & ((people["year"] >= year) | (people["status"] != "left"))
    assert (took_part & (people["part"] == part)).sum() == pytest.approx(count, rel=0.02)


@pytest.mark.parametrize(
    ("part", "region", "share"), [("a", "asia", 0.45), ("a", "africa", 0.23), ("c", "africa", 0.66)]
)
def test_the_world_regions(part: str, region: str, share: float, people: pd.DataFrame) -> None:
    rows = people[people["part"] == part]
    assert (rows["world_region"] == region).mean() == pytest.approx(share, abs=0.035)


def test_age_and_income_of_all_participants(people: pd.DataFrame) -> None:
    a = people[people["part"] == "a"]
    groups = pd.cut(a["age"], [17, 24, 29, 34, 39, 44, 49, 99]).value_counts(sort=False, normalize=True)
    assert groups.tolist() == pytest.approx([0.04, 0.11, 0.21, 0.25, 0.20, 0.10, 0.08], abs=0.015)
    income = a["income_before"].value_counts(normalize=True)
    assert income[["supported_by_family_or_others", "transitional_benefit"]].tolist() == pytest.approx(
        [0.745, 0.09], abs=0.002
    )


def test_there_are_about_104_countries_of_origin(people: pd.DataFrame) -> None:
    assert people["country"].nunique() == pytest.approx(104, abs=4)


def test_nobody_starts_after_the_year_reported_or_is_older_in_norway_than_alive(people: pd.DataFrame) -> None:
    assert (people["start_year"] <= people["year"]).all()
    assert (people["age"] > people["years_in_norway"]).all()


def test_the_packages_are_found_again(leavers: pd.DataFrame, singles: pd.DataFrame) -> None:
    found = find_packages(singles)
    assert adjusted_rand_score(leavers["package"], found.labels) > 0.8
    assert len(found.clusters) == 6
    unclear = found.labels == "rest"
    assert (leavers["package"][unclear.to_numpy()] == "rest").mean() > 0.7


def test_three_in_four_have_a_combination_of_their_own(singles: pd.DataFrame) -> None:
    combinations = singles.groupby(list(singles.columns)).size()
    assert (combinations == 1).sum() / len(singles) == pytest.approx(0.76, abs=0.03)


def test_one_package_dominates_about_half_of_the_projects_and_gives_fewer_measures(
    leavers: pd.DataFrame, singles: pd.DataFrame
) -> None:
    shares = pd.crosstab(leavers["project_name"], leavers["package"], normalize="index").max(axis=1)
    dominated = shares > 0.7
    assert dominated.mean() == pytest.approx(0.5, abs=0.15)
    number, inside = singles.sum(axis=1), leavers["project_name"].map(dominated)
    assert number[inside].mean() == pytest.approx(6.6, abs=0.6)
    assert number[~inside].mean() == pytest.approx(8.4, abs=0.6)


@pytest.mark.parametrize(
    ("agency", "package", "share"),
    [
        ("refugee_service", "strong_work", 0.68),
        ("adult_education", "broad", 0.56),
        ("adult_education", "strong_work", 0.12),
        ("nav", "strong_work", 0.29),
        ("nav", "society_life_skills", 0.24),
        ("nav", "rest", 0.25),
    ],
)
def test_packages_by_agency(agency: str, package: str, share: float, leavers: pd.DataFrame) -> None:
    rows = leavers[leavers["agency"] == agency]
    assert (rows["package"] == package).mean() == pytest.approx(share, abs=0.05)


def test_adult_education_has_no_school_package(leavers: pd.DataFrame) -> None:
    assert not ((leavers["agency"] == "adult_education") & (leavers["package"] == "school")).any()


def test_nobody_from_europe_or_the_middle_east_and_no_beginner_has_the_school_package(leavers: pd.DataFrame) -> None:
    school = leavers[leavers["package"] == "school"]
    assert not school["world_region"].isin(["europe", "middle_east"]).any()
    assert not (school["norwegian_start"] == 0).any()


def test_reduced_work_capacity_goes_with_the_broad_package(leavers: pd.DataFrame) -> None:
    broad = leavers["package"] == "broad"
    shares = leavers["reduced_work_capacity"].groupby(broad).mean()
    assert shares[True] > 1.5 * shares[False]


def test_the_reasons_for_leaving_in_2018(people: pd.DataFrame) -> None:
    rows = people[(people["part"] == "a") & (people["status"] == "left") & (people["year"] == 2018)]
    shares = rows["exit_reason"].value_counts(normalize=True)
    printed = {"upper_secondary": 0.09, "higher_education": 0.02, "adult_primary": 0.03, "dropout": 0.17}
    assert {name: shares[name] for name in printed} == pytest.approx(printed, abs=0.02)
    assert rows["exit_reason"].notna().all()


def test_work_is_described_for_those_who_left_to_it(people: pd.DataFrame) -> None:
    known = people["work_type"].notna()
    assert known.sum() == pytest.approx(516, abs=10)
    assert (people.loc[known, "exit_reason"] == "paid_work").all()
    assert people["over_29_hours"].mean() == pytest.approx(0.45, abs=0.02)


def test_part_c_attains_the_goal_as_printed_for_men_and_women(people: pd.DataFrame) -> None:
    rows = people[(people["part"] == "c") & (people["status"] == "left")]
    shares = rows["attained"].astype(float).groupby(rows["male"].astype(bool)).mean()
    assert [shares[True], shares[False]] == pytest.approx([0.68, 0.51], abs=0.015)


def test_the_model_of_goal_attainment_has_as_many_complete_participants_as_printed(
    world: World, leavers: pd.DataFrame
) -> None:
    missing = everybody_reported(world)[2].loc[leavers.index]
    complete = leavers["followup_need"].notna() & ~missing["education"] & ~missing["jobbsjansen_absence"]
    assert complete.sum() == pytest.approx(580, abs=12)


def test_a_project_answers_the_survey_or_does_not(leavers: pd.DataFrame) -> None:
    assert (leavers.groupby("project_name")["followup_need"].std(ddof=0).fillna(0) == 0).all()
    assert np.isin(leavers["followup_need"].dropna(), [1, 2, 3, 4, 5]).all()
