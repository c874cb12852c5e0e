"""Many dots in a row: one row for each group, a shaded band for what counts as near."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.legend import series_legend
from resultatbok.charts.rowchart import RowChart, ValueAxis, row_chart
from resultatbok.charts.rows import row_keys
from resultatbok.charts.theme import GRID, Format, SeriesStyle, chart_style, series_styles

ROW: Final = 0.26  # inches
SPREAD: Final = 0.075  # inches to either side of the row's centre
STEPS: Final = (0.0, 0.6, -0.6, 0.3, -0.3, 0.9, -0.9)  # of the spread, in turn, so that dots do not cover each other
DOT: Final = 4.2  # points
OPACITY: Final = 0.65


def strip_plot(
    rows: pd.DataFrame,
    *,
    x_label: str,
    format: Format,
    limits: tuple[float, float],
    band: tuple[float, float],
    label: str = "label",
    value: str = "value",
    series: str = "series",
    series_label: str = "series_label",
) -> Figure:
    """Draw every value as a dot in its group's row; what lies beyond the limits stands at the edge as an arrowhead.

    Args:
        rows: One record per dot.
        x_label: Title of the value axis.
        format: Writes the numbers of the axis.
        limits: Ends of the axis.
        band: Ends of the shaded band.
        label: Column with the row's label.
        value: Column with the number.
        series: Column with the key of the dot's kind.
        series_label: Column with the kind's printed name, for the legend.

    Raises:
        ValueError: No rows.
    """
    if rows.empty:
        raise ValueError("the chart has no rows to draw")
    keys = row_keys(rows, label, None)
    with chart_style():
        styles = series_styles(rows[series].astype(str))
        legend = series_legend(rows, series, series_label, line_width=0.0)
        chart = row_chart(keys, ValueAxis(limits, format, x_label, reference=0.0), legend, least=ROW)
        chart.ax.axvspan(*band, color=GRID, linewidth=0, zorder=0)
        for key in dict.fromkeys(keys):
            ours = rows[[other == key for other in keys]].sort_values(value, kind="stable")
            _draw_row(chart, chart.y(key), ours[value].tolist(), ours[series].astype(str).tolist(), styles)
        return chart.fig


def _draw_row(chart: RowChart, y: float, values: list[float], kinds: list[str], styles: dict[str, SeriesStyle]) -> None:
    start, end = chart.ax.get_xlim()
    for place, (number, kind) in enumerate(zip(values, kinds, strict=True)):
        offset = y + SPREAD * STEPS[place % len(STEPS)]
        marker = "<" if number < start else ">" if number > end else styles[kind].marker
        _draw_dot(chart.ax, min(max(number, start), end), offset, marker, styles[kind].colour)


def _draw_dot(ax: Axes, x: float, y: float, marker: str, colour: str) -> None:
    ax.plot(
        x, y, marker=marker, color=colour, markersize=DOT, alpha=OPACITY, linestyle="none", clip_on=False, zorder=3,
        markeredgewidth=0,
    )  # fmt: skip
