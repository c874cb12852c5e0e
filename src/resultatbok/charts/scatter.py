"""Two measures of each project against each other, in four quadrants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from resultatbok.charts.colour import MUTED, PAPER, series_styles
from resultatbok.charts.frame import HALF_NUMBER, Margins, draw_reference, upright_figure
from resultatbok.charts.legend import Legend, series_legend
from resultatbok.charts.marks import axis_ends, shown_rows
from resultatbok.charts.text import text_height, wrap
from resultatbok.charts.theme import SMALL_SIZE, Format, Look, chart_style
from resultatbok.charts.ticks import set_value_ticks

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]

PLOT_HEIGHT: Final = 4.6  # inches
NARROWEST_QUADRANT: Final = 0.3  # of the axis, so that its caption has room
CAPTION_GAP: Final = 0.08  # inches
LEAST_WIDTH: Final = 6.0  # inches that the plot has at least, beside the numbers of its axis
SMALLEST, LARGEST = 3.8, 20.0  # points: widths of markers
OPACITY: Final = 0.75
SHAPE_AREAS: Final = {"D": 0.7}  # a diamond of the same width looks larger than a circle


def quadrant_scatter(
    points: pd.DataFrame,
    *,
    x: str,
    y: str,
    series: str,
    size: str,
    references: tuple[float, float],
    quadrant_labels: Mapping[Corner, str],
    x_label: str,
    y_label: str,
    size_label: str,
    x_format: Format,
    y_format: Format,
    size_format: Format,
) -> Figure:
    """Draw records as points at the columns `x` and `y`, with areas as the column `size`, in four captioned quadrants.

    Points with a missing number, or with `suppressed` true, have no place and are left out. The `references` are where
    the left quadrants meet the right ones, and the lower ones the upper ones; `size_label` is the unit of the sizes in
    the legend.

    Raises:
        ValueError: No point that may be shown, or a quadrant without a caption.
    """
    check_corners(quadrant_labels)
    shown = shown_rows(points, x, y)
    x_ends = _around(shown[x], references[0])
    left_share = (references[0] - x_ends[0]) / (x_ends[1] - x_ends[0])
    with chart_style():
        legend = series_legend(shown, series, line_width=0)
        sizes = _size_legend(shown[size].astype(float), size_label, size_format)
        captions = _wrapped_captions(quadrant_labels, left_share)
        fig, ax, margins = upright_figure(
            _with_bands(_around(shown[y], references[1]), captions.values()),
            y_format,
            y_label=y_label,
            x_label=x_label,
            legends=[legend, sizes],
            right=HALF_NUMBER,
            plot_height=PLOT_HEIGHT,
        )
        ax.set_xlim(*x_ends)
        set_value_ticks(ax, x_format, margins.plot_width)
        for value, axis in zip(references, "xy", strict=True):
            draw_reference(ax, value, axis=axis)
        _draw_points(ax, shown, (x, y, series, size))
        _draw_captions(ax, captions, margins)
        return fig


def _draw_points(ax: Axes, points: pd.DataFrame, columns: tuple[str, str, str, str]) -> None:
    """Large points first, so that small ones lie on top."""
    x, y, series, size = columns
    widths = _widths(points[size].astype(float), float(points[size].max()))
    ordered = points.assign(width=widths).sort_values("width", ascending=False, kind="stable")
    for key, style in series_styles(points[series].astype(str)).items():
        ours = ordered[ordered[series].astype(str) == key]
        area = ours["width"] ** 2 * SHAPE_AREAS.get(style.marker, 1.0)
        look: Look = {"color": style.colour, "alpha": OPACITY, "edgecolors": PAPER, "linewidths": 0.5}
        ax.scatter(ours[x], ours[y], s=area, marker=style.marker, **look, clip_on=False, zorder=3)


def _widths(sizes: pd.Series[float], largest: float) -> pd.Series[float]:
    """Widths of markers in points: areas in proportion to the sizes, down to what can still be seen."""
    return (LARGEST * (sizes / largest) ** 0.5).clip(lower=SMALLEST).fillna(SMALLEST)


def _size_legend(sizes: pd.Series[float], label: str, format: Format) -> Legend:
    """Three round sizes from the smallest to the largest drawn."""
    largest = float(sizes.max())
    told_apart = largest * (SMALLEST / LARGEST) ** 2
    steps = pd.Series(_round_steps(max(float(sizes.min()), told_apart), largest))
    samples: dict[str, Artist] = {
        f"{format(step)} {label}": Line2D(
            [], [], marker="o", linestyle="none", color=MUTED, alpha=OPACITY, markersize=width
        )
        for step, width in zip(steps, _widths(steps, largest), strict=True)
    }
    return Legend.of(samples)


def _round_steps(low: float, high: float) -> list[float]:
    rounds = [step * 10.0**decade for decade in range(-3, 9) for step in (1, 2, 5)]
    inside = [step for step in rounds if low <= step <= high] or [high]
    return sorted({inside[0], inside[len(inside) // 2], inside[-1]})


def check_corners(labels: Mapping[Corner, str]) -> None:
    """Make sure that every quadrant has its caption.

    Raises:
        ValueError: Naming the corners without one.
    """
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


def _draw_captions(ax: Axes, captions: Mapping[Corner, str], margins: Margins) -> None:
    """Write the captions into the corners of the plot, over the grid."""
    inset = (CAPTION_GAP / margins.plot_width, CAPTION_GAP / PLOT_HEIGHT)
    for corner, text in captions.items():
        vertical, horizontal = corner.split("_")
        x = inset[0] if horizontal == "left" else 1 - inset[0]
        y = inset[1] if vertical == "bottom" else 1 - inset[1]
        look: Look = {"size": SMALL_SIZE, "weight": "bold", "color": MUTED}
        box: Look = {"facecolor": PAPER, "edgecolor": "none", "pad": 1}
        ax.text(x, y, text, transform=ax.transAxes, ha=horizontal, va=vertical, bbox=box, **look)
