"""The look that all charts share: type, sizes and lines, and the way to SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Any, Final

import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib.style
from matplotlib.figure import Figure

from resultatbok.charts.colour import GRID, INK, MUTED, PAPER, REFERENCE
from resultatbok.charts.text import FONT

_draws: ContextVar[bool] = ContextVar("draws", default=True)

Format = Callable[[float], str]
"""Writes a number the way the reader's language does; charts know no language."""

Look = dict[str, Any]
"""Options of matplotlib."""

FIGURE_WIDTH: Final = 7.2  # inches: the text width of the pages
EDGE: Final = 0.06  # inches of white around everything
LABEL_SIZE: Final = 9.5  # points
SMALL_SIZE: Final = 8.8
LINE_WIDTH: Final = 1.8
MARKER_SIZE: Final = 6.8
NOT_DRAWN: Final = "<svg/>"
BESIDE: Final[Look] = {"textcoords": "offset points", "annotation_clip": False}  # of a text near a mark
POINT: Final[Look] = {"linestyle": "none", "clip_on": False, "zorder": 3}  # of markers
SUPPRESSED: Final = ":"  # Statistics Norway's sign for a number that may not be published

_SETTINGS: Final[Look] = {
    "font.family": FONT,
    "font.size": LABEL_SIZE,
    "text.hinting": "none",  # letters as wide on screen as in the file
    "text.parse_math": False,  # a dollar sign in a label is a dollar sign
    "text.color": INK,
    "axes.labelcolor": MUTED,
    "axes.labelsize": SMALL_SIZE,
    "axes.facecolor": PAPER,
    "axes.edgecolor": REFERENCE,
    "axes.linewidth": 0.8,
    "axes.grid": False,
    "axes.axisbelow": True,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "xtick.labelsize": SMALL_SIZE,
    "ytick.labelsize": SMALL_SIZE,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.minor.size": 0,
    "ytick.minor.size": 0,
    "figure.facecolor": PAPER,
    "figure.dpi": 100,
    "savefig.facecolor": PAPER,
    "savefig.bbox": None,
    "hatch.linewidth": 0.6,
    "svg.fonttype": "path",
    "svg.hashsalt": "resultatbok",  # ids in the file depend on its content only
    "path.simplify": False,
}


def chart_style() -> AbstractContextManager[None]:
    """The settings within which every chart is made and written."""
    return mpl.style.context(["default", _SETTINGS])


@contextmanager
def without_drawing() -> Iterator[None]:
    """Inside, no chart is drawn: for those who only want the numbers of exhibits, or what is said of them."""
    token = _draws.set(False)
    try:
        yield
    finally:
        _draws.reset(token)


def drawing() -> bool:
    """Whether charts are wanted, and not only what is said of them."""
    return _draws.get()


def to_svg(fig: Figure) -> str:
    """The figure as an `<svg>` element: same figure, same bytes. Closes the figure.

    No prolog, doctype, date or program name; letters are outlines, so no font is needed to read it.
    """
    if not drawing():
        plt.close(fig)
        return NOT_DRAWN
    buffer = io.StringIO()
    no_metadata = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    with chart_style():
        fig.savefig(buffer, format="svg", metadata=no_metadata)
    plt.close(fig)
    element = buffer.getvalue()[buffer.getvalue().index("<svg") :]
    return re.sub(r"\s*<metadata>.*?</metadata>", "", element, flags=re.DOTALL)
