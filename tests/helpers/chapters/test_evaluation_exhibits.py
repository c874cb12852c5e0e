"""The exhibits of the 2019 evaluation: their keys and numbers against plain counting, and what they say."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from helpers.chapters.evaluation import (
    evaluation_countries,
    evaluation_measures,
    evaluation_participants,
    evaluation_regression,
    evaluation_results,
)
from helpers.chapters.evaluation.evaluation_regression import beside_finding, left_out_finding, search_note
from helpers.chapters.evaluation.evaluation_rows import DetailsMissing, parts_in, sample
from helpers.study.fits.evaluation_model import Leavers
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.release.ledger import Ledger, lookup
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def without(study: Study, *columns: str) -> Desk:
    """A desk on a delivery that lacks some variables of Jobbsjansen."""
    details = study.registers.jobbsjansen_details.assign(**dict.fromkeys(columns, np.nan))
    lacking = Study(study.cohort)
    lacking.registers = replace(study.registers, jobbsjansen_details=details)
    return Desk(lacking, Ledger(DisclosurePolicy()), WORDS)


def true(desk: Desk, make: Callable[[Desk], Exhibit]) -> pd.DataFrame:
    """An exhibit's rows before disclosure control."""
    make(desk)
    return desk.ledger.true_rows


@pytest.fixture
def details(small_study: Study) -> pd.DataFrame:
    return small_study.registers.jobbsjansen_details


@pytest.mark.parametrize("part", ["a", "c"])
@pytest.mark.parametrize("year", [2017, 2020])
def test_who_is_in_the_programme_in_a_year(desk: Desk, details: pd.DataFrame, part: str, year: int) -> None:
    rows = true(desk, evaluation_participants.by_year)
    own = details[details["part"] == part]
    inside = [
        person.start_year <= year and (person.year >= year or person.status != "left") for person in own.itertuples()
    ]
    found = lookup(rows, statistic="count", group=f"year={year}", sample=sample(part))
    assert found["value"] == sum(inside)
    assert lookup(rows, statistic="count", group="", sample=sample(part))["value"] == len(own)


def test_age_groups_hold_those_of_their_ages(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_participants.ages)
    ages = details.loc[details["part"] == "a", "age"].dropna()
    for name, low, high in (("age_18_24", 18, 24), ("age_25_29", 25, 29), ("age_50_plus", 50, 200)):
        found = lookup(rows, group=f"age_group={name}", sample="part_a")
        assert found["value"] == pytest.approx(ages.between(low, high).sum() / len(ages))
    middle = lookup(rows, group="age_group=age_30_44", sample="part_a")
    assert middle["value"] == pytest.approx(ages.between(30, 44).mean())


def test_schooling_is_grouped_as_begun_or_completed(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_participants.schooling)
    known = details.loc[details["part"] == "a", "education_detailed"].dropna()
    for name, levels in (("none_or_informal_only", [1, 2]), ("higher_begun_or_completed", [9, 10])):
        found = lookup(rows, group=f"education_level={name}", sample="part_a", term="participant_share")
        assert (found["value"], found["n"]) == (pytest.approx(known.isin(levels).mean()), len(known))
    assert lookup(rows, group="education_level=higher_completed", sample="part_a")["value"] == (known == 10).mean()


def test_background_tells_of_women_and_of_time(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_participants.background)
    own = details[details["part"] == "a"]
    women = lookup(rows, group="gender=women", sample="part_a", term="participant_share")
    assert women["value"] == pytest.approx((own["male"] == 0).sum() / own["male"].notna().sum())
    reunified = lookup(rows, sample="part_a", term="reunified_with_norwegian_or_nordic_citizen")
    assert reunified["value"] == pytest.approx(own.loc[own["male"] == 0, "reunified_nordic"].mean())
    left = own[own["status"] == "left"]
    assert lookup(rows, term="duration_months")["value"] == pytest.approx(left["duration_months"].mean())


def test_the_most_common_countries_are_counted(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_countries.countries)
    own = details.loc[details["part"] == "a", "country"]
    together = lookup(rows, group="country_of_origin=ten_most_common_countries")
    known = int(together["n"])
    assert together["value"] * known == pytest.approx(own.value_counts().head(10).sum(), abs=0.005 * known)


def test_a_country_has_its_name_in_the_reader_s_language() -> None:
    assert evaluation_countries.country_name(Wording("nb"), "ET") == "Etiopia"
    assert evaluation_countries.country_name(WORDS, "ET") == "Ethiopia"


def test_measures_are_counted_by_type(desk: Desk, small_study: Study, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_measures.measures_by_type)
    left = details[(details["status"] == "left") & (details["part"] == "a")]
    measures = small_study.registers.jobbsjansen_measures.reindex(left.index)
    coding = pd.read_csv("data/coding/single_measures.csv").set_index("code")["category"]
    language = [code for code in measures if coding[code] == "language"]
    found = lookup(rows, statistic="mean", group="category=language", sample="part_a")
    assert found["value"] == pytest.approx(measures[language].sum(axis=1).mean())
    assert lookup(rows, statistic="mean", group="", sample="part_a")["value"] == pytest.approx(
        measures.sum(axis=1).mean()
    )


def test_the_most_used_measure_has_the_first_rank(desk: Desk, small_study: Study, details: pd.DataFrame) -> None:
    exhibit = evaluation_measures.most_used(desk)
    rows = desk.ledger.true_rows
    left = details[(details["status"] == "left") & (details["part"] == "a")]
    shares = small_study.registers.jobbsjansen_measures.reindex(left.index).mean()
    code = shares.idxmax()
    assert lookup(rows, statistic="share", group=f"measure={code}", sample="part_a")["value"] == shares.max()
    assert lookup(rows, statistic="rank_max", group=f"measure={code}", sample="part_a")["value"] == 1
    assert exhibit.phrases["share_most_used_measure"] == WORDS.percent(shares.max())


def test_norwegian_at_the_start_is_of_those_whose_level_is_known(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_measures.norwegian)
    left = details[(details["status"] == "left") & (details["part"] == "a")]
    known = left["norwegian_start"].dropna()
    low = lookup(rows, group="norwegian_level_at_start=a1_or_lower")
    assert (low["value"], low["n"]) == (pytest.approx((known <= 2).mean()), len(known))
    assert lookup(rows, group="norwegian_level_at_end=b1")["value"] == pytest.approx(
        (left["norwegian_end"].dropna() == 4).mean()
    )


def test_results_are_shares_of_those_who_left_in_the_year(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_results.results_by_year)
    left = details[(details["status"] == "left") & (details["part"] == "a") & (details["year"] == 2020)]
    goal = lookup(rows, statistic="share", group="year=2020", term="goal_attainment", sample="part_a")
    assert goal["value"] == pytest.approx(left["goal_attained"].mean())
    work = lookup(rows, statistic="share", group="year=2020", term="transition_to_work", sample="part_a")
    assert work["value"] == pytest.approx((left["transition"].dropna() == "work").mean())
    change = lookup(rows, statistic="difference_pp")
    first = details[(details["status"] == "left") & (details["part"] == "a") & (details["year"] == 2017)]
    gained = left["goal_attained"].mean() - first["goal_attained"].mean()
    assert (change["value"], change["group"]) == (pytest.approx(100 * gained), "years=2020_minus_2017")


def test_reasons_for_leaving_are_those_of_the_last_year(desk: Desk, details: pd.DataFrame) -> None:
    rows = true(desk, evaluation_results.exit_reasons)
    left = details[(details["status"] == "left") & (details["part"] == "a") & (details["year"] == 2020)]
    found = lookup(rows, statistic="share", group="main_exit_reason=paid_work;year=2020", sample="part_a")
    assert found["value"] == pytest.approx((left["exit_reason"].dropna() == "paid_work").mean())


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.1, 4.0, "rose by"), (0.0, 4.0, "cannot be told apart"), (-4.0, 0.0, "cannot be told"), (-4.0, -0.1, "fell by")],
)
def test_a_change_is_told_as_one_when_its_interval_leaves_zero(low: float, high: float, expected: str) -> None:
    change = pd.Series({"value": (low + high) / 2, "low": low, "high": high})
    assert expected in evaluation_results.change_finding(WORDS, change)


def test_one_year_has_no_change() -> None:
    assert "one year" in evaluation_results.change_finding(WORDS, None)


def test_the_regression_s_numbers_are_the_model_s(desk: Desk) -> None:
    exhibit = evaluation_regression.odds_of_the_goal(desk)
    model = evaluation_regression.evaluation(desk)
    ratio = lookup(exhibit.rows, statistic="odds_ratio", term="absence")
    assert ratio["value"] == pytest.approx(np.exp(model.fit.terms.loc["absence", "coefficient"]))
    assert lookup(exhibit.rows, statistic="count", term="observations")["value"] == model.fit.n
    effects = evaluation_regression.effects_on_the_goal(desk)
    assert len(effects.rows) == model.fit.design.shape[1]
    tested = evaluation_regression.tested_beside(desk).rows
    assert tested["value"].is_monotonic_increasing
    assert lookup(tested, term="age")["value"] == pytest.approx(model.beside["age"])


@pytest.mark.parametrize(
    ("make", "column"),
    [
        (evaluation_participants.by_year, "start_year"),
        (evaluation_participants.schooling, "education_detailed"),
        (evaluation_participants.income, "income_before"),
        (evaluation_countries.countries, "country"),
        (evaluation_measures.norwegian, "norwegian_end"),
        (evaluation_results.exit_reasons, "exit_reason"),
        (evaluation_regression.odds_of_the_goal, "followup_need"),
    ],
)
def test_a_delivery_without_a_variable_is_told_which(
    small_study: Study, make: Callable[[Desk], Exhibit], column: str
) -> None:
    with pytest.raises(DetailsMissing, match=column):
        make(without(small_study, column))


def test_a_part_that_nobody_is_in_is_left_out(desk: Desk, details: pd.DataFrame) -> None:
    assert parts_in(details) == ["a", "c"]
    assert parts_in(details[details["part"] == "a"]) == ["a"]


def test_what_is_left_out_is_told_with_the_projects_that_did_not_answer() -> None:
    leavers = Leavers(n=916, projects=27, n_unanswered=306, projects_unanswered=5)
    assert left_out_finding(WORDS, leavers, 569) == (
        "The other 347 are left out; 306 of them were in the 5 of 27 projects that did not answer the survey."
    )
    assert left_out_finding(WORDS, leavers, 916) == "Nobody is left out."


def test_variables_told_apart_beside_the_model_are_named() -> None:
    assert "none can be told apart" in beside_finding(WORDS, 23, [])
    assert "Of 23 such variables, 2 can be told apart" in beside_finding(WORDS, 23, ["age", "measure package"])
    assert beside_finding(WORDS, 23, ["age", "measure package"]).endswith("here: age and measure package.")


def test_invented_outcomes_are_said_to_be_no_evidence() -> None:
    assert "no evidence" in search_note(WORDS, synthetic=True)
    assert "partly chance" in search_note(WORDS, synthetic=False)
