"""Lines over the years, each named at its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.frame import EDGE, Margins, draw_axis_title
from resultatbok.charts.line_names import NAME_WIDTH, name_gap, name_lines
from resultatbok.charts.marks import axis_ends
from resultatbok.charts.rows import hidden, printed
from resultatbok.charts.text import text_width, wrap
from resultatbok.charts.theme import (
    LABEL_SIZE,
    LINE_WIDTH,
    MARKER_SIZE,
    SMALL_SIZE,
    SUPPRESSED,
    Format,
    SeriesStyle,
    chart_style,
    series_styles,
)
from resultatbok.charts.upright import set_point_ticks, upright_figure

INTERVAL_WIDTH: Final = 1.2  # points
SIDE: Final = 0.25  # inches between the plot's sides and the outermost points
PADDING: Final = 0.12  # of the span, above and below
VALUE_OFFSET: Final = 6.0  # points from a point, or its interval, to its number


def trend(
    rows: pd.DataFrame,
    *,
    x: str,
    value: str,
    series: str,
    y_label: str,
    format: Format,
    series_label: str | None = None,
    low: str | None = None,
    high: str | None = None,
    value_text: str | None = None,
    x_label: str = "",
    x_format: Format = "{:.0f}".format,
    limits: tuple[float, float] | None = None,
) -> Figure:
    """Draw each series as a line with its points, and intervals, if given, as thin lines through the points.

    A point without a number, or with `suppressed` true, leaves a gap in the line and a colon at the bottom.

    Args:
        rows: One record per series and point.
        x: Column with the place on the horizontal axis, such as the year.
        value: Column with the number.
        series: Column with the series key, such as `introduction` or `jobbsjansen`.
        y_label: Title of the vertical axis.
        format: Writes the numbers of the vertical axis.
        series_label: Column with the series' printed name, written at the line's end.
        low: Column with the lower end of the interval.
        high: Column with the upper end.
        value_text: Column with the printed number of each point: over it where its line is the uppermost,
            else under it.
        x_label: Title of the horizontal axis, if it needs one.
        x_format: Writes the numbers of the horizontal axis.
        limits: Ends of the vertical axis; chosen from the rows if not given.

    Raises:
        ValueError: No rows, or two records for one point of a series.
    """
    _check(rows, x, series)
    shown = _shown(rows, x, value)
    names = dict(zip(rows[series].astype(str), rows[series_label or series].astype(str), strict=True))
    numbers = shown.loc[shown[value].notna(), [column for column in (value, low, high) if column]]
    ends = limits or axis_ends(numbers.astype(float).to_numpy().ravel(), padding=PADDING)
    with chart_style():
        styles = series_styles(names)
        labels = {key: wrap(name, NAME_WIDTH, LABEL_SIZE) for key, name in names.items()}
        gap = name_gap(printed(shown[value_text]) if value_text else [])
        right = EDGE + gap - SIDE + max(text_width(name, LABEL_SIZE) for name in labels.values())
        fig, ax, margins = upright_figure(ends, format, y_label=y_label, x_label=x_label, right=right)
        points = sorted(float(point) for point in set(shown[x]))
        _set_sides(ax, points, margins)
        set_point_ticks(ax, points, x_format, margins.plot_width)
        for key, style in styles.items():
            _draw_line(ax, shown[shown[series].astype(str) == key], (x, value, low, high), style)
        _draw_colons(ax, shown[shown[value].isna()], (x, series), styles)
        if value_text:
            _draw_values(ax, shown.dropna(subset=value), (x, value, series, value_text), (low, high), styles)
        name_lines(ax, _last_numbers(shown, value, series), labels, styles, gap - SIDE)
        draw_axis_title(fig, x_label, margins)
        return fig


def _shown(rows: pd.DataFrame, x: str, value: str) -> pd.DataFrame:
    """The rows from left to right, without the numbers that may not be shown."""
    numbers = rows[value].mask(hidden(rows, value)).astype(float)
    return rows.assign(**{value: numbers}).sort_values(x, kind="stable", ignore_index=True)


def _last_numbers(rows: pd.DataFrame, value: str, series: str) -> dict[str, float]:
    """The number where each line ends; none for a line without points."""
    shown = rows.dropna(subset=value)
    return dict(zip(shown[series].astype(str), shown[value], strict=True))


def _check(rows: pd.DataFrame, x: str, series: str) -> None:
    if rows.empty:
        raise ValueError("the chart has no rows to draw")
    twice = rows[rows.duplicated([x, series])]
    if len(twice):
        raise ValueError(f"series {twice[series].iloc[0]!r} has two records for {x} {twice[x].iloc[0]}")


def _set_sides(ax: Axes, points: Sequence[float], margins: Margins) -> None:
    span = points[-1] - points[0] or 1.0
    side = span * SIDE / (margins.plot_width - 2 * SIDE)
    ax.set_xlim(points[0] - side, points[-1] + side)


def _draw_line(
    ax: Axes, rows: pd.DataFrame, columns: tuple[str, str, str | None, str | None], style: SeriesStyle
) -> None:
    x, value, low, high = columns
    if low and high:
        shown = rows[rows[value].notna()]
        ax.vlines(shown[x], shown[low], shown[high], color=style.colour, linewidth=INTERVAL_WIDTH)
    ax.plot(
        rows[x],
        rows[value],
        color=style.colour,
        marker=style.marker,
        markersize=MARKER_SIZE,
        linewidth=LINE_WIDTH,
        clip_on=False,
        zorder=3,
    )


def _draw_colons(ax: Axes, rows: pd.DataFrame, columns: tuple[str, str], styles: dict[str, SeriesStyle]) -> None:
    """A colon over the axis for each number not shown; those of one point beside each other."""
    x, series = columns
    for point, records in rows.groupby(x):
        for place, key in enumerate(records[series].astype(str)):
            ax.annotate(
                SUPPRESSED,
                (float(str(point)), 0),
                xycoords=("data", "axes fraction"),
                xytext=(10 * (place - (len(records) - 1) / 2), 3),
                textcoords="offset points",
                ha="center",
                color=styles[key].text_colour,
                weight="bold",
            )


def _draw_values(
    ax: Axes,
    rows: pd.DataFrame,
    columns: tuple[str, str, str, str],
    bounds: tuple[str | None, str | None],
    styles: dict[str, SeriesStyle],
) -> None:
    """Printed numbers, clear of the intervals: over the uppermost line, under the others."""
    x, value, series, text = columns
    uppermost = rows.groupby(x)[value].transform("idxmax") == rows.index
    lower, upper = (rows[column or value].fillna(rows[value]) for column in bounds)
    edges = upper.where(uppermost, lower)
    for at, edge, key, label, over in zip(
        rows[x], edges, rows[series].astype(str), printed(rows[text]), uppermost, strict=True
    ):
        ax.annotate(
            label,
            (at, edge),
            xytext=(0, VALUE_OFFSET if over else -VALUE_OFFSET),
            textcoords="offset points",
            ha="center",
            va="bottom" if over else "top",
            size=SMALL_SIZE,
            color=styles[key].text_colour,
            annotation_clip=False,
        )
