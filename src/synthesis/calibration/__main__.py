"""`python -m synthesis.calibration`: estimate what the synthetic outcomes are drawn from, and write it."""

from __future__ import annotations

import argparse
import time
from pathlib import Path

import synthesis
from helpers.cohort.settings import load_cohort
from resultatbok.project import project_root
from synthesis.calibration.estimate import FIRST_SEED, POOLED, calibrate
from synthesis.frozen import FILE

DEFAULT_COHORT = "cohorts/synthetic-2017-2020.yml"


def main() -> None:
    """Run the calibration with what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m synthesis.calibration", description=calibrate.__doc__)
    parser.add_argument("--out", type=Path, default=Path(synthesis.__file__).parent / FILE, metavar="FILE")
    parser.add_argument("--draws", type=int, default=POOLED, help="draws whose moments are met together (default 12)")
    options = parser.parse_args()
    began = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - began:5.0f} s  {line}", flush=True)

    seeds = range(FIRST_SEED, FIRST_SEED + options.draws)
    calibrate(options.out, load_cohort(project_root() / DEFAULT_COHORT), seeds=seeds, say=say)


if __name__ == "__main__":
    main()
