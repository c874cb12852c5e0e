"""Partial R2 and robustness values against PySensemakr; E-values against published ones."""

import math

import numpy as np
import pandas as pd
import pytest
from support import ROOT

from resultatbok.methods.clusters import ClusterErrors
from resultatbok.methods.errors import ModelError
from resultatbok.methods.sensitivity import (
    LinearSensitivity,
    block_strength,
    e_value,
    linear_sensitivity,
    risk_ratio,
    strength_bounds,
)

EXAMPLES = pd.read_csv(ROOT / "tests" / "reference" / "worked_examples" / "evalue.csv")
SENSEMAKR = ROOT / "tests" / "reference" / "sensitivity"
PEOPLE = pd.read_csv(SENSEMAKR / "people.csv")
RATIOS = EXAMPLES[EXAMPLES["measure"].isin(["RR", "OR"])]


@pytest.mark.parametrize("example", RATIOS.to_dict("records"), ids=lambda e: f"{e['measure']} {e['estimate']}")
def test_published_e_values_are_reproduced(example: dict) -> None:
    ratios = [example[name] for name in ("estimate", "low", "high")]
    if example["common_outcome"] == "yes":
        ratios = [risk_ratio(ratio) for ratio in ratios]
    found = e_value(*ratios)
    assert found.estimate == pytest.approx(example["evalue_estimate"], abs=1e-5)
    assert found.limit == pytest.approx(example["evalue_limit"], abs=1e-5, nan_ok=True)


def test_the_ratio_of_two_shares_gives_the_published_value() -> None:
    published = EXAMPLES[EXAMPLES["measure"].str.startswith("RD")].iloc[0]
    assert e_value((200 / 350) / (100 / 350)).estimate == pytest.approx(published["evalue_estimate"], abs=1e-6)


def test_it_does_not_matter_which_outcome_is_coded_one() -> None:
    one = e_value(*(risk_ratio(r) for r in (2.0, 1.5, 2.7)))
    other = e_value(*(risk_ratio(1 / r) for r in (2.0, 2.7, 1.5)))
    assert (one.estimate, one.limit) == pytest.approx((other.estimate, other.limit))


@pytest.mark.parametrize(("low", "expected"), [(1.0, 1.0), (0.99, 1.0), (1.01, 1.01 + math.sqrt(1.01 * 0.01))])
def test_an_interval_that_holds_no_effect_needs_nothing_unmeasured(low: float, expected: float) -> None:
    assert e_value(1.4, low, 2.0).limit == pytest.approx(expected)


@pytest.mark.parametrize("ratios", [(0.0, 0.1, 0.2), (1.5, 1.6, 2.0), (1.5, 1.0, 1.4), (-1.0, math.nan, math.nan)])
def test_impossible_ratios_are_refused(ratios: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"ratio|estimate"):
        e_value(*ratios)


def expected(name: str) -> pd.Series:
    return pd.read_csv(SENSEMAKR / f"{name}.csv").set_index("statistic")["value"]


def darfur() -> LinearSensitivity:
    of = expected("darfur")
    scale = of["std_error"] * math.sqrt(of["dof"])
    return LinearSensitivity(of["estimate"], of["std_error"], of["dof"] - 1, of["dof"], scale)


def people() -> LinearSensitivity:
    return linear_sensitivity(PEOPLE["y"], PEOPLE["treated"], PEOPLE[["age", "school", "town"]])


@pytest.mark.parametrize(("found", "name"), [(darfur(), "darfur"), (people(), "people_values")], ids=["darfur", "own"])
def test_statistics_and_adjusted_estimates_are_those_of_pysensemakr(found: LinearSensitivity, name: str) -> None:
    of = expected(name)
    assert (found.estimate, found.std_error) == pytest.approx((of["estimate"], of["std_error"]), abs=1e-8)
    assert found.partial_r2 == pytest.approx(of["partial_r2"], abs=1e-8)
    for q in (1.0, 0.5):
        assert found.robustness_value(q) == pytest.approx(of[f"rv q={q}"], abs=1e-8)
        assert found.robustness_value_of_interval(q) == pytest.approx(of[f"rv_alpha q={q}"], abs=1e-8)
    for pair in (s.removeprefix("error ") for s in of.index if s.startswith("error ")):
        after = found.adjusted(*map(float, pair.split()))
        assert (after.value, after.std_error) == pytest.approx((of[f"estimate {pair}"], of[f"error {pair}"]), abs=1e-8)


@pytest.mark.parametrize("times", [1, 2, 3])
@pytest.mark.parametrize(("found", "name"), [(darfur(), "darfur"), (people(), "people_values")], ids=["darfur", "own"])
def test_benchmark_bounds_are_those_of_pysensemakr(found: LinearSensitivity, name: str, times: int) -> None:
    of = expected(name)
    bounds = strength_bounds(of["benchmark treatment"], of["benchmark outcome"], times)
    assert bounds == pytest.approx((of[f"r2dz_x k={times}"], of[f"r2yz_dx k={times}"]), abs=1e-8)
    # its robustness value has one degree of freedom less for the confounder, as ours throughout; its limits have not
    after = found.with_error(found.std_error, of["dof"]).adjusted(*bounds)
    wanted = [of[f"adjusted_{part} k={times}"] for part in ("estimate", "lower_CI", "upper_CI")]
    assert [after.value, after.low, after.high] == pytest.approx(wanted, abs=1e-8)


def test_the_strength_of_a_block_is_that_of_pysensemakr() -> None:
    of = expected("people_values")
    found = block_strength(PEOPLE["y"], PEOPLE["treated"], PEOPLE[["age", "town"]], PEOPLE[["school"]])
    assert found == pytest.approx((of["benchmark treatment"], of["benchmark outcome"]), abs=1e-8)


def test_something_as_strong_as_the_robustness_values_does_what_they_say() -> None:
    clustered = people().with_error(0.06, 12.0)
    whole, interval = clustered.robustness_value(), clustered.robustness_value_of_interval()
    assert clustered.adjusted(whole, whole).value == pytest.approx(0, abs=1e-12)
    assert clustered.adjusted(interval, interval).low == pytest.approx(0, abs=1e-12)
    assert interval < people().robustness_value_of_interval() < whole


def test_an_interval_that_holds_zero_needs_nothing_unmeasured() -> None:
    assert people().with_error(0.2, 12.0).robustness_value_of_interval() == 0


def test_an_omitted_covariate_does_to_the_estimate_what_its_partial_r2_say() -> None:
    """The formula is exact: leave `age` out, and put it back by its two partial R2."""
    others = PEOPLE[["school", "town"]]
    strength = block_strength(PEOPLE["y"], PEOPLE["treated"], PEOPLE[["age"]], others)
    short = linear_sensitivity(PEOPLE["y"], PEOPLE["treated"], others)
    after = short.adjusted(*strength)
    assert (after.value, after.std_error) == pytest.approx((people().estimate, people().std_error), abs=1e-12)


@pytest.mark.parametrize("sign", [1, -1])
def test_what_lies_on_a_contour_leaves_what_the_contour_says(sign: int) -> None:
    found = linear_sensitivity(PEOPLE["y"], (1 + sign * (2 * PEOPLE["treated"] - 1)) / 2, PEOPLE[["age", "school"]])
    strengths = np.array([0.1, 0.2, 0.4])
    for r2, whole, half, interval in zip(
        strengths,
        found.contour(strengths),
        found.contour(strengths, left=0.5),
        found.contour(strengths, of_interval=True),
        strict=True,
    ):
        assert found.adjusted(r2, whole).value == pytest.approx(0, abs=1e-9)
        assert found.adjusted(r2, half).value == pytest.approx(found.estimate / 2, abs=1e-9)
        after = found.adjusted(r2, interval)
        assert min(abs(after.low), abs(after.high)) == pytest.approx(0, abs=1e-9)
    value = found.robustness_value()
    assert found.contour(np.array([value])) == pytest.approx([value])


def test_a_contour_has_no_point_where_nothing_is_strong_enough_or_nothing_is_needed() -> None:
    assert np.isnan(people().contour(np.array([1e-6]))).all()
    assert np.isnan(people().with_error(0.2, 12.0).contour(np.array([0.1]), of_interval=True)).all()


def test_errors_by_cluster_are_those_of_the_same_regression() -> None:
    groups = pd.Series(np.arange(len(PEOPLE)) // 20, name="project")
    covariates = PEOPLE[["age", "school"]]
    found = linear_sensitivity(PEOPLE["y"], PEOPLE["treated"], covariates, groups=groups)
    X = np.column_stack([np.ones(len(PEOPLE)), PEOPLE["treated"], covariates])
    params = np.linalg.lstsq(X, PEOPLE["y"], rcond=None)[0]
    errors, own = ClusterErrors.of(X, PEOPLE["y"].to_numpy() - X @ params, groups), np.eye(X.shape[1])[1]
    assert (found.std_error, found.freedom) == pytest.approx((errors.error(own), errors.freedom(own)))
    assert found.std_error != pytest.approx(people().std_error, rel=1e-3)


def test_what_cannot_be_so_strong_is_refused() -> None:
    with pytest.raises(ModelError, match="2 times as strong"):
        strength_bounds(0.4, 0.1, 2)
