"""Labelled rows of a horizontal chart: which rows, under which headings, how far from the top.

The vertical axis counts inches from the top of the plot, so that a label of two lines gets a higher row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from resultatbok.charts.colour import INK, PAPER
from resultatbok.charts.frame import EDGE, GAP
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import LABEL_SIZE

MAX_LABEL_WIDTH: Final = 2.8  # inches; a longer label is broken
LANE: Final = 0.19  # inches between two series in one row
ROW_GAP: Final = 0.05  # inches between rows of one series
LANES_GAP: Final = 0.13  # inches between rows of several
TIGHTER: Final = (1.0, 0.6, 0.25)  # shares of the gap, tried in turn where rows are too many for a page
TALLEST: Final = 9.5  # inches: with its margins and caption, a plot of this height fits an A4 page
HEADING_GAP: Final = 0.08  # extra inches above a heading

Key = tuple[str, str]
"""The heading a row stands under (empty if none) and its label."""


@dataclass(frozen=True)
class Rows:
    """Places of rows and headings, in inches from the top of the plot."""

    centres: dict[Key, float]
    texts: dict[Key, str]
    headings: dict[str, float]
    heights: dict[Key, float]
    height: float
    label_width: float


def hidden(rows: pd.DataFrame, value: str) -> pd.Series[bool]:
    """Which rows may not show their number: those marked suppressed, and those without one."""
    missing = rows[value].isna()
    return missing | rows["suppressed"].astype(bool) if "suppressed" in rows else missing


def row_keys(rows: pd.DataFrame, label: str, group: str | None) -> list[Key]:
    """The key of each record of a table, in its order."""
    groups = printed(rows[group]) if group else [""] * len(rows)
    return list(zip(groups, printed(rows[label]), strict=True))


def printed(texts: pd.Series) -> list[str]:
    """Texts of a column, empty where there is none."""
    return ["" if missing else str(text) for text, missing in zip(texts, texts.isna(), strict=True)]


def place_rows(keys: Sequence[Key], *, lanes: int = 1, least: float = 0.0, max_width: float = MAX_LABEL_WIDTH) -> Rows:
    """Stack rows from the top, those of one heading together, each in its order of first appearance.

    Args:
        keys: Keys of the rows; repeated keys are one row.
        lanes: Series drawn beneath each other within a row.
        least: Smallest height of a row in inches.
        max_width: Widest label in inches before it is broken.
    """
    distinct = list(dict.fromkeys(keys))
    texts = {key: wrap(key[1], max_width, LABEL_SIZE) for key in distinct}
    usual = ROW_GAP if lanes == 1 else LANES_GAP
    stacks = (_stack(texts, max(least, lanes * LANE), usual * share) for share in TIGHTER)
    stack = next((s for s in stacks if s.height <= TALLEST), None)
    return stack or _stack(texts, max(least, lanes * LANE), usual * TIGHTER[-1])


def _stack(texts: dict[Key, str], least: float, gap: float) -> Rows:
    """Rows with a given gap between them, whatever height that takes."""
    centres: dict[Key, float] = {}
    heights: dict[Key, float] = {}
    headings: dict[str, float] = {}
    top = 0.0
    for heading in dict.fromkeys(key[0] for key in texts):
        if heading:
            height = text_height(heading, LABEL_SIZE) + gap
            top += HEADING_GAP if top else 0.0
            headings[heading] = top + height / 2
            top += height
        for key in (k for k in texts if k[0] == heading):
            heights[key] = max(least, text_height(texts[key], LABEL_SIZE)) + gap
            centres[key] = top + heights[key] / 2
            top += heights[key]
    return Rows(centres, texts, headings, heights, top, _label_width(texts.values(), headings))


def _label_width(labels: Iterable[str], headings: Iterable[str]) -> float:
    """Room for the widest label; a heading may run on over the plot if it is wider than any label may be."""
    widths = [text_width(label, LABEL_SIZE) for label in labels]
    widths += [min(text_width(heading, LABEL_SIZE, bold=True), MAX_LABEL_WIDTH) for heading in headings]
    return max(widths, default=0.0)


def left_margin(rows: Rows, overhang: float = 0.0) -> float:
    """Inches left of the plot for the labels, and for what the axis' first number stands out over its end."""
    return EDGE + max(rows.label_width + GAP, overhang)


def draw_labels(ax: Axes, rows: Rows) -> None:
    """Write labels and headings left of the plot, and let the axis count inches from the top."""
    ax.set_ylim(rows.height, 0)
    ax.set_yticks(list(rows.centres.values()), list(rows.texts.values()))
    pad = GAP + rows.label_width
    ax.tick_params(axis="y", length=0, pad=pad * POINTS_PER_INCH, labelsize=LABEL_SIZE, labelcolor=INK)
    for text in ax.get_yticklabels():
        text.set(ha="left", va="center", linespacing=1.1)
    offset = -(GAP + rows.label_width) * POINTS_PER_INCH
    for heading, centre in rows.headings.items():
        ax.annotate(
            heading,
            (0, centre),
            xycoords=("axes fraction", "data"),
            xytext=(offset, 0),
            textcoords="offset points",
            ha="left",
            va="center",
            weight="bold",
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},  # a long one crosses the grid
            annotation_clip=False,
        )


def lane_offset(lane: int, lanes: int) -> float:
    """Inches from a row's centre to one of its lanes; the first lane is the upper one."""
    return (lane - (lanes - 1) / 2) * LANE
