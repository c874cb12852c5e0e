"""Ledger rows that the chapters of the 2019 evaluation share: shares, means and counts of Jobbsjansen's parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.samples import PART_A, PART_C
from helpers.study.missing import MissingData
from helpers.study.study import Study
from resultatbok.methods.shares import composition, mean_by, share_by
from resultatbok.release.ledger import row
from resultatbok.release.rounding import to_be_rounded

SCHEME: Final = "jobbsjansen"
PARTS: Final = {"a": PART_A, "c": PART_C}
"""The participants of each part, as the ledger calls them."""


def details(study: Study, *needed: str) -> pd.DataFrame:
    """Everybody reported to Jobbsjansen in the cohort's years, with the variables of the 2019 evaluation.

    Raises:
        MissingData: A variable is empty for everybody: the delivery does not have it.
    """
    data = study.registers.jobbsjansen_details
    if empty := [name for name in needed if data[name].isna().all()]:
        raise MissingData(f"the Jobbsjansen register has no {', '.join(empty)}, which this exhibit needs")
    return data


def leavers(study: Study, *needed: str) -> pd.DataFrame:
    """Those of them who left, in the parts that the cohort covers."""
    data = details(study, *needed)
    return data[(data["status"] == "left") & data["part"].isin(study.cohort.jobbsjansen_parts)]


def by_part(data: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The participants of each part that somebody is in, with the ledger's name for them."""
    for part, sample in PARTS.items():
        if len(own := data[data["part"] == part]):
            yield sample, own


def level(study: Study) -> float:
    """Coverage of the intervals."""
    return study.cohort.analysis.confidence_level


def grouped(numbers: pd.Series, names: Mapping[int, str]) -> pd.Series:
    """The group of each number, as an ordered categorical; `names` has each group with its lowest number."""
    return pd.cut(numbers, [*names, np.inf], right=False, labels=list(names.values()))


def spread_rows(study: Study, data: pd.DataFrame, column: str, key: str) -> pd.DataFrame:
    """How the participants of each part spread over the categories of a column, as `spread_of` has it."""
    parts = [spread_of(study, own, column, key, sample=sample) for sample, own in by_part(data)]
    return pd.concat(parts, ignore_index=True)


def spread_of(study: Study, data: pd.DataFrame, column: str, key: str, *, sample: str = PART_A) -> pd.DataFrame:
    """How participants spread over the categories of a column.

    Args:
        study: Gives the coverage of the intervals.
        data: The participants.
        column: The column with the categories.
        key: What stands before each category in the ledger's group: `gender`, or `agency=nav;package`.
        sample: The ledger's name for the participants.
    """
    shares = composition(data, column, level=level(study))
    groups = pd.Series([f"{key}={value}" for value in shares[column]], index=shares.index)
    return share_rows(shares, SCHEME, groups, "participant_share", sample=sample)


def rounded_spread(study: Study, data: pd.DataFrame, column: str, key: str, whole: str) -> pd.DataFrame:
    """As `spread_of`, released rounded so that the shares of the whole with this name still add up to one."""
    rows = spread_of(study, data, column, key)
    return to_be_rounded(rows, pd.Series(whole, index=rows.index))


def share_of(
    study: Study, trait: pd.Series, group: str, *, term: str = "participant_share", sample: str = PART_A
) -> pd.DataFrame:
    """The share of some participants with a 0/1 trait, as one ledger row."""
    shares = share_by(trait.rename("trait").to_frame(), "trait", level=level(study))
    return share_rows(shares, SCHEME, group, term, sample=sample)


def mean_of(study: Study, values: pd.Series, term: str, *, group: str = "", sample: str = PART_A) -> pd.DataFrame:
    """The mean of a number over some participants, as one ledger row."""
    means = mean_by(values.astype(float).rename("number").to_frame(), "number", level=level(study))
    keys = {"statistic": "mean", "scheme": SCHEME, "group": group, "term": term, "sample": sample}
    return means[["value", "n", "std_error", "low", "high"]].assign(**keys)


def count_of(n: int, term: str, *, group: str = "", sample: str = PART_A) -> pd.DataFrame:
    """A number of participants, as one ledger row."""
    about: dict[str, Any] = {"scheme": SCHEME, "group": group, "term": term, "sample": sample}
    return pd.DataFrame([row("count", n, n=n, unit="participants", **about)])
