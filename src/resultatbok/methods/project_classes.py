"""Three classes of projects (above, below, cannot be told apart from the average), by each of several rules.

Every rule answers the same question from other numbers, so that their answers can be compared project by project.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import normal_quantile

CLASSES: Final = ("below", "not_distinguishable", "above")
"""In their order."""


def class_by_interval(low: pd.Series, high: pd.Series) -> pd.Series:
    """`above` or `below` where an interval lies on that side of 0."""
    return _classes(low > 0, high < 0)


def class_by_probability(probability_above: pd.Series, cutoff: float) -> pd.Series:
    """`above` where the probability of lying above the average is at least the cut-off, `below` likewise.

    Args:
        probability_above: Per project; that of lying below is one minus it.
        cutoff: Between one half and one. With 0.975 the classes are those of a central 95 % interval.

    Raises:
        ModelError: A cut-off at which a project could be both above and below, or neither ever.
    """
    if not 0.5 < cutoff < 1:
        raise ModelError(f"the cut-off is {cutoff:g}; expected more than 0.5 and less than 1")
    return _classes(probability_above >= cutoff, 1 - probability_above >= cutoff)


def class_by_exact_limits(contribution: pd.Series, p_value: pd.Series, level: float) -> pd.Series:
    """`above` or `below` where the exact two-sided p-value is below 1 - level: outside the exact funnel limits."""
    outside = p_value < 1 - level
    return _classes(outside & (contribution > 0), outside & (contribution < 0))


def class_by_funnel(contribution: pd.Series, std_error: pd.Series, between_sd: float, level: float) -> pd.Series:
    """`above` or `below` outside normal funnel limits widened by what projects differ in general.

    Args:
        contribution: Actual minus expected share.
        std_error: Its standard error by chance alone.
        between_sd: Standard deviation between projects (`methods.funnel.overdispersion`); 0 for no widening.
        level: Coverage of the limits.
    """
    limit = normal_quantile(level) * np.sqrt(std_error**2 + between_sd**2)
    return _classes(contribution > limit, contribution < -limit)


def class_by_size(contribution: pd.Series, near_zero: float) -> pd.Series:
    """`above` or `below` where the contribution itself is larger than `near_zero`; chance has no say in this rule."""
    return _classes(contribution > near_zero, contribution < -near_zero)


def _classes(above: pd.Series, below: pd.Series) -> pd.Series:
    labels = np.select([above, below], ["above", "below"], "not_distinguishable")
    return pd.Series(pd.Categorical(labels, CLASSES, ordered=True), above.index, name="class")
