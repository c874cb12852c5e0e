"""Contrast and palettes: which text can be read on which colour, and the steps of an ordered scale."""

from __future__ import annotations

from typing import Final

from matplotlib.colors import LinearSegmentedColormap, to_hex, to_rgb

BLACK: Final = "#000000"  # on colours: ink is not dark enough for those of middling lightness
INK: Final = "#1F2933"
PAPER: Final = "#FFFFFF"

# One hue (teal) from pale to dark: ordered parts and heat maps. Neither scheme has this hue.
SEQUENTIAL_STOPS: Final = ("#E6F2F0", "#A9D5CE", "#5FAEA5", "#23817A", "#08504D")
PALEST_BAR: Final = 0.12  # parts of a bar start a little darker, so that the first one shows on white

_LINEAR_BELOW: Final = 0.04045  # where the sRGB curve turns from a line to a power (IEC 61966-2-1)


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
