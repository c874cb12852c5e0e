"""Kinds of charts, alt texts and tables that several chapters declare."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import with_interval
from helpers.chapters.common.tell import group_label, labelled, named_values, or_not_shown, shares_list
from resultatbok.charts.bars import paired_bars
from resultatbok.charts.intervals import interval_plot
from resultatbok.exhibits.declaration import Drawing, Page
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording, msgid

Rows = Callable[[Page], pd.DataFrame]
"""Gives the rows that are shown, with what readers see them called in `label`."""
Printed = Callable[..., str]
"""Prints a number, with so many decimals if given: `Wording.in_points`."""


def having(*statistics: str) -> Rows:
    """Gives the rows with these statistics."""
    return lambda page: page.rows[page.rows["statistic"].isin(statistics)]


def named_by(key: str, *statistics: str) -> Rows:
    """Gives the rows with these statistics, all if none is named, labelled by one of the ledger's keys."""

    def rows(page: Page) -> pd.DataFrame:
        found = having(*statistics)(page) if statistics else page.rows
        return labelled(page.words, found).assign(label=lambda own: own[key].map(partial(group_label, page.words)))

    return rows


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


differences: Final = partial(intervals, printed=Wording.in_points, none=msgid("No difference"))
"""Draws differences in percentage points, from a line at zero."""
proportions: Final = partial(intervals, printed=Wording.percent, limits=(0.0, 1.0))
"""Draws shares on an axis from none to all."""


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
        called = [", ".join(parts) for parts in found[list(names)].to_numpy()]
        return words.text(message, values=named_values(called, [or_not_shown(words, text) for text in texts]))

    return text


def shares_alt(message: str, rows: Rows) -> Callable[[Page], str]:
    """Says the shares of both schemes group by group, in a message that takes them all as `values`."""
    return lambda page: page.words.text(message, values=shares_list(page.words, rows(page)))


def pivoted(
    rows: Rows,
    cell: str | Callable[[Wording, pd.Series], str],
    index: Mapping[str, str],
    columns: str | Sequence[str],
    decimals: int | None = None,
    labels: Mapping[str, str] | None = None,
) -> Callable[[Page], Table]:
    """Lays out rows, one key down the side and another across the top (`from_rows`).

    Args:
        rows: Gives them.
        cell: The method of `Wording` that prints a number, or what prints a row.
        index: What names the lines, with the message above it; its label if that is empty.
        columns: What names the columns.
        decimals: How many are printed, if the method does not know it.
        labels: Messages in place of labels.
    """

    def table(page: Page) -> Table:
        words = page.words
        return from_rows(
            rows(page),
            words,
            index=list(index),
            columns=columns,
            cell=cell if isinstance(cell, str) else partial(cell, words),
            decimals=decimals,
            headers={key: words.text(message) for key, message in index.items() if message},
            labels={key: words.text(message) for key, message in (labels or {}).items()},
        )

    return table


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
