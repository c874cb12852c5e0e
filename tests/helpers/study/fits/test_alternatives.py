"""The individual model with one decision taken differently."""

import pytest

from helpers.study.fits import alternatives
from helpers.study.specification import PRIMARY_SCHOOL, UPPER_SECONDARY
from helpers.study.study import Study


def test_municipalities_where_all_or_none_reach_the_goal_have_no_term(small_study: Study) -> None:
    shares = small_study.complete.groupby("municipality")["goal_attained"].transform("mean")
    version = alternatives.with_municipality_dummies(small_study)
    assert version.n == ((shares > 0) & (shares < 1)).sum()


def test_random_intercepts_rest_on_all_complete_cases_and_the_same_terms(small_study: Study) -> None:
    fit = alternatives.with_random_intercepts(small_study)
    assert fit.results.nobs == len(small_study.complete)
    assert list(fit.design) == list(small_study.individual_design)
    assert list(fit.results.group_sd.index) == ["municipality", "project"]


def test_the_school_measures_are_left_out_or_made_one(small_study: Study) -> None:
    whole = set(small_study.individual_design)
    models = {name: set(fit.design) for name, fit in alternatives.school_models(small_study).items()}
    assert whole - models["without_primary"] == {PRIMARY_SCHOOL}
    assert whole - models["without_upper_secondary"] == {UPPER_SECONDARY}
    assert whole - models["without_school"] == {PRIMARY_SCHOOL, UPPER_SECONDARY}
    assert models["school_combined"] - whole == {"measure_school_subjects"}
    combined = alternatives.school_models(small_study)["school_combined"].design["measure_school_subjects"]
    either = (small_study.complete[[PRIMARY_SCHOOL, UPPER_SECONDARY]] == 1).any(axis=1)
    assert (combined == either).all()


def test_the_main_version_is_the_individual_model(small_study: Study) -> None:
    fit = small_study.individual_model
    version = alternatives.of_logit(fit)
    assert version.coefficient.value == pytest.approx(fit.params["scheme"])
    assert version.p_value == pytest.approx(fit.terms["p_value"]["scheme"])
    assert version.effect == fit.average_effect("scheme")


def test_another_limit_of_absence_leaves_the_outcome_alone(small_study: Study) -> None:
    codings = alternatives.other_codings(small_study)
    own = alternatives.attainment_of_leavers(small_study.participants, 0.95)
    assert codings["absence_20_percent"].attainment.equals(own)
    assert codings["absence_20_percent"].version.effect != alternatives.of_logit(small_study.individual_model).effect
