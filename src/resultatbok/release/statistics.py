"""What kinds of number the ledger knows, and so which disclosure rules a row meets.

A statistic that is not listed here counts as a summary of persons: it must say how many it rests on (`n`).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

import pandas as pd

from resultatbok.release.populations import populations


class Kind(Enum):
    """What a number describes."""

    COUNT = "a number of persons or of other units"
    SHARE = "a share of the `n` units described"
    SUMMARY = "a mean, quantile or other summary of the `n` units described"
    DIFFERENCE = "one share or mean minus another; `n` is the size of the smaller group"
    MODEL = "a result of a model fitted to `n` rows"
    SETTING = "a decision or a figure from elsewhere; no person is described"


_KINDS: Final[dict[Kind, tuple[str, ...]]] = {
    Kind.COUNT: ("count",),
    Kind.SHARE: ("share",),
    Kind.DIFFERENCE: ("difference",),
    Kind.SUMMARY: (
        "actual",
        "contribution",
        "expected",
        "mean",
        "median",
        "mode",
        "percentile",
        "rank_max",
        "relative_difference",
        "sd",
    ),
    Kind.MODEL: (
        "adjusted_bic",
        "adjusted_p_value",
        "adjusted_r2",
        "adjusted_rand_index",
        "aic",
        "auc",
        "average_effect",
        "average_marginal_effect",
        "bic",
        "brier",
        "calibration_gap",
        "chi2",
        "coefficient",
        "complier_effect",
        "constant",
        "contour",  # a corner of a line on which an estimate is the same
        "converged",
        "correlation",
        "decomposition",
        "degrees_of_freedom",
        "e_value",
        "effect_bound",
        "fraction_missing_information",
        "effect_bound",
        "effect_change",
        "effective_sample_size",
        "expected_wrong",
        "funnel_limit",
        "effect_normality",
        "group_sd",
        "icc",
        "influence",
        "interval_width",
        "jaccard",
        "loglik",
        "loglik_null",
        "merge_height",
        "merge_leaves",
        "merge_left",
        "merge_right",
        "odds",
        "odds_ratio",
        "overdispersion",
        "p_stars",
        "p_value",
        "partial_r2",
        "pooled_effect",
        "power",
        "probability",
        "r2",
        "rank",
        "rank_width",
        "random_effect_sd",
        "random_effect_variance",
        "reliability",
        "risk_ratio",
        "robustness_value",
        "sample_size",
        "rounded_count",
        "rounded_share",
        "silhouette",
        "smallest_detectable_difference",
        "stability",
        "standardised_difference",
        "std_error",
        "variance",
        "variance_ratio",
        "vif",
        "z",
    ),
    Kind.SETTING: (
        "amount",
        "code",
        "computed_value",  # of the check against a published report: shown elsewhere, after disclosure control
        "deviation_in_tolerances",
        "nobody",  # has what the row names; zero is published
        "nothing_known",  # of those that the row names
        "profile_value",
        "published_value",
        "reference_category",
        "rule",
        "selected",  # place in the list of the variables that a search kept
        "share_inside",  # of published numbers
        "threshold",
    ),
}
_IN_POINTS: Final = frozenset(
    {
        "average_effect",
        "average_marginal_effect",
        "calibration_gap",
        "complier_effect",
        "decomposition",
        "difference",
        "effect_change",
        "pooled_effect",
        "smallest_detectable_difference",
    }
)
"""Statistics that are a difference of shares where their unit is `fraction`: printed in points, and not in per cent."""
_KIND_OF: Final = {name: kind for kind, names in _KINDS.items() for name in names}

EXTREMES: Final = frozenset({"min", "max", "minimum", "maximum", "range"})
"""Statistics that are one person's value, and therefore never published."""


def kind_of(statistic: str) -> Kind:
    """The kind of a statistic; one that is not known is a summary of persons."""
    return _KIND_OF.get(statistic, Kind.SUMMARY)


def is_known(statistic: str) -> bool:
    """Whether a statistic is listed here; one that is not stops a release."""
    return statistic in _KIND_OF


def in_points(row: Mapping[str, Any]) -> bool:
    """Whether readers see the number of a ledger row, a fraction, in percentage points."""
    return row["statistic"] in _IN_POINTS and row["unit"] == "fraction"


def kinds(rows: pd.DataFrame) -> pd.Series:
    """The kind of each ledger row."""
    return pd.Series([kind_of(name) for name in rows["statistic"]], index=rows.index, dtype="object")


def about_persons(rows: pd.DataFrame) -> pd.Series:
    """Whether each row counts or describes persons, and not other units or a fitted model."""
    kind = kinds(rows)
    known = populations()
    of_other_units = kind.isin([Kind.COUNT, Kind.SHARE]) & rows["unit"].isin(known.units)
    other_terms = rows["term"].isin(known.not_persons)
    return ~(kind.isin([Kind.MODEL, Kind.SETTING]) | of_other_units | other_terms)
