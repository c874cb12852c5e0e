"""Ledger rows on who lacks education or Norwegian, and on how those who are left out of the analyses differ."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows, with_labels
from helpers.study.specification import EDUCATION_OR_NORWEGIAN, OUTCOME, REQUIRED
from resultatbok.methods.shares import mean_by, share_by

LACKING = "missing_education_or_norwegian"
SAMPLES: Mapping[str, str] = {"no": "all", "yes": "with_missing"}
"""The sample's name for those without and with missing values: the complete cases, and all others who left."""
MEANS = ("age", "years_in_norway", "duration_months")


def lacking_rows(participants: pd.DataFrame, by: str | None, *, level: float) -> pd.DataFrame:
    """Share of all leavers who lack education or Norwegian.

    Args:
        participants: Everyone who left.
        by: `scheme`, or a group of the ledger: `gender`, `absence` or `origin`.
        level: Coverage of the intervals.
    """
    lacks = participants[list(EDUCATION_OR_NORWEGIAN)].isna().any(axis=1).astype(float)
    shares = share_by(with_labels(participants).assign(lacks=lacks), "lacks", [by] if by else [], level=level)
    schemes = shares["scheme"] if by == "scheme" else "both"
    groups = f"{by}=" + shares[by].astype(str) if by and by != "scheme" else ""
    return share_rows(shares, schemes, groups, LACKING, sample="all_gross")


def attainment_by_missing_rows(participants: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Goal attainment of the complete cases and of those left out, by scheme."""
    shares = share_by(_marked(participants), OUTCOME, ["scheme", "missing"], level=level)
    rows = share_rows(shares, shares["scheme"], "missing=" + shares["missing"], "goal_attainment", sample="")
    return rows.assign(sample=shares["missing"].map(SAMPLES))


def mean_by_missing_rows(participants: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Mean age, years in Norway and duration of the complete cases and of those left out (table 16)."""
    marked = _marked(participants)
    means = pd.concat([mean_by(marked, name, ["missing"], level=level).assign(term=name) for name in MEANS])
    return means.assign(
        statistic="mean", scheme="both", group="missing=" + means["missing"], sample=means["missing"].map(SAMPLES)
    )[["statistic", "scheme", "group", "term", "sample", "value", "n", "std_error", "low", "high"]]


def _marked(participants: pd.DataFrame) -> pd.DataFrame:
    """Participants with `missing`: whether they lack anything that the individual model needs."""
    lacks = participants[list(REQUIRED)].isna().any(axis=1)
    return participants.assign(missing=lacks.map({False: "no", True: "yes"}))
