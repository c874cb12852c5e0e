"""Time the decomposition of the difference between the schemes, and look whether its intervals cover.

    python benchmarks/decomposition.py                    time on the default cohort: women and everyone
    python benchmarks/decomposition.py --coverage 100     100 samples of women with outcomes from a known model: how
                                                          often does each interval hold the true part?

The truth of the coverage is the decomposition of the cohort's women at the known coefficients. Each sample draws as
many women as each scheme has, with replacement, and their outcomes.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import argparse
import time

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.study.fits.gap_blocks import STAGES, blocks_of, gap_design
from helpers.study.fits.gap_fits import PRIOR_SD
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.decomposition import UNEXPLAINED, GapData, bootstrap_gap, gap_parts

COHORT = "cohorts/synthetic-2017-2020.yml"
REPLICATES = 100
"""Bootstrap samples per draw; the book has twice as many."""


def people(study: Study, *, women: bool) -> tuple[pd.Series, pd.DataFrame, pd.Series]:
    """Outcome, design and whether a person is in Jobbsjansen."""
    chosen = study.complete[study.complete["male"] == 0] if women else study.complete
    chosen = chosen.reset_index(drop=True)
    return chosen[OUTCOME], gap_design(study, chosen), chosen["scheme"] == "jobbsjansen"


def time_it(study: Study) -> None:
    """Seconds of one decomposition and of bootstrap samples."""
    for label, women in (("women", True), ("everyone", False)):
        outcome, design, first = people(study, women=women)
        data = GapData.of(outcome, first, design, blocks_of(design), prior_sd=PRIOR_SD)
        for own in (True, False):
            start = time.perf_counter()
            found = gap_parts(data, own=own)
            once = time.perf_counter() - start
            start = time.perf_counter()
            bootstrap_gap(data, replicates=20, seed=1, own=own)
            each = (time.perf_counter() - start) / 20
            rows = len(found.parts)
            print(f"{label:9} {len(first):6} rows, {len(data.blocks)} blocks, {rows} sets of coefficients: ", end="")
            print(f"{once:.3f} s, {each:.3f} s per bootstrap sample")


def coverage(study: Study, draws: int) -> None:
    """How often the intervals hold the truth, and how far the estimates lie from it on average."""
    outcome, design, first = people(study, women=True)
    blocks, random = blocks_of(design), np.random.default_rng(7)
    p = known_probabilities(outcome, design, first)
    truth = gap_parts(GapData.of(p, first, design, blocks), own=False).parts[0]
    parts = {name: [b for b in members if b in blocks] for name, members in STAGES.items()} | {
        UNEXPLAINED: [UNEXPLAINED]
    }
    names = [*blocks, UNEXPLAINED]
    true = {part: sum(truth[names.index(b)] for b in members) for part, members in parts.items()}
    found = []
    for draw in range(draws):
        rows = np.concatenate([random.choice(np.flatnonzero(g), int(g.sum())) for g in (first, ~first)])
        y = pd.Series((random.random(len(rows)) < p.to_numpy()[rows]).astype(float))
        X = design.iloc[rows].reset_index(drop=True)
        X = X.loc[:, X.min() < X.max()]
        data = GapData.of(y, first[rows].reset_index(drop=True), X, blocks_of(X), prior_sd=PRIOR_SD)
        fit = bootstrap_gap(data, replicates=REPLICATES, seed=draw, own=False)
        for part, members in parts.items():
            d = fit.sum_of(members)
            found.append((part, d.value, d.std_error, d.low <= true[part] <= d.high))
    table = pd.DataFrame(found, columns=["part", "value", "std_error", "covered"]).groupby("part", sort=False)
    summary = table.agg(mean=("value", "mean"), sd=("value", "std"), std_error=("std_error", "mean"))
    summary[["mean", "sd", "std_error"]] *= 100
    summary.insert(0, "true", [100 * true[part] for part in summary.index])
    print(summary.assign(covered=table["covered"].mean()).round(3).to_string())


def known_probabilities(outcome: pd.Series, design: pd.DataFrame, first: pd.Series) -> pd.Series:
    """Probabilities of a model with the cohort's pooled coefficients; they have no other part than the model's."""
    fit = gap_parts(GapData.of(outcome, first, design, blocks_of(design), prior_sd=PRIOR_SD), own=False)
    constant, group, *slopes = fit.coefficients[0]
    return pd.Series(expit(constant + group * first + design.to_numpy() @ np.array(slopes)), index=design.index)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--coverage", type=int, default=0, metavar="DRAWS")
    arguments = parser.parse_args()
    study = Study.open(COHORT)
    if arguments.coverage:
        coverage(study, arguments.coverage)
    else:
        time_it(study)
