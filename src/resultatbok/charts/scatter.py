"""Two measures of each project against each other, in four quadrants."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from resultatbok.charts.colour import PAPER
from resultatbok.charts.frame import EDGE, draw_axis_title, draw_reference
from resultatbok.charts.legend import Legend, draw_legend, series_legend
from resultatbok.charts.quadrants import (
    PLOT_HEIGHT,
    Corner,
    around,
    check_corners,
    draw_captions,
    with_bands,
    wrapped_captions,
)
from resultatbok.charts.rows import hidden
from resultatbok.charts.theme import MUTED, Format, chart_style, series_styles
from resultatbok.charts.ticks import set_value_ticks
from resultatbok.charts.upright import upright_figure

__all__ = ["Corner", "quadrant_scatter"]

SMALLEST, LARGEST = 3.8, 20.0  # points: widths of markers
SAME_SIZE: Final = 5.5
OPACITY: Final = 0.75
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
    check_corners(quadrant_labels)
    shown = points[~(hidden(points, x) | hidden(points, y))]
    if shown.empty:
        raise ValueError("the chart has no points to draw")
    x_ends = around(shown[x], x_reference)
    left_share = (x_reference - x_ends[0]) / (x_ends[1] - x_ends[0])
    with chart_style():
        legend = series_legend(shown, series, series_label, line_width=0)
        sizes = _size_legend(shown, size, size_label, size_format)
        captions = wrapped_captions(quadrant_labels, left_share)
        fig, ax, margins = upright_figure(
            with_bands(around(shown[y], y_reference), captions.values()),
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
        draw_captions(ax, captions, margins)
        draw_axis_title(fig, x_label, margins)
        draw_legend(fig, legend)
        draw_legend(fig, sizes, below=legend.height)
        return fig


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
    return (LARGEST * (sizes / largest) ** 0.5).clip(lower=SMALLEST).fillna(SMALLEST)


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
