"""Dots with intervals: one row for each estimate, one lane for each series in a row."""

from __future__ import annotations

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from helpers.presentation.charts.asides import (
    draw_aside,
    draw_colon,
    draw_header,
    header_lines,
    right_margin,
    top_band,
)
from helpers.presentation.charts.frame import (
    EDGE,
    Margins,
    bottom_band,
    draw_axis_title,
    draw_reference,
    draw_reference_label,
    new_figure,
)
from helpers.presentation.charts.legend import Legend, draw_legend, series_sample
from helpers.presentation.charts.marks import (
    Columns,
    Mark,
    axis_ends,
    draw_interval_mark,
    read_marks,
    shown_numbers,
)
from helpers.presentation.charts.rows import (
    Rows,
    draw_labels,
    lane_offset,
    left_margin,
    place_rows,
    row_keys,
)
from helpers.presentation.charts.theme import (
    LINE_WIDTH,
    SUPPRESSED,
    Format,
    SeriesStyle,
    chart_style,
    series_styles,
)
from helpers.presentation.charts.ticks import set_value_ticks


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
        places = place_rows(keys, lanes=len(styles))
        legend = series_legend(rows, series, series_label)
        header = header_lines(value_header) if value_text else ""
        left = left_margin(places)
        margins = Margins(
            left,
            right_margin([header, *(mark.text for mark in marks)], format(ends[1])),
            EDGE + legend.height + top_band(header, reference_label),
            bottom_band(x_label, left),
        )
        fig, ax = new_figure(margins, places.height)
        ax.set(xscale="log" if log else "linear", xlim=ends)
        set_value_ticks(ax, format, margins.plot_width, log=log)
        draw_labels(ax, places)
        _draw_marks(ax, marks, places, styles, margins, aside=value_text is not None)
        draw_header(ax, header, margins)
        if reference is not None:
            draw_reference(ax, reference)
            draw_reference_label(ax, reference, reference_label or "", margins.plot_width)
        draw_axis_title(fig, x_label, margins)
        draw_legend(fig, legend)
        return fig


def series_legend(
    rows: pd.DataFrame, series: str | None, series_label: str | None, *, line_width: float = LINE_WIDTH
) -> Legend:
    """A legend with each series of the rows; empty where there is only one kind of mark."""
    if series is None:
        return Legend.of({})
    names = dict(zip(rows[series].astype(str), rows[series_label or series].astype(str), strict=True))
    samples: dict[str, Artist] = {
        names[key]: series_sample(style, line_width=line_width) for key, style in series_styles(names).items()
    }
    return Legend.of(samples)


def _draw_marks(
    ax: Axes,
    marks: list[Mark],
    places: Rows,
    styles: dict[str, SeriesStyle],
    margins: Margins,
    *,
    aside: bool,
) -> None:
    """Dots on their intervals, with the printed estimates and a colon for each number not shown."""
    lanes = list(styles)
    for mark in marks:
        y = places.centres[mark.key] + lane_offset(lanes.index(mark.series), len(lanes))
        if not mark.hidden:
            draw_interval_mark(ax, mark, y, styles[mark.series])
        if aside:
            draw_aside(ax, y, SUPPRESSED if mark.hidden else mark.text, margins)
        elif mark.hidden:
            draw_colon(ax, y)
