"""The frame of a chart: margins in inches, so that nothing is squeezed and nothing is cut.

Every text is measured first; the figure is as high as its content, and the plot gets the width that is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import INK, MUTED, REFERENCE
from resultatbok.charts.legend import Legend, draw_legend
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import BESIDE, EDGE, FIGURE_WIDTH, SMALL_SIZE, Format, Look
from resultatbok.charts.ticks import choose_ticks, clear, set_value_ticks

GAP: Final = 0.14  # inches between a text column and the plot
TICK_BAND: Final = 0.2  # inches below the plot for the numbers of the axis
TICK_GAP: Final = 0.08  # inches between the numbers of a vertical axis and the plot
TITLE_GAP: Final = 0.06  # inches between the numbers of the horizontal axis and its title
TOP_TITLE_GAP: Final = 0.12  # inches between the plot and the title of the vertical axis on top of it
PLOT_HEIGHT: Final = 3.2  # inches, of a chart whose values go up
HALF_NUMBER: Final = EDGE + 0.2  # inches right of the plot, for half of the axis' last number
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
    bottom, left = margins.bottom / height, margins.left / FIGURE_WIDTH
    ax = fig.add_axes((left, bottom, margins.plot_width / FIGURE_WIDTH, plot_height / height))
    ax.spines[:].set_visible(False)
    return fig, ax


def upright_figure(
    limits: tuple[float, float],
    format: Format,
    *,
    y_label: str,
    x_label: str,
    x_numbers: bool = True,
    legends: Sequence[Legend] = (),
    right: float = EDGE,
    plot_height: float = PLOT_HEIGHT,
) -> tuple[Figure, Axes, Margins]:
    """A figure whose values go up, with its legends, a finished vertical axis and the title of the horizontal one.

    The title of the vertical axis stands level on top of the plot, under the legends. `right` and `plot_height` are in
    inches; `x_numbers` says whether the horizontal axis will have numbers.
    """
    above = sum(legend.height for legend in legends)
    ticks = choose_ticks(*limits, format, plot_height, upright=True)
    left = EDGE + max(text_width(format(tick), SMALL_SIZE) for tick in ticks) + TICK_GAP
    title = wrap(y_label, FIGURE_WIDTH - 2 * EDGE, SMALL_SIZE)
    room = text_height(title, SMALL_SIZE) + TOP_TITLE_GAP if title else TOP_TITLE_GAP
    half_number = text_height("0", SMALL_SIZE) / 2
    bottom = max(bottom_band(x_label, left, numbers=x_numbers), EDGE + half_number)
    margins = Margins(left, right, EDGE + above + room, bottom)
    fig, ax = new_figure(margins, plot_height)
    ax.set_ylim(*limits)
    set_value_ticks(ax, format, plot_height, axis="y")
    ax.tick_params(axis="y", pad=TICK_GAP * POINTS_PER_INCH)
    width, height = fig.get_size_inches()
    top = (margins.bottom + plot_height + TOP_TITLE_GAP) / height
    fig.text(EDGE / width, top, title, va="bottom", size=SMALL_SIZE, color=MUTED)
    draw_axis_title(fig, x_label, margins)
    for number, legend in enumerate(legends):
        draw_legend(fig, legend, below=sum(upper.height for upper in legends[:number]))
    return fig, ax, margins


def set_point_ticks(ax: Axes, points: Sequence[float], format: Format, room: float) -> None:
    """Number the horizontal axis at given points, or at every second, third ... of them if room is short."""
    low, high = ax.get_xlim()
    for stride in range(1, len(points) + 1):
        chosen = list(points[::-1][::stride][::-1])
        labels = [format(point) for point in chosen]
        places = [room * (point - low) / (high - low) for point in chosen]
        if clear(places, [text_width(label, SMALL_SIZE) for label in labels]):
            break
    ax.set_xticks(chosen, labels)


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
    place: Look = {"xy": (at, 1), "xycoords": "axes fraction", "xytext": (0, ABOVE), "ha": align, "va": "bottom"}
    ax.annotate(text, **place, size=SMALL_SIZE, color=colour, **BESIDE)
