"""Sentences of the summary: what is left of Jobbsjansen's lead, in one paragraph that follows the numbers."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import interval_of, size_of
from helpers.chapters.common.samples import WOMEN
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, side
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

NO_LEAD: Final = BySide(
    above="",
    below="Jobbsjansen's participants do not reach the goal more often than those of the introduction programme in "
    "this cohort, so there is no lead to explain.",
    uncertain="Jobbsjansen's participants do not reach the goal more often than those of the introduction programme in "
    "this cohort, so there is no lead to explain.",
    hidden="How often the goal is reached in the two schemes is not shown, because too few participants are behind it.",
)
MAY_BE_ALL: Final = BySide(
    above="Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, the lead is "
    "{adjusted} ({interval}): whether what the registers tell accounts for any of it cannot be said.",
    below="",
    uncertain="Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, anything from "
    "no lead to all of it may be left ({interval} percentage points): whether what the registers tell accounts for it "
    "cannot be said.",
    hidden="",
)
"""Where the interval of what is left reaches the whole lead."""
LEFT: Final = BySide(
    above="Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, a lead of "
    "{adjusted} is left ({interval}): what the registers tell accounts for part of the lead.",
    below="Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, Jobbsjansen "
    "lies {adjusted} behind ({interval}): what the registers tell more than accounts for the lead.",
    uncertain="Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, no difference "
    "that can be told apart from zero is left ({interval} percentage points): what the registers tell can account for "
    "the lead.",
    hidden="Jobbsjansen leads by {raw}. What is left among participants who are alike is not shown.",
)
AMONG_WOMEN: Final = BySide(
    above="Jobbsjansen has hardly any men. Compared with women alone, its lead among those who are alike is "
    "{size} ({interval}).",
    below="Jobbsjansen has hardly any men. Compared with women alone, it lies {size} behind among those who are "
    "alike ({interval}).",
    uncertain="Jobbsjansen has hardly any men. Compared with women alone, the difference among those who are alike "
    "({size}, {interval}) cannot be told apart from zero.",
    hidden="",
)
FULL_MODEL: Final = BySide(
    above="When what is known of the municipality is held equal too, and projects and municipalities may differ for "
    "reasons of their own, {size} are left ({interval}).",
    below="When what is known of the municipality is held equal too, and projects and municipalities may differ for "
    "reasons of their own, Jobbsjansen lies {size} behind ({interval}).",
    uncertain="When what is known of the municipality is held equal too, and projects and municipalities may differ "
    "for reasons of their own, what is left ({size}, {interval}) cannot be told apart from zero.",
    hidden="",
)


def main_finding(page: Page) -> str:
    """The answer to the book's question, as a paragraph; women and the full model only where there is a lead."""
    words, rows = page.words, page.rows
    raw, adjusted = lookup(rows, group=""), lookup(rows, group="model=individual", sample="all")
    if side(raw) != "above":
        return NO_LEAD.text(words, raw)
    women, full = lookup(rows, sample=WOMEN), lookup(rows, group="model=full")
    notes = [
        note.text(words, row, size=size_of(words, row), interval=interval_of(words, row))
        for note, row in ((AMONG_WOMEN, women), (FULL_MODEL, full))
    ]
    return " ".join(filter(None, [what_is_left(words, raw, adjusted), *notes]))


def what_is_left(words: Wording, raw: pd.Series, adjusted: pd.Series) -> str:
    """What remains of the lead among participants who are alike.

    Args:
        words: The reader's language.
        raw: The observed difference, above zero.
        adjusted: The difference in the individual model.
    """
    may_be_all = side(adjusted) in ("above", "uncertain") and adjusted["high"] >= raw["value"]
    return (MAY_BE_ALL if may_be_all else LEFT).text(
        words,
        adjusted,
        raw=size_of(words, raw),
        adjusted=size_of(words, adjusted),
        interval=interval_of(words, adjusted),
    )
