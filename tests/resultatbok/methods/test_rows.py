"""Rows in another order are refused by every method that takes several tables: one shuffled, the others not."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.balance import balance_table
from resultatbok.methods.contribution import contribution_indicators
from resultatbok.methods.decomposition import GapData, bootstrap_gap
from resultatbok.methods.doubly_robust import augmented_difference, crossfitted_difference
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import area_under_curve, brier_score, calibration_table, fit_logit
from resultatbok.methods.matching import matched_difference
from resultatbok.methods.mixed_logit import mixed_logit_arrays
from resultatbok.methods.shrinkage import shrunken_contributions
from resultatbok.methods.subgroup_effects import subgroup_effects
from resultatbok.methods.trial import arm_difference, complier_effect, mean_difference
from resultatbok.methods.weighting import weighted_difference
from resultatbok.methods.within import within_difference

RNG = np.random.default_rng(1)
X = pd.DataFrame({"x": RNG.normal(size=60), "w": RNG.normal(size=60)})
Y, Z, P = (pd.Series(values) for values in (RNG.integers(0, 2, 60) * 1.0, RNG.integers(0, 2, 60) * 1.0, RNG.random(60)))
G = pd.Series(np.arange(60) % 12, name="project")
BLOCKS = {"one": ["x"], "two": ["w"]}
CALLS: dict[str, tuple[Callable[..., object], dict[str, object]]] = {
    "fit_logit": (fit_logit, {"outcome": Y, "design": X, "groups": G}),
    "mixed_logit": (mixed_logit_arrays, {"outcome": Y, "design": X, "groups": G.to_frame()}),
    "weighting": (
        lambda **data: weighted_difference(**data, estimand="ato"),
        {"outcome": Y, "treated": Z, "covariates": X, "groups": G},
    ),
    "matching": (matched_difference, {"outcome": Y, "treated": Z, "covariates": X, "exact": G, "groups": G}),
    "augmented": (augmented_difference, {"outcome": Y, "treated": Z, "covariates": X, "groups": G}),
    "crossfitted": (
        lambda **data: crossfitted_difference(**data, seed=1),
        {"outcome": Y, "treated": Z, "covariates": X, "groups": G},
    ),
    "within": (within_difference, {"outcome": Y, "treated": Z, "covariates": X, "unit": G, "groups": G}),
    "subgroups": (subgroup_effects, {"outcome": Y, "treated": Z, "covariates": X, "subgroups": G % 2, "groups": G}),
    "decomposition": (
        lambda **data: GapData.of(**data, blocks=BLOCKS),
        {"outcome": Y, "design": X, "first": Z, "weights": P},
    ),
    "bootstrap": (
        lambda clusters: bootstrap_gap(GapData.of(Y, Z, X, BLOCKS), replicates=1, seed=1, clusters=clusters),
        {"clusters": G},
    ),
    "contribution": (contribution_indicators, {"outcome": Y, "expected": P, "project": G}),
    "shrinkage": (
        lambda **data: shrunken_contributions(
            **data, effects=pd.DataFrame({"effect": 0.1, "sd": 0.2}, index=range(12)), group_sd=0.5
        ),
        {"log_odds": P, "project": G},
    ),
    "balance": (balance_table, {"covariates": X, "treated": Z, "weights": P}),
    "area": (area_under_curve, {"outcome": Y, "fitted": P}),
    "brier": (brier_score, {"outcome": Y, "fitted": P}),
    "calibration": (calibration_table, {"outcome": Y, "fitted": P}),
    "arms": (arm_difference, {"outcome": Y, "group": Z}),
    "means": (lambda **data: mean_difference(**data, permutations=10), {"outcome": Y, "group": Z}),
    "compliers": (complier_effect, {"outcome": Y, "assigned": Z, "received": (P > 0.5) * Z}),
}
CASES = [(name, argument) for name, (_, data) in CALLS.items() for argument in data if argument != "outcome"]


@pytest.mark.parametrize(("name", "argument"), CASES)
def test_one_table_in_another_order_is_refused(name: str, argument: str) -> None:
    function, data = CALLS[name]
    shuffled = data[argument].iloc[::-1]  # type: ignore[attr-defined]
    with pytest.raises(ModelError, match="different indexes; select the same rows in the same order"):
        function(**data | {argument: shuffled})


@pytest.mark.parametrize("name", ["fit_logit", "weighting", "augmented", "within", "bootstrap", "subgroups"])
def test_clusters_with_gaps_are_refused(name: str) -> None:
    function, data = CALLS[name]
    argument = "clusters" if "clusters" in data else "groups"
    with pytest.raises(ModelError, match="missing values in"):
        function(**data | {argument: G.where(G.index > 0)})
