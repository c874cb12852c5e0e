"""A horizontal chart without its marks: labelled rows, a numbered axis, a legend, a column of text at the right.

The charts that draw a row for each label begin here and differ only in what they draw into the rows. The vertical axis
counts inches from the top of the plot, so that a label of two lines gets a higher row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import INK, MUTED, PAPER
from resultatbok.charts.frame import GAP, Margins, bottom_band, draw_axis_title, draw_on_top, draw_reference, new_figure
from resultatbok.charts.legend import Legend, draw_legend
from resultatbok.charts.marks import Key
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import BESIDE, EDGE, LABEL_SIZE, SMALL_SIZE, SUPPRESSED, Format, Look
from resultatbok.charts.ticks import overhang, set_value_ticks

MAX_LABEL_WIDTH: Final = 2.8  # inches; a longer label is broken
LANE: Final = 0.19  # inches between two series in one row
ROW_GAP: Final = 0.05  # inches between rows of one series
LANES_GAP: Final = 0.13  # inches between rows of several
TIGHTER: Final = (1.0, 0.6, 0.25)  # shares of the gap, tried in turn where rows are too many for a page
TALLEST: Final = 9.5  # inches: with its margins and caption, a plot of this height fits an A4 page
HEADING_GAP: Final = 0.08  # extra inches above a heading
HEADER_WIDTH: Final = 1.6  # inches; a longer heading of the texts at the right is broken
COLON_INSET: Final = 0.01  # of the plot's width: where a colon stands that has no column


@dataclass(frozen=True)
class Rows:
    """Places of rows and headings, in inches from the top of the plot."""

    centres: dict[Key, float]
    texts: dict[Key, str]
    headings: dict[str, float]
    heights: dict[Key, float]
    height: float
    label_width: float


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
        """Inches from the plot's top to a row's centre, or to the lane of one series in it; the first is uppermost."""
        centre = self.places.centres[key]
        return centre if series is None else centre + (self.lanes.index(series) - (len(self.lanes) - 1) / 2) * LANE

    def write_aside(self, y: float, text: str) -> None:
        """Write a text at the right edge, `y` inches from the top of the plot."""
        self._write(self.margins.right_edge, y, text, "right")

    def write_colon(self, y: float) -> None:
        """Write the sign of a number that may not be shown, inside the plot."""
        self._write(COLON_INSET, y, SUPPRESSED, "left")

    def _write(self, x: float, y: float, text: str, align: str) -> None:
        transform = self.ax.get_yaxis_transform()
        self.ax.text(x, y, text, transform=transform, ha=align, va="center", size=SMALL_SIZE)


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

    The series in `lanes` are drawn beneath each other within a row, at least `least` inches high. `asides` are texts
    that will stand right of the plot under the `header`, for which room is left.
    """
    series = tuple(lanes)
    places = place_rows(keys, lanes=len(series), least=least)
    over = overhang(axis.ends, axis.format, log=axis.log)
    left = left_margin(places, over)
    header = wrap(header, HEADER_WIDTH, SMALL_SIZE)
    widest = max((text_width(text, SMALL_SIZE) for text in (header, *asides) if text), default=0.0)
    band = max((text_height(text, SMALL_SIZE) + 0.04 for text in (header, axis.reference_label) if text), default=0.0)
    right = EDGE + max(widest + GAP, over)
    margins = Margins(left, right, EDGE + legend.height + band, bottom_band(axis.title, left))
    fig, ax = new_figure(margins, places.height)
    ax.set(xscale="log" if axis.log else "linear", xlim=axis.ends)
    set_value_ticks(ax, axis.format, margins.plot_width, log=axis.log)
    draw_labels(ax, places)
    if header:
        draw_on_top(ax, header, margins.right_edge, align="right", colour=MUTED)
    if axis.reference is not None:
        draw_reference(ax, axis.reference)
        _draw_reference_label(ax, axis.reference, axis.reference_label, margins.plot_width)
    draw_axis_title(fig, axis.title, margins)
    draw_legend(fig, legend)
    return RowChart(fig, ax, places, margins, series)


def _draw_reference_label(ax: Axes, value: float, label: str, room: float) -> None:
    """Say on top of the plot what the reference line is; centred over it, but within the plot."""
    if not label:
        return
    text = wrap(label, room, SMALL_SIZE)
    at = float(ax.transAxes.inverted().transform(ax.transData.transform((value, 0)))[0])
    half = text_width(text, SMALL_SIZE) / room / 2
    draw_on_top(ax, text, min(max(at, half), 1 - half))


def place_rows(keys: Sequence[Key], *, lanes: int = 1, least: float = 0.0, max_width: float = MAX_LABEL_WIDTH) -> Rows:
    """Stack rows from the top, those of one heading together, each in its order of first appearance.

    Repeated keys are one row, of `lanes` series beneath each other. `least` is the smallest height of a row and
    `max_width` that of the widest label before it is broken, in inches.
    """
    distinct = list(dict.fromkeys(keys))
    texts = {key: wrap(key[1], max_width, LABEL_SIZE) for key in distinct}
    usual = ROW_GAP if lanes == 1 else LANES_GAP
    stacks = (_stack(texts, max(least, lanes * LANE), usual * share) for share in TIGHTER)
    stack = next((s for s in stacks if s.height <= TALLEST), None)
    return stack or _stack(texts, max(least, lanes * LANE), usual * TIGHTER[-1])


def _stack(texts: dict[Key, str], least: float, gap: float) -> Rows:
    """Rows with a given gap between them; a heading wider than any label may be runs on over the plot."""
    centres: dict[Key, float] = {}
    heights: dict[Key, float] = {}
    headings: dict[str, float] = {}
    top = 0.0
    for heading in dict.fromkeys(key[0] for key in texts):
        if heading:
            height = text_height(heading, LABEL_SIZE) + gap
            top += HEADING_GAP if top else 0.0
            headings[heading] = top + height / 2
            top += height
        for key in (k for k in texts if k[0] == heading):
            heights[key] = max(least, text_height(texts[key], LABEL_SIZE)) + gap
            centres[key] = top + heights[key] / 2
            top += heights[key]
    widths = [text_width(text, LABEL_SIZE) for text in texts.values()]
    widths += [min(text_width(heading, LABEL_SIZE, bold=True), MAX_LABEL_WIDTH) for heading in headings]
    return Rows(centres, texts, headings, heights, top, max(widths, default=0.0))


def left_margin(rows: Rows, overhang: float = 0.0) -> float:
    """Inches left of the plot for the labels, and for what the axis' first number stands out over its end."""
    return EDGE + max(rows.label_width + GAP, overhang)


def draw_labels(ax: Axes, rows: Rows) -> None:
    """Write labels and headings left of the plot, and let the axis count inches from the top."""
    ax.set_ylim(rows.height, 0)
    ax.set_yticks(list(rows.centres.values()), [rows.texts[key] for key in rows.centres])
    pad = GAP + rows.label_width
    ax.tick_params(axis="y", length=0, pad=pad * POINTS_PER_INCH, labelsize=LABEL_SIZE, labelcolor=INK)
    for text in ax.get_yticklabels():
        text.set(ha="left", va="center", linespacing=1.1)
    offset = -(GAP + rows.label_width) * POINTS_PER_INCH
    for heading, centre in rows.headings.items():
        place: Look = {"xy": (0, centre), "xycoords": ("axes fraction", "data"), "xytext": (offset, 0)}
        box: Look = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}  # a long one crosses the grid
        ax.annotate(heading, **place, ha="left", va="center", weight="bold", bbox=box, **BESIDE)
