"""Time the decomposition of the difference between the schemes on the default cohort.

python benchmarks/decomposition.py
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import time

import pandas as pd

from helpers.study.fits.gap_blocks import gap_blocks
from helpers.study.fits.gap_fits import PRIOR_SD
from helpers.study.fits.programme_effect.data import COVARIATES, SAMPLES, people_of
from helpers.study.specification import OUTCOME, scheme_indicator
from helpers.study.study import Study
from resultatbok.methods.decomposition import GapData, bootstrap_gap, gap_parts

COHORT = "cohorts/synthetic-2017-2020.yml"
REPLICATES = 20


def time_it(study: Study, sample: str, covariates: str) -> None:
    """Seconds of one decomposition and of bootstrap samples."""
    people = people_of(study.complete, sample)
    blocks = gap_blocks(study, people, covariates)
    columns = {part: [str(column) for column in design] for part, design in blocks.items()}
    design, first = pd.concat(blocks.values(), axis=1), scheme_indicator(people) == 1
    data = GapData.of(people[OUTCOME], first, design, columns, prior_sd=PRIOR_SD)
    for own in (True, False):
        start = time.perf_counter()
        found = gap_parts(data, own=own)
        once = time.perf_counter() - start
        start = time.perf_counter()
        bootstrap_gap(data, people["project"], replicates=REPLICATES, seed=1, own=own)
        each = (time.perf_counter() - start) / REPLICATES
        rows = len(found.parts)
        print(
            f"{sample:6} {covariates:6} {len(first):6} rows, {len(blocks)} blocks, {rows} sets of coefficients: ",
            end="",
        )
        print(f"{once:.3f} s, {each:.3f} s per bootstrap sample")


if __name__ == "__main__":
    cohort = Study.open(COHORT)
    for sample in SAMPLES:
        for covariates in COVARIATES:
            time_it(cohort, sample, covariates)
