"""Groups large enough for an estimate of their own: neighbouring levels are merged until each group is."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.study.specification import OUTCOME

MIN_PARTICIPANTS: Final = 20
"""Smallest number of participants of each scheme in a group."""

MIN_OF_EACH_OUTCOME: Final = 5
"""Smallest number in each scheme with, and without, the goal reached."""


def merged_levels(participants: pd.DataFrame, levels: str) -> dict[str, str | None]:
    """The group each level of an ordered variable belongs to: its name, or several joined by `|`, from the lowest.

    From the lowest level upwards levels are taken together until they are enough. What is left over at the top joins
    the group below it. If all levels together are not enough, there is no group (None).

    Args:
        participants: With `scheme`, goal attainment and the levels as an ordered categorical.
        levels: The column of levels.
    """
    groups: list[list[str]] = []
    waiting: list[str] = []
    for level in participants[levels].cat.categories:
        if not (participants[levels] == level).any():
            continue
        waiting.append(str(level))
        if is_large(participants[participants[levels].isin(waiting)]):
            groups.append(waiting)
            waiting = []
    if groups:
        groups[-1] += waiting
        return {level: "|".join(group) for group in groups for level in group}
    return dict.fromkeys(waiting)


def is_large(participants: pd.DataFrame) -> bool:
    """Whether both schemes have enough participants, with and without the goal reached."""
    counts = participants.groupby("scheme", observed=False)[OUTCOME].agg(["count", "sum"])
    least = pd.concat([counts["sum"], counts["count"] - counts["sum"]]).min()
    return bool(counts["count"].min() >= MIN_PARTICIPANTS and least >= MIN_OF_EACH_OUTCOME)


def estimable(design: pd.DataFrame, outcome: pd.Series) -> pd.DataFrame:
    """Columns that vary, and whose category has enough participants with and without the goal to have a coefficient.

    The others are left out, so that their participants count with the reference category.
    """
    varying = design.loc[:, design.min() < design.max()]
    kept = []
    for name, column in varying.items():
        reached = outcome[column == 1]
        few = min(reached.sum(), len(reached) - reached.sum()) < MIN_OF_EACH_OUTCOME
        if not (column.isin([0, 1]).all() and few):
            kept.append(name)
    return varying[kept]
