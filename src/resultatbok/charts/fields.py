"""Four fields around two crossing lines, with what each field means written in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.colour import GRID, HIDDEN, INK, MUTED, PAPER, REFERENCE
from resultatbok.charts.frame import Margins, new_figure
from resultatbok.charts.scatter import Corner, check_corners
from resultatbok.charts.text import text_height, wrap
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, LABEL_SIZE, SMALL_SIZE, chart_style

INSET: Final = 0.14  # inches between a field's edge and its text
LINE: Final = 0.1  # inches between a heading and the text under it
AXIS_BAND: Final = 0.3  # inches for the name of an end of an axis


@dataclass(frozen=True)
class Field:
    """What is written in one field: a heading, an explanation and a number."""

    heading: str
    text: str
    number: str = ""


def four_fields(fields: Mapping[Corner, Field], *, left: str, right: str, top: str, bottom: str) -> Figure:
    """Draw four fields with their texts, and what those at the `left`, `right`, `top` and `bottom` have in common.

    Raises:
        ValueError: A corner without a field.
    """
    check_corners({corner: field.heading for corner, field in fields.items()})
    with chart_style():
        width = (FIGURE_WIDTH - 2 * EDGE) / 2 - 2 * INSET
        wrapped = {corner: _wrapped(field, width) for corner, field in fields.items()}
        height = max(_height(field) for field in wrapped.values()) + 2 * INSET
        fig, ax = new_figure(Margins(EDGE, EDGE, EDGE + 2 * AXIS_BAND, EDGE + AXIS_BAND), 2 * height)
        ax.set(xlim=(-1, 1), ylim=(-1, 1), xticks=[], yticks=[])
        for corner, field in wrapped.items():
            _draw_field(ax, corner, field, height)
        ax.axhline(0, color=REFERENCE, linewidth=1.2)
        ax.axvline(0, color=REFERENCE, linewidth=1.2)
        _name_ends(ax, (left, right, top, bottom), 2 * height)
        return fig


def _wrapped(field: Field, width: float) -> Field:
    heading = wrap(field.heading, width, LABEL_SIZE, bold=True)
    return Field(heading, wrap(field.text, width, SMALL_SIZE), wrap(field.number, width, SMALL_SIZE, bold=True))


def _height(field: Field) -> float:
    """Inches that the texts of a field take, one under the other."""
    parts = [text_height(field.heading, LABEL_SIZE), text_height(field.text, SMALL_SIZE)]
    if field.number:
        parts.append(text_height(field.number, SMALL_SIZE))
    return sum(parts) + LINE * (len(parts) - 1)


def _draw_field(ax: Axes, corner: Corner, field: Field, height: float) -> None:
    vertical, horizontal = corner.split("_")
    x, y = (-1.0 if horizontal == "left" else 0.0), (1.0 if vertical == "top" else 0.0)
    shaded = corner in ("top_right", "bottom_left")
    ax.fill_between([x, x + 1], y - 1, y, facecolor=HIDDEN if shaded else PAPER, edgecolor=GRID, zorder=0)
    inch_x, inch_y = 2 / (FIGURE_WIDTH - 2 * EDGE), 1 / height
    left, below = x + INSET * inch_x, y - INSET * inch_y
    for text, size, weight, colour in (
        (field.heading, LABEL_SIZE, "bold", INK),
        (field.text, SMALL_SIZE, "normal", INK),
        (field.number, SMALL_SIZE, "bold", MUTED),
    ):
        ax.text(left, below, text, size=size, weight=weight, color=colour, va="top")
        below -= (text_height(text, size) + LINE) * inch_y


def _name_ends(ax: Axes, ends: tuple[str, str, str, str], height: float) -> None:
    band = AXIS_BAND / height
    places = ((0.25, 1 + 0.3 * band), (0.75, 1 + 0.3 * band), (0.5, 1 + 1.2 * band), (0.5, -0.8 * band))
    for (x, y), text in zip(places, ends, strict=True):
        ax.text(x, y, text, transform=ax.transAxes, ha="center", va="bottom", size=SMALL_SIZE, color=MUTED)
