"""Lines over the years, each named at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import SeriesStyle, series_styles
from resultatbok.charts.frame import PLOT_HEIGHT, Margins, set_point_ticks, upright_figure
from resultatbok.charts.marks import axis_ends, hidden
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import (
    BESIDE,
    EDGE,
    LABEL_SIZE,
    LINE_WIDTH,
    MARKER_SIZE,
    SUPPRESSED,
    Format,
    Look,
    chart_style,
)

INTERVAL_WIDTH: Final = 1.2  # points
SIDE: Final = 0.25  # inches between the plot's sides and the outermost points
PADDING: Final = 0.12  # of the span, above and below
NAME_WIDTH: Final = 1.9  # inches; a longer name is broken
LINE: Final[Look] = {"linestyle": "-", "linewidth": LINE_WIDTH, "clip_on": False, "zorder": 3}
NAME_GAP: Final = 0.12  # inches between a line's end and its name


def trend(
    rows: pd.DataFrame,
    *,
    x: str,
    series: str,
    y_label: str,
    format: Format,
    intervals: bool = False,
    x_label: str = "",
    x_format: Format = "{:.0f}".format,
    limits: tuple[float, float] | None = None,
) -> Figure:
    """Draw each series as a line with its points over the column `x`, and `intervals` as thin lines through the points.

    A point without a number, or with `suppressed` true, leaves a gap in the line and a colon at the bottom. `limits`
    are the ends of the vertical axis; they are chosen from the rows if not given.

    Raises:
        ValueError: No rows, or two records for one point of a series.
    """
    _check(rows, x, series)
    names = dict(zip(rows[series].astype(str), rows[f"{series}_label"].astype(str), strict=True))
    table = rows.assign(value=rows["value"].mask(hidden(rows)).astype(float)).sort_values(x, kind="stable")
    shown = table.dropna(subset="value")
    numbers = shown[["value", *(["low", "high"] if intervals else [])]].astype(float).to_numpy().ravel()
    ends = limits or axis_ends(numbers, padding=PADDING)
    with chart_style():
        styles = series_styles(names)
        labels = {key: wrap(name, NAME_WIDTH, LABEL_SIZE) for key, name in names.items()}
        right = EDGE + NAME_GAP - SIDE + max(text_width(name, LABEL_SIZE) for name in labels.values())
        fig, ax, margins = upright_figure(ends, format, y_label=y_label, x_label=x_label, right=right)
        points = sorted(float(point) for point in set(table[x]))
        _set_sides(ax, points, margins)
        set_point_ticks(ax, points, x_format, margins.plot_width)
        for key, style in styles.items():
            ours = shown[shown[series].astype(str) == key]
            if intervals:
                ax.vlines(ours[x], ours["low"], ours["high"], color=style.colour, linewidth=INTERVAL_WIDTH)
            _draw_line(ax, table[table[series].astype(str) == key], x, style)
        _draw_colons(ax, table[table["value"].isna()], (x, series), styles)
        lasts = dict(zip(shown[series].astype(str), shown["value"], strict=True))
        _name_lines(ax, lasts, labels, styles)
        return fig


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


def _draw_line(ax: Axes, rows: pd.DataFrame, x: str, style: SeriesStyle) -> None:
    ax.plot(rows[x], rows["value"], style.marker, color=style.colour, markersize=MARKER_SIZE, **LINE)


def _draw_colons(ax: Axes, rows: pd.DataFrame, columns: tuple[str, str], styles: dict[str, SeriesStyle]) -> None:
    """A colon over the axis for each number not shown; those of one point beside each other."""
    x, series = columns
    for point, records in rows.groupby(x):
        for place, key in enumerate(records[series].astype(str)):
            offset = (10 * (place - (len(records) - 1) / 2), 3)
            look: Look = {"ha": "center", "color": styles[key].text_colour, "weight": "bold"}
            at = (float(str(point)), 0)
            ax.annotate(SUPPRESSED, at, xycoords=("data", "axes fraction"), xytext=offset, **look, **BESIDE)


def _name_lines(ax: Axes, lasts: Mapping[str, float], labels: dict[str, str], styles: dict[str, SeriesStyle]) -> None:
    """Write each name level with its line's last number, or at the bottom if it has none; none over another."""
    low, high = ax.get_ylim()
    wanted = {key: PLOT_HEIGHT * (lasts.get(key, low) - low) / (high - low) for key in labels}
    heights = {key: text_height(label, LABEL_SIZE) for key, label in labels.items()}
    for key, place in spread(wanted, heights, PLOT_HEIGHT).items():
        offset = ((NAME_GAP - SIDE) * POINTS_PER_INCH, 0)
        at: Look = {"xy": (1, place / PLOT_HEIGHT), "xycoords": "axes fraction", "xytext": offset}
        ax.annotate(labels[key], **at, va="center", color=styles[key].text_colour, **BESIDE)


def spread(wanted: dict[str, float], heights: dict[str, float], room: float) -> dict[str, float]:
    """Centres as near to the wanted ones as lets no two labels meet and none leave `room`; all in inches."""
    order = sorted(wanted, key=lambda key: wanted[key])
    places: dict[str, float] = {}
    floor = 0.0
    for key in order:
        places[key] = max(wanted[key], floor + heights[key] / 2)
        floor = places[key] + heights[key] / 2
    ceiling = room
    for key in reversed(order):
        places[key] = min(places[key], ceiling - heights[key] / 2)
        ceiling = places[key] - heights[key] / 2
    return places
