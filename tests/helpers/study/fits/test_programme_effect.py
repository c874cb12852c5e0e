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
from helpers.study.fits.programme_effect.data import (
    FEWEST,
    columns_of_blocks,
    effect_data,
    effect_on_treated,
    overlap_of,
    overlap_part,
    part_of,
)
from helpers.study.fits.programme_effect.declared import PANDEMIC_YEAR, declared
from helpers.study.fits.programme_effect.estimates import METHODS, effect_estimates
from helpers.study.fits.programme_effect.outside import outside
from helpers.study.fits.programme_effect.unmeasured import CONTOURS, unmeasured
from helpers.study.specification import main_columns
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.sensitivity import block_strength, linear_sensitivity, strength_bounds
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


def by_hand(study: Study, kept: pd.Series | None = None) -> float:
    """Predicted minus counterfactual share of the treated women, from a fit of their own."""
    women = study.complete[study.complete["male"] == 0].reset_index(drop=True)
    columns = main_columns(women, study.cohort.analysis)
    design = columns.assign(scheme=(women["scheme"] == "jobbsjansen").astype(float))
    rows = pd.Series(True, index=women.index) if kept is None else kept
    design = design[rows].loc[:, design[rows].std() > 0]
    fit = fit_logit(women["goal_attained"][rows], design)
    treated = design[design["scheme"] == 1]
    shares = [fit.predict(treated.assign(scheme=z))["probability"].mean() for z in (1.0, 0.0)]
    return shares[0] - shares[1]


def test_the_declared_effect_is_the_mean_change_of_the_treated_womens_probability(small_study: Study) -> None:
    found = declared(small_study).effects
    assert found.loc["treated", "value"] == pytest.approx(by_hand(small_study), abs=1e-7)
    logit = effect_estimates(small_study).iloc[0]
    assert (logit["method"], logit["estimand"]) == ("logit", "att")
    assert found.loc["treated", ["value", "low", "high"]].tolist() == logit[["value", "low", "high"]].tolist()
    within = effect_estimates(small_study).iloc[2]
    assert found.loc["within_municipality", ["value", "low"]].tolist() == within[["value", "low"]].tolist()


def test_each_target_is_about_its_own_women(small_study: Study) -> None:
    data, found = effect_data(small_study, "women", "entry"), declared(small_study)
    both = data["treated"].groupby(data["municipality"]).transform("nunique") == 2
    earlier = data["end_year"] < PANDEMIC_YEAR
    assert found.effects.loc["before_pandemic", "value"] == pytest.approx(by_hand(small_study, earlier), abs=1e-7)
    sizes = {"same_municipality": both, "within_municipality": both, "before_pandemic": earlier}
    for target, rows in sizes.items():
        assert found.effects.loc[target, ["n", "n_treated"]].tolist() == [rows.sum(), data["treated"][rows].sum()]
    inside = overlap_of(data)
    assert found.effects.loc["comparable", "n_treated"] == data["treated"][inside].sum()
    assert found.effects.loc["same_municipality", "value"] == pytest.approx(
        effect_on_treated(part_of(data, both), 0.95).value
    )


def test_the_years_are_those_of_the_women_and_add_up(small_study: Study) -> None:
    data, found = effect_data(small_study, "women", "entry"), declared(small_study)
    counted = data["treated"].groupby(data["end_year"]).sum()
    assert found.by_year["n_treated"].to_dict() == counted.astype(int).to_dict()
    assert 0 < found.years_differ < 1


def test_bounds_are_as_wide_as_the_share_outside_the_overlap(small_study: Study) -> None:
    data, found = effect_data(small_study, "women", "entry"), declared(small_study)
    assert found.bounds is not None
    out = 1 - overlap_of(data)[data["treated"] == 1].mean()
    assert found.bounds.upper - found.bounds.lower == pytest.approx(out)
    assert found.bounds.low < found.bounds.lower


def test_without_anybody_comparable_the_other_targets_stay(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    from helpers.study.fits.programme_effect import declared as module

    def refuse(data: object) -> None:
        raise ModelError("nobody is comparable")

    monkeypatch.setattr(module, "overlap_part", refuse)
    found = module._declared.__wrapped__(effect_data(small_study, "women", "entry"), 0.95)
    assert found.bounds is None
    assert list(found.effects.index) == ["treated", "same_municipality", "before_pandemic", "within_municipality"]


def test_who_is_outside_is_told_by_columns_that_mean_something(small_study: Study) -> None:
    data, found = effect_data(small_study, "women", "entry"), outside(small_study)
    cases, inside = data["treated"] == 1, overlap_of(data)
    assert found.sizes == {
        "outside": (cases & ~inside).sum(),
        "inside": (cases & inside).sum(),
        "untreated": (~cases).sum(),
    }
    years = data["covariates"]["years_in_norway"]
    assert found.profile.loc["years_in_norway", "outside"] == pytest.approx(years[cases & ~inside].mean())
    assert not found.profile.index.str.endswith("'").any()
    assert found.separation.index[0] == "years_in_norway"
    assert (found.profile["smallest"] <= min(found.sizes["outside"], found.sizes["inside"])).all()


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
    found, data = unmeasured(small_study), effect_data(small_study, "women", "entry")
    without = data | {"covariates": data["covariates"].drop(columns=columns_of_blocks(small_study, data)["education"])}
    assert found.blocks.loc["education", "without"] == pytest.approx(effect_on_treated(without, 0.95).value)
    change = found.blocks.loc["education", "without"] - declared(small_study).effects.loc["treated", "value"]
    assert found.blocks.loc["education", "change"] == pytest.approx(change)


def test_a_trait_as_strong_as_a_block_leaves_what_its_bounds_leave(small_study: Study) -> None:
    found, data = unmeasured(small_study), effect_data(small_study, "women", "entry")
    own = {name: data[name] for name in ("outcome", "treated", "covariates", "groups")}
    linear, columns = linear_sensitivity(**own), columns_of_blocks(small_study, data)
    assert (found.effect.value, found.effect.std_error) == (linear.estimate, linear.std_error)
    assert found.robustness == (linear.robustness_value(), linear.robustness_value_of_interval())
    for _, bound in found.bounds.iterrows():
        block = data["covariates"][columns[bound["block"]]]
        others = data["covariates"].drop(columns=block.columns)
        strength = block_strength(data["outcome"], data["treated"], block, others)
        left = linear.adjusted(*strength_bounds(*strength, bound["times"]))
        assert bound[["value", "low", "high"]].tolist() == pytest.approx([left.value, left.low, left.high])
    assert set(found.bounds["block"]) <= set(found.blocks.index)


def test_the_corners_of_each_contour_lie_on_it(small_study: Study) -> None:
    found, data = unmeasured(small_study), effect_data(small_study, "women", "entry")
    linear = linear_sensitivity(**{name: data[name] for name in ("outcome", "treated", "covariates", "groups")})
    assert set(found.contours["contour"]) == set(CONTOURS)
    for _, at in found.contours.iterrows():
        left = linear.adjusted(at["r2_scheme"], at["r2_goal"])
        wanted = {"half": left.value - linear.estimate / 2, "uncertain": left.low, "zero": left.value}
        assert wanted[at["contour"]] == pytest.approx(0, abs=1e-9)
