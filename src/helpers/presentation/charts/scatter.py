"""Two measures of each project against each other, in four quadrants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from helpers.presentation.charts.colour import PAPER
from helpers.presentation.charts.frame import EDGE, Margins, draw_axis_title, draw_reference
from helpers.presentation.charts.legend import Legend, draw_legend, series_legend
from helpers.presentation.charts.marks import axis_ends
from helpers.presentation.charts.rows import hidden
from helpers.presentation.charts.text import text_height, wrap
from helpers.presentation.charts.theme import (
    MUTED,
    SMALL_SIZE,
    Format,
    chart_style,
    series_styles,
)
from helpers.presentation.charts.ticks import set_value_ticks
from helpers.presentation.charts.upright import upright_figure

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]

PLOT_HEIGHT: Final = 4.6  # inches
SMALLEST, LARGEST = 3.8, 20.0  # points: widths of markers
SAME_SIZE: Final = 5.5
OPACITY: Final = 0.75
NARROWEST_QUADRANT: Final = 0.3  # of the axis, so that its caption has room
CAPTION_GAP: Final = 0.08  # inches
LEAST_WIDTH: Final = 6.0  # inches that the plot has at least, beside the numbers of its axis
RIGHT: Final = EDGE + 0.2  # inches right of the plot, for half of the axis' last number
SHAPE_AREAS: Final = {"D": 0.7}  # a diamond of the same width looks larger than a circle


def quadrant_scatter(
    points: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str,
    x_label: str,
    y_label: str,
    x_reference: float,
    y_reference: float,
    quadrant_labels: Mapping[Corner, str],
    format: Format,
    y_format: Format | None = None,
    series_label: str | None = None,
    size: str | None = None,
    size_label: str = "",
    size_format: Format = "{:.0f}".format,
) -> Figure:
    """Draw each project as a point, with lines at the two references and a caption in each quadrant.

    Points with a missing number, or with `suppressed` true, have no place and are left out.

    Args:
        points: One record per project.
        x: Column with the horizontal place.
        y: Column with the vertical place.
        series: Column with the series key, such as `introduction` or `jobbsjansen`.
        x_label: Title of the horizontal axis.
        y_label: Title of the vertical axis.
        x_reference: Where the left quadrants meet the right ones.
        y_reference: Where the lower quadrants meet the upper ones.
        quadrant_labels: Caption of each quadrant, by corner.
        format: Writes the numbers of the axes.
        y_format: Writes those of the vertical axis, if otherwise.
        series_label: Column with the series' printed name, for the legend.
        size: Column with what the area of the point stands for, such as participants.
        size_label: Its unit, for the legend.
        size_format: Writes its numbers.

    Raises:
        ValueError: No point that may be shown, or a quadrant without a caption.
    """
    _check_corners(quadrant_labels)
    shown = points[~(hidden(points, x) | hidden(points, y))]
    if shown.empty:
        raise ValueError("the chart has no points to draw")
    x_ends = _around(shown[x], x_reference)
    left_share = (x_reference - x_ends[0]) / (x_ends[1] - x_ends[0])
    with chart_style():
        legend = series_legend(shown, series, series_label, line_width=0)
        sizes = _size_legend(shown, size, size_label, size_format)
        captions = _wrapped_captions(quadrant_labels, left_share)
        fig, ax, margins = upright_figure(
            _with_bands(_around(shown[y], y_reference), captions.values()),
            y_format or format,
            y_label=y_label,
            x_label=x_label,
            above=legend.height + sizes.height,
            right=RIGHT,
            plot_height=PLOT_HEIGHT,
        )
        ax.set_xlim(*x_ends)
        set_value_ticks(ax, format, margins.plot_width)
        draw_reference(ax, x_reference)
        draw_reference(ax, y_reference, axis="y")
        _draw_points(ax, shown, (x, y, series, size))
        _draw_captions(ax, captions, margins)
        draw_axis_title(fig, x_label, margins)
        draw_legend(fig, legend)
        draw_legend(fig, sizes, below=legend.height)
        return fig


def _check_corners(labels: Mapping[Corner, str]) -> None:
    missing = {"top_left", "top_right", "bottom_left", "bottom_right"} - set(labels)
    if missing:
        raise ValueError(f"quadrant_labels has no caption for {', '.join(sorted(missing))}")


def _around(numbers: pd.Series[float], reference: float) -> tuple[float, float]:
    """Ends of an axis with room for a caption on either side of the reference."""
    low, high = axis_ends([*numbers.astype(float), reference])
    least = NARROWEST_QUADRANT / (1 - NARROWEST_QUADRANT)
    return min(low, reference - least * (high - reference)), max(high, reference + least * (reference - low))


def _wrapped_captions(labels: Mapping[Corner, str], left_share: float) -> dict[Corner, str]:
    """Captions broken to the width of their quadrant; those on the left have `left_share` of the plot."""
    shares = {"left": left_share, "right": 1 - left_share}
    return {
        corner: wrap(text, shares[corner.split("_")[1]] * LEAST_WIDTH - 3 * CAPTION_GAP, SMALL_SIZE, bold=True)
        for corner, text in labels.items()
        if text
    }


def _with_bands(ends: tuple[float, float], captions: Iterable[str]) -> tuple[float, float]:
    """Ends of the vertical axis, so far apart that captions at the top and the bottom cover no point."""
    band = max((text_height(text, SMALL_SIZE) + 2 * CAPTION_GAP for text in captions), default=0.0)
    extra = (ends[1] - ends[0]) * band / (PLOT_HEIGHT - 2 * band)
    return ends[0] - extra, ends[1] + extra


def _draw_points(ax: Axes, points: pd.DataFrame, columns: tuple[str, str, str, str | None]) -> None:
    """Large points first, so that small ones lie on top."""
    x, y, series, size = columns
    widths = _widths(points[size].astype(float), float(points[size].max())) if size else SAME_SIZE
    ordered = points.assign(width=widths).sort_values("width", ascending=False, kind="stable")
    for key, style in series_styles(points[series].astype(str)).items():
        ours = ordered[ordered[series].astype(str) == key]
        ax.scatter(
            ours[x],
            ours[y],
            s=ours["width"] ** 2 * SHAPE_AREAS.get(style.marker, 1.0),
            marker=style.marker,
            color=style.colour,
            alpha=OPACITY,
            edgecolors=PAPER,
            linewidths=0.5,
            clip_on=False,
            zorder=3,
        )


def _widths(sizes: pd.Series[float], largest: float) -> pd.Series[float]:
    """Widths of markers in points: areas in proportion to the sizes, down to what can still be seen."""
    return (LARGEST * (sizes / largest) ** 0.5).clip(lower=SMALLEST)


def _size_legend(points: pd.DataFrame, size: str | None, label: str, format: Format) -> Legend:
    """Three round sizes from the smallest to the largest drawn."""
    if size is None:
        return Legend.of({})
    largest = float(points[size].max())
    told_apart = largest * (SMALLEST / LARGEST) ** 2
    steps = pd.Series(_round_steps(max(float(points[size].min()), told_apart), largest))
    samples: dict[str, Artist] = {
        f"{format(step)} {label}".strip(): Line2D(
            [], [], marker="o", linestyle="none", color=MUTED, alpha=OPACITY, markersize=width
        )
        for step, width in zip(steps, _widths(steps, largest), strict=True)
    }
    return Legend.of(samples)


def _round_steps(low: float, high: float) -> list[float]:
    rounds = [step * 10.0**decade for decade in range(-3, 9) for step in (1, 2, 5)]
    inside = [step for step in rounds if low <= step <= high] or [high]
    return sorted({inside[0], inside[len(inside) // 2], inside[-1]})


def _draw_captions(ax: Axes, captions: Mapping[Corner, str], margins: Margins) -> None:
    inset = (CAPTION_GAP / margins.plot_width, CAPTION_GAP / PLOT_HEIGHT)
    for corner, text in captions.items():
        vertical, horizontal = corner.split("_")
        ax.text(
            inset[0] if horizontal == "left" else 1 - inset[0],
            inset[1] if vertical == "bottom" else 1 - inset[1],
            text,
            transform=ax.transAxes,
            ha=horizontal,
            va=vertical,
            size=SMALL_SIZE,
            weight="bold",
            color=MUTED,
            bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
        )
