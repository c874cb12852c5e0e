"""Which delivered rows belong to a cohort: those that left in its years."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.cohort.settings import Cohort
from helpers.registers.problems import Problems


def select_years(years: pd.Series, file: str, column: str, cohort: Cohort, problems: Problems) -> np.ndarray:
    """Whether each end year is one of the cohort's.

    Reports each of the cohort's years in which nobody left, and notes how many rows lie outside its years:
    one delivery may serve several cohorts.
    """
    chosen = years.isin(cohort.years.all).to_numpy()
    for year in sorted(set(cohort.years.all) - set(years[chosen].astype(int))):
        advice = "Change `years` in the cohort file, or ask for a delivery with that year."
        problems.add(file, column, f"nobody who left in {year}", "leavers in every year of the cohort", advice)
    outside = int((~chosen & years.notna()).sum())
    if outside:
        problems.note(f"{file}: {outside:,} of {len(years):,} rows left outside {cohort.years.label} and are not used.")
    return chosen
