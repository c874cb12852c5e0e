"""Points among curves they are compared with: the limits of a funnel, or the line on which two measures agree."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.typing import LineStyleType

from resultatbok.charts.colour import INK, PAPER
from resultatbok.charts.frame import EDGE, draw_axis_title
from resultatbok.charts.legend import Legend, draw_legend, series_legend
from resultatbok.charts.marks import axis_ends
from resultatbok.charts.rows import hidden
from resultatbok.charts.theme import MUTED, Format, chart_style, series_styles
from resultatbok.charts.ticks import set_value_ticks
from resultatbok.charts.upright import upright_figure

PLOT_HEIGHT: Final = 4.2  # inches
RIGHT: Final = EDGE + 0.2  # inches right of the plot, for half of the axis' last number
MARKER: Final = 5.2  # points
OPACITY: Final = 0.8
INTERVAL_OPACITY: Final = 0.6
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
    curve: str,
    curve_label: str,
    x_label: str,
    y_label: str,
    x_format: Format,
    y_format: Format,
    series_label: str | None = None,
    low: str | None = None,
    high: str | None = None,
    log: bool = False,
) -> Figure:
    """Draw points over curves; curves of the same printed name, such as two limits, look the same.

    Points with a missing number, or with `suppressed` true, are left out. The curves do not widen the axes: where
    they leave the range of the points they are cut.

    Args:
        points: One record per point.
        curves: One record per corner of a curve, in the order in which they are joined.
        x: Column of both with the horizontal place.
        y: Column of both with the vertical place.
        series: Column of the points with the series key.
        curve: Column of the curves that tells one curve from another.
        curve_label: Column of the curves with the printed name, for the legend.
        x_label: Title of the horizontal axis.
        y_label: Title of the vertical axis.
        x_format: Writes the numbers of the horizontal axis.
        y_format: Writes those of the vertical axis.
        series_label: Column with the series' printed name, for the legend.
        low: Column of the points with the lower end of an interval of `y`, if there is one.
        high: Column with the upper end.
        log: Whether the horizontal axis is logarithmic.

    Raises:
        ValueError: No point that may be shown, or more names of curves than can be told apart.
    """
    shown = points[~(hidden(points, x) | hidden(points, y))]
    if shown.empty:
        raise ValueError("the chart has no points to draw")
    names = list(dict.fromkeys(curves[curve_label].astype(str)))
    if len(names) > len(CURVE_STYLES):
        raise ValueError(f"a chart can tell {len(CURVE_STYLES)} kinds of curve apart, not {len(names)}")
    with chart_style():
        legend = series_legend(shown, series, series_label, line_width=0)
        lines = _curve_legend(names)
        numbers = shown[[y, *([low, high] if low and high else [])]].astype(float).to_numpy().ravel()
        fig, ax, margins = upright_figure(
            axis_ends(numbers),
            y_format,
            y_label=y_label,
            x_label=x_label,
            above=legend.height + lines.height,
            right=RIGHT,
            plot_height=PLOT_HEIGHT,
        )
        if log:
            ax.set_xscale("log")
        ax.set_xlim(*axis_ends(shown[x], log=log))
        set_value_ticks(ax, x_format, margins.plot_width, log=log)
        _draw_curves(ax, curves, (x, y, curve, curve_label), names)
        _draw_points(ax, shown, (x, y, series), (low, high))
        draw_axis_title(fig, x_label, margins)
        draw_legend(fig, legend)
        draw_legend(fig, lines, below=legend.height)
        return fig


def _curve_legend(names: list[str]) -> Legend:
    samples: dict[str, Artist] = {
        name: Line2D([], [], color=colour, linestyle=dashes, linewidth=width)
        for name, (colour, dashes, width) in zip(names, CURVE_STYLES, strict=False)
    }
    return Legend.of(samples)


def _draw_curves(ax: Axes, curves: pd.DataFrame, columns: tuple[str, str, str, str], names: list[str]) -> None:
    x, y, curve, curve_label = columns
    for (name, _), corners in curves.groupby([curve_label, curve], sort=False):
        colour, dashes, width = CURVE_STYLES[names.index(str(name))]
        ax.plot(corners[x], corners[y], color=colour, linestyle=dashes, linewidth=width, zorder=2)


def _draw_points(
    ax: Axes, points: pd.DataFrame, columns: tuple[str, str, str], ends: tuple[str | None, str | None]
) -> None:
    x, y, series = columns
    low, high = ends
    for key, style in series_styles(points[series].astype(str)).items():
        ours = points[points[series].astype(str) == key]
        if low and high:
            ax.vlines(ours[x], ours[low], ours[high], color=style.colour, alpha=INTERVAL_OPACITY, linewidth=1)
        ax.plot(
            ours[x],
            ours[y],
            style.marker,
            color=style.colour,
            markersize=MARKER,
            alpha=OPACITY,
            markeredgecolor=PAPER,
            markeredgewidth=0.5,
            linestyle="none",
            clip_on=False,
            zorder=3,
        )
