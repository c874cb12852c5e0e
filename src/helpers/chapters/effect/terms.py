"""What both halves of the effect chapter name: samples, sets of covariates, methods and whose effect each estimates."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.study.fits.programme_effect import balance, data, declared, unmeasured
from resultatbok.methods import treatment
from resultatbok.methods.balance import GOOD_BALANCE
from resultatbok.release.ledger import group_keys

SAMPLES: Final = data.SAMPLES
COVARIATES: Final = data.COVARIATES
LATER: Final = balance.LATER
OVERLAP_LIMITS: Final = treatment.OVERLAP_LIMITS
BALANCED: Final = GOOD_BALANCE

WHOSE: Final = {
    "logit": "treated",
    "mixed": "everyone",
    "within": "within_municipalities",
    "matching": "treated_in_overlap",
    "ipw": "in_overlap",
    "aipw": "in_overlap",
    "crossfit": "in_overlap",
    "overlap": "overlap_weighted",
}
"""The methods in the order of the chapter, and whose average effect each estimates, as the book says it."""

TARGETS: Final = ("treated", "comparable", "same_municipality", "within_municipality", "before_pandemic")
"""Whose effect the chapter declares, in its order: the first one is the answer."""
PANDEMIC_YEAR: Final = declared.PANDEMIC_YEAR
TIMES: Final = unmeasured.TIMES


def holding_equal(rows: pd.DataFrame, covariates: str) -> pd.DataFrame:
    """The rows in which one set of covariates is held equal."""
    return rows[[group_keys(group)["covariates"] == covariates for group in rows["group"]]]
