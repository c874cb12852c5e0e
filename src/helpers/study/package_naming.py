"""Naming packages by what characterises them, from a small vocabulary, so that a new cohort gets sensible names.

A package is named by its size (how many measures its participants have) and its emphasis (which types of measure make
up more of them than they do in all packages together). The names are keys; the reader's words for them are labels.
"""

from __future__ import annotations

from collections import Counter

import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.packages import REST

BROAD = 1.4
"""A package whose participants have at least this many times the mean number of measures is broad."""
FEW = 0.75
"""One without an emphasis whose participants have at most this many times the mean has few measures."""
EMPHASIS = 1.25
"""A type of measure characterises a package when its share of the measures is this many times its share overall."""
WORK_TOO = 0.5
"""A package with an emphasis on language is also about work with this many times the mean number of such measures."""

TYPES = ("language", "work_oriented", "education", "society", "health")
_BY_TYPE = {
    "language": "language",
    "work_oriented": "strong_work",
    "education": "school",
    "society": "society_life_skills",
    "health": "health",
}


def emphases(profiles: pd.DataFrame, sizes: pd.Series, types: pd.Series) -> pd.DataFrame:
    """How much each type of measure weighs in each package, against all packages together.

    Args:
        profiles: Share of each package's participants who had each measure (packages x measures).
        sizes: Participants in each package.
        types: Type of each measure, by the columns of `profiles`.

    Returns:
        One row per package. Columns: each type's emphasis (1: as in all packages together; a location quotient), its
        `<type>_lift` (number of such measures against the mean), and `measures` (number of measures against the mean).

    Raises:
        ModelError: A measure has no type, or one that is not known.
    """
    kinds = types.reindex(profiles.columns)
    if unknown := sorted(str(m) for m in kinds.index[~kinds.isin(TYPES)]):
        raise ModelError(f"no type of measure known for {', '.join(unknown)}; expected one of {', '.join(TYPES)}")
    numbers = profiles.T.groupby(kinds).sum().T.reindex(columns=list(TYPES), fill_value=0.0)
    mean = numbers.mul(sizes / sizes.sum(), axis=0).sum()
    total = numbers.sum(axis=1) / mean.sum()
    lift = numbers / mean.where(mean > 0, 1.0)  # a type that nobody had has no emphasis anywhere
    found = lift.div(total, axis=0)
    return found.join(lift.add_suffix("_lift")).assign(measures=total)


def name_packages(profiles: pd.DataFrame, sizes: pd.Series, types: pd.Series) -> dict[str, str]:
    """The name of each package; a second one of the same name gets a number, by size.

    Args:
        profiles: As for `emphases`; the rest category is among the rows if there is one, and keeps its name.
        sizes: Participants in each package.
        types: Type of each measure.

    Raises:
        ModelError: As for `emphases`.
    """
    found = emphases(profiles, sizes, types)
    used: Counter[str] = Counter()
    names = {}
    for package in sizes.drop(REST, errors="ignore").sort_values(ascending=False, kind="stable").index:
        name = _name(found.loc[package])
        used[name] += 1
        names[str(package)] = name if used[name] == 1 else f"{name}_{used[name]}"
    return names | ({REST: REST} if REST in sizes else {})


def _name(package: pd.Series) -> str:
    if package["measures"] >= BROAD:
        return "broad"
    leading = str(package[list(TYPES)].astype(float).idxmax())
    if package[leading] < EMPHASIS:
        return "few_measures" if package["measures"] <= FEW else "mixed"
    if leading == "language" and package["work_oriented_lift"] >= WORK_TOO:
        return "language_and_work"
    if leading == "work_oriented" and package["language"] >= EMPHASIS:
        return "language_and_work"
    return _BY_TYPE[leading]
