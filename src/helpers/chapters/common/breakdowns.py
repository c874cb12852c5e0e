"""Breakdowns that several exhibits share: goal attainment and composition by scheme and one characteristic.

Each function gives ledger rows with the keys of `data/published/report_2022.csv`: the group of a row is
`education=good_general`, its scheme is the row's scheme, its term is what was measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from helpers.cohort.settings import SCHEMES
from helpers.study.specification import OUTCOME
from resultatbok.methods.intervals import Difference
from resultatbok.methods.shares import clustered_contrast, composition, mean_by, share_by
from resultatbok.release.rows import row

ESTIMATE: Final = ("value", "std_error", "low", "high")
"""An estimate with its uncertainty, in columns of the ledger."""

BREAKDOWNS = {
    "gender": "gender",
    "education": "education",
    "norwegian": "norwegian",
    "origin": "origin",
    "absence": "absence",
    "year": "end_year",
    "age": "age_group",
    "years_in_norway_quantile": "years_in_norway_quantile",
    "duration_quantile": "duration_quantile",
}
"""Group key of the ledger, and the column that holds its values (see `with_labels` and `grouping`)."""


def with_labels(participants: pd.DataFrame) -> pd.DataFrame:
    """Participants with `gender` and `absence` as categories beside their 0/1 columns."""
    return participants.assign(
        gender=_categories(participants["male"], "female", "male"),
        absence=_categories(participants["absence_high"], "low", "high"),
    )


def _categories(indicator: pd.Series, zero: str, one: str) -> pd.Series:
    return indicator.map({0.0: zero, 1.0: one}).astype(pd.CategoricalDtype([zero, one], ordered=True))


def attainment_rows(participants: pd.DataFrame, breakdown: str | None, *, level: float) -> pd.DataFrame:
    """Goal attainment by scheme, and by one characteristic if given.

    Args:
        participants: Participants with `with_labels`.
        breakdown: A key of `BREAKDOWNS`.
        level: Coverage of the intervals.

    Returns:
        Ledger rows: statistic `share`, term `goal_attainment`, `n` the participants behind each share.
    """
    by = ["scheme"] + ([BREAKDOWNS[breakdown]] if breakdown else [])
    shares = share_by(participants, OUTCOME, by, level=level)
    return share_rows(shares, shares["scheme"], _groups(shares, breakdown), "goal_attainment")


def composition_rows(participants: pd.DataFrame, breakdown: str, *, level: float) -> pd.DataFrame:
    """How the participants of each scheme spread over the categories of one characteristic.

    Returns:
        Ledger rows: statistic `share`, term `participant_share`, `n` the participants of the scheme.
    """
    column = BREAKDOWNS[breakdown]
    shares = composition(participants, column, ["scheme"], level=level)
    return share_rows(shares, shares["scheme"], _groups(shares, breakdown), "participant_share")


def either_rows(participants: pd.DataFrame, breakdown: str, categories: Sequence[str], name: str) -> pd.DataFrame:
    """The share of each scheme's participants who are in any of several categories of one characteristic.

    Args:
        participants: Participants with `with_labels`.
        breakdown: A key of `BREAKDOWNS`.
        categories: The categories to take together.
        name: What they are called together, as the value of the breakdown's key.
    """
    column = participants[BREAKDOWNS[breakdown]]
    inside = column.isin(categories).astype(float).where(column.notna())
    shares = share_by(participants.assign(inside=inside), "inside", ["scheme"])
    return share_rows(shares, shares["scheme"], f"{breakdown}={name}", "participant_share")


def mean_rows(participants: pd.DataFrame, columns: Sequence[str], *, level: float) -> pd.DataFrame:
    """Means of numeric characteristics by scheme, as ledger rows with the column as term."""
    means = [mean_by(participants, column, ["scheme"], level=level).assign(term=column) for column in columns]
    rows = pd.concat(means, ignore_index=True)
    return rows.assign(statistic="mean", scheme=rows["scheme"].astype(str))[
        ["statistic", "scheme", "term", "value", "n", "std_error", "low", "high"]
    ]


def measure_rows(participants: pd.DataFrame, measures: Sequence[str], *, level: float) -> pd.DataFrame:
    """Share of each scheme's participants who had each measure, as ledger rows with group `measure=`."""
    shares = [share_by(participants, measure, ["scheme"], level=level).assign(measure=measure) for measure in measures]
    rows = pd.concat(shares, ignore_index=True)
    groups = "measure=" + rows["measure"].str.removeprefix("measure_")
    return share_rows(rows, rows["scheme"], groups, "participant_share")


def share_rows(
    shares: pd.DataFrame, schemes: pd.Series | str, groups: pd.Series | str, term: str, *, sample: str = "all"
) -> pd.DataFrame:
    """Shares as the ledger has them.

    Args:
        shares: Columns `value`, `n`, `std_error`, `low`, `high`, as `methods.shares` gives them.
        schemes: The scheme of each row, or of all.
        groups: The ledger group of each row, or of all.
        term: What is shared.
        sample: Whose shares they are.
    """
    return pd.DataFrame(
        {
            "statistic": "share",
            "scheme": schemes.astype(str) if isinstance(schemes, pd.Series) else schemes,
            "group": groups,
            "term": term,
            "sample": sample,
            **{name: shares[name] for name in ("value", "n", "std_error", "low", "high")},
            "unit": "fraction",
        }
    )


def difference_row(statistic: str, difference: Difference, **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - as `row`
    """A difference of shares with its interval as a ledger row: a fraction, which readers see in points."""
    return row(statistic, unit="fraction", **{name: getattr(difference, name) for name in ESTIMATE}, **keys)


def gap_row(participants: pd.DataFrame, group: str = "", *, level: float) -> pd.DataFrame:
    """Jobbsjansen's goal attainment minus the introduction programme's, as a ledger row.

    Args:
        participants: The participants to compare, already limited to the group.
        group: The group's key in the ledger.
        level: Coverage of the interval, which lets participants of a project be alike.
    """
    known = participants.dropna(subset=[OUTCOME])
    introduction, jobbsjansen = SCHEMES
    weights = {jobbsjansen: 1.0, introduction: -1.0}
    difference = clustered_contrast(known[OUTCOME], known["scheme"], weights, known["project"], level=level)
    n = int(known["scheme"].value_counts().reindex(list(SCHEMES), fill_value=0).min())
    return pd.DataFrame([difference_row("difference", difference, group=group, term="goal_attainment", n=n)])


def gap_rows(participants: pd.DataFrame, breakdown: str, *, level: float) -> pd.DataFrame:
    """The gap between the schemes (`gap_row`) in each category of one characteristic where both have participants."""
    rows = []
    for category, part in participants.dropna(subset=[OUTCOME]).groupby(BREAKDOWNS[breakdown], observed=True):
        if part["scheme"].nunique() == len(SCHEMES):
            rows.append(gap_row(part, f"{breakdown}={category}", level=level))
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame()


def _groups(table: pd.DataFrame, breakdown: str | None) -> pd.Series:
    if breakdown is None:
        return pd.Series("", index=table.index)
    return f"{breakdown}=" + table[BREAKDOWNS[breakdown]].astype(str)
