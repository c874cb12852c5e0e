"""What imputation does to coefficients: simulated samples with gaps against the same samples without.

    python benchmarks/imputation.py [SAMPLES]             80 samples take half a minute
    python benchmarks/imputation.py SAMPLES --write FILE  the samples, for benchmarks/imputation_mice.R FILE

The result is in docs/methods/missing-values.md.
"""

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from resultatbok.methods.logit import fit_logit
from resultatbok.methods.missing import impute, pool

TRUTH = {"education": 0.5, "norwegian": 0.7, "b": 0.0, "c": -0.6, "d": 0.3, "age": -0.2, "male": 0.4}
DATA_SETS = 10


def drawn(seed: int, n: int = 1000) -> tuple[pd.DataFrame, pd.DataFrame]:
    """People without gaps and with: origins c and d are alike in all but the outcome."""
    r = np.random.default_rng(seed)
    o, age, male = r.choice(4, n, p=[0.4, 0.25, 0.2, 0.15]), r.normal(size=n), (r.random(n) < 0.5) * 1.0
    education = np.clip(np.round(1.6 + 0.9 * (o >= 2) - 0.2 * age + 0.7 * r.normal(size=n)), 1, 3)
    score = 1.6 + 0.4 * (education - 2) + 0.8 * (o >= 2) - 0.2 * age + 0.6 * r.normal(size=n)
    norwegian = np.clip(np.round(4 * score) / 4, 0, 4)
    log_odds = -2.5 + 0.5 * education + 0.7 * norwegian - 0.6 * (o == 2) + 0.3 * (o == 3) - 0.2 * age + 0.4 * male
    y = (r.random(n) < 1 / (1 + np.exp(-log_odds))) * 1.0
    columns = {"y": y, "education": education, "norwegian": norwegian, "age": age, "male": male}
    whole = pd.DataFrame(columns | {"origin": pd.Categorical.from_codes(o, list("abcd"))})
    gaps = whole.copy()
    gaps.loc[r.random(n) < np.where(y == 1, 0.2, 0.47), "education"] = np.nan
    gaps.loc[r.random(n) < np.where(y == 1, 0.22, 0.45), "norwegian"] = np.nan
    gaps.loc[r.random(n) < 0.15, "origin"] = np.nan
    return whole, gaps


def terms(data: pd.DataFrame) -> pd.DataFrame:
    """The analysis model."""
    origins = {name: (data["origin"] == name) * 1.0 for name in "bcd"}
    return fit_logit(data["y"], data[["education", "norwegian", "age", "male"]].assign(**origins)).terms


def simulate(samples: int) -> pd.DataFrame:
    """By coefficient: how far off, with its simulation error, error over spread, and coverage in per cent."""
    found = []
    for seed in range(samples):
        whole, gaps = drawn(seed)
        fits = [terms(data) for data in impute(gaps, DATA_SETS, seed=seed)]
        tables = [pd.DataFrame([fit[name].to_dict() for fit in fits]) for name in ("coefficient", "std_error")]
        found.append(pool(*tables).assign(whole=terms(whole)["coefficient"]).loc[list(TRUTH)])
    table = pd.concat(found)
    table["off"] = table["value"] - table["whole"]
    truth = table.index.map(TRUTH)
    table["covers"] = 100.0 * ((table["low"] <= truth) & (truth <= table["high"]))
    each = table.groupby(level=0)
    return pd.DataFrame(
        {
            "off": each["off"].mean(),
            "simulation_error": each["off"].std() / np.sqrt(samples),
            "error_over_spread": each["std_error"].mean() / each["value"].std(),
            "covers": each["covers"].mean(),
        }
    ).loc[list(TRUTH)]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("samples", type=int, nargs="?", default=80)
    parser.add_argument("--write", type=Path)
    asked = parser.parse_args()
    if asked.write:
        parts = [gaps.assign(sample=seed, whole=False) for seed in range(asked.samples) for _, gaps in [drawn(seed)]]
        wholes = [whole.assign(sample=seed, whole=True) for seed in range(asked.samples) for whole, _ in [drawn(seed)]]
        pd.concat(parts + wholes).to_csv(asked.write, index=False)
    else:
        print(simulate(asked.samples).round(3))
