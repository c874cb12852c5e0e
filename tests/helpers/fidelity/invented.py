"""Invented published numbers and ledger rows for the tests of the fidelity check."""

from __future__ import annotations

import pandas as pd

from helpers.fidelity.crosswalk import Entry, Source, default_sources
from helpers.fidelity.judge import Judgement, judge
from helpers.fidelity.published import Published
from resultatbok.release.ledger import row
from resultatbok.release.rows import normalise
from resultatbok.release.statistics import Kind, kind_of


def printed(statistic: str, value: float, decimals: int = 2, *tokens: str, **keys: object) -> Published:
    """A published number with a key of its own."""
    settings: dict[str, object] = {
        "id": "one", "exhibit": "table 1", "scheme": "both", "group": "", "term": "goal_attainment", "sample": "all",
    }  # fmt: skip
    return Published(statistic=statistic, value=value, decimals=decimals, tokens=frozenset(tokens), **settings | keys)  # type: ignore[arg-type]


def ledger_of(*rows: dict[str, object], exhibit: str = "shown") -> pd.DataFrame:
    """Ledger rows made of `row(...)`."""
    return normalise(exhibit, pd.DataFrame(list(rows)))


def entry_of(published: Published, **keys: object) -> Entry:
    """The crosswalk's line for a number that is looked for under its own key, or another."""
    own = Source(published.statistic, published.scheme, published.group, published.term, (published.sample,))
    own = Source(**own.__dict__ | keys)  # type: ignore[arg-type]
    return Entry(published.id, (own,) if "statistic" in keys else tuple(default_sources(own)))


def verdict(published: Published, *rows: dict[str, object], others: tuple[Published, ...] = ()) -> Judgement:
    """The judgement on one number, with the other numbers printed beside it."""
    entries = {other.id: Entry(other.id, kind="setting", reason="beside") for other in others}
    entries[published.id] = entry_of(published)
    found = judge([published, *others], entries, ledger_of(*rows))
    return next(j for j in found if j.id == published.id)


def computed(statistic: str, value: float, **settings: object) -> dict[str, object]:
    """A ledger row with the key of `printed`."""
    keys: dict[str, object] = {"term": "goal_attainment"}
    if kind_of(statistic) in (Kind.SHARE, Kind.SUMMARY, Kind.DIFFERENCE):
        keys["n"] = 1_000_000
    return row(statistic, value, **keys | settings)  # type: ignore[arg-type]
