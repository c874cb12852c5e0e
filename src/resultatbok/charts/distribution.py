"""How numbers are spread: percentiles as nested lines around a median, and every number as a dot in its group's row."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import GRID, PAPER, SeriesStyle, series_styles
from resultatbok.charts.legend import series_legend
from resultatbok.charts.marks import Key, axis_ends, hidden, row_keys, shown_rows
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.theme import MARKER_SIZE, Format, Look, chart_style

MEDIAN: Final = 50.0
THINNEST, THICKEST = 1.4, 5.0  # points: the outermost and the innermost pair of percentiles
STRIP_ROW: Final = 0.26  # inches
SPREAD: Final = 0.075  # inches to either side of a strip's centre
STEPS: Final = (0.0, 0.6, -0.6, 0.3, -0.3, 0.9, -0.9)  # of the spread, in turn, so that dots do not cover each other
DOT: Final = 4.2  # points
OPACITY: Final = 0.65

Spread = dict[float, float]
"""The value of each percentile; empty if one of them may not be shown."""


def percentile_lines(rows: pd.DataFrame, *, x_label: str, format: Format, series: str) -> Figure:
    """Draw the percentiles of each row as nested lines, thicker inwards, with a marker on the median.

    A record has a `percentile`, 0 to 100. Percentiles p and 100 - p make a pair, such as 10 and 90 (thin) around 25
    and 75 (thick). A row with a percentile that may not be shown shows a colon instead.

    Raises:
        ValueError: No rows, or percentiles that are not pairs around a median.
    """
    spreads = _read(rows, series)
    ends = axis_ends(number for spread in spreads.values() for number in spread.values())
    with chart_style():
        styles = series_styles(name for _, name in spreads)
        axis = ValueAxis(ends, format, x_label)
        chart = row_chart([key for key, _ in spreads], axis, series_legend(rows, series), lanes=styles)
        for (key, name), spread in spreads.items():
            if spread:
                _draw_spread(chart.ax, spread, chart.y(key, name), styles[name])
            else:
                chart.write_colon(chart.y(key, name))
        return chart.fig


def _read(rows: pd.DataFrame, series: str) -> dict[tuple[Key, str], Spread]:
    keys = zip(row_keys(rows, "label", None), rows[series].astype(str), strict=True)
    spreads: dict[tuple[Key, str], Spread] = {}
    for key, p, number, unshown in zip(keys, rows["percentile"], rows["value"], hidden(rows), strict=True):
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


def _draw_spread(ax: Axes, spread: Spread, y: float, style: SeriesStyle) -> None:
    lower = sorted(p for p in spread if p < MEDIAN)
    for place, p in enumerate(lower):
        share = place / (len(lower) - 1) if len(lower) > 1 else 0.5
        width = THINNEST + share * (THICKEST - THINNEST)
        ends = [spread[p], spread[100 - p]]
        ax.plot(ends, [y, y], color=style.colour, linewidth=width, solid_capstyle="butt", zorder=2)
    edge: Look = {"markersize": MARKER_SIZE + 2, "markeredgecolor": PAPER, "markeredgewidth": 1.2}
    ax.plot(spread[MEDIAN], y, marker=style.marker, color=style.colour, zorder=3, **edge)


def strip_plot(
    rows: pd.DataFrame, *, x_label: str, format: Format, limits: tuple[float, float], band: tuple[float, float]
) -> Figure:
    """Draw every value as a dot in its group's row, over a shaded `band`, with a line at 0.

    What lies beyond the `limits` of the axis stands at its edge as an arrowhead. The kind of a dot is its `series`.

    Raises:
        ValueError: No rows.
    """
    shown = shown_rows(rows, "value")
    keys = row_keys(shown, "label", None)
    with chart_style():
        legend = series_legend(shown, "series", line_width=0.0)
        chart = row_chart(keys, ValueAxis(limits, format, x_label, reference=0.0), legend, least=STRIP_ROW)
        chart.ax.axvspan(*band, color=GRID, linewidth=0, zorder=0)
        dots = shown.assign(row=[chart.y(key) for key in keys]).sort_values("value", kind="stable")
        place = dots.groupby("row").cumcount() % len(STEPS)
        dots["y"] = dots["row"] + SPREAD * place.map(dict(enumerate(STEPS)))
        _draw_dots(chart.ax, dots, limits, series_styles(shown["series"].astype(str)))
        return chart.fig


def _draw_dots(ax: Axes, dots: pd.DataFrame, limits: tuple[float, float], styles: dict[str, SeriesStyle]) -> None:
    import seaborn as sns  # takes longer to load than any chart to draw

    markers = dots["series"].astype(str).map({key: style.marker for key, style in styles.items()})
    markers = markers.mask(dots["value"] < limits[0], "<").mask(dots["value"] > limits[1], ">")
    inside = dots.assign(x=dots["value"].clip(*limits))
    for (key, marker), ours in inside.groupby([dots["series"].astype(str), markers], sort=False):
        look: Look = {"color": styles[str(key)].colour, "marker": marker, "size": DOT, "alpha": OPACITY, "linewidth": 0}
        place: Look = {"x": "x", "y": "y", "orient": "y", "native_scale": True, "jitter": False}
        sns.stripplot(ours, **place, **look, clip_on=False, zorder=3, ax=ax)
    ax.set(xlabel="", ylabel="")
