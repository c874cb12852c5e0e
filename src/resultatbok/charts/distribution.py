"""How characteristics and estimates are spread: percentiles as nested lines around a median."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.asides import draw_colon
from resultatbok.charts.caterpillar import caterpillar
from resultatbok.charts.colour import PAPER
from resultatbok.charts.legend import series_legend
from resultatbok.charts.marks import NO_SERIES, axis_ends
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.rows import Key, hidden, row_keys
from resultatbok.charts.theme import MARKER_SIZE, Format, SeriesStyle, chart_style, series_styles

__all__ = ["caterpillar", "percentile_lines"]

MEDIAN: Final = 50.0
THINNEST, THICKEST = 1.4, 5.0  # points: the outermost and the innermost pair of percentiles


def percentile_lines(
    rows: pd.DataFrame,
    *,
    percentile: str,
    value: str,
    x_label: str,
    format: Format,
    label: str = "label",
    series: str | None = None,
    series_label: str | None = None,
    group: str | None = None,
    reference: float | None = None,
    reference_label: str | None = None,
) -> Figure:
    """Draw the percentiles of each row as nested lines, thicker inwards, with a marker on the median.

    Percentiles p and 100 - p make a pair, such as 10 and 90 (thin) around 25 and 75 (thick). A row with a
    percentile that may not be shown shows a colon instead.

    Args:
        rows: One record per row, series and percentile.
        percentile: Column with the percentile, 0 to 100.
        value: Column with its value.
        x_label: Title of the value axis.
        format: Writes the numbers of the axis.
        label: Column with the row's label.
        series: Column with the series key, if a row holds several.
        series_label: Column with the series' printed name, for the legend.
        group: Column with the heading that a row stands under.
        reference: Value to compare with, drawn as a dashed line.
        reference_label: What the reference is, printed above the line.

    Raises:
        ValueError: No rows, or percentiles that are not pairs around a median.
    """
    keys = row_keys(rows, label, group)
    names = rows[series].astype(str) if series else pd.Series(NO_SERIES, index=rows.index)
    spreads = _read(rows, list(zip(keys, names, strict=True)), percentile, value)
    numbers = [n for spread in spreads.values() for n in spread.values()]
    ends = axis_ends([*numbers, *([] if reference is None else [reference])])
    with chart_style():
        styles = series_styles(names)
        axis = ValueAxis(ends, format, x_label, reference=reference, reference_label=reference_label or "")
        chart = row_chart(keys, axis, series_legend(rows, series, series_label), lanes=styles)
        for (key, name), spread in spreads.items():
            _draw_spread(chart.ax, spread, chart.y(key, name), styles[name])
        return chart.fig


def _read(
    rows: pd.DataFrame, keys: list[tuple[Key, str]], percentile: str, value: str
) -> dict[tuple[Key, str], dict[float, float]]:
    """The value of each percentile of each spread; of none of them if one may not be shown."""
    spreads: dict[tuple[Key, str], dict[float, float]] = {}
    for key, p, number, unshown in zip(keys, rows[percentile], rows[value], hidden(rows, value), strict=True):
        spread = spreads.setdefault(key, {})
        if float(p) in spread:
            raise ValueError(f"row {key[0][1]!r} has two records for percentile {p} of series {key[1]!r}")
        spread[float(p)] = math.nan if unshown else float(number)
    if not spreads:
        raise ValueError("the chart has no rows to draw")
    for ((_, name), _), spread in spreads.items():
        if sorted(spread) != sorted(100 - p for p in spread) or MEDIAN not in spread:
            raise ValueError(f"row {name!r}: percentiles {sorted(spread)} are not pairs around the 50th")
    return {key: {} if any(math.isnan(n) for n in spread.values()) else spread for key, spread in spreads.items()}


def _draw_spread(ax: Axes, spread: dict[float, float], y: float, style: SeriesStyle) -> None:
    if not spread:
        draw_colon(ax, y)
        return
    lower = sorted(p for p in spread if p < MEDIAN)
    for place, p in enumerate(lower):
        share = place / (len(lower) - 1) if len(lower) > 1 else 0.5
        width = THINNEST + share * (THICKEST - THINNEST)
        ends = [spread[p], spread[100 - p]]
        ax.plot(ends, [y, y], color=style.colour, linewidth=width, solid_capstyle="butt", zorder=2)
    ax.plot(
        spread[MEDIAN],
        y,
        marker=style.marker,
        color=style.colour,
        markersize=MARKER_SIZE + 2,
        markeredgecolor=PAPER,
        markeredgewidth=1.2,
        zorder=3,
    )
