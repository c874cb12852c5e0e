"""Reference data, and a simulator of small nested data sets."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

REFERENCE = Path(__file__).parents[2] / "reference"


@pytest.fixture(scope="session")
def reference():
    """A function that reads a reference file by name."""

    def read(name):
        folder = REFERENCE if name == "d20k.csv.gz" else REFERENCE / "mixed_logit"
        return pd.read_csv(folder / name)

    return read


@pytest.fixture(scope="session")
def simulate():
    """A function that draws participants in projects in municipalities."""

    def draw(seed=1, rows=600, municipalities=15, projects=4, outer_sd=0.7, inner_sd=0.6):
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

    return draw
