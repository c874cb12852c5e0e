"""Which participants and covariates the estimates use, and that all methods that can be used are used."""

import numpy as np
import pandas as pd
import pytest

from helpers.study.fits.programme_effect.balance import (
    covariate_balance,
    effective_sizes,
    propensity_bins,
    smallest_groups,
)
from helpers.study.fits.programme_effect.benchmarks import sensitivity
from helpers.study.fits.programme_effect.data import FEWEST, effect_data, overlap_part
from helpers.study.fits.programme_effect.estimates import METHODS, effect_estimates
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.treatment import OVERLAP_LIMITS
from resultatbok.methods.weighting import propensity_model


def test_women_are_compared_without_a_column_for_gender(small_study: Study) -> None:
    data = effect_data(small_study, "women", "entry")
    assert (data["male"] == 0).all()
    assert "male" not in data["covariates"]
    assert "male" in effect_data(small_study, "all", "entry")["covariates"]


def test_what_came_after_entry_is_held_equal_only_where_all_is(small_study: Study) -> None:
    later = {"norwegian_level", "duration_months", "absence_high", "measure_ordinary_work_practice"}
    assert not later & set(effect_data(small_study, "women", "entry")["covariates"])
    assert later <= set(effect_data(small_study, "women", "all")["covariates"])


def test_the_overlap_holds_only_those_who_could_have_been_in_either(small_study: Study) -> None:
    data = effect_data(small_study, "women", "entry")
    part = overlap_part(data)
    propensity = propensity_model(data["treated"], data["covariates"]).fitted[part["row"]]
    assert propensity.between(*OVERLAP_LIMITS).all()
    assert part["treated"].value_counts().min() >= FEWEST
    assert part["outcome"].tolist() == data["outcome"][part["row"]].tolist()


def test_too_small_an_overlap_is_refused(small_study: Study) -> None:
    data = effect_data(small_study, "women", "entry")
    few = pd.Series(np.random.default_rng(1).random(len(data["outcome"])) < 0.15)
    part = {name: values[few].reset_index(drop=True) for name, values in data.items()}
    with pytest.raises(ModelError, match=r"in the overlap|did not converge|separated"):
        overlap_part(part)


def test_every_method_that_can_be_used_gives_an_estimate_with_an_interval(small_study: Study) -> None:
    table = effect_estimates(small_study)
    entry = table[(table["sample"] == "women") & (table["covariates"] == "entry")]
    assert entry["method"].tolist() == list(METHODS)
    assert (table["low"] < table["value"]).all() and (table["value"] < table["high"]).all()
    assert (table["n_treated"] < table["n"]).all()


def test_the_logistic_estimate_is_that_of_the_individual_model(small_study: Study) -> None:
    table = effect_estimates(small_study)
    found = table[(table["sample"] == "all") & (table["covariates"] == "all") & (table["method"] == "logit")].iloc[0]
    expected = small_study.individual_model.average_effect("scheme")
    assert found["value"] == pytest.approx(expected.value, abs=1e-9)


def test_a_dummy_counts_as_its_rarest_group_and_a_number_as_its_scheme() -> None:
    treated = pd.Series([1.0] * 10 + [0.0] * 20)
    columns = pd.DataFrame({"rare": [1.0] * 3 + [0.0] * 7 + [1.0] * 8 + [0.0] * 12, "age": np.arange(30.0)})
    assert smallest_groups(columns, treated).to_dict() == {"rare": 3, "age": 10}


def test_weights_cost_participants(small_study: Study) -> None:
    sizes = effective_sizes(small_study)
    plain = sizes[sizes["weights"] == "none"]
    assert plain["size"].tolist() == pytest.approx(plain["n"].tolist())
    weighted = sizes[sizes["weights"] == "overlap"]
    assert (weighted["size"].to_numpy() < plain["size"].to_numpy()).all()
    assert set(covariate_balance(small_study)["weights"]) <= {"none", "matching", "ipw", "overlap"}


def test_the_groups_of_propensities_count_the_women_of_each_scheme(small_study: Study) -> None:
    bins = propensity_bins(small_study)
    assert len(bins) == 20
    for _, part in bins.groupby("scheme"):
        assert part["count"].sum() == part["total"].iloc[0]


def test_leaving_a_block_out_changes_the_effect_as_refitting_does(small_study: Study) -> None:
    from resultatbok.methods.logit import fit_logit

    found = sensitivity(small_study, "entry")
    data = effect_data(small_study, "women", "entry")
    design = data["covariates"].drop(columns="education_level").assign(scheme=data["treated"])
    without = fit_logit(data["outcome"], design).average_effect("scheme").value
    assert found.blocks.loc["education", "effect"] == pytest.approx(without)
    assert found.blocks.loc["education", "change"] == pytest.approx(without - found.effect)
    assert (found.blocks[["treatment_ratio", "outcome_ratio", "bias_factor"]] >= 1).all(axis=None)
