"""The frame of a chart: margins in inches, so that nothing is squeezed and nothing is cut.

Every text is measured first; the figure is as high as its content, and the plot gets the width that is left.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import INK
from resultatbok.charts.text import text_height, text_width, wrap
from resultatbok.charts.theme import FIGURE_WIDTH, MUTED, REFERENCE, SMALL_SIZE

EDGE: Final = 0.06  # inches of white around everything
GAP: Final = 0.14  # inches between a text column and the plot
TICK_BAND: Final = 0.2  # inches below the plot for the numbers of the axis
TITLE_GAP: Final = 0.06  # inches between those numbers and the axis' title
ABOVE: Final = 3.0  # points between the plot and a text on top of it


@dataclass(frozen=True)
class Margins:
    """Room around the plot, in inches."""

    left: float
    right: float
    top: float
    bottom: float

    @property
    def plot_width(self) -> float:
        """Inches left for the plot."""
        return FIGURE_WIDTH - self.left - self.right

    @property
    def right_edge(self) -> float:
        """The right end of the printed width, as a fraction of the plot's."""
        return 1 + (self.right - EDGE) / self.plot_width


def new_figure(margins: Margins, plot_height: float) -> tuple[Figure, Axes]:
    """A figure of the pages' width, with one bare plot inside the margins."""
    height = margins.top + plot_height + margins.bottom
    fig = Figure(figsize=(FIGURE_WIDTH, height))
    box = (
        margins.left / FIGURE_WIDTH,
        margins.bottom / height,
        margins.plot_width / FIGURE_WIDTH,
        plot_height / height,
    )
    ax = fig.add_axes(box)
    ax.spines[:].set_visible(False)
    return fig, ax


def bottom_band(label: str, left: float, *, numbers: bool = True) -> float:
    """Inches below the plot for the numbers of the axis, if it has any, and its title."""
    title = _axis_title(label, left)
    return (TICK_BAND if numbers else 0.0) + (text_height(title, SMALL_SIZE) + TITLE_GAP if title else 0.0) + EDGE


def draw_axis_title(fig: Figure, label: str, margins: Margins) -> None:
    """Write the title of the horizontal axis in the lower margin, from the plot's left edge."""
    width, height = fig.get_size_inches()
    place = (margins.left / width, EDGE / height)
    fig.text(*place, _axis_title(label, margins.left), va="bottom", size=SMALL_SIZE, color=MUTED)


def _axis_title(label: str, left: float) -> str:
    return wrap(label, FIGURE_WIDTH - left - EDGE, SMALL_SIZE)


def draw_reference(ax: Axes, value: float, *, axis: str = "x") -> None:
    """A thin dashed line at a value that the reader compares with."""
    draw = ax.axvline if axis == "x" else ax.axhline
    draw(value, color=REFERENCE, linewidth=1, dashes=(4, 2), zorder=1)


def draw_on_top(ax: Axes, text: str, at: float, *, align: str = "center", colour: str = INK) -> None:
    """Write small text on top of the plot, `at` a fraction of its width."""
    ax.annotate(
        text,
        (at, 1),
        xycoords="axes fraction",
        xytext=(0, ABOVE),
        textcoords="offset points",
        ha=align,
        va="bottom",
        size=SMALL_SIZE,
        color=colour,
        annotation_clip=False,
    )


def draw_reference_label(ax: Axes, value: float, label: str, room: float) -> None:
    """Say on top of the plot what a vertical reference line is; centred over it, but within the plot."""
    if not label:
        return
    text = wrap(label, room, SMALL_SIZE)
    at = float(ax.transAxes.inverted().transform(ax.transData.transform((value, 0)))[0])
    half = text_width(text, SMALL_SIZE) / room / 2
    draw_on_top(ax, text, min(max(at, half), 1 - half))
