"""Dots of several series side by side on the same row, such as balance before and after weighting."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from resultatbok.charts.asides import draw_colon
from resultatbok.charts.legend import series_legend
from resultatbok.charts.marks import Columns, axis_ends, draw_interval_mark, read_marks, shown_numbers
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.rows import row_keys
from resultatbok.charts.theme import Format, chart_style, series_styles


def dot_plot(
    rows: pd.DataFrame,
    *,
    x_label: str,
    format: Format,
    label: str = "label",
    series: str = "series",
    series_label: str | None = None,
    group: str | None = None,
    value: str = "value",
    reference: float | None = None,
    reference_label: str | None = None,
) -> Figure:
    """Draw one row for each label, with a dot for each series; they differ in colour and shape.

    A row of which nothing may be shown has a colon.

    Args:
        rows: One record per label and series.
        x_label: Title of the value axis.
        format: Writes the numbers of the axis.
        label: Column with the row's label.
        series: Column with the series key.
        series_label: Column with the series' printed name, for the legend.
        group: Column with the heading that a row stands under.
        value: Column with the number.
        reference: Value to compare with, drawn as a dashed line.
        reference_label: What the reference is, printed above the line.

    Raises:
        ValueError: No rows, or two records for one dot.
    """
    keys = row_keys(rows, label, group)
    marks = read_marks(rows, keys, Columns(value, series=series))
    compared = [] if reference is None else [reference]
    ends = axis_ends([*shown_numbers(marks), *compared])
    with chart_style():
        styles = series_styles(mark.series for mark in marks)
        axis = ValueAxis(ends, format, x_label, reference=reference, reference_label=reference_label or "")
        chart = row_chart(keys, axis, series_legend(rows, series, series_label, line_width=0))
        for mark in marks:
            if not mark.hidden:
                draw_interval_mark(chart.ax, mark, chart.y(mark.key), styles[mark.series])
        shown = {mark.key for mark in marks if not mark.hidden}
        for key in dict.fromkeys(k for k in keys if k not in shown):
            draw_colon(chart.ax, chart.y(key))
        return chart.fig
