"""`python -m helpers.calibration`: estimate what the synthetic outcomes are drawn from, and write it."""

from __future__ import annotations

import argparse
from pathlib import Path

import helpers.synthetic
from helpers.calibration.estimate import calibrate
from helpers.cohort import load_cohort, project_root
from helpers.synthetic.frozen import FILE

DEFAULT_COHORT = "cohorts/synthetic-2017-2020.yml"


def main() -> None:
    """Run the calibration with what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m helpers.calibration", description=calibrate.__doc__)
    parser.add_argument("--out", type=Path, default=Path(helpers.synthetic.__file__).parent / FILE, metavar="FILE")
    options = parser.parse_args()
    calibrate(options.out, load_cohort(project_root() / DEFAULT_COHORT), say=print)


if __name__ == "__main__":
    main()
