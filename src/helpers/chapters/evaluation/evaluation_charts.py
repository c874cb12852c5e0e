"""Charts that several exhibits of the 2019 evaluation share, with their numbers in words."""

from __future__ import annotations

import math

import pandas as pd

from helpers.chapters.common.tell import in_words
from helpers.chapters.evaluation.evaluation_rows import sample
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.stacked import stacked_shares
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk

NEAR = 0.5
"""Where all shares are below this, the axis does not go to the whole."""


def parts_compared(
    desk: Desk, rows: pd.DataFrame, *, labels: pd.Series | None = None, shown: int | None = None
) -> tuple[str, str]:
    """Shares of categories with their intervals, one dot per part, the largest share of part A first.

    Args:
        desk: The reader's language.
        rows: Shares by group and sample (part).
        labels: The label of each group, by group; the catalogue's if not given.
        shown: How many categories to show; all if not given.

    Returns:
        The drawing, and the shares of part A in words.
    """
    words = desk.wording
    own = (
        rows[rows["sample"] == sample("a")]
        .sort_values("value", ascending=False, kind="stable")
        .head(shown or len(rows))
    )
    names = {group: labels[group] if labels is not None else words.label(group) for group in own["group"]}
    order = {group: place for place, group in enumerate(names)}
    told = rows[rows["group"].isin(names)]
    told = told.assign(
        label=told["group"].map(names),
        sample_label=[words.label(name) for name in told["sample"]],
        place=told["group"].map(order),
        text=told["value"].map(words.percent),
    ).sort_values(["place", "sample"])
    figure = interval_plot(
        told,
        value_text="text",
        series="sample",
        x_label=words.text("Share of participants"),
        format=words.percent,
        limits=(0.0, _end(told)),
    )
    listed = in_words(names.values(), own["value"].map(words.percent))
    return to_svg(figure), words.text("Share of part A. {values}.", values=listed)


def _end(told: pd.DataFrame) -> float:
    """Where the axis ends: at the whole, or at the next tenth where no share comes near it."""
    largest = float(told["high"].fillna(told["value"]).max())
    return 1.0 if not largest < NEAR else math.ceil(10 * largest) / 10


def stacked_bars(desk: Desk, told: pd.DataFrame, *, note: str | None = None, ordered: bool = True) -> tuple[str, str]:
    """A bar of 100 per cent for each `bar`, divided into each `category`.

    Args:
        desk: The reader's language.
        told: Shares with `bar` and `category`, both as readers see them.
        note: Column with a text at the right of each bar, if any.
        ordered: Whether the categories have an order, so that the colours show it.

    Returns:
        The drawing, and its shares in words, without those that are hidden.
    """
    words = desk.wording
    figure = stacked_shares(
        told,
        bar="bar",
        part="category",
        note=note,
        x_label=words.text("Share of participants"),
        format=words.percent,
        ordered=ordered,
        hidden_label=words.text("Not shown"),
    )
    shown = told[~told["suppressed"]]
    texts = [
        f"{bar}: {in_words(part['category'], part['value'].map(words.percent))}"
        for bar, part in shown.groupby("bar", sort=False)
    ]
    return to_svg(figure), ". ".join([*texts, ""]).strip() or words.text("Not shown")
