"""The frame of a chart whose values go up: numbers left of the plot, the axis' title on top of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.frame import EDGE, Margins, bottom_band, new_figure
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import FIGURE_WIDTH, MUTED, SMALL_SIZE, Format
from resultatbok.charts.ticks import CLEARANCE, choose_ticks, set_value_ticks

PLOT_HEIGHT: Final = 3.2  # inches
TICK_GAP: Final = 0.08  # inches between the numbers and the plot
TITLE_GAP: Final = 0.12  # inches between the axis' title and the plot


def upright_figure(
    limits: tuple[float, float],
    format: Format,
    *,
    y_label: str,
    x_label: str,
    x_numbers: bool = True,
    above: float = 0.0,
    right: float = EDGE,
    plot_height: float = PLOT_HEIGHT,
) -> tuple[Figure, Axes, Margins]:
    """A figure with a finished vertical axis.

    Args:
        limits: Ends of the vertical axis.
        format: Writes its numbers.
        y_label: Title of the vertical axis, written level on top of the plot.
        x_label: Title of the horizontal axis, for which room is left.
        x_numbers: Whether the horizontal axis has numbers.
        above: Inches that a legend takes over all this.
        right: Inches right of the plot.
        plot_height: Inches from the plot's bottom to its top.
    """
    ticks = choose_ticks(*limits, format, plot_height, upright=True)
    left = EDGE + max(text_width(format(tick), SMALL_SIZE) for tick in ticks) + TICK_GAP
    title = wrap(y_label, FIGURE_WIDTH - 2 * EDGE, SMALL_SIZE)
    room = text_height(title, SMALL_SIZE) + TITLE_GAP if title else TITLE_GAP
    half_number = text_height("0", SMALL_SIZE) / 2
    bottom = max(bottom_band(x_label, left, numbers=x_numbers), EDGE + half_number)
    margins = Margins(left, right, EDGE + above + room, bottom)
    fig, ax = new_figure(margins, plot_height)
    ax.set_ylim(*limits)
    set_value_ticks(ax, format, plot_height, axis="y")
    ax.tick_params(axis="y", pad=TICK_GAP * POINTS_PER_INCH)
    width, height = fig.get_size_inches()
    top = (margins.bottom + plot_height + TITLE_GAP) / height
    fig.text(EDGE / width, top, title, va="bottom", size=SMALL_SIZE, color=MUTED)
    return fig, ax, margins


def set_point_ticks(ax: Axes, points: Sequence[float], format: Format, room: float) -> None:
    """Number the horizontal axis at given points, or at every second, third ... of them if room is short."""
    for stride in range(1, len(points) + 1):
        chosen = list(points[::-1][::stride][::-1])
        labels = [format(point) for point in chosen]
        if _fit(ax, chosen, labels, room):
            break
    ax.set_xticks(chosen, labels)


def _fit(ax: Axes, points: list[float], labels: list[str], room: float) -> bool:
    low, high = ax.get_xlim()
    widths = [text_width(label, SMALL_SIZE) for label in labels]
    places = [room * (point - low) / (high - low) for point in points]
    return all(places[i + 1] - places[i] >= (widths[i] + widths[i + 1]) / 2 + CLEARANCE for i in range(len(points) - 1))
