"""Rows that the exhibits of the 2019 evaluation share: shares and means of Jobbsjansen's participants by part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from resultatbok.exhibits.exhibit import Desk
from resultatbok.methods.shares import composition, mean_by, share_by
from resultatbok.release.ledger import group_of
from resultatbok.words.wording import Wording

SCHEME = "jobbsjansen"
PARTS = ("a", "c")
"""Part A: persons outside working life. Part C: a further year after the introduction programme."""


OWN_LABELS = {"absence": "absence_level", "origin_europe": "from_europe"}
"""Terms with a label of their own here: absence is counted in steps, and an origin is told as one among several."""


class DetailsMissing(LookupError):  # noqa: N818 - says what is missing
    """The register lacks a variable that the exhibits of the 2019 evaluation need."""


def details(desk: Desk, *needed: str) -> pd.DataFrame:
    """Everybody reported to Jobbsjansen in the cohort's years, with the variables of the 2019 evaluation.

    Raises:
        DetailsMissing: A variable is empty for everybody: the delivery does not have it.
    """
    data = desk.study.registers.jobbsjansen_details
    empty = [name for name in needed if data[name].isna().all()]
    if empty:
        raise DetailsMissing(f"the Jobbsjansen register has no {', '.join(empty)}, which this exhibit needs")
    return data


def leavers(desk: Desk, *needed: str) -> pd.DataFrame:
    """Those of them who left, in the parts that the cohort covers."""
    data = details(desk, *needed)
    return data[(data["status"] == "left") & data["part"].isin(desk.study.cohort.jobbsjansen_parts)]


def parts_in(data: pd.DataFrame) -> list[str]:
    """The parts that somebody in the data is in."""
    return [part for part in PARTS if (data["part"] == part).any()]


def sample(part: str) -> str:
    """The ledger's name for the participants of a part."""
    return f"part_{part}"


def term_label(words: Wording, term: str) -> str:
    """The label of a term of the models, where it means something else than in those of both schemes."""
    return words.label(OWN_LABELS.get(term, term))


def level(desk: Desk) -> float:
    """Coverage of the intervals."""
    return desk.study.cohort.analysis.confidence_level


def spread_rows(desk: Desk, data: pd.DataFrame, column: str, key: str, parts: Sequence[str] = PARTS) -> pd.DataFrame:
    """How the participants of each part spread over the categories of a column.

    Args:
        desk: Gives the coverage of the intervals.
        data: Participants, with their `part`.
        column: The column with the categories.
        key: The key of the ledger's groups.
        parts: The parts to show; one that nobody is in is left out.
    """
    frames = []
    for part in (part for part in parts_in(data) if part in parts):
        shares = composition(data[data["part"] == part], column, level=level(desk))
        groups = pd.Series([group_of(**{key: value}) for value in shares[column]], index=shares.index)
        frames.append(share_rows(shares, SCHEME, groups, "participant_share", sample=sample(part)))
    return pd.concat(frames, ignore_index=True)


def share_of(desk: Desk, outcome: pd.Series, *, part: str, group: Mapping[str, str], term: str) -> pd.DataFrame:
    """The share of some participants with a 0/1 trait, as one ledger row."""
    shares = share_by(outcome.rename("trait").to_frame(), "trait", level=level(desk))
    return share_rows(shares, SCHEME, group_of(**group), term, sample=sample(part))


def mean_of(
    desk: Desk, values: pd.Series, *, part: str, term: str, group: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The mean of a number over some participants, as one ledger row."""
    means = mean_by(values.rename("number").to_frame(), "number", level=level(desk))
    keys = {
        "statistic": "mean",
        "scheme": SCHEME,
        "group": group_of(**(group or {})),
        "term": term,
        "sample": sample(part),
    }
    return means[["value", "n", "std_error", "low", "high"]].assign(**keys)


def count_of(n: int, *, part: str, term: str, group: Mapping[str, str] | None = None) -> pd.DataFrame:
    """A number of participants, as one ledger row."""
    keys = {"scheme": SCHEME, "group": group_of(**(group or {})), "term": term, "sample": sample(part)}
    return pd.DataFrame([{"statistic": "count", "value": n, "n": n, "unit": "participants", **keys}])
