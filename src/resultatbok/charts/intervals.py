"""Dots with intervals: one row for each estimate, one lane for each series in a row."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from resultatbok.charts.colour import series_styles
from resultatbok.charts.legend import series_legend
from resultatbok.charts.marks import axis_ends, draw_interval_mark, read_marks, shown_numbers
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.theme import LINE_WIDTH, SUPPRESSED, Format, chart_style


def interval_plot(
    rows: pd.DataFrame,
    *,
    x_label: str,
    format: Format,
    series: str | None = None,
    group: str | None = None,
    reference: float | None = None,
    reference_label: str = "",
    log: bool = False,
    value_text: str | None = None,
    value_header: str = "",
    limits: tuple[float, float] | None = None,
    one_lane: bool = False,
) -> Figure:
    """Draw estimates as dots with their intervals, from the first row at the top to the last.

    Records of one label (and group) share a row. One without a number, or with `suppressed` true, shows a colon.

    Args:
        rows: One record per dot, with the ends of its interval if it has one.
        x_label: Title of the value axis.
        format: Writes the numbers of the axis.
        series: Column with the series key, if a row holds several.
        group: Column with headings.
        reference: Value to compare with, drawn as a dashed line.
        reference_label: What the reference is, printed above the line.
        log: Logarithmic axis, for ratios.
        value_text: Column with the printed estimate, set to the right of the plot.
        value_header: Heading of those printed estimates.
        limits: Ends of the axis, at which longer intervals end in an arrowhead; chosen from the rows if not given.
        one_lane: Whether the series of a row lie on one line; a colon then stands in rows of which nothing is shown.

    Raises:
        ValueError: No rows, two records for one dot, or a value that a logarithmic axis cannot show.
    """
    marks = read_marks(rows, series=series, group=group, text=value_text, log=log)
    compared = [] if reference is None else [reference]
    ends = limits or axis_ends([*shown_numbers(marks), *compared], log=log)
    with chart_style():
        styles = series_styles(mark.series for mark in marks)
        chart = row_chart(
            [mark.key for mark in marks],
            ValueAxis(ends, format, x_label, log, reference, reference_label),
            series_legend(rows, series, line_width=0 if one_lane else LINE_WIDTH),
            lanes=("",) if one_lane else styles,
            asides=[mark.text for mark in marks],
            header=value_header,
        )
        drawn = {mark.key for mark in marks if not mark.hidden and one_lane}
        for mark in marks:
            y = chart.y(mark.key, None if one_lane else mark.series)
            if not mark.hidden:
                draw_interval_mark(chart.ax, mark, y, styles[mark.series])
            if value_text:
                chart.write_aside(y, SUPPRESSED if mark.hidden else mark.text)
            elif mark.hidden and mark.key not in drawn:
                chart.write_colon(y)
                drawn |= {mark.key} if one_lane else set()
        return chart.fig
