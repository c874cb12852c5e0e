"""Charts and words that the chapters of the 2019 evaluation share."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from helpers.chapters.common import phrases
from helpers.chapters.common.phrases import A_NUMBER, A_SHARE
from helpers.chapters.common.rounding import rounding_note
from helpers.chapters.common.samples import PART_A
from helpers.chapters.common.tell import named_values, or_not_shown
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.stacked import stacked_shares
from resultatbok.exhibits.declaration import Drawing, Page
from resultatbok.exhibits.messages import Messages
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Table
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

Plotted = Callable[[Page], pd.DataFrame]
"""Gives the rows of a chart with their labels."""

OWN_LABELS: Final = {"absence": "absence_level", "origin_europe": "from_europe"}
"""Terms with a label of their own here: absence is counted in steps, and an origin stands beside all others."""
NEAR: Final = 0.5
"""Where all shares are below this, the axis does not go to the whole."""


def term_label(words: Wording, term: str) -> str:
    """The label of a term of the models, where it means something else than in those of both schemes."""
    return words.label(OWN_LABELS.get(term, term))


def number(write: Callable[[Wording, float], str], hidden: str = A_NUMBER, **key: str) -> Callable[[Page], str]:
    """The number in the one row with these ledger keys, or that a number is not shown."""
    return phrases.number(write, hidden, **key)


def most_common(plotted: Plotted, name: str, share: str) -> Callable[[Page], dict[str, str]]:
    """The group that most of part A is in, and its share, as the phrases with these keys."""

    def told(page: Page) -> dict[str, str]:
        words, first = page.words, largest(plotted(page)).iloc[0]
        if first["suppressed"]:
            return {name: words.text("not shown"), share: words.text(A_SHARE)}
        return {name: first["label"], share: words.percent(first["value"])}

    return told


def with_rounding(caption: str) -> Callable[[Page], str]:
    """A caption, and that the shares are rounded."""
    return lambda page: f"{page.words.text(caption)} {rounding_note(page.words)}"


def pivoted(
    statistic: str,
    form: str,
    headers: Mapping[str, str],
    *,
    columns: str = "sample",
    total: str = "",
    decimals: int | None = None,
) -> Callable[[Page], Table]:
    """Lays out the rows with a statistic, all groups together last.

    Args:
        statistic: The statistic.
        form: How `Wording` prints it.
        headers: What names the lines, with the message above it.
        columns: What names the columns.
        total: The message that names all groups together.
        decimals: As many as are printed, where `form` does not decide it.
    """

    def table(page: Page) -> Table:
        rows, words = page.rows[page.rows["statistic"] == statistic], page.words
        return from_rows(
            rows.sort_values("group", key=lambda group: group == "", kind="stable"),
            words,
            index=list(headers),
            columns=columns,
            cell=form,
            decimals=decimals,
            headers={key: words.text(message) for key, message in headers.items()},
            labels={"": words.text(total)} if total else None,
        )

    return table


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """The shares of part A, the largest first."""
    return rows[rows["sample"] == PART_A].sort_values("value", ascending=False, kind="stable")


def parts_chart(plotted: Plotted) -> Callable[[Page], Drawing]:
    """Draws shares with their intervals, one dot per part, the largest share of part A first.

    Args:
        plotted: Gives shares by group and sample (part), with `label`; groups that part A does not have are left out.
    """

    def chart(page: Page) -> Drawing:
        rows, words = plotted(page), page.words
        order = list(largest(rows)["group"])
        rows = rows[rows["group"].isin(order)]
        rows = rows.assign(
            sample_label=rows["sample"].map(words.label),
            place=rows["group"].map(order.index),
            text=rows["value"].map(words.percent),
        ).sort_values(["place", "sample"])
        return interval_plot(
            rows,
            value_text="text",
            series="sample",
            x_label=words.text("Share of participants"),
            format=words.percent,
            limits=(0.0, _end(rows)),
        )

    return chart


def parts_alt(plotted: Plotted) -> Callable[[Page], str]:
    """Tells the shares of part A, the largest first."""

    def alt(page: Page) -> str:
        rows, words = largest(plotted(page)), page.words
        return words.text(MESSAGES["parts_alt"], values=named_values(rows["label"], _percentages(words, rows)))

    return alt


def bars_chart(plotted: Plotted, *, note: str | None = None, ordered: bool = True) -> Callable[[Page], Drawing]:
    """Draws a bar of 100 per cent for each `bar`, divided into each `category`.

    Args:
        plotted: Gives shares with `bar` and `category`, both as readers see them.
        note: Column with a text at the right of each bar, if any.
        ordered: Whether the categories have an order, so that the colours show it.
    """

    def chart(page: Page) -> Drawing:
        words = page.words
        return stacked_shares(
            plotted(page),
            bar="bar",
            part="category",
            note=note,
            x_label=words.text("Share of participants"),
            format=words.percent,
            ordered=ordered,
            hidden_label=words.text("Not shown"),
        )

    return chart


def bars_alt(plotted: Plotted) -> Callable[[Page], str]:
    """Tells the shares of each bar, without those that are hidden."""

    def alt(page: Page) -> str:
        rows, words = plotted(page), page.words
        texts = [
            f"{bar}: {named_values(own['category'], _percentages(words, own))}."
            for bar, own in rows[~rows["suppressed"]].groupby("bar", sort=False)
        ]
        return " ".join(texts) or words.text("Not shown")

    return alt


def _percentages(words: Wording, rows: pd.DataFrame) -> list[str]:
    return [or_not_shown(words, words.percent(value)) for value in rows["value"]]


def _end(rows: pd.DataFrame) -> float:
    """Where the axis ends: at the whole, or at the next tenth where no share comes near it."""
    highest = float(rows["high"].fillna(rows["value"]).max())
    return 1.0 if not highest < NEAR else math.ceil(10 * highest) / 10
