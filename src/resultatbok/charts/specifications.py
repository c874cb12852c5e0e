"""A specification curve: estimates with their intervals from low to high, over a grid of the choices behind each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from resultatbok.charts.colour import GRID, MUTED, OTHER_SERIES, PLAIN, REFERENCE
from resultatbok.charts.frame import TOP_TITLE_GAP, Margins, draw_reference, new_figure
from resultatbok.charts.legend import Legend, draw_legend
from resultatbok.charts.marks import Key, axis_ends, shown_rows
from resultatbok.charts.rowchart import draw_labels, left_margin, place_rows
from resultatbok.charts.text import POINTS_PER_INCH, text_height, wrap
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, MARKER_SIZE, POINT, SMALL_SIZE, Format, Look, chart_style
from resultatbok.charts.ticks import set_value_ticks

CURVE_HEIGHT: Final = 2.6  # inches, of the plot with the estimates
BETWEEN: Final = 0.16  # inches between it and the grid
MARKED: Final = OTHER_SERIES[0].colour
DOT, MARKED_DOT, TICK = "o", "D", "|"
LARGEST_DOT, SMALLEST_DOT = 4.0, 1.6  # points
TICK_HEIGHT: Final = 7.0  # points
THICKEST, THINNEST = 1.4, 0.5  # points: lines, by how close they stand


def specification_plot(
    rows: pd.DataFrame,
    choices: Mapping[str, str],
    *,
    marked: str,
    marked_label: str,
    y_label: str,
    format: Format,
    reference: float = 0.0,
) -> Figure:
    """Draw estimates from the lowest to the highest; under each, a tick in the row of every option it rests on.

    Estimates without a number, or with `suppressed` true, have no place in the order and are left out.

    Args:
        rows: One record per specification: `value`, `low`, `high`, and the columns of `choices` with the label of the
            option taken. Options are listed in the order in which the records first have them.
        choices: Heading of each choice, by column.
        marked: Column that is true for the specification to stand out.
        marked_label: What the legend calls it.
        y_label: Title of the axis.
        format: Writes the numbers of the axis.
        reference: Value to compare with, drawn as a dashed line.

    Raises:
        ValueError: No estimate that may be shown.
    """
    shown = shown_rows(rows, "value").sort_values("value", kind="stable")
    shown = shown.assign(place=range(len(shown)))
    keys = [(heading, str(label)) for column, heading in choices.items() for label in rows[column].unique()]
    with chart_style():
        places = place_rows(keys)
        left = left_margin(places)
        look: Look = {"color": MARKED, "marker": MARKED_DOT, "markersize": MARKER_SIZE}
        legend = Legend.of({marked_label: Line2D([], [], **look)} if shown[marked].any() else {})
        title = wrap(y_label, FIGURE_WIDTH - 2 * EDGE, SMALL_SIZE)
        above = EDGE + legend.height + text_height(title, SMALL_SIZE) + TOP_TITLE_GAP
        margins = Margins(left, EDGE, above + CURVE_HEIGHT + BETWEEN, EDGE)
        fig, grid = new_figure(margins, places.height)
        width, height = fig.get_size_inches()
        curve = fig.add_axes((left / width, 1 - (above + CURVE_HEIGHT) / height, margins.plot_width / width,
                              CURVE_HEIGHT / height))  # fmt: skip
        curve.spines[:].set_visible(False)
        fig.text(EDGE / width, 1 - (above - TOP_TITLE_GAP) / height, title, va="bottom", size=SMALL_SIZE, color=MUTED)
        draw_legend(fig, legend)
        for ax in (curve, grid):
            ax.set(xlim=(-1, len(shown)), xticks=[])
        pitch = margins.plot_width * POINTS_PER_INCH / (len(shown) + 1)
        _draw_curve(curve, shown, marked, reference, format, pitch)
        draw_labels(grid, places)
        grid.hlines(list(places.centres.values()), -1, len(shown), color=GRID, linewidth=0.6, zorder=1)
        _draw_grid(grid, shown, choices, marked, places.centres, pitch)
        return fig


def _draw_curve(ax: Axes, shown: pd.DataFrame, marked: str, reference: float, format: Format, pitch: float) -> None:
    """The estimates, the marked one over the others."""
    ax.set_ylim(*axis_ends([*shown[["value", "low", "high"]].astype(float).to_numpy().ravel(), reference]))
    set_value_ticks(ax, format, CURVE_HEIGHT, axis="y")
    draw_reference(ax, reference, axis="y")
    width, size = _between(THINNEST, pitch * 0.4, THICKEST), _between(SMALLEST_DOT, pitch, LARGEST_DOT)
    plain, own = shown[~shown[marked].astype(bool)], shown[shown[marked].astype(bool)]
    ax.vlines(plain["place"], plain["low"], plain["high"], color=REFERENCE, linewidth=width, alpha=0.6)
    ax.plot(plain["place"], plain["value"], DOT, color=PLAIN.colour, markersize=size, **POINT)
    ax.vlines(own["place"], own["low"], own["high"], color=MARKED, linewidth=THICKEST)
    ax.plot(own["place"], own["value"], MARKED_DOT, color=MARKED, markersize=MARKER_SIZE, **POINT)


def _draw_grid(
    ax: Axes, shown: pd.DataFrame, choices: Mapping[str, str], marked: str, centres: Mapping[Key, float], pitch: float
) -> None:
    """A tick for each option that an estimate rests on."""
    look: Look = {"markersize": TICK_HEIGHT, "markeredgewidth": _between(THINNEST, pitch * 0.5, THICKEST)}
    for column, heading in choices.items():
        heights = [centres[heading, str(label)] for label in shown[column]]
        ax.plot(shown["place"], heights, TICK, color=PLAIN.colour, **look, **POINT)
        own = shown[marked].astype(bool).to_numpy()
        taken = [y for y, chosen in zip(heights, own, strict=True) if chosen]
        ax.plot(shown.loc[own, "place"], taken, MARKED_DOT, color=MARKED, markersize=MARKER_SIZE, **POINT)


def _between(low: float, value: float, high: float) -> float:
    return min(high, max(low, value))
