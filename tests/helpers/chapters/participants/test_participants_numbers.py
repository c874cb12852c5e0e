"""Numbers of who takes part, against plain counting."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from support import ROOT

from helpers.chapters.common.evaluation_numbers import by_part
from helpers.chapters.measures.numbers import evaluation_norwegian
from helpers.chapters.participants import numbers
from helpers.chapters.results.numbers import evaluation_exits, evaluation_odds
from helpers.study.missing import MissingData
from helpers.study.study import Study
from resultatbok.release.ledger import lookup
from resultatbok.release.rows import normalise


def true(make: Callable[[Study], pd.DataFrame], study: Study) -> pd.DataFrame:
    return normalise(make.__name__, make(study))


@pytest.fixture
def details(small_study: Study) -> pd.DataFrame:
    return small_study.registers.jobbsjansen_details


@pytest.mark.parametrize("part", ["a", "c"])
@pytest.mark.parametrize("year", [2017, 2020])
def test_who_is_in_the_programme_in_a_year(small_study: Study, details: pd.DataFrame, part: str, year: int) -> None:
    rows = true(numbers.evaluation_participants, small_study)
    own = details[details["part"] == part]
    inside = [
        person.start_year <= year and (person.year >= year or person.status != "left") for person in own.itertuples()
    ]
    assert lookup(rows, group=f"year={year}", sample=f"part_{part}")["value"] == sum(inside)
    assert lookup(rows, group="", sample=f"part_{part}")["value"] == len(own)


def test_age_groups_hold_those_of_their_ages(small_study: Study, details: pd.DataFrame) -> None:
    rows = true(numbers.evaluation_ages, small_study)
    ages = details.loc[details["part"] == "a", "age"].dropna()
    for name, low, high in (("age_18_24", 18, 24), ("age_25_29", 25, 29), ("age_50_plus", 50, 200)):
        found = lookup(rows, group=f"age_group={name}", sample="part_a")
        assert found["value"] == pytest.approx(ages.between(low, high).sum() / len(ages))
    middle = lookup(rows, group="age_group=age_30_44", sample="part_a")
    assert middle["value"] == pytest.approx(ages.between(30, 44).mean())


def test_schooling_is_grouped_as_begun_or_completed(small_study: Study, details: pd.DataFrame) -> None:
    rows = true(numbers.evaluation_schooling, small_study)
    known = details.loc[details["part"] == "a", "education_detailed"].dropna()
    for name, levels in (("none_or_informal_only", [1, 2]), ("higher_begun_or_completed", [9, 10])):
        found = lookup(rows, group=f"education_level={name}", sample="part_a", term="participant_share")
        assert (found["value"], found["n"]) == (pytest.approx(known.isin(levels).mean()), len(known))
    assert lookup(rows, group="education_level=higher_completed", sample="part_a")["value"] == (known == 10).mean()


def test_background_tells_of_women_and_of_time(small_study: Study, details: pd.DataFrame) -> None:
    rows = true(numbers.evaluation_background, small_study)
    own = details[details["part"] == "a"]
    women = lookup(rows, group="gender=women", sample="part_a", term="participant_share")
    assert women["value"] == pytest.approx((own["male"] == 0).sum() / own["male"].notna().sum())
    reunified = lookup(rows, sample="part_a", term="reunified_with_norwegian_or_nordic_citizen")
    assert reunified["value"] == pytest.approx(own.loc[own["male"] == 0, "reunified_nordic"].mean())
    left = own[own["status"] == "left"]
    assert lookup(rows, term="duration_months")["value"] == pytest.approx(left["duration_months"].mean())


def test_the_most_common_countries_are_counted(small_study: Study, details: pd.DataFrame) -> None:
    rows = true(numbers.evaluation_countries, small_study)
    own = details.loc[details["part"] == "a", "country"]
    together = lookup(rows, group="country_of_origin=ten_most_common_countries")
    assert together["value"] * together["n"] == pytest.approx(own.value_counts().head(10).sum())


def test_groups_of_countries_are_those_of_their_codes(small_study: Study, details: pd.DataFrame) -> None:
    rows = true(numbers.evaluation_countries, small_study)
    codes = pd.read_csv(ROOT / "data" / "coding" / "countries.csv", keep_default_na=False).set_index("country")["iso"]
    own = details[details["part"] == "a"].assign(iso=details["country"].map(codes[~codes.index.duplicated()]))
    women = own.loc[(own["male"] == 0) & own["iso"].isin(["PH", "TH"]), "reunified_nordic"]
    reunified = lookup(rows, group="gender=women;origin=philippines_and_thailand")
    assert (reunified["value"], reunified["n"]) == pytest.approx((women.mean(), women.notna().sum()))
    level = own.loc[own["iso"] == "ER", "norwegian_start"].dropna()
    high = lookup(rows, group="country=eritrea;norwegian_level_at_start=b_level")
    assert (high["value"], high["n"]) == pytest.approx((level.isin([4, 5]).mean(), len(level)))


def test_a_part_that_nobody_is_in_is_left_out(details: pd.DataFrame) -> None:
    assert [sample for sample, _ in by_part(details)] == ["part_a", "part_c"]
    assert [sample for sample, _ in by_part(details[details["part"] == "c"])] == ["part_c"]


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (numbers.evaluation_participants, "start_year"),
        (numbers.evaluation_schooling, "education_detailed"),
        (numbers.evaluation_income, "income_before"),
        (numbers.evaluation_countries, "country"),
        (evaluation_norwegian, "norwegian_end"),
        (evaluation_exits, "exit_reason"),
        (evaluation_odds, "followup_need"),
    ],
)
def test_a_delivery_without_a_variable_is_told_which(
    small_study: Study, make: Callable[[Study], pd.DataFrame], column: str
) -> None:
    lacking = Study(small_study.cohort)
    details = small_study.registers.jobbsjansen_details.assign(**{column: np.nan})
    lacking.registers = replace(small_study.registers, jobbsjansen_details=details)
    with pytest.raises(MissingData, match=column):
        make(lacking)
