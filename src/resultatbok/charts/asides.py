"""The column of small text right of the plot: printed estimates, or the number of participants."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from matplotlib.axes import Axes

from resultatbok.charts.frame import EDGE, GAP, Margins, draw_on_top
from resultatbok.charts.text import text_height, text_width, wrap
from resultatbok.charts.theme import MUTED, SMALL_SIZE, SUPPRESSED

HEADER_WIDTH: Final = 1.6  # inches; a longer heading is broken
COLON_INSET: Final = 0.01  # of the plot's width: where a colon stands that has no column


def right_margin(texts: Iterable[str], overhang: float) -> float:
    """Inches right of the plot for the column, and for what the axis' last number stands out over its end."""
    widest = max((text_width(text, SMALL_SIZE) for text in texts if text), default=0.0)
    return EDGE + max(widest + GAP, overhang)


def header_lines(header: str | None) -> str:
    """The heading of the column, broken where it is too wide."""
    return wrap(header, HEADER_WIDTH, SMALL_SIZE) if header else ""


def top_band(*texts: str | None) -> float:
    """Inches above the plot for the tallest of the texts on top of it."""
    return max((text_height(text, SMALL_SIZE) + 0.04 for text in texts if text), default=0.0)


def draw_header(ax: Axes, header: str, margins: Margins) -> None:
    """Write the heading of the column."""
    if header:
        draw_on_top(ax, header, margins.right_edge, align="right", colour=MUTED)


def draw_aside(ax: Axes, y: float, text: str, margins: Margins) -> None:
    """Write one text of the column, `y` inches from the top of the plot."""
    if text:
        _write(ax, margins.right_edge, y, text, "right")


def draw_colon(ax: Axes, y: float, x: float = COLON_INSET) -> None:
    """Write the sign of a number that may not be shown inside the plot, `x` a fraction of its width."""
    _write(ax, x, y, SUPPRESSED, "left")


def _write(ax: Axes, x: float, y: float, text: str, align: str) -> None:
    ax.text(x, y, text, transform=ax.get_yaxis_transform(), ha=align, va="center", size=SMALL_SIZE)
