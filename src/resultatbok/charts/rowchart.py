"""A horizontal chart without its marks: labelled rows, a numbered axis, a legend, a column of text.

The charts that draw a row for each label begin here and differ only in what they draw into the rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.asides import draw_header, right_margin, top_band
from resultatbok.charts.frame import (
    EDGE,
    Margins,
    bottom_band,
    draw_axis_title,
    draw_reference,
    draw_reference_label,
    new_figure,
)
from resultatbok.charts.legend import Legend, draw_legend
from resultatbok.charts.rows import Key, Rows, draw_labels, lane_offset, left_margin, place_rows
from resultatbok.charts.theme import Format
from resultatbok.charts.ticks import overhang, set_value_ticks


@dataclass(frozen=True)
class ValueAxis:
    """The horizontal axis: its ends, how its numbers are written, its title and what to compare with."""

    ends: tuple[float, float]
    format: Format
    title: str
    log: bool = False
    reference: float | None = None
    reference_label: str = ""


@dataclass(frozen=True)
class RowChart:
    """A chart that waits for its marks."""

    fig: Figure
    ax: Axes
    places: Rows
    margins: Margins
    lanes: tuple[str, ...]

    def y(self, key: Key, series: str | None = None) -> float:
        """Inches from the plot's top to a row's centre, or to the lane of one series in it."""
        centre = self.places.centres[key]
        return centre if series is None else centre + lane_offset(self.lanes.index(series), len(self.lanes))


def row_chart(
    keys: Sequence[Key],
    axis: ValueAxis,
    legend: Legend,
    *,
    lanes: Iterable[str] = ("",),
    least: float = 0.0,
    asides: Iterable[str] = (),
    header: str = "",
) -> RowChart:
    """Lay out a chart and draw everything but its marks; to be called within the style of the charts.

    Args:
        keys: Heading and label of each record.
        axis: The value axis.
        legend: What stands over the chart.
        lanes: Series drawn beneath each other within a row.
        least: Smallest height of a row in inches.
        asides: Texts that will stand right of the plot, for which room is left.
        header: Heading of those texts, in lines.
    """
    series = tuple(lanes)
    places = place_rows(keys, lanes=len(series), least=least)
    over = overhang(axis.ends, axis.format, log=axis.log)
    left = left_margin(places, over)
    top = EDGE + legend.height + top_band(header, axis.reference_label)
    margins = Margins(left, right_margin([header, *asides], over), top, bottom_band(axis.title, left))
    fig, ax = new_figure(margins, places.height)
    ax.set(xscale="log" if axis.log else "linear", xlim=axis.ends)
    set_value_ticks(ax, axis.format, margins.plot_width, log=axis.log)
    draw_labels(ax, places)
    draw_header(ax, header, margins)
    if axis.reference is not None:
        draw_reference(ax, axis.reference)
        draw_reference_label(ax, axis.reference, axis.reference_label, margins.plot_width)
    draw_axis_title(fig, axis.title, margins)
    draw_legend(fig, legend)
    return RowChart(fig, ax, places, margins, series)
