"""Four quadrants around two references: room for their captions, and the captions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, Literal

import pandas as pd
from matplotlib.axes import Axes

from resultatbok.charts.colour import PAPER
from resultatbok.charts.frame import Margins
from resultatbok.charts.marks import axis_ends
from resultatbok.charts.text import text_height, wrap
from resultatbok.charts.theme import MUTED, SMALL_SIZE

Corner = Literal["top_left", "top_right", "bottom_left", "bottom_right"]

PLOT_HEIGHT: Final = 4.6  # inches
NARROWEST_QUADRANT: Final = 0.3  # of the axis, so that its caption has room
CAPTION_GAP: Final = 0.08  # inches
LEAST_WIDTH: Final = 6.0  # inches that the plot has at least, beside the numbers of its axis


def check_corners(labels: Mapping[Corner, str]) -> None:
    """Make sure that every quadrant has its caption.

    Raises:
        ValueError: Naming the corners without one.
    """
    missing = {"top_left", "top_right", "bottom_left", "bottom_right"} - set(labels)
    if missing:
        raise ValueError(f"quadrant_labels has no caption for {', '.join(sorted(missing))}")


def around(numbers: pd.Series[float], reference: float) -> tuple[float, float]:
    """Ends of an axis with room for a caption on either side of the reference."""
    low, high = axis_ends([*numbers.astype(float), reference])
    least = NARROWEST_QUADRANT / (1 - NARROWEST_QUADRANT)
    return min(low, reference - least * (high - reference)), max(high, reference + least * (reference - low))


def wrapped_captions(labels: Mapping[Corner, str], left_share: float) -> dict[Corner, str]:
    """Captions broken to the width of their quadrant; those on the left have `left_share` of the plot."""
    shares = {"left": left_share, "right": 1 - left_share}
    return {
        corner: wrap(text, shares[corner.split("_")[1]] * LEAST_WIDTH - 3 * CAPTION_GAP, SMALL_SIZE, bold=True)
        for corner, text in labels.items()
        if text
    }


def with_bands(ends: tuple[float, float], captions: Iterable[str]) -> tuple[float, float]:
    """Ends of the vertical axis, so far apart that captions at the top and the bottom cover no point."""
    band = max((text_height(text, SMALL_SIZE) + 2 * CAPTION_GAP for text in captions), default=0.0)
    extra = (ends[1] - ends[0]) * band / (PLOT_HEIGHT - 2 * band)
    return ends[0] - extra, ends[1] + extra


def draw_captions(ax: Axes, captions: Mapping[Corner, str], margins: Margins) -> None:
    """Write the captions into the corners of the plot, over the grid."""
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
