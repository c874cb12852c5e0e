"""A whole and the steps that lead to it: bars that begin where the one before ended, with the interval of each step."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.asides import draw_aside, header_lines
from resultatbok.charts.colour import INK
from resultatbok.charts.legend import Legend
from resultatbok.charts.marks import Columns, Mark, axis_ends, read_marks
from resultatbok.charts.rowchart import RowChart, ValueAxis, row_chart
from resultatbok.charts.rows import row_keys
from resultatbok.charts.theme import LINE_WIDTH, REFERENCE, SUPPRESSED, Format, chart_style

BAR_HEIGHT: Final = 0.24  # inches
ROW_HEIGHT: Final = 0.34
WHOLE_COLOUR: Final = "#9AA5B1"
STEP_COLOUR: Final = "#5FAEA5"
REST_COLOUR: Final = "#C9BFDD"
CAP: Final = 4.0  # points: the ends of an interval


def waterfall(
    rows: pd.DataFrame,
    *,
    x_label: str,
    format: Format,
    kind: str = "kind",
    label: str = "label",
    value: str = "value",
    low: str = "low",
    high: str = "high",
    value_text: str = "text",
    value_header: str | None = None,
) -> Figure:
    """Draw a whole from 0, and below it the steps from 0 to it, each from where the one before ended.

    A line at the end of each bar is its own interval. A row without a number, or with `suppressed` true, shows a colon,
    and the next step begins where the last one shown ended.

    Args:
        rows: One record per bar, from the top.
        x_label: Title of the axis.
        format: Writes the numbers of the axis.
        kind: Column that says what a row is: `whole`, `step`, or `rest` for a step of another colour.
        label: Column with the row's label.
        value: Column with the whole, or with the length of the step (below 0 to the left).
        low: Column with the lower end of the interval; missing for none.
        high: Column with the upper end.
        value_text: Column with the printed number, set to the right of the plot.
        value_header: Heading of those.

    Raises:
        ValueError: No rows, a label twice, or another kind.
    """
    kinds = [str(name) for name in rows[kind]]
    if wrong := sorted(set(kinds) - set(_COLOURS)):
        raise ValueError(f"kind {wrong[0]!r}; expected one of {', '.join(_COLOURS)}")
    marks = read_marks(rows, row_keys(rows, label, None), Columns(value, low, high, None, value_text))
    starts = _starts(marks, kinds)
    reached = [s + n for m, s in zip(marks, starts, strict=True) if not m.hidden for n in (0, m.value, m.low, m.high)]
    with chart_style():
        chart = row_chart(
            [mark.key for mark in marks],
            ValueAxis(axis_ends([0.0, *reached]), format, x_label, reference=0.0),
            Legend.of({}),
            least=ROW_HEIGHT,
            asides=[mark.text for mark in marks],
            header=header_lines(value_header),
        )
        for mark, start, name in zip(marks, starts, kinds, strict=True):
            draw_aside(chart.ax, chart.y(mark.key), SUPPRESSED if mark.hidden else mark.text, chart.margins)
            if not mark.hidden:
                _draw_bar(chart.ax, mark, start, chart.y(mark.key), _COLOURS[name])
        _draw_links(chart, marks, starts, kinds)
        return chart.fig


_COLOURS: Final = {"whole": WHOLE_COLOUR, "step": STEP_COLOUR, "rest": REST_COLOUR}


def _starts(marks: list[Mark], kinds: list[str]) -> list[float]:
    """Where each bar begins."""
    starts, reached = [], 0.0
    for mark, name in zip(marks, kinds, strict=True):
        starts.append(0.0 if name == "whole" else reached)
        if name != "whole" and not mark.hidden:
            reached += mark.value
    return starts


def _draw_bar(ax: Axes, mark: Mark, start: float, y: float, colour: str) -> None:
    ax.barh(y, mark.value, left=start, height=BAR_HEIGHT, color=colour, linewidth=0, zorder=2)
    if mark.low == mark.low and mark.high == mark.high:
        ends = [start + mark.low, start + mark.high]
        ax.plot(ends, [y, y], color=INK, linewidth=LINE_WIDTH * 0.7, marker="|", markersize=CAP, zorder=3)


def _draw_links(chart: RowChart, marks: list[Mark], starts: list[float], kinds: list[str]) -> None:
    """A thin line from the end of each step down to the next."""
    steps = [(m, s) for m, s, k in zip(marks, starts, kinds, strict=True) if k != "whole" and not m.hidden]
    for (mark, start), (below, _) in pairwise(steps):
        x = start + mark.value
        ends = [chart.y(mark.key) + BAR_HEIGHT / 2, chart.y(below.key) - BAR_HEIGHT / 2]
        chart.ax.plot([x, x], ends, color=REFERENCE, linewidth=0.8, zorder=1)
