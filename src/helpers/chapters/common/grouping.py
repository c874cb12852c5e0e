"""Groups cut out of numbers: age bands as the 2022 report has them, and quantile groups within each scheme."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import with_labels
from helpers.study.study import Study

AGE_LIMITS: Final = (20, 30, 40, 60)
AGE_BANDS: Final = ("under_20", "20..29", "30..39", "40..59", "60_plus")
"""Bands between `AGE_LIMITS`, each from its lower limit (figure 8)."""
QUARTERS: Final = 4  # of the years in Norway (figure 6)
FIFTHS: Final = 5  # of the duration (figure 16)


def grouped_people(study: Study) -> tuple[pd.DataFrame, float]:
    """The complete cases with their categories, and the coverage of intervals."""
    return with_groups(study.complete), study.cohort.analysis.confidence_level


def with_groups(participants: pd.DataFrame) -> pd.DataFrame:
    """Participants with all categories that they are compared by.

    Returns:
        The participants with the columns of `with_labels`, `age_group`, `years_in_norway_quantile` and
        `duration_quantile` (both numbered from 1, the shortest, within the participant's scheme).
    """
    return with_labels(participants).assign(
        age_group=age_group(participants["age"]),
        years_in_norway_quantile=quantile_group(participants["years_in_norway"], participants["scheme"], QUARTERS),
        duration_quantile=quantile_group(participants["duration_months"], participants["scheme"], FIFTHS),
    )


def age_group(age: pd.Series) -> pd.Series:
    """The age band of each participant, as an ordered categorical."""
    bands = pd.cut(age, [-np.inf, *AGE_LIMITS, np.inf], right=False, labels=list(AGE_BANDS))
    return bands.rename("age_group")


def quantile_group(values: pd.Series, by: pd.Series, groups: int) -> pd.Series:
    """In which of `groups` equally likely groups each value lies, among the values of its own kind.

    Equal values are never parted, so that a group can be larger or smaller than the others, or empty.

    Args:
        values: What to cut.
        by: The kind of each value; each kind has cuts of its own.
        groups: Number of groups.

    Returns:
        1 to `groups` as text, an ordered categorical; missing where the value is.
    """
    number = pd.Series(np.nan, index=values.index)
    probabilities = np.arange(1, groups) / groups
    for _, part in values.dropna().groupby(by, observed=True):
        cuts = np.quantile(part.to_numpy(dtype=float), probabilities)
        number[part.index] = 1 + np.searchsorted(cuts, part.to_numpy(dtype=float), side="left")
    names = {float(k): str(k) for k in range(1, groups + 1)}
    return number.map(names).astype(pd.CategoricalDtype(list(names.values()), ordered=True))
