"""Differences in goal attainment inside a scheme: low and high absence, the longest programmes and all."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.grouping import FIFTHS
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import OUTCOME
from resultatbok.methods.intervals import Difference
from resultatbok.methods.shares import share_difference
from resultatbok.release.ledger import group_of, row


def absence_rows(participants: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Goal attainment with low absence minus that with high absence, in each scheme, in percentage points.

    Args:
        participants: Participants with `with_groups`.
        level: Coverage of the intervals.
    """
    rows = []
    for scheme, part in _of_schemes(participants).items():
        low, high = part[part["absence"] == "low"], part[part["absence"] == "high"]
        if len(low) and len(high):
            rows.append(_row(scheme, group_of(absence="low_minus_high"), _between(low, high, level), (low, high)))
    return pd.DataFrame(rows)


def longest_rows(participants: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Goal attainment in the longest fifth of the programmes minus that of all, in each scheme, in percentage points.

    The fifth is part of all, so its difference from all is its difference from the other four fifths, times the
    share of those.

    Args:
        participants: Participants with `with_groups`.
        level: Coverage of the intervals.
    """
    rows = []
    for scheme, part in _of_schemes(participants).items():
        longest = part["duration_quantile"] == str(FIFTHS)
        if longest.any() and not longest.all():
            difference = _between(part[longest], part[~longest], level)
            group = group_of(duration_quantile=FIFTHS)
            rows.append(_row(scheme, group, _scaled(difference, float((~longest).mean())), (part[longest], part)))
    return pd.DataFrame(rows)


def _of_schemes(participants: pd.DataFrame) -> dict[str, pd.DataFrame]:
    known = participants.dropna(subset=[OUTCOME])
    return {scheme: known[known["scheme"] == scheme] for scheme in SCHEMES}


def _between(first: pd.DataFrame, second: pd.DataFrame, level: float) -> Difference:
    attained = [int(part[OUTCOME].sum()) for part in (first, second)]
    return share_difference(attained[0], len(first), attained[1], len(second), level)


def _scaled(difference: Difference, by: float) -> Difference:
    return Difference(difference.value * by, difference.std_error * by, difference.low * by, difference.high * by)


def _row(
    scheme: str, group: str, difference: Difference, parts: tuple[pd.DataFrame, pd.DataFrame]
) -> dict[str, object]:
    return row(
        "difference_pp",
        100 * difference.value,
        scheme=scheme,
        group=group,
        term="goal_attainment",
        n=min(len(part) for part in parts),
        std_error=100 * difference.std_error,
        low=100 * difference.low,
        high=100 * difference.high,
        unit="percentage points",
    )
