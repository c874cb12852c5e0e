"""The same categories in two or more series, as pairs of bars with a head, a lane for each series."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.asides import draw_colon
from resultatbok.charts.legend import series_legend
from resultatbok.charts.marks import Columns, Mark, read_marks
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.rows import row_keys
from resultatbok.charts.stacked import stacked_shares
from resultatbok.charts.theme import MARKER_SIZE, SMALL_SIZE, Format, SeriesStyle, chart_style, series_styles

__all__ = ["paired_bars", "stacked_shares"]

STEM_WIDTH: Final = 3.2  # points
HEADROOM: Final = 1.02  # the longest bar ends this little before the axis does
TEXT_OFFSET: Final = 7.0  # points from a bar's head to its number


def paired_bars(
    rows: pd.DataFrame,
    *,
    x_label: str,
    format: Format,
    label: str = "label",
    series: str = "series",
    series_label: str | None = None,
    group: str | None = None,
    value: str = "value",
    limit: float | None = None,
) -> Figure:
    """Draw a bar from 0 for each record, those of one label beneath each other, with its number at the end.

    A record without a number, or with `suppressed` true, shows a colon.

    Args:
        rows: One record per label and series; numbers of 0 or more.
        x_label: Title of the axis.
        format: Writes the numbers of the axis and of the bars.
        label: Column with the category's label.
        series: Column with the series key, such as `introduction` or `jobbsjansen`.
        series_label: Column with the series' printed name, for the legend.
        group: Column with the heading that a category stands under.
        value: Column with the number.
        limit: End of the axis; chosen from the rows if not given.

    Raises:
        ValueError: No rows, two records for one bar, or a number below 0.
    """
    keys = row_keys(rows, label, group)
    marks = read_marks(rows, keys, Columns(value, series=series))
    _check_from_zero(marks)
    end = limit or max((mark.value for mark in marks if not mark.hidden), default=1.0) * HEADROOM or 1.0
    with chart_style():
        styles = series_styles(mark.series for mark in marks)
        chart = row_chart(
            keys,
            ValueAxis((0.0, end), format, x_label),
            series_legend(rows, series, series_label),
            lanes=styles,
            asides=[format(mark.value) for mark in marks if not mark.hidden],
        )
        for mark in marks:
            _draw_bar(chart.ax, mark, chart.y(mark.key, mark.series), styles[mark.series], format)
        return chart.fig


def _check_from_zero(marks: list[Mark]) -> None:
    for mark in marks:
        if not mark.hidden and mark.value < 0:
            raise ValueError(f"row {mark.key[1]!r}: a bar starts at 0 and cannot show {mark.value}")


def _draw_bar(ax: Axes, mark: Mark, y: float, style: SeriesStyle, format: Format) -> None:
    if mark.hidden:
        draw_colon(ax, y)
        return
    ax.plot([0, mark.value], [y, y], color=style.colour, linewidth=STEM_WIDTH, solid_capstyle="butt")
    ax.plot(mark.value, y, marker=style.marker, color=style.colour, markersize=MARKER_SIZE, clip_on=False)
    ax.annotate(
        format(mark.value),
        (mark.value, y),
        xytext=(TEXT_OFFSET, 0),
        textcoords="offset points",
        va="center",
        size=SMALL_SIZE,
        color=style.text_colour,
        annotation_clip=False,
    )
