"""Kinds of charts, alt texts and tables that several chapters declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from helpers.chapters.common.tell import named_values, or_not_shown
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Page
from resultatbok.tables.table import Column, Table, hidden_note

Rows = Callable[[Page], pd.DataFrame]
"""Gives the rows that are shown, with what readers see them called in `label`."""
Printed = Callable[..., str]
"""Prints a number, with so many decimals if given: `Wording.in_points`."""


def intervals(
    rows: Rows,
    x_label: str,
    printed: Printed,
    decimals: int = 0,
    *,
    none: str = "",
    group: str | None = None,
    limits: tuple[float, float] | None = None,
) -> Callable[[Page], Drawing]:
    """Draws numbers with their intervals, each printed beside it.

    Args:
        rows: Gives them.
        x_label: The message below the axis.
        printed: Prints them and the numbers of the axis.
        decimals: How many of them are printed.
        none: The message above a line at zero, if there is to be one.
        group: Column with headings, if any.
        limits: Ends of the axis; chosen from the rows if not given.
    """

    def chart(page: Page) -> Drawing:
        words, found = page.words, rows(page)
        return interval_plot(
            found.assign(text=[printed(words, value, decimals) for value in found["value"]]),
            value_text="text",
            x_label=words.text(x_label),
            format=partial(printed, words),
            reference=0.0 if none else None,
            reference_label=words.text(none) if none else "",
            group=group,
            limits=limits,
        )

    return chart


def values_alt(message: str, rows: Rows, printed: Printed, **decimals: int) -> Callable[[Page], str]:
    """Says each number by its label, in a message that takes them all as `values`."""

    def text(page: Page) -> str:
        words, found = page.words, rows(page)
        texts = [or_not_shown(words, printed(words, value, **decimals)) for value in found["value"]]
        return words.text(message, values=named_values(found["label"], texts))

    return text


def lined(
    page: Page,
    heads: Sequence[str],
    lines: Sequence[Sequence[str]],
    headings: Mapping[int, str] | None = None,
    *,
    named: int = 1,
) -> Table:
    """A table of lines whose first columns name them and whose others hold numbers; what is hidden is explained below.

    Args:
        page: The page.
        heads: What stands above each column.
        lines: The cells of each line.
        headings: Headings by the line before which they stand.
        named: How many columns name the lines.
    """
    columns = [Column(head, numeric=place >= named) for place, head in enumerate(heads)]
    return Table(columns, lines, named, headings or {}, hidden_note(page.rows, page.words))
