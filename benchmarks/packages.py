"""How fast measure packages are found, in how much memory, and how well they come back.

    python benchmarks/packages.py                      916, 30,000 and 300,000 participants
    python benchmarks/packages.py --rows 916 30000

Participants are drawn with the true packages of the tests (`tests/methods/packages/conftest.py`: five packages and a
rest, 42 measures). Time and memory are told beside those of a plain k-means (scikit-learn, ten starts, the true number
of clusters), which finds no number of clusters, no stability and no rest. Recovery is told as the adjusted Rand index
with the truth, and the precision and recall of the rest category. The rows are then shuffled, measures and
participants, and the packages found again. Each size runs in a process of its own, on one core.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy loads its linear algebra

import argparse
import resource
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score

from resultatbok.methods.packages import REST, find_packages

SEED = 2
STARTS = 10
TESTS = Path(__file__).resolve().parent.parent / "tests/resultatbok/methods/packages"


def draw(rows: int) -> tuple[pd.DataFrame, pd.Series]:
    """Participants and their true packages, as the tests draw them."""
    sys.path.insert(0, str(TESTS))
    from conftest import planted_packages  # the tests' own generator

    measures, truth = planted_packages(rows, SEED)
    return measures, truth


def peak() -> float:
    """Largest memory of this process so far, in gigabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2


def measure(rows: int) -> None:
    """Find the packages of one size and print time, memory and recovery."""
    measures, truth = draw(rows)
    before = peak()
    start = time.process_time()
    found = find_packages(measures)
    seconds = time.process_time() - start
    memory = peak()
    given, true = found.labels == REST, truth == "rest"
    precision, recall = (given & true).sum() / given.sum(), (given & true).sum() / true.sum()
    shuffled = measures.sample(frac=1, random_state=5)
    shuffled = shuffled[np.random.default_rng(4).permutation(measures.columns)]
    again = find_packages(shuffled).labels.reindex(measures.index)
    start = time.process_time()
    plain = KMeans(truth.nunique(), n_init=STARTS, random_state=SEED).fit(measures.to_numpy(dtype=float))
    baseline = time.process_time() - start
    print(f"{rows:,} participants, {measures.shape[1]} measures, {len(found.clusters)} clusters found")
    print(f"  {seconds:.1f} s processor time, {memory:.2f} GB at most ({before:.2f} GB before it began)")
    print(f"  plain k-means {baseline:.1f} s: ratio {seconds / baseline:.2f}")
    print(f"  adjusted Rand index {adjusted_rand_score(truth, found.labels):.3f}", end="")
    print(f" (plain k-means {adjusted_rand_score(truth, plain.labels_):.3f})", end="")
    print(f", between row orders {adjusted_rand_score(found.labels, again):.3f}")
    print(f"  rest: precision {precision:.3f}, recall {recall:.3f}", flush=True)


def main() -> None:
    """One process for each size, so that the memory of one is not counted for another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[916, 30_000, 300_000])
    parser.add_argument("--one", action="store_true", help="measure in this process")
    options = parser.parse_args()
    for rows in options.rows:
        if options.one:
            measure(rows)
        else:
            subprocess.run([sys.executable, __file__, "--one", "--rows", str(rows)], check=True)


if __name__ == "__main__":
    main()
