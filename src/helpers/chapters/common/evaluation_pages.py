"""Charts and words that the chapters of the 2019 evaluation share."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common import kinds, phrases
from helpers.chapters.common.kinds import Rows, having, values_alt
from helpers.chapters.common.phrases import A_NUMBER, A_SHARE
from helpers.chapters.common.samples import PART_A
from helpers.chapters.common.tell import named_values, or_not_shown
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.stacked import stacked_shares
from resultatbok.exhibits.declaration import Drawing, Page
from resultatbok.exhibits.messages import Messages
from resultatbok.tables.table import Table
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

OWN_LABELS: Final = {"absence": "absence_level", "origin_europe": "from_europe"}
"""Terms with a label of their own here: absence is counted in steps, and an origin stands beside all others."""
NEAR: Final = 0.5
"""Where all shares are below this, the axis does not go to the whole."""


def term_label(words: Wording, term: str) -> str:
    """The label of a term of the models, where it means something else than in those of both schemes."""
    return words.label(OWN_LABELS.get(term, term))


number: Final = partial(phrases.number, hidden=A_NUMBER)
"""The number in the one row with these ledger keys, or that a number is not shown."""


def most_common(plotted: Rows, name: str, share: str) -> Callable[[Page], dict[str, str]]:
    """The group that most of part A is in, and its share, as the phrases with these keys."""

    def told(page: Page) -> dict[str, str]:
        words, first = page.words, largest(plotted(page)).iloc[0]
        if first["suppressed"]:
            return {name: words.text("not shown"), share: words.text(A_SHARE)}
        return {name: first["label"], share: words.percent(first["value"])}

    return told


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

    def rows(page: Page) -> pd.DataFrame:
        return having(statistic)(page).sort_values("group", key=lambda group: group == "", kind="stable")

    return kinds.pivoted(rows, form, headers, columns, decimals, {"": total} if total else None)


def largest(rows: pd.DataFrame) -> pd.DataFrame:
    """The shares of part A, the largest first."""
    return rows[rows["sample"] == PART_A].sort_values("value", ascending=False, kind="stable")


def parts_chart(plotted: Rows) -> Callable[[Page], Drawing]:
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


def parts_alt(plotted: Rows) -> Callable[[Page], str]:
    """Tells the shares of part A, the largest first."""
    return values_alt(MESSAGES["parts_alt"], lambda page: largest(plotted(page)), Wording.percent)


def bars_chart(plotted: Rows, *, note: str | None = None, ordered: bool = True) -> Callable[[Page], Drawing]:
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


def bars_alt(plotted: Rows) -> Callable[[Page], str]:
    """Tells the shares of each bar, without those that are hidden."""

    def alt(page: Page) -> str:
        rows, words = plotted(page), page.words
        texts = [
            f"{bar}: {named_values(own['category'], [or_not_shown(words, words.percent(v)) for v in own['value']])}."
            for bar, own in rows[~rows["suppressed"]].groupby("bar", sort=False)
        ]
        return " ".join(texts) or words.text("Not shown")

    return alt


def _end(rows: pd.DataFrame) -> float:
    """Where the axis ends: at the whole, or at the next tenth where no share comes near it."""
    highest = float(rows["high"].fillna(rows["value"]).max())
    return 1.0 if not highest < NEAR else math.ceil(10 * highest) / 10
