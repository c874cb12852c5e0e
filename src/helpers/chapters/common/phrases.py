"""Phrases that chapters declare in one word: a share, a number, or a difference in points with its interval."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pandas as pd

from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import side
from resultatbok.release.rows import lookup
from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording, msgid

A_NUMBER: Final = msgid("a number that is not shown")
A_SHARE: Final = msgid("a share that is not shown")


def share(**key: str) -> Callable[[Page], str]:
    """The share in the one row with these ledger keys, as a percentage."""
    return number(Wording.percent, A_SHARE, None, **key)


def shares(**key: str) -> Callable[[Page], tuple[str, ...]]:
    """The shares of both schemes in their rows with these ledger keys, the introduction programme's first."""
    return lambda page: tuple(share(scheme=scheme, **key)(page) for scheme in SCHEMES)


def points(name: str, **key: str) -> Callable[[Page], dict[str, str]]:
    """The size of a difference in the one row with these ledger keys, and `<name>_interval`."""

    def phrases(page: Page) -> dict[str, str]:
        words, row = page.words, lookup(page.rows, **key)
        hidden = words.texts("a difference that is not shown", "not shown")
        size, interval = hidden if row["suppressed"] else (words.points(row["value"]), interval_of(words, row))
        return {name: size, f"{name}_interval": interval}

    return phrases


def number(
    write: Callable[..., str], hidden: str = msgid("not shown"), decimals: int | None = None, **key: str
) -> Callable[[Page], str]:
    """The number in the one row with these ledger keys as `write` prints it, or a message where it is hidden."""
    options = {} if decimals is None else {"decimals": decimals}

    def text(page: Page) -> str:
        printed = write(page.words, lookup(page.rows, **key)["value"], **options)
        return page.words.text(hidden) if printed == HIDDEN else printed

    return text


def with_interval(words: Wording, row: pd.Series, decimals: int | None = None) -> str:
    """A difference in percentage points with its interval if it has one, without the unit: `9 (4 to 14)`.

    A colon if hidden.
    """
    size = words.in_points(row["value"], decimals or 0)
    interval = words.interval(row["low"], row["high"], "points", decimals)
    return size if HIDDEN in (size, interval) else f"{size} ({interval})"


def with_error(words: Wording, row: pd.Series) -> str:
    """A coefficient with its standard error in brackets: `0.52 (0.19)`; a colon if hidden."""
    if row["suppressed"]:
        return HIDDEN
    return f"{words.coefficient(row['value'])} ({words.coefficient(row['std_error'])})"


def size_of(words: Wording, row: pd.Series) -> str:
    """A difference in percentage points: its size where its direction is said beside it, with its sign where not."""
    return words.signed_points(row["value"]) if side(row) == "uncertain" else words.points(abs(row["value"]))


def interval_of(words: Wording, row: pd.Series) -> str:
    """The interval of a difference in percentage points, without the unit."""
    return words.interval(row["low"], row["high"], "points")


def printed(words: Wording, effect: pd.Series) -> dict[str, Any]:
    """An effect's `size` and `interval`, with their signs where its direction is not said beside them."""
    value, low, high = effect[["value", "low", "high"]]
    if side(effect) == "below":
        value, low, high = -value, -high, -low
    size = words.signed_points(value) if side(effect) == "uncertain" else words.points(value)
    return {"size": size, "interval": words.interval(low, high, "points")}
