"""The look that all charts share: colours, marker shapes, type, and the way to SVG.

A scheme has the same colour and the same marker shape everywhere, so that colour never tells two apart alone.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

import matplotlib as mpl
import matplotlib.pyplot as plt
import matplotlib.style
from matplotlib.figure import Figure

from resultatbok.charts.colour import INK, PAPER
from resultatbok.charts.text import FONT

_draws: ContextVar[bool] = ContextVar("draws", default=True)

Format = Callable[[float], str]
"""Writes a number the way the reader's language does; charts know no language."""

FIGURE_WIDTH: Final = 7.2  # inches: the text width of the pages
LABEL_SIZE: Final = 9.5  # points
SMALL_SIZE: Final = 8.8
LINE_WIDTH: Final = 1.8
MARKER_SIZE: Final = 6.8
NOT_DRAWN: Final = "<svg/>"
SUPPRESSED: Final = ":"  # Statistics Norway's sign for a number that may not be published

MUTED: Final = "#5B6573"
GRID: Final = "#DDE2E8"
REFERENCE: Final = "#7A8490"
HIDDEN: Final = "#F3F5F7"
HATCH: Final = "#AAB3BD"

COLOURS: Final = MappingProxyType(
    {
        "introduction": "#C77700",
        "jobbsjansen": "#1F4E8C",
        "both": "#46535F",
        "above": "#1B7837",
        "below": "#762A83",
        "not_distinguishable": "#7A8490",
    }
)
TEXT_COLOURS: Final = MappingProxyType({**COLOURS, "introduction": "#8F5200", "not_distinguishable": MUTED})
MARKERS: Final = MappingProxyType(
    {
        "introduction": "o",
        "jobbsjansen": "D",
        "both": "s",
        "above": "^",
        "below": "v",
        "not_distinguishable": "o",
    }
)
OTHER_SERIES: Final = (
    ("#00695C", "s"),
    ("#8E3B8A", "^"),
    ("#4A5A78", "v"),
    ("#8A4B2D", "P"),
    ("#37474F", "X"),
)

_SETTINGS: Final[dict[str, Any]] = {
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


@dataclass(frozen=True)
class SeriesStyle:
    """How one series is drawn: colour of marks, colour of its text, and marker shape."""

    colour: str
    text_colour: str
    marker: str


def chart_style() -> AbstractContextManager[None]:
    """The settings within which every chart is made and written."""
    return mpl.style.context(["default", _SETTINGS])


def series_styles(keys: Iterable[str]) -> dict[str, SeriesStyle]:
    """The style of each series: fixed for schemes and classes, in order of appearance for others.

    Raises:
        ValueError: More unnamed series than there are distinguishable styles.
    """
    styles: dict[str, SeriesStyle] = {}
    others = iter(OTHER_SERIES)
    for key in dict.fromkeys(keys):
        if key in COLOURS:
            styles[key] = SeriesStyle(COLOURS[key], TEXT_COLOURS[key], MARKERS[key])
            continue
        colour, marker = next(others, (None, None))
        if colour is None or marker is None:
            raise ValueError(f"series {key!r}: a chart can tell at most {len(OTHER_SERIES)} of its own kind apart")
        styles[key] = SeriesStyle(colour, colour, marker)
    return styles


@contextmanager
def without_drawing() -> Iterator[None]:
    """Inside, charts are laid out but not written: for those who only want the numbers of exhibits."""
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
