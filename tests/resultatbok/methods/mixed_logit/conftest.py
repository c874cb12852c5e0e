"""Reference data, and a simulator of small nested data sets."""

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.mixed_logit import MixedLogitResults, ModelWarning, mixed_logit_arrays
from resultatbok.methods.mixed_logit.fit import fit_model
from resultatbok.methods.mixed_logit.grouping import group_rows
from resultatbok.methods.mixed_logit.problem import Problem

REFERENCE = Path(__file__).parents[3] / "reference"


@pytest.fixture(scope="session")
def reference():
    """A function that reads a reference file by name."""

    def read(name):
        folder = REFERENCE if name == "d20k.csv.gz" else REFERENCE / "mixed_logit"
        return pd.read_csv(folder / name)

    return read


def _draw(seed=2, rows=600, municipalities=15, projects=4, outer_sd=0.7, inner_sd=0.6):
    random = np.random.default_rng(seed)
    municipality = random.integers(0, municipalities, rows)
    project = random.integers(0, projects, rows)
    data = pd.DataFrame(
        {
            "municipality": [f"M{m:02d}" for m in municipality],
            "project": [f"P{p}" for p in project],
            "male": random.integers(0, 2, rows),
            "age": random.normal(35, 8, rows),
            "origin": random.choice(["africa", "asia", "europe"], rows),
        }
    )
    outer = outer_sd * random.normal(size=municipalities)
    inner = inner_sd * random.normal(size=(municipalities, projects))
    linear = -0.8 + 0.6 * data["male"] + 0.03 * (data["age"] - 35) + 0.5 * (data["origin"] == "asia")
    linear = linear + outer[municipality] + inner[municipality, project]
    data["attained"] = (random.random(rows) < 1 / (1 + np.exp(-linear))).astype(int)
    return data


@pytest.fixture(scope="session")
def simulate():
    """A function that draws participants in projects in municipalities."""
    return _draw


def _fit(data, columns, groups=("municipality", "project"), outcome="attained", quadrature_points=None):
    parts = [pd.get_dummies(data[[name]], prefix_sep="", drop_first=True, dtype=float) for name in columns]
    design = pd.concat(parts, axis=1)
    if quadrature_points is None:
        return mixed_logit_arrays(data[outcome], design, data[list(groups)])
    return MixedLogitResults(fit_model(data[outcome], design, data[list(groups)], quadrature_points))


@pytest.fixture(scope="session")
def fit_columns():
    """A function that fits columns of the data, each category against the first in alphabetical order."""
    return _fit


@pytest.fixture(scope="session")
def small_problem():
    """A function that makes the sorted problem of a simulated data set."""

    def make(levels=2, **options):
        data = _draw(**options)
        groups = ["municipality", "project"] if levels == 2 else ["municipality"]
        with warnings.catch_warnings():  # few rows per group are meant here
            warnings.simplefilter("ignore", ModelWarning)
            grouping = group_rows(data[groups])
        design = np.column_stack([np.ones(len(data)), data["male"], (data["age"] - 35) / 8])
        order = grouping.order
        outcome = data["attained"].to_numpy(float)
        return Problem(outcome[order], design[order], grouping.nesting, levels)

    return make
