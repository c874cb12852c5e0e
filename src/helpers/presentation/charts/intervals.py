"""Dots with intervals: one row for each estimate, one lane for each series in a row."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.presentation.charts.colour import INK
from helpers.presentation.charts.frame import (
    EDGE,
    GAP,
    Legend,
    Margins,
    bottom_band,
    draw_axis_title,
    draw_legend,
    draw_reference,
    new_figure,
    series_handle,
)
from helpers.presentation.charts.rows import (
    Key,
    Rows,
    draw_labels,
    hidden,
    lane_offset,
    left_margin,
    place_rows,
    row_keys,
)
from helpers.presentation.charts.text import text_height, text_width, wrap
from helpers.presentation.charts.theme import (
    FIGURE_WIDTH,
    LINE_WIDTH,
    MARKER_SIZE,
    MUTED,
    SMALL_SIZE,
    SUPPRESSED,
    Format,
    SeriesStyle,
    chart_style,
    series_styles,
)
from helpers.presentation.charts.ticks import set_value_ticks

AXIS_PADDING: Final = 0.04  # of the span, beyond the outermost interval
NO_SERIES: Final = "both"
HEADER_WIDTH: Final = 1.6  # inches; a longer heading of the number column is broken


@dataclass(frozen=True)
class _Mark:
    """One dot: its row, lane, style, numbers and printed text."""

    key: Key
    series: str
    value: float
    low: float
    high: float
    text: str
    hidden: bool


def interval_plot(
    rows: pd.DataFrame,
    *,
    x_label: str,
    format: Format,
    label: str = "label",
    series: str | None = None,
    series_label: str | None = None,
    group: str | None = None,
    value: str = "value",
    low: str = "low",
    high: str = "high",
    reference: float | None = None,
    reference_label: str | None = None,
    log: bool = False,
    value_text: str | None = None,
    value_header: str | None = None,
    limits: tuple[float, float] | None = None,
) -> Figure:
    """Draw estimates as dots with their intervals, from the first row at the top to the last.

    A row without a number, or with `suppressed` true, shows a colon. An interval that reaches
    beyond `limits` ends in an arrowhead there.

    Args:
        rows: One record per dot.
        x_label: Title of the value axis.
        format: Writes the numbers of the axis.
        label: Column with the row's label; records of one label (and group) share a row.
        series: Column with the series key, such as `introduction` or `jobbsjansen`, if a row holds several.
        series_label: Column with the series' printed name, for the legend.
        group: Column with the heading that a row stands under; empty text for none.
        value: Column with the estimate.
        low: Column with the lower end of the interval; missing for none.
        high: Column with the upper end.
        reference: Value to compare with, drawn as a dashed line.
        reference_label: What the reference is, printed above the line.
        log: Logarithmic axis, for ratios.
        value_text: Column with the printed estimate, set to the right of the plot.
        value_header: Heading of those printed estimates.
        limits: Ends of the axis, in the unit of `value`; chosen from the rows if not given.

    Raises:
        ValueError: No rows, two records for one dot, or a value that a logarithmic axis cannot show.
    """
    keys = row_keys(rows, label, group)
    columns = (value, low, high, series, value_text)
    marks = _marks(rows, keys, columns)
    _check(marks, log)
    names = dict.fromkeys(mark.series for mark in marks)
    with chart_style():
        styles = series_styles(names)
        places = place_rows(keys, lanes=len(names))
        legend = _legend(rows, series, series_label, styles)
        header = wrap(value_header, HEADER_WIDTH, SMALL_SIZE) if value_header and value_text else ""
        ends = limits or _limits(marks, reference, log)
        margins = _margins(places, marks, header, legend, reference_label, x_label, format(ends[1]))
        fig, ax = new_figure(margins, places.height)
        _scale(ax, ends, log)
        draw_labels(ax, places)
        if reference is not None:
            draw_reference(ax, reference)
        _draw_marks(ax, marks, places, styles)
        _draw_texts(ax, marks, places, list(styles), margins, aside=value_text is not None)
        room = FIGURE_WIDTH - margins.left - margins.right
        set_value_ticks(ax, format, room, log=log)
        _draw_header(ax, header, margins)
        _draw_reference_label(ax, reference, reference_label, room)
        draw_axis_title(fig, x_label, margins)
        draw_legend(fig, legend)
        return fig


def _marks(rows: pd.DataFrame, keys: list[Key], columns: tuple[str | None, ...]) -> list[_Mark]:
    value, low, high, series, text = columns
    assert value is not None
    blank = pd.Series(math.nan, index=rows.index)
    parts = zip(
        keys,
        rows[series].astype(str) if series else [NO_SERIES] * len(rows),
        rows[value],
        rows.get(low, blank),
        rows.get(high, blank),
        rows[text].fillna("").astype(str) if text else [""] * len(rows),
        hidden(rows, value),
        strict=True,
    )
    return [_Mark(k, s, float(v), float(lo), float(hi), t, bool(h)) for k, s, v, lo, hi, t, h in parts]


def _check(marks: list[_Mark], log: bool) -> None:
    if not marks:
        raise ValueError("an interval plot needs at least one row")
    seen: set[tuple[Key, str]] = set()
    for mark in marks:
        if (mark.key, mark.series) in seen:
            raise ValueError(f"row {mark.key[1]!r} has two records for series {mark.series!r}")
        seen.add((mark.key, mark.series))
        if log and not mark.hidden and mark.value <= 0:
            raise ValueError(f"row {mark.key[1]!r}: {mark.value} cannot be shown on a logarithmic axis")


def _legend(
    rows: pd.DataFrame, series: str | None, series_label: str | None, styles: dict[str, SeriesStyle]
) -> Legend:
    if series is None:
        return Legend.of([], [])
    names = dict(zip(rows[series].astype(str), rows[series_label or series].astype(str), strict=True))
    return Legend.of([series_handle(styles[key]) for key in styles], [names[key] for key in styles])


def _margins(
    places: Rows,
    marks: list[_Mark],
    header: str,
    legend: Legend,
    reference_label: str | None,
    x_label: str,
    last_tick: str,
) -> Margins:
    texts = [text_width(line, SMALL_SIZE) for line in (header, *(mark.text for mark in marks)) if line]
    left = left_margin(places)
    right = EDGE + max(max(texts, default=0.0) + GAP, text_width(last_tick, SMALL_SIZE) / 2)
    above = max(
        (text_height(text, SMALL_SIZE) for text in (header, reference_label or "") if text), default=0.0
    )
    return Margins(left, right, EDGE + legend.height + above + 0.05, bottom_band(x_label, left))


def _limits(marks: list[_Mark], reference: float | None, log: bool) -> tuple[float, float]:
    """Ends of the axis that hold every finite number shown and the reference."""
    numbers = [n for mark in marks if not mark.hidden for n in (mark.value, mark.low, mark.high)]
    numbers += [] if reference is None else [reference]
    finite = np.array([n for n in numbers if math.isfinite(n) and (n > 0 or not log)])
    if not finite.size:
        return (0.5, 2.0) if log else (0.0, 1.0)
    ends = np.log10([finite.min(), finite.max()]) if log else np.array([finite.min(), finite.max()])
    pad = AXIS_PADDING * (ends[1] - ends[0]) or (0.1 if log else abs(ends[0]) * 0.1 or 1.0)
    low, high = float(ends[0] - pad), float(ends[1] + pad)
    if log:
        return 10**low, 10**high
    return (max(low, 0.0) if ends[0] >= 0 else low), high


def _scale(ax: Axes, limits: tuple[float, float], log: bool) -> None:
    if log:
        ax.set_xscale("log")
    ax.set_xlim(*limits)


def _draw_marks(ax: Axes, marks: list[_Mark], places: Rows, styles: dict[str, SeriesStyle]) -> None:
    lanes = list(styles)
    low, high = ax.get_xlim()
    for mark in (m for m in marks if not m.hidden):
        style = styles[mark.series]
        y = places.centres[mark.key] + lane_offset(lanes.index(mark.series), len(lanes))
        _draw_interval(ax, mark, y, style.colour, (low, high))
        if low <= mark.value <= high:
            ax.plot(
                mark.value,
                y,
                marker=style.marker,
                color=style.colour,
                markersize=MARKER_SIZE,
                linestyle="none",
                clip_on=False,
                zorder=3,
            )


def _draw_interval(ax: Axes, mark: _Mark, y: float, colour: str, limits: tuple[float, float]) -> None:
    """The interval's line; an end beyond the axis becomes an arrowhead at the axis' end."""
    low = mark.value if math.isnan(mark.low) else mark.low
    high = mark.value if math.isnan(mark.high) else mark.high
    start, end = (min(max(edge, limits[0]), limits[1]) for edge in (low, high))
    ax.plot([start, end], [y, y], color=colour, linewidth=LINE_WIDTH, solid_capstyle="butt", zorder=2)
    # markers 4 and 5 are arrowheads to the left and to the right with their tip on the point
    for beyond, place, marker in ((low < limits[0], start, 4), (high > limits[1], end, 5)):
        if beyond:
            ax.plot(place, y, marker=marker, color=colour, markersize=MARKER_SIZE, clip_on=False, zorder=2)


def _draw_texts(
    ax: Axes, marks: list[_Mark], places: Rows, lanes: list[str], margins: Margins, *, aside: bool
) -> None:
    """Printed estimates at the right edge, and a colon for each number that may not be shown."""
    room = FIGURE_WIDTH - margins.left - margins.right
    right_edge = 1 + (margins.right - EDGE) / room
    for mark in marks:
        y = places.centres[mark.key] + lane_offset(lanes.index(mark.series), len(lanes))
        text = SUPPRESSED if mark.hidden else mark.text
        x, ha = (right_edge, "right") if aside else (0.01, "left")
        if text and (aside or mark.hidden):
            ax.text(x, y, text, transform=ax.get_yaxis_transform(), ha=ha, va="center", size=SMALL_SIZE)


def _draw_header(ax: Axes, header: str, margins: Margins) -> None:
    room = FIGURE_WIDTH - margins.left - margins.right
    if header:
        x = 1 + (margins.right - EDGE) / room
        ax.annotate(
            header,
            (x, 1),
            xycoords="axes fraction",
            xytext=(0, 3),
            textcoords="offset points",
            ha="right",
            va="bottom",
            size=SMALL_SIZE,
            color=MUTED,
            annotation_clip=False,
        )


def _draw_reference_label(ax: Axes, reference: float | None, label: str | None, room: float) -> None:
    """Print what the reference is, centred over its line but inside the plot."""
    if reference is None or not label:
        return
    text = wrap(label, room, SMALL_SIZE)
    at = float(ax.transAxes.inverted().transform(ax.transData.transform((reference, 0)))[0])
    half = text_width(text, SMALL_SIZE) / room / 2
    ax.annotate(
        text,
        (min(max(at, half), 1 - half), 1),
        xycoords="axes fraction",
        xytext=(0, 3),
        textcoords="offset points",
        ha="center",
        va="bottom",
        size=SMALL_SIZE,
        color=INK,
        annotation_clip=False,
    )
