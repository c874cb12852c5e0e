"""Kinds of charts, alt texts and tables that several chapters declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd

from helpers.chapters.common.phrases import with_interval
from helpers.chapters.common.tell import named_values, or_not_shown, shares_list
from resultatbok.charts.bars import paired_bars
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
    series: str | None = None,
    value_header: str = "",
    limits: tuple[float, float] | None = None,
) -> Callable[[Page], Drawing]:
    """Draws numbers with their intervals, and beside each what is in `text`, or the number if there is no such column.

    Args:
        rows: Gives them.
        x_label: The message below the axis.
        printed: Prints them and the numbers of the axis.
        decimals: How many of them are printed.
        none: The message above a line at zero, if there is to be one.
        group: Column with headings, if any.
        series: Column with the colour of each, if any.
        value_header: The message above what is printed.
        limits: Ends of the axis; chosen from the rows if not given.
    """

    def chart(page: Page) -> Drawing:
        words, found = page.words, rows(page)
        if "text" not in found:
            found = found.assign(text=[printed(words, value, decimals) for value in found["value"]])
        return interval_plot(
            found,
            value_text="text",
            value_header=words.text(value_header) if value_header else "",
            x_label=words.text(x_label),
            format=partial(printed, words),
            reference=0.0 if none else None,
            reference_label=words.text(none) if none else "",
            group=group,
            series=series,
            limits=limits,
        )

    return chart


def odds_ratios(rows: Rows) -> Callable[[Page], Drawing]:
    """Draws odds ratios with their intervals on a logarithmic axis, under the headings in `heading`."""
    return lambda page: interval_plot(
        rows(page),
        group="heading",
        x_label=page.words.text("Odds ratio (logarithmic scale)"),
        format=page.words.coefficient,
        reference=1.0,
        reference_label=page.words.text("No association"),
        log=True,
    )


def bars(rows: Rows, x_label: str, group: str | None = None) -> Callable[[Page], Drawing]:
    """Draws shares as a bar for each scheme; `group` is a column with headings, `x_label` the message below."""
    return lambda page: paired_bars(
        rows(page), series="scheme", group=group, x_label=page.words.text(x_label), format=page.words.percent
    )


def values_alt(
    message: str,
    rows: Rows,
    printed: Printed | None = None,
    *decimals: int,
    names: Sequence[str] = ("label",),
) -> Callable[[Page], str]:
    """Says each number by its name, in a message that takes them all as `values`.

    Args:
        message: The message.
        rows: Gives the numbers.
        printed: Prints them; if not given, they are differences in points that are said with their intervals.
        decimals: How many of them are printed, if `printed` does not know it.
        names: Columns that together name a number.
    """

    def text(page: Page) -> str:
        words, found = page.words, rows(page)
        if printed:
            texts = [printed(words, value, *decimals) for value in found["value"]]
        else:
            texts = [with_interval(words, row) for _, row in found.iterrows()]
        called = found[list(names)].agg(", ".join, axis=1)
        return words.text(message, values=named_values(called, [or_not_shown(words, text) for text in texts]))

    return text


def shares_alt(message: str, rows: Rows) -> Callable[[Page], str]:
    """Says the shares of both schemes group by group, in a message that takes them all as `values`."""
    return lambda page: page.words.text(message, values=shares_list(page.words, rows(page)))


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


def in_blocks(
    page: Page, heads: Sequence[str], blocks: Mapping[str, Sequence[Sequence[str]]], *, named: int = 1
) -> Table:
    """A table as `lined` makes it, of several blocks of lines under their headings; an empty block has none."""
    headings: dict[int, str] = {}
    lines: list[Sequence[str]] = []
    for heading, block in blocks.items():
        if heading and block:
            headings[len(lines)] = heading
        lines += block
    return lined(page, heads, lines, headings, named=named)
