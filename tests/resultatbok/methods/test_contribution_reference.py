"""Contributions of the districts of a real survey, as R computes them with other programs."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.contribution import contribution_indicators
from resultatbok.methods.funnel import overdispersion
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.project_classes import class_by_exact_limits, class_by_interval, class_by_probability
from resultatbok.methods.shrinkage import shrunken_contributions

REFERENCE = Path(__file__).parents[2] / "reference"
SAME_FIT = 0.001
"""Largest difference in probability that the two optimisers' stopping rules may make."""


@pytest.fixture(scope="module")
def expected():
    return pd.read_csv(REFERENCE / "contribution/contraception_districts.csv").set_index("district").sort_index()


@pytest.fixture(scope="module")
def survey():
    data = pd.read_csv(REFERENCE / "mixed_logit/contraception.csv")
    design = pd.DataFrame({"urban": data["urban"] == "Y", "age": data["age"], "age_squared": data["age"] ** 2})
    children = pd.get_dummies(data["livch"], prefix="children").drop(columns="children_0")
    return (data["use"] == "Y").astype(float), design.join(children).astype(float), data["district"]


@pytest.fixture(scope="module")
def raw(survey):
    outcome, design, district = survey
    return contribution_indicators(outcome, fit_logit(outcome, design).fitted, district, min_participants=1)


@pytest.fixture(scope="module")
def shrunken(survey):
    outcome, design, district = survey
    results = mixed_logit_arrays(outcome, design, pd.DataFrame({"district": district}))
    fixed = design.to_numpy() @ results.params[design.columns].to_numpy() + results.params["constant"]
    log_odds = pd.Series(fixed, design.index)
    return shrunken_contributions(log_odds, district, results.group_effects("district"), results.group_sd["district"])


def test_raw_contributions_and_their_errors_agree(raw, expected):
    assert raw.index.tolist() == expected.index.tolist()
    for column in ("participants", "actual", "expected", "contribution", "std_error", "p_value"):
        assert raw[column].to_numpy() == pytest.approx(expected[column].to_numpy(), abs=1e-6), column


def test_shrunken_contributions_their_limits_and_probabilities_agree(shrunken, expected):
    names = {"expected": "marginal", "contribution": "shrunken", "low": "shrunken_low", "high": "shrunken_high"}
    for ours, theirs in (names | {"probability_above": "probability_above"}).items():
        assert shrunken[ours].to_numpy() == pytest.approx(expected[theirs].to_numpy(), abs=SAME_FIT), ours
    assert shrunken["reliability"].to_numpy() == pytest.approx(expected["reliability"].to_numpy(), abs=5 * SAME_FIT)


def test_the_overdispersion_of_the_districts_agrees(raw):
    fit = pd.read_csv(REFERENCE / "contribution/contraception_fit.csv").set_index("quantity")["value"]
    found = overdispersion(raw["contribution"], raw["std_error"])
    assert found.phi == pytest.approx(fit["phi"], abs=1e-6)
    assert found.between_sd == pytest.approx(fit["between_sd"], abs=1e-6)


def test_the_classes_are_those_of_the_other_programs(raw, shrunken, expected):
    ours = class_by_exact_limits(raw["contribution"], raw["p_value"], 0.95)
    theirs = class_by_exact_limits(expected["contribution"], expected["p_value"], 0.95)
    assert ours.tolist() == theirs.tolist()
    assert shrunken["class"].tolist() == class_by_interval(expected["shrunken_low"], expected["shrunken_high"]).tolist()
    assert shrunken["class"].tolist() == class_by_probability(expected["probability_above"], 0.975).tolist()
    assert {"above", "below"} <= set(np.unique(shrunken["class"].astype(str)))
