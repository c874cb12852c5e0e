"""Missing values, women only, collinearity and the school measures: the numbers are those of the registers."""

import pandas as pd
import pytest

from helpers.chapters.common.version_rows import MAIN
from helpers.chapters.robustness.robustness_collinearity import municipal_correlations, variance_inflation, vif_finding
from helpers.chapters.robustness.robustness_imputation import imputation, imputation_finding
from helpers.chapters.robustness.robustness_missing import missing_by_group, missing_means
from helpers.chapters.robustness.robustness_school import school_finding, school_measures, school_overlap
from helpers.chapters.robustness.robustness_women import women_finding, women_models
from helpers.study.fits.imputation import pooled_individual_model
from helpers.study.specification import OUTCOME, REQUIRED
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def test_the_share_that_lacks_something_is_that_of_the_registers(desk: Desk) -> None:
    rows, people = missing_by_group(desk).rows, desk.study.participants
    lacks = people[["education_level", "norwegian_level"]].isna().any(axis=1)
    of_women = lookup(rows, statistic="share", group="gender=female")
    assert of_women["value"] == pytest.approx(lacks[people["male"] == 0].mean())
    assert of_women["sample"] == "all_gross"
    of_scheme = lookup(rows, statistic="share", scheme="jobbsjansen", term="missing_education_or_norwegian")
    assert of_scheme["value"] == pytest.approx(lacks[people["scheme"] == "jobbsjansen"].mean())


def test_those_left_out_and_the_complete_cases_are_everybody(desk: Desk) -> None:
    rows, people = missing_means(desk).rows, desk.study.participants
    complete = people[list(REQUIRED)].notna().all(axis=1)
    for missing, chosen in (("no", complete), ("yes", ~complete)):
        found = lookup(rows, statistic="mean", term="age", group=f"missing={missing}")
        assert found["value"] == pytest.approx(people.loc[chosen, "age"].mean())
        assert found["sample"] == {"no": "all", "yes": "with_missing"}[missing]


def test_everybody_with_a_counted_outcome_is_in_the_imputed_model(desk: Desk) -> None:
    people = desk.study.participants
    model = pooled_individual_model(desk.study)
    counted = people[people[OUTCOME].notna()]
    assert model.n == len(counted)
    assert model.n_imputed == counted[list(REQUIRED)].isna().any(axis=1).sum()
    assert list(model.terms.index) == list(desk.study.individual_model.terms.index)


def test_most_information_is_lost_on_what_is_most_often_missing(desk: Desk) -> None:
    lost = imputation(desk).rows.query("statistic == 'fraction_missing_information'").set_index("term")["value"]
    assert set(lost.nlargest(2).index) == {"education_level", "norwegian_level"}
    assert lost.between(0, 1).all()


def effect(value: float, half: float) -> pd.Series:
    return pd.Series({"value": value, "low": value - half, "high": value + half})


@pytest.mark.parametrize(
    ("value", "half", "parts"),
    [
        (11.0, 2.0, ("a narrower interval", "lies within the uncertainty")),
        (11.0, 5.0, ("an interval that is no narrower", "lies within the uncertainty")),
        (16.0, 2.0, ("a narrower interval", "is larger than the uncertainty")),
    ],
)
def test_the_sentence_on_imputation_follows_its_numbers(value: float, half: float, parts: tuple[str, str]) -> None:
    said = imputation_finding(WORDS, effect(10.0, 4.0), effect(value, half))
    assert all(part in said for part in parts)


def test_the_women_s_models_have_no_term_for_gender(desk: Desk) -> None:
    rows = women_models(desk).rows
    assert "male" not in set(rows["term"])
    assert set(rows["sample"]) == {"women"}
    assert set(rows["group"].str.partition(";")[0]) == {
        f"model={m}" for m in ("individual", "municipality", "project", "full")
    }


def test_the_women_s_sentence_parts_the_models_by_what_they_say(desk: Desk) -> None:
    rows = women_models(desk).rows.copy()
    effects = rows["statistic"] == "average_marginal_effect"
    rows.loc[effects, ["low", "high"]] = [(1.0, 2.0), (-2.0, -1.0), (-1.0, 1.0), (1.0, 2.0)]
    said = women_finding(WORDS, rows)
    assert "ahead in: Individual model and Full three-level model." in said
    assert "behind in: Municipality model." in said
    assert "cannot be told apart in: Project model." in said


def test_the_school_measures_inflate_each_other_s_variance_most(desk: Desk) -> None:
    rows = variance_inflation(desk).rows
    individual = rows[rows["group"] == "model=individual"].set_index("term")["value"]
    assert set(individual.nlargest(2).index) == {"measure_primary_school_subjects", "measure_upper_secondary_subjects"}
    assert "origin" in individual.index
    assert set(rows["sample"]) == {"all", "municipality_years_10plus", "projects_10plus"}


@pytest.mark.parametrize(("largest", "said"), [(10.0, "No term lies above 10"), (10.1, "Above 10 lie: Age.")])
def test_the_limit_of_inflation_is_ten(largest: float, said: str) -> None:
    factors = pd.DataFrame({"term": ["age", "male"], "value": [largest, 1.5]})
    assert vif_finding(WORDS, factors).startswith(said)


def test_correlations_are_over_municipality_years_with_enough_leavers(desk: Desk) -> None:
    rows, study = municipal_correlations(desk).rows, desk.study
    leavers = study.participants.groupby(["municipality", "end_year"]).size()
    large = leavers[leavers >= study.cohort.analysis.multilevel_min_participants]
    years = study.registers.municipality_years.set_index(["municipality", "year"])
    used = years[years.index.isin(large.index)]
    found = lookup(rows, term="immigrant_share~population")
    assert found["value"] == pytest.approx(used["immigrant_share"].corr(used["population"]))
    assert found["n"] == len(used) == len(large)


def test_the_overlap_counts_each_participant_once(desk: Desk) -> None:
    rows = school_overlap(desk).rows
    people = desk.study.complete
    had = people[["measure_primary_school_subjects", "measure_upper_secondary_subjects"]].max(axis=1) == 1
    assert lookup(rows, statistic="share")["n"] == had.sum()


def test_leaving_a_school_measure_out_is_tested_against_the_main_model(desk: Desk) -> None:
    rows = school_measures(desk).rows
    tested = rows[rows["term"] == "likelihood_ratio"]["group"].unique()
    assert {group.rpartition("=")[2] for group in tested} == {
        "without_primary",
        "without_upper_secondary",
        "without_school",
    }


def test_the_sentence_on_the_school_measures_follows_the_signs(desk: Desk) -> None:
    rows = school_measures(desk).rows.copy()
    coefficients = rows["statistic"] == "coefficient"
    rows.loc[coefficients, ["low", "high"]] = [-2.0, -1.0]
    upper = coefficients & (rows["term"] == "measure_upper_secondary_subjects") & (rows["group"] == MAIN)
    rows.loc[upper, ["low", "high"]] = [-1.0, 1.0]
    said = school_finding(WORDS, rows)
    assert "Primary education for adults: a negative coefficient with" in said
    assert "Upper secondary education: a coefficient that cannot be told apart from zero with" in said
