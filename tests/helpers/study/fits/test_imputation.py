"""What enters the imputation of the individual model."""

import pytest

from helpers.study.fits.imputation import imputation_data, pooled_individual_model
from helpers.study.study import Study


def test_the_outcome_predicts_and_the_scheme_is_a_stratum(small_study: Study) -> None:
    counted = small_study.participants.dropna(subset=["goal_attained"])
    data = imputation_data(counted)
    assert "goal_attained" in data
    assert "scheme" not in data
    assert not data["goal_attained"].isna().any()


def test_a_municipality_s_shares_are_those_of_its_leavers(small_study: Study) -> None:
    counted = small_study.participants.dropna(subset=["goal_attained"])
    data = imputation_data(counted)
    place = counted["municipality"].mode().item()
    there = counted["municipality"] == place
    assert data.loc[there, "municipality_attained"].iloc[0] == pytest.approx(counted.loc[there, "goal_attained"].mean())
    known = counted.loc[there, ["education_level", "norwegian_level"]].notna().all(axis=1)
    assert data.loc[there, "municipality_known"].unique().tolist() == pytest.approx([known.mean()])


def test_imputing_keeps_the_scheme_s_effect_near_that_of_the_complete_cases(small_study: Study) -> None:
    """Nothing but chance parts the two in registers where values are missing at random."""
    complete = small_study.individual_model_by_project.average_effect("scheme")
    pooled = pooled_individual_model(small_study)
    assert abs(pooled.effects["value"]["scheme"] - complete.value) < 2 * complete.std_error
    assert pooled.terms["std_error"]["scheme"] < small_study.individual_model.terms["std_error"]["scheme"]
    assert pooled.terms_by_project["value"].equals(pooled.terms["value"])
