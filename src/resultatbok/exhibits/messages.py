"""Which of several messages fits a number: above, below, uncertain, hidden; none, one, several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pandas as pd

from resultatbok.words.wording import Wording

Side = Literal["above", "below", "uncertain", "hidden"]


def side(row: pd.Series, from_value: float = 0.0) -> Side:
    """On which side of a value the interval of a ledger row lies; `uncertain` where it includes the value."""
    if row["suppressed"]:
        return "hidden"
    if row["low"] > from_value:
        return "above"
    return "below" if row["high"] < from_value else "uncertain"


@dataclass(frozen=True)
class BySide:
    """A message for each side on which a number can lie; each may name the same values.

    Attributes:
        above: Where the interval lies above.
        below: Where it lies below.
        uncertain: Where it includes the value.
        hidden: Where the number is not shown.
    """

    above: str
    below: str
    uncertain: str
    hidden: str

    def text(self, words: Wording, row: pd.Series, from_value: float = 0.0, **values: object) -> str:
        """The message that fits, in the reader's language."""
        message: str = getattr(self, side(row, from_value))
        return words.text(message, **values) if message else ""


@dataclass(frozen=True)
class ByNumber:
    """A message for none, for one and for several; `{n}` in it becomes the count."""

    none: str
    one: str
    several: str

    def text(self, words: Wording, n: float, **values: object) -> str:
        """The message that fits, in the reader's language."""
        message = self.none if n == 0 else self.one if n == 1 else self.several
        return words.text(message, n=words.count(n), **values) if message else ""
