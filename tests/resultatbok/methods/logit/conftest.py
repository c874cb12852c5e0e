from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.logit import fit_logit

REFERENCE = Path(__file__).parents[3] / "reference"


@pytest.fixture(scope="session")
def simulated():
    """20,000 simulated participants with 33 covariates, in 411 projects."""
    return pd.read_csv(REFERENCE / "d20k.csv.gz")


@pytest.fixture(scope="session")
def simulated_fit(simulated):
    return fit_logit(simulated["y"], simulated.filter(regex="^x"))


@pytest.fixture
def small():
    """400 persons: a 0/1 column, a number, a factor of three categories, and clusters of eight."""
    rng = np.random.default_rng(5)
    category = rng.integers(0, 3, 400)
    design = pd.DataFrame(
        {
            "male": rng.integers(0, 2, 400).astype(float),
            "age": rng.normal(33, 8, 400).round(1),
            "origin_b": (category == 1).astype(float),
            "origin_c": (category == 2).astype(float),
        },
        index=[f"p{i}" for i in range(400)],
    )
    log_odds = 1.0 + 0.6 * design["male"] - 0.04 * design["age"] + 0.5 * design["origin_b"] - 0.4 * design["origin_c"]
    outcome = pd.Series((rng.random(400) < 1 / (1 + np.exp(-log_odds))).astype(float), design.index, name="attained")
    groups = pd.Series(np.repeat(np.arange(50), 8), design.index, name="project")
    return outcome, design, groups
