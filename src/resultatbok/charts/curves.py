"""Points with intervals: among curves they are compared with, such as the limits of a funnel, or in order of size."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from resultatbok.charts.colour import INK, MUTED, PAPER, series_styles
from resultatbok.charts.frame import HALF_NUMBER, draw_reference, upright_figure
from resultatbok.charts.legend import Legend, series_legend
from resultatbok.charts.marks import axis_ends, shown_rows
from resultatbok.charts.text import POINTS_PER_INCH
from resultatbok.charts.theme import MARKER_SIZE, POINT, Format, Look, chart_style
from resultatbok.charts.ticks import set_value_ticks

PLOT_HEIGHT: Final = 4.2  # inches
MARKER: Final = 5.2  # points
OPACITY: Final = 0.8
INTERVAL_OPACITY: Final = 0.6
RANKED_OPACITY: Final = 0.45
SMALLEST_MARKER: Final = 2.6  # points
THINNEST, THICKEST = 0.4, 1.6  # points: interval lines of estimates in order, by how close they stand
CURVE_STYLES: Final[tuple[tuple[str, LineStyleType, float], ...]] = (
    (INK, "-", 1.3),
    (MUTED, (0, (5, 2)), 1.3),
    (MUTED, (0, (1, 1.5)), 1.6),
)
"""Colour, dashes and width of the curves of each name, in order of appearance."""


def points_and_curves(
    points: pd.DataFrame,
    curves: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str,
    x_label: str,
    y_label: str,
    x_format: Format,
    y_format: Format,
    intervals: bool = False,
    log: bool = False,
) -> Figure:
    """Draw points over curves; curves of the same printed name, such as two limits, look the same.

    Points are drawn at the columns `x` and `y`, with `intervals` of `y` from `low` to `high`; those with a missing
    number, or with `suppressed` true, are left out. A record of `curves` is a corner of one, in the order in which
    they are joined, with `x`, `y`, the key of its `curve` and its `curve_label`. Curves do not widen the axes: where
    they leave the range of the points they are cut.

    Raises:
        ValueError: No point that may be shown, or more names of curves than can be told apart.
    """
    shown = shown_rows(points, x, y)
    names = list(dict.fromkeys(curves["curve_label"].astype(str)))
    if len(names) > len(CURVE_STYLES):
        raise ValueError(f"a chart can tell {len(CURVE_STYLES)} kinds of curve apart, not {len(names)}")
    with chart_style():
        legend = series_legend(shown, series, line_width=0)
        numbers = shown[[y, *(["low", "high"] if intervals else [])]].astype(float).to_numpy().ravel()
        fig, ax, margins = upright_figure(
            axis_ends(numbers),
            y_format,
            y_label=y_label,
            x_label=x_label,
            legends=[legend, _curve_legend(names)],
            right=HALF_NUMBER,
            plot_height=PLOT_HEIGHT,
        )
        if log:
            ax.set_xscale("log")
        ax.set_xlim(*axis_ends(shown[x], log=log))
        set_value_ticks(ax, x_format, margins.plot_width, log=log)
        _draw_curves(ax, curves, (x, y), names)
        _draw_points(ax, shown, (x, y, series), intervals=intervals)
        return fig


def _curve_legend(names: list[str]) -> Legend:
    samples: dict[str, Artist] = {
        name: Line2D([], [], color=colour, linestyle=dashes, linewidth=width)
        for name, (colour, dashes, width) in zip(names, CURVE_STYLES, strict=False)
    }
    return Legend.of(samples)


def _draw_curves(ax: Axes, curves: pd.DataFrame, columns: tuple[str, str], names: list[str]) -> None:
    x, y = columns
    for (name, _), corners in curves.groupby(["curve_label", "curve"], sort=False):
        colour, dashes, width = CURVE_STYLES[names.index(str(name))]
        ax.plot(corners[x], corners[y], color=colour, linestyle=dashes, linewidth=width, zorder=2)


def _draw_points(ax: Axes, points: pd.DataFrame, columns: tuple[str, str, str], *, intervals: bool) -> None:
    x, y, series = columns
    edge: Look = {"alpha": OPACITY, "markeredgecolor": PAPER, "markeredgewidth": 0.5}
    for key, style in series_styles(points[series].astype(str)).items():
        ours = points[points[series].astype(str) == key]
        if intervals:
            ax.vlines(ours[x], ours["low"], ours["high"], color=style.colour, alpha=INTERVAL_OPACITY, linewidth=1)
        ax.plot(ours[x], ours[y], style.marker, color=style.colour, markersize=MARKER, **edge, **POINT)


def caterpillar(
    rows: pd.DataFrame, *, series: str, y_label: str, x_label: str, format: Format, reference: float = 0.0
) -> Figure:
    """Draw estimates with their intervals from the lowest to the highest, coloured and shaped by series.

    Estimates without a number, or with `suppressed` true, have no place in the order and are left out. A dashed line
    lies at `reference`.

    Raises:
        ValueError: No estimate that may be shown.
    """
    shown = shown_rows(rows, "value").sort_values("value", kind="stable")
    with chart_style():
        styles = series_styles(shown[series].astype(str))
        legend = series_legend(rows[rows[series].isin(shown[series])], series)
        numbers = shown[["value", "low", "high"]].astype(float).to_numpy().ravel()
        ends = axis_ends([*numbers, reference])
        fig, ax, margins = upright_figure(
            ends, format, y_label=y_label, x_label=x_label, x_numbers=False, legends=[legend]
        )
        ax.set(xlim=(-1, len(shown)), xticks=[])
        draw_reference(ax, reference, axis="y")
        pitch = margins.plot_width * POINTS_PER_INCH / (len(shown) + 1)
        width = min(THICKEST, max(THINNEST, pitch * 0.35))
        size = min(MARKER_SIZE, max(SMALLEST_MARKER, pitch))
        ordered = shown.assign(place=range(len(shown)))
        for key, style in styles.items():
            ours = ordered[ordered[series].astype(str) == key]
            line: Look = {"color": style.colour, "alpha": RANKED_OPACITY, "linewidth": width}
            ax.vlines(ours["place"], ours["low"], ours["high"], **line)
            ax.plot(ours["place"], ours["value"], style.marker, color=style.colour, markersize=size, **POINT)
        return fig
