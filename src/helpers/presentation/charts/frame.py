"""The frame of a chart: margins in inches, so that nothing is squeezed and nothing is cut.

Every text is measured first; the figure is as high as its content; the plot gets the width that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.presentation.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from helpers.presentation.charts.theme import (
    FIGURE_WIDTH,
    LABEL_SIZE,
    LINE_WIDTH,
    MARKER_SIZE,
    MUTED,
    REFERENCE,
    SMALL_SIZE,
    SeriesStyle,
)

EDGE: Final = 0.06  # inches of white around everything
GAP: Final = 0.14  # inches between a text column and the plot
TICK_BAND: Final = 0.2  # inches below the plot for the numbers of the axis
HANDLE: Final = 2.2  # length of a legend's sample, in font sizes
HANDLE_GAP: Final = 0.6
COLUMN_GAP: Final = 1.8


@dataclass(frozen=True)
class Margins:
    """Room around the plot, in inches."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Legend:
    """Samples with their labels, and how they are set in lines."""

    handles: list[Artist]
    labels: list[str]
    columns: int
    height: float

    @classmethod
    def of(cls, handles: list[Artist], labels: list[str], width: float = FIGURE_WIDTH - 2 * EDGE) -> Legend:
        """Set the samples in as few lines as fit in `width` inches."""
        em = LABEL_SIZE / POINTS_PER_INCH
        room = width - (HANDLE + HANDLE_GAP) * em
        wrapped = [wrap(label, room, LABEL_SIZE) for label in labels]
        widths = [
            (HANDLE + HANDLE_GAP + COLUMN_GAP) * em + text_width(label, LABEL_SIZE) for label in wrapped
        ]
        columns = next(
            n for n in range(max(len(labels), 1), 0, -1) if n == 1 or _columns_width(widths, n) <= width
        )
        lines = -(-len(labels) // columns) if labels else 0
        tallest = max((text_height(label, LABEL_SIZE) for label in wrapped), default=0.0)
        return cls(handles, wrapped, columns, lines * (tallest + 0.04) + (0.1 if lines else 0))


def _columns_width(widths: list[float], columns: int) -> float:
    """Width of a legend that fills column after column, as matplotlib does."""
    lines = -(-len(widths) // columns)
    return sum(max(widths[i : i + lines]) for i in range(0, len(widths), lines))


def new_figure(margins: Margins, plot_height: float) -> tuple[Figure, Axes]:
    """A figure of the pages' width, with one bare plot inside the margins."""
    height = margins.top + plot_height + margins.bottom
    fig = Figure(figsize=(FIGURE_WIDTH, height))
    width = FIGURE_WIDTH - margins.left - margins.right
    box = (
        margins.left / FIGURE_WIDTH,
        margins.bottom / height,
        width / FIGURE_WIDTH,
        plot_height / height,
    )
    ax = fig.add_axes(box)
    ax.spines[:].set_visible(False)
    return fig, ax


def draw_legend(fig: Figure, legend: Legend, left: float = EDGE) -> None:
    """Put the legend along the top edge, `left` inches from the left."""
    if not legend.labels:
        return
    width, height = fig.get_size_inches()
    fig.legend(
        legend.handles,
        legend.labels,
        loc="upper left",
        bbox_to_anchor=(left / width, 1 - EDGE / height),
        ncols=legend.columns,
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        handlelength=HANDLE,
        handletextpad=HANDLE_GAP,
        columnspacing=COLUMN_GAP,
        labelspacing=0.35,
        fontsize=LABEL_SIZE,
    )


def series_handle(style: SeriesStyle, *, line: bool = True) -> Line2D:
    """The legend's sample of a series: its marker, on its line if it has one."""
    return Line2D(
        [],
        [],
        color=style.colour,
        marker=style.marker,
        markersize=MARKER_SIZE,
        linewidth=LINE_WIDTH if line else 0,
        markeredgecolor="white",
        markeredgewidth=0.6,
    )


def axis_title(label: str, margins: Margins) -> str:
    """The title of the horizontal axis, broken to the room right of the labels."""
    return wrap(label, FIGURE_WIDTH - margins.left - EDGE, SMALL_SIZE)


def bottom_band(label: str, left: float) -> float:
    """Inches below the plot for the numbers of the axis and its title."""
    title = wrap(label, FIGURE_WIDTH - left - EDGE, SMALL_SIZE)
    return TICK_BAND + (text_height(title, SMALL_SIZE) + 0.06 if label else 0) + EDGE


def draw_axis_title(fig: Figure, label: str, margins: Margins) -> None:
    """Write the title of the horizontal axis, from the plot's left edge."""
    width, height = fig.get_size_inches()
    fig.text(
        margins.left / width,
        EDGE / height,
        axis_title(label, margins),
        ha="left",
        va="bottom",
        size=SMALL_SIZE,
        color=MUTED,
    )


def draw_reference(ax: Axes, value: float, *, axis: str = "x") -> None:
    """A thin dashed line at a value that the reader compares with."""
    draw = ax.axvline if axis == "x" else ax.axhline
    draw(value, color=REFERENCE, linewidth=1, dashes=(4, 2), zorder=1)
