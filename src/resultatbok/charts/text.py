"""How wide a text is in print, and where to break one that is too wide.

Labels are measured before anything is drawn, so that every chart can give them the room they need.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextToPath

FONT: Final = "DejaVu Sans"  # comes with matplotlib, so every machine draws the same letters
POINTS_PER_INCH: Final = 72
LINE_SPACING: Final = 1.25  # height of one line of text, in font sizes
SOFT_HYPHEN: Final = "\u00ad"
LEAST_LETTERS: Final = 4  # that a cut word takes to the next line

_measure = TextToPath()
# A line may break at a space, after a slash or hyphen between two words of some length, and at a soft hyphen.
_BREAKS: Final = re.compile(r"(?<=\w{4}[/\-–])(?=\w{5})|(?=\u00ad)|\s+")


@lru_cache(maxsize=8192)
def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """Width in inches of the widest line of a text set in `size` points."""
    font = FontProperties(family=FONT, size=size, weight="bold" if bold else "normal")
    lines = text.replace(SOFT_HYPHEN, "").split("\n")
    return max(float(_measure.get_text_width_height_descent(line, font, ismath=False)[0]) for line in lines) / float(
        POINTS_PER_INCH
    )


def text_height(text: str, size: float) -> float:
    """Height in inches that the lines of a text take."""
    return (text.count("\n") + 1) * size * LINE_SPACING / POINTS_PER_INCH


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Break a text into lines no wider than `width` inches.

    Breaks at spaces, after slashes and hyphens and at soft hyphens. A word too wide for a line is cut.
    """
    lines = [""]
    for piece in _pieces(text, width, size, bold):
        joined = _join(lines[-1], piece)
        if not lines[-1] or text_width(joined, size, bold=bold) <= width:
            lines[-1] = joined
        else:
            if piece.startswith(SOFT_HYPHEN):
                lines[-1] += "-"
            lines.append(piece.lstrip(f" {SOFT_HYPHEN}"))
    return "\n".join(line.replace(SOFT_HYPHEN, "") for line in lines)


def longest_word(text: str, size: float, *, bold: bool = False) -> float:
    """Width in inches of the widest part of a text that `wrap` would keep on one line."""
    parts = [part.lstrip(SOFT_HYPHEN) for part in _BREAKS.split(text) if part]
    return max((text_width(part, size, bold=bold) for part in parts), default=0.0)


def _pieces(text: str, width: float, size: float, bold: bool) -> list[str]:
    """The unbreakable parts in order; those after a space begin with one."""
    pieces: list[str] = []
    for number, word in enumerate(text.split()):
        for place, part in enumerate(p for p in _BREAKS.split(word) if p):
            head, *rest = _cut(part, width, size, bold)
            pieces += [f" {head}" if number and not place else head, *rest]
    return pieces


def _cut(part: str, width: float, size: float, bold: bool) -> list[str]:
    """A part as it is, or in hyphenated pieces if no line can hold it."""
    if text_width(part, size, bold=bold) <= width:
        return [part]
    end = len(part) - LEAST_LETTERS
    while end > 1 and text_width(part[:end] + "-", size, bold=bold) > width:
        end -= 1
    return [part[:end] + "-", *_cut(part[end:], width, size, bold)] if end > 0 else [part]


def _join(line: str, piece: str) -> str:
    return line + piece if line else piece.lstrip(f" {SOFT_HYPHEN}")
