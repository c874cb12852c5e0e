"""Boxes joined by arrows: what is thought to act on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import HIDDEN, INK, MUTED, PAPER, REFERENCE
from resultatbok.charts.frame import Margins, new_figure
from resultatbok.charts.text import text_height, wrap
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, LABEL_SIZE, SMALL_SIZE, Look, chart_style

INSET: Final = 0.12  # inches between a box's edge and its text
LINE: Final = 0.06  # inches between a heading and the text under it
ACROSS, DOWN = 1.25, 0.5  # inches between boxes, for the arrows: so wide that those over two rows miss the box between
AIR: Final = 0.04  # inches between a box and the end of an arrow


@dataclass(frozen=True)
class Box:
    """What is written in one box, and how it is drawn.

    Attributes:
        column: Its place from the left, from 0.
        row: Its place from the top, from 0.
        heading: What it is.
        text: What is meant by it.
        filled: Whether it is shaded, such as what is adjusted for.
        dashed: Whether its edge is dashed, such as what nobody recorded.
    """

    column: int
    row: int
    heading: str
    text: str = ""
    filled: bool = False
    dashed: bool = False


def diagram(boxes: Mapping[str, Box], arrows: Iterable[tuple[str, str]]) -> Figure:
    """Draw boxes on a grid, all of one size, with a straight arrow for each pair of keys.

    Raises:
        KeyError: An arrow from or to no box.
    """
    columns, rows = (1 + max(getattr(box, name) for box in boxes.values()) for name in ("column", "row"))
    width = (FIGURE_WIDTH - 2 * EDGE - (columns - 1) * ACROSS) / columns
    with chart_style():
        texts = {key: _wrapped(box, width - 2 * INSET) for key, box in boxes.items()}
        height = max(_height(*pair) for pair in texts.values()) + 2 * INSET
        depth = rows * height + (rows - 1) * DOWN
        fig, ax = new_figure(Margins(EDGE, EDGE, EDGE, EDGE), depth)
        ax.set(xlim=(0, FIGURE_WIDTH - 2 * EDGE), ylim=(depth, 0), xticks=[], yticks=[])
        centres = {
            key: np.array([box.column * (width + ACROSS) + width / 2, box.row * (height + DOWN) + height / 2])
            for key, box in boxes.items()
        }
        half = np.array([width, height]) / 2
        for start, end in arrows:
            _draw_arrow(ax, centres[start], centres[end], half)
        for key, box in boxes.items():
            _draw_box(ax, box, texts[key], centres[key] - half, half)
        return fig


def _wrapped(box: Box, width: float) -> tuple[str, str]:
    return wrap(box.heading, width, LABEL_SIZE, bold=True), wrap(box.text, width, SMALL_SIZE)


def _height(heading: str, text: str) -> float:
    return text_height(heading, LABEL_SIZE) + (LINE + text_height(text, SMALL_SIZE) if text else 0.0)


def _draw_box(
    ax: Axes, box: Box, texts: tuple[str, str], corner: npt.NDArray[np.float64], half: npt.NDArray[np.float64]
) -> None:
    (left, top), (width, height) = corner, 2 * half
    edge: Look = {"edgecolor": REFERENCE, "linewidth": 1.2, "linestyle": "--" if box.dashed else "-"}
    ax.fill_between([left, left + width], top, top + height, facecolor=HIDDEN if box.filled else PAPER, **edge)
    heading, text = texts
    place: Look = {"va": "top", "ha": "left"}
    ax.text(left + INSET, top + INSET, heading, size=LABEL_SIZE, weight="bold", color=INK, **place)
    below = top + INSET + text_height(heading, LABEL_SIZE) + LINE
    ax.text(left + INSET, below, text, size=SMALL_SIZE, color=INK, **place)


def _draw_arrow(
    ax: Axes, start: npt.NDArray[np.float64], end: npt.NDArray[np.float64], half: npt.NDArray[np.float64]
) -> None:
    """From the edge of one box to that of the other, along the line between their centres."""
    way = end - start
    with np.errstate(divide="ignore"):
        inside = float(np.min(half / np.abs(way)))  # the share of the way that lies in either box
    step = way * inside + AIR * way / np.hypot(*way)
    look: Look = {"arrowstyle": "-|>", "color": MUTED, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=tuple(end - step), xytext=tuple(start + step), arrowprops=look)
