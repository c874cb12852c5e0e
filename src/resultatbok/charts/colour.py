"""Colours: the palette, how each series looks, and which text can be read on which colour.

A series that the table names has the same colour and the same marker shape everywhere, so that colour never tells two
apart alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import pandas as pd
from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

from resultatbok.project import coding_folder

BLACK: Final = "#000000"  # on colours: ink is not dark enough for those of middling lightness
INK: Final = "#1F2933"
PAPER: Final = "#FFFFFF"
MUTED: Final = "#5B6573"
GRID: Final = "#DDE2E8"
REFERENCE: Final = "#7A8490"
HIDDEN: Final = "#F3F5F7"
HATCH: Final = "#AAB3BD"

# One hue (teal) from pale to dark: ordered parts and heat maps. No named series has this hue.
SEQUENTIAL_STOPS: Final = ("#E6F2F0", "#A9D5CE", "#5FAEA5", "#23817A", "#08504D")
PALEST_BAR: Final = 0.12  # parts of a bar start a little darker, so that the first one shows on white

_LINEAR_BELOW: Final = 0.04045  # where the sRGB curve turns from a line to a power (IEC 61966-2-1)

SERIES_FILE: Final = "series.csv"
NO_SERIES: Final = ""
"""The series of marks that belong to none."""


@dataclass(frozen=True)
class SeriesStyle:
    """How one series is drawn: colour of marks, colour of its text, and marker shape (matplotlib's letter)."""

    colour: str
    text_colour: str
    marker: str


PLAIN: Final = SeriesStyle("#46535F", "#46535F", "s")
OTHER_SERIES: Final = tuple(
    SeriesStyle(colour, colour, marker)
    for colour, marker in zip(("#00695C", "#8E3B8A", "#4A5A78", "#8A4B2D", "#37474F"), "s^vPX", strict=True)
)
"""For series that the table does not name."""


def series_styles(keys: Iterable[str]) -> dict[str, SeriesStyle]:
    """The style of each series: as the table of series says, in order of appearance for others.

    Raises:
        ValueError: More unnamed series than there are distinguishable styles.
    """
    named = {NO_SERIES: PLAIN, **named_series(coding_folder())}
    distinct = list(dict.fromkeys(keys))
    others = [key for key in distinct if key not in named]
    if len(others) > len(OTHER_SERIES):
        raise ValueError(
            f"series {others[len(OTHER_SERIES)]!r}: a chart can tell at most {len(OTHER_SERIES)} of its own kind apart"
        )
    styles = {**named, **dict(zip(others, OTHER_SERIES, strict=False))}
    return {key: styles[key] for key in distinct}


@cache
def named_series(folder: Path) -> dict[str, SeriesStyle]:
    """The series that look the same in every chart, from the table `series.csv` in `folder`."""
    table = pd.read_csv(folder / SERIES_FILE, dtype=str, keep_default_na=False)
    columns = table[["key", "colour", "text_colour", "marker"]]
    return {key: SeriesStyle(*style) for key, *style in columns.itertuples(index=False)}


def relative_luminance(colour: str) -> float:
    """How light a colour is, from 0 (black) to 1 (white), as WCAG 2.2 defines relative luminance."""
    linear = [c / 12.92 if c <= _LINEAR_BELOW else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((relative_luminance(first), relative_luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable_on(background: str) -> str:
    """The text colour, black or white, that stands out most from a background."""
    return max((BLACK, PAPER), key=lambda colour: contrast(colour, background))


def sequential_map() -> LinearSegmentedColormap:
    """The ordered scale as a continuous colour map, pale to dark."""
    return LinearSegmentedColormap.from_list("sequential", list(SEQUENTIAL_STOPS))


def sequential(steps: int) -> list[str]:
    """Colours for `steps` ordered parts, pale to dark and evenly spaced.

    Raises:
        ValueError: `steps` is below 1.
    """
    if steps < 1:
        raise ValueError(f"an ordered palette needs at least one step, not {steps}")
    scale = sequential_map()
    if steps == 1:
        return [to_hex(scale(0.6))]
    return [to_hex(scale(PALEST_BAR + (1 - PALEST_BAR) * i / (steps - 1))) for i in range(steps)]
