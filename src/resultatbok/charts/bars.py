"""Bars from zero, with a head and a lane for each series; and bars that begin where the one before ended."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import INK, REFERENCE, SeriesStyle, series_styles
from resultatbok.charts.legend import Legend, series_legend
from resultatbok.charts.marks import Mark, axis_ends, read_marks
from resultatbok.charts.rowchart import RowChart, ValueAxis, row_chart
from resultatbok.charts.theme import BESIDE, LINE_WIDTH, MARKER_SIZE, SMALL_SIZE, SUPPRESSED, Format, Look, chart_style

STEM_WIDTH: Final = 3.2  # points
HEADROOM: Final = 1.02  # the longest bar ends this little before the axis does
TEXT_OFFSET: Final = 7.0  # points from a bar's head to its number
STEP_HEIGHT: Final = 0.24  # inches
STEP_ROW: Final = 0.34
CAP: Final = 4.0  # points: the ends of an interval
WHOLE_COLOUR: Final = "#9AA5B1"
STEP_COLOUR: Final = "#5FAEA5"
REST_COLOUR: Final = "#C9BFDD"
KINDS: Final = {"whole": WHOLE_COLOUR, "step": STEP_COLOUR, "rest": REST_COLOUR}


def paired_bars(rows: pd.DataFrame, *, x_label: str, format: Format, series: str, group: str | None = None) -> Figure:
    """Draw a bar from 0 for each record, those of one label beneath each other, with its number at the end.

    A record without a number, or with `suppressed` true, shows a colon.

    Raises:
        ValueError: No rows, two records for one bar, or a number below 0.
    """
    marks = read_marks(rows, series=series, group=group)
    shown = [mark for mark in marks if not mark.hidden]
    for mark in shown:
        if mark.value < 0:
            raise ValueError(f"row {mark.key[1]!r}: a bar starts at 0 and cannot show {mark.value}")
    end = max((mark.value for mark in shown), default=1.0) * HEADROOM or 1.0
    with chart_style():
        styles = series_styles(mark.series for mark in marks)
        chart = row_chart(
            [mark.key for mark in marks],
            ValueAxis((0.0, end), format, x_label),
            series_legend(rows, series),
            lanes=styles,
            asides=[format(mark.value) for mark in shown],
        )
        for mark in marks:
            y = chart.y(mark.key, mark.series)
            if mark.hidden:
                chart.write_colon(y)
            else:
                _draw_bar(chart.ax, mark.value, y, styles[mark.series], format(mark.value))
        return chart.fig


def _draw_bar(ax: Axes, value: float, y: float, style: SeriesStyle, text: str) -> None:
    ax.plot([0, value], [y, y], color=style.colour, linewidth=STEM_WIDTH, solid_capstyle="butt")
    ax.plot(value, y, marker=style.marker, color=style.colour, markersize=MARKER_SIZE, clip_on=False)
    beside: Look = {"xytext": (TEXT_OFFSET, 0), "va": "center", "size": SMALL_SIZE, "color": style.text_colour}
    ax.annotate(text, (value, y), **beside, **BESIDE)


def waterfall(rows: pd.DataFrame, *, x_label: str, format: Format, value_header: str = "") -> Figure:
    """Draw a whole from 0, and below it the steps from 0 to it, each from where the one before ended.

    A row is a bar: its `kind` is `whole`, `step`, or `rest` for a step of another colour; the `value` of a step is its
    length, below 0 to the left; the printed `text` is set right of the plot under `value_header`. A line at the end of
    each bar is its own interval. A hidden row shows a colon, and the next step begins where the last one shown ended.

    Raises:
        ValueError: No rows, a label twice, or another kind.
    """
    kinds = [str(name) for name in rows["kind"]]
    if wrong := sorted(set(kinds) - set(KINDS)):
        raise ValueError(f"kind {wrong[0]!r}; expected one of {', '.join(KINDS)}")
    marks = read_marks(rows, text="text")
    starts = _starts(marks, kinds)
    reached = [s + n for m, s in zip(marks, starts, strict=True) if not m.hidden for n in (0, m.value, m.low, m.high)]
    with chart_style():
        chart = row_chart(
            [mark.key for mark in marks],
            ValueAxis(axis_ends([0.0, *reached]), format, x_label, reference=0.0),
            Legend.of({}),
            least=STEP_ROW,
            asides=[mark.text for mark in marks],
            header=value_header,
        )
        for mark, start, name in zip(marks, starts, kinds, strict=True):
            chart.write_aside(chart.y(mark.key), SUPPRESSED if mark.hidden else mark.text)
            if not mark.hidden:
                _draw_step(chart.ax, mark, start, chart.y(mark.key), KINDS[name])
        _draw_links(chart, [(m, s) for m, s, k in zip(marks, starts, kinds, strict=True) if k != "whole"])
        return chart.fig


def _starts(marks: list[Mark], kinds: list[str]) -> list[float]:
    """Where each bar begins."""
    starts, reached = [], 0.0
    for mark, name in zip(marks, kinds, strict=True):
        starts.append(0.0 if name == "whole" else reached)
        if name != "whole" and not mark.hidden:
            reached += mark.value
    return starts


def _draw_step(ax: Axes, mark: Mark, start: float, y: float, colour: str) -> None:
    ax.barh(y, mark.value, left=start, height=STEP_HEIGHT, color=colour, linewidth=0, zorder=2)
    if not math.isnan(mark.low + mark.high):
        ends = [start + mark.low, start + mark.high]
        ax.plot(ends, [y, y], color=INK, linewidth=LINE_WIDTH * 0.7, marker="|", markersize=CAP, zorder=3)


def _draw_links(chart: RowChart, steps: list[tuple[Mark, float]]) -> None:
    """A thin line from the end of each step down to the next."""
    for (mark, start), (below, _) in pairwise((mark, start) for mark, start in steps if not mark.hidden):
        x = start + mark.value
        ends = [chart.y(mark.key) + STEP_HEIGHT / 2, chart.y(below.key) - STEP_HEIGHT / 2]
        chart.ax.plot([x, x], ends, color=REFERENCE, linewidth=0.8, zorder=1)
