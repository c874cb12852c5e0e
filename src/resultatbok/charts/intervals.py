"""Dots with intervals: one row for each estimate, one lane for each series in a row."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from resultatbok.charts.asides import draw_aside, draw_colon, header_lines
from resultatbok.charts.legend import series_legend
from resultatbok.charts.marks import Columns, Mark, axis_ends, draw_interval_mark, read_marks, shown_numbers
from resultatbok.charts.rowchart import RowChart, ValueAxis, row_chart
from resultatbok.charts.rows import row_keys
from resultatbok.charts.theme import SUPPRESSED, Format, chart_style, series_styles


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
    marks = read_marks(rows, keys, Columns(value, low, high, series, value_text), log=log)
    compared = [] if reference is None else [reference]
    ends = limits or axis_ends([*shown_numbers(marks), *compared], log=log)
    with chart_style():
        styles = series_styles(mark.series for mark in marks)
        chart = row_chart(
            keys,
            ValueAxis(ends, format, x_label, log, reference, reference_label or ""),
            series_legend(rows, series, series_label),
            lanes=styles,
            asides=[mark.text for mark in marks],
            header=header_lines(value_header) if value_text else "",
        )
        for mark in marks:
            y = chart.y(mark.key, mark.series)
            if not mark.hidden:
                draw_interval_mark(chart.ax, mark, y, styles[mark.series])
            _write_estimate(chart, mark, y, aside=value_text is not None)
        return chart.fig


def _write_estimate(chart: RowChart, mark: Mark, y: float, *, aside: bool) -> None:
    """The printed estimate right of the plot; a colon, there or in the plot, if it may not be shown."""
    if aside:
        draw_aside(chart.ax, y, SUPPRESSED if mark.hidden else mark.text, chart.margins)
    elif mark.hidden:
        draw_colon(chart.ax, y)
