"""The numbers of the robustness chapter are those of the registers and of the fits that they name."""

import pandas as pd
import pytest

from helpers.chapters.robustness import numbers
from helpers.chapters.robustness.terms import COMPLETE, EFFECT, GROSS, IMPUTED, MAIN, MODELS, named
from helpers.study.fits import alternatives
from helpers.study.fits.imputation import pooled_individual_model
from helpers.study.specification import OUTCOME, PRIMARY_SCHOOL, REQUIRED, UPPER_SECONDARY
from helpers.study.study import Study
from resultatbok.release.rows import lookup, normalise


def rows_of(make: object, study: Study) -> pd.DataFrame:
    return normalise("x", make(study))


def test_a_version_s_effect_and_coefficient_are_those_of_its_fit(small_study: Study) -> None:
    fit = small_study.individual_model_by_project
    own = numbers.version_rows(small_study, "main")
    assert lookup(own, statistic=EFFECT, group=MAIN)["value"] == pytest.approx(fit.average_effect("scheme").value)
    found = lookup(own, statistic="coefficient")
    assert found["value"] == pytest.approx(fit.params["scheme"])
    assert found["std_error"] == pytest.approx(fit.terms["std_error"]["scheme"])
    assert lookup(own, statistic="p_value")["value"] == pytest.approx(fit.terms["p_value"]["scheme"])
    assert (found["n"], found["sample"]) == (fit.n, "all")


def test_clustering_keeps_the_estimate_and_changes_its_error(small_study: Study) -> None:
    rows = numbers.dependence(small_study)
    pooled, clustered = (lookup(rows, statistic="coefficient", group=group) for group in (named("independent"), MAIN))
    assert clustered["value"] == pytest.approx(pooled["value"])
    assert clustered["std_error"] != pytest.approx(pooled["std_error"], rel=0.01)
    assert pooled["std_error"] == pytest.approx(small_study.individual_model.terms["std_error"]["scheme"])


def test_a_coding_that_is_the_cohort_s_own_is_not_tried(small_study: Study) -> None:
    own = {"wage_subsidy_attained", "end_reasons_missing", "norwegian_five_levels", "last_track", "absence_10_percent"}
    tried = set(numbers.coding_versions(small_study)["group"]) - {MAIN}
    assert tried == {named(name) for name in set(alternatives.CODINGS) - own}


def test_other_end_reasons_change_who_is_counted(small_study: Study) -> None:
    rows, participants = rows_of(numbers.denominator_versions, small_study), small_study.participants
    introduction = participants[participants["scheme"] == "introduction"]
    counted = {group: lookup(rows, scheme="introduction", group=group)["n"] for group in rows["group"].unique()}
    assert counted["version=end_reasons_not_attained"] == len(introduction)
    assert counted[""] == introduction["goal_attained"].notna().sum() < len(introduction)
    assert set(counted) == {"", "version=wage_subsidy_not_attained", "version=end_reasons_not_attained"}
    assert set(rows["sample"]) == {GROSS}


def test_the_share_that_lacks_something_is_that_of_the_registers(small_study: Study) -> None:
    rows, people = rows_of(numbers.missing_by_group, small_study), small_study.participants
    lacks = people[["education_level", "norwegian_level"]].isna().any(axis=1)
    of_women = lookup(rows, statistic="share", group="gender=female")
    assert of_women["value"] == pytest.approx(lacks[people["male"] == 0].mean())
    assert of_women["sample"] == GROSS
    of_scheme = lookup(rows, statistic="share", scheme="jobbsjansen", term="missing_education_or_norwegian")
    assert of_scheme["value"] == pytest.approx(lacks[people["scheme"] == "jobbsjansen"].mean())
    sizes = rows[rows["statistic"] == "count"].set_index(["sample", "scheme"])["value"]
    assert sizes[GROSS, "both"] == len(people) == sizes[GROSS, "introduction"] + sizes[GROSS, "jobbsjansen"]
    assert sizes["all", "both"] == len(small_study.complete)


def test_those_left_out_and_the_complete_cases_are_everybody(small_study: Study) -> None:
    rows, people = rows_of(numbers.missing_means, small_study), small_study.participants
    complete = people[list(REQUIRED)].notna().all(axis=1)
    for missing, chosen in (("no", complete), ("yes", ~complete)):
        found = lookup(rows, statistic="mean", term="age", group=f"missing={missing}")
        assert found["value"] == pytest.approx(people.loc[chosen, "age"].mean())
        assert found["sample"] == {"no": "all", "yes": "with_missing"}[missing]


def test_everybody_with_a_counted_outcome_is_in_the_imputed_model(small_study: Study) -> None:
    rows, people = rows_of(numbers.imputation, small_study), small_study.participants
    counted = people[people[OUTCOME].notna()]
    assert lookup(rows, statistic="count", term="imputed")["value"] == counted[list(REQUIRED)].isna().any(axis=1).sum()
    coefficients = rows[rows["statistic"] == "coefficient"]
    terms = [list(coefficients.loc[coefficients["group"] == group, "term"]) for group in (COMPLETE, IMPUTED)]
    assert terms[0] == terms[1] == list(small_study.individual_model.terms.index)
    assert set(coefficients.loc[coefficients["group"] == IMPUTED, "n"]) == {len(counted)}
    effects = rows[rows["statistic"] == EFFECT].set_index("group")["value"]
    assert effects[IMPUTED] == pytest.approx(pooled_individual_model(small_study).effects["value"]["scheme"])


def test_most_information_is_lost_on_what_is_most_often_missing(small_study: Study) -> None:
    rows = numbers.imputation(small_study)
    rows = rows[rows["statistic"] == "fraction_missing_information"]
    assert set(zip(rows["group"], rows["sample"], strict=True)) == {(IMPUTED, GROSS)}
    lost = rows.set_index("term")["value"]
    assert set(lost.nlargest(2).index) == {"education_level", "norwegian_level"}
    assert lost.between(0, 1).all()


def test_the_women_s_models_have_no_term_for_gender(small_study: Study) -> None:
    rows = numbers.women_models(small_study)
    assert "male" not in set(rows["term"])
    assert set(rows["sample"]) == {"women"}
    assert list(rows["group"].str.partition(";")[0].unique()) == [f"model={model}" for model in MODELS]


def test_the_school_measures_inflate_each_other_s_variance_most(small_study: Study) -> None:
    rows = numbers.variance_inflation(small_study)
    individual = rows[rows["group"] == "model=individual"].set_index("term")["value"]
    assert set(individual.nlargest(2).index) == {PRIMARY_SCHOOL, UPPER_SECONDARY}
    assert "origin" in individual.index
    assert set(rows["sample"]) == {"all", "municipality_years_10plus", "projects_10plus"}


def test_correlations_are_over_municipality_years_with_enough_leavers(small_study: Study) -> None:
    rows, study = numbers.municipal_correlations(small_study), small_study
    leavers = study.participants.groupby(["municipality", "end_year"]).size()
    large = leavers[leavers >= study.cohort.analysis.multilevel_min_participants]
    years = study.registers.municipality_years.set_index(["municipality", "year"])
    used = years[years.index.isin(large.index)]
    found = lookup(rows, term="immigrant_share~population")
    assert found["value"] == pytest.approx(used["immigrant_share"].corr(used["population"]))
    assert found["n"] == len(used) == len(large)


def test_the_overlap_counts_each_participant_once(small_study: Study) -> None:
    rows = numbers.school_overlap(small_study)
    had = small_study.complete[[PRIMARY_SCHOOL, UPPER_SECONDARY]]
    share = lookup(rows, statistic="share")
    assert share["n"] == (had.max(axis=1) == 1).sum() == rows.loc[rows["statistic"] == "count", "value"].sum()
    assert share["value"] == pytest.approx((had.min(axis=1) == 1).sum() / share["n"])


def test_leaving_a_school_measure_out_is_tested_against_the_main_model(small_study: Study) -> None:
    rows = numbers.school_measures(small_study)
    tested = rows[(rows["term"] == "likelihood_ratio") & (rows["statistic"] == "p_value")]["group"]
    assert list(tested) == [named(name) for name in ("without_primary", "without_upper_secondary", "without_school")]
    whole = small_study.individual_model
    for name in ("without_primary", "without_school"):
        fit = alternatives.school_models(small_study)[name]
        found = lookup(rows, statistic="chi2", group=named(name))
        assert found["value"] == pytest.approx(2 * (whole.llf - fit.llf))
