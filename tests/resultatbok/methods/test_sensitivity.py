"""E-values against published ones; benchmarks that behave like the confounders they stand for."""

import math

import numpy as np
import pandas as pd
import pytest
from support import ROOT
from treatment_data import generate

from resultatbok.methods.sensitivity import benchmark, bias_factor, e_value, risk_ratio

EXAMPLES = pd.read_csv(ROOT / "tests" / "reference" / "worked_examples" / "evalue.csv")
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


def test_a_confounder_as_strong_as_the_e_value_both_ways_just_explains_the_effect() -> None:
    value = e_value(1.7).estimate
    assert bias_factor(value, value) == pytest.approx(1.7)


@pytest.mark.parametrize("ratios", [(0.0, 0.1, 0.2), (1.5, 1.6, 2.0), (1.5, 1.0, 1.4), (-1.0, math.nan, math.nan)])
def test_impossible_ratios_are_refused(ratios: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"ratio|estimate"):
        e_value(*ratios)


def test_risk_ratios_below_one_must_be_inverted() -> None:
    with pytest.raises(ValueError, match="inverted"):
        bias_factor(0.9, 2.0)


def test_a_strong_confounder_is_a_stronger_benchmark_than_noise() -> None:
    people = generate(20_000, 51)
    noise = people.covariates.assign(noise=np.random.default_rng(1).normal(size=20_000))
    strong = benchmark(people.outcome, people.treated, noise[["age"]], noise.drop(columns="age"))
    weak = benchmark(people.outcome, people.treated, noise[["noise"]], noise.drop(columns="noise"))
    assert strong.bias_factor > 1.1 > weak.bias_factor >= 1


def test_a_half_is_so_many_times_as_common_among_the_treated_as_it_is_without_other_covariates() -> None:
    people = generate(20_000, 53)
    noise = pd.DataFrame({"noise": np.random.default_rng(2).normal(size=20_000)}, index=people.outcome.index)
    better = people.covariates["age"] > people.covariates["age"].mean()
    shares = better.groupby(people.treated).mean()
    found = benchmark(people.outcome, people.treated, people.covariates[["age"]], noise)
    more = max(shares[1] / shares[0], (1 - shares[1]) / (1 - shares[0]))
    assert found.treatment_ratio == pytest.approx(more, rel=0.01)
