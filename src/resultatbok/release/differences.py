"""Which published numbers are the difference of which others, so that two of the three give the third away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from resultatbok.release.populations import populations
from resultatbok.release.rows import group_keys
from resultatbok.release.statistics import Kind, kind_of

NumberKey = tuple[str, ...]
"""Statistic, scheme, group, term and sample of a number, in whichever exhibit it stands."""


def differences(places: Mapping[NumberKey, list[int]]) -> Iterator[list[list[int]]]:
    """For each difference: the places of its rows, and of each of the two sides, in whatever exhibit."""
    for key, found in places.items():
        for sides in _sides(*key):
            if all(side in places for side in sides):
                yield [found, *(places[side] for side in sides)]


def _sides(statistic: str, scheme: str, group: str, term: str, sample: str) -> Iterator[list[NumberKey]]:
    """Keys of the two rows that a row may be the difference of."""
    if term == "contribution" and statistic not in ("percentile", "mean", "median"):
        for actual in ("actual_goal_attainment", "goal_attainment"):
            yield [("share", scheme, group, side, sample) for side in (actual, "expected_goal_attainment")]
    if kind_of(statistic) is not Kind.DIFFERENCE:
        return
    keys = group_keys(group)
    minus = next((key for key, value in keys.items() if "_minus_" in value), None)
    for of in ("share", "mean"):
        if minus is not None:
            ends = keys[minus].split("_minus_")
            groups = [";".join(f"{k}={end if k == minus else v}" for k, v in keys.items()) for end in ends]
            yield [(of, scheme, side, term, sample) for side in groups]
        elif scheme == "both":
            yield [(of, side, group, term, sample) for side in reversed(populations().schemes)]
        elif group:
            yield [(of, scheme, side, term, sample) for side in (group, "")]
