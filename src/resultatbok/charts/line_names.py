"""Names at the ends of lines, instead of a legend."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from matplotlib.axes import Axes

from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width
from resultatbok.charts.theme import LABEL_SIZE, SMALL_SIZE, SeriesStyle
from resultatbok.charts.upright import PLOT_HEIGHT

NAME_WIDTH: Final = 1.9  # inches; a longer name is broken
NAME_GAP: Final = 0.12  # inches between a line's end and its name
NUMBER_GAP: Final = 0.06  # inches between a number over the line's end and the name


def name_gap(numbers: Iterable[str]) -> float:
    """Inches between a line's end and its name, past half of any number printed over that end."""
    return max(NAME_GAP, max((text_width(number, SMALL_SIZE) for number in numbers), default=0.0) / 2 + NUMBER_GAP)


def name_lines(
    ax: Axes, lasts: Mapping[str, float], labels: dict[str, str], styles: dict[str, SeriesStyle], offset: float
) -> None:
    """Write each name level with its line's last number, moved apart where they would meet.

    Args:
        ax: The plot, as high as `PLOT_HEIGHT`.
        lasts: The last number of each series; one without is named at the bottom.
        labels: The name of each series, in lines.
        styles: The style of each series.
        offset: Inches from the plot's right side to the names.
    """
    low, high = ax.get_ylim()
    wanted = {key: PLOT_HEIGHT * (lasts.get(key, low) - low) / (high - low) for key in labels}
    heights = {key: text_height(label, LABEL_SIZE) for key, label in labels.items()}
    for key, place in spread(wanted, heights, PLOT_HEIGHT).items():
        ax.annotate(
            labels[key],
            (1, place / PLOT_HEIGHT),
            xycoords="axes fraction",
            xytext=(offset * POINTS_PER_INCH, 0),
            textcoords="offset points",
            va="center",
            color=styles[key].text_colour,
            annotation_clip=False,
        )


def spread(wanted: dict[str, float], heights: dict[str, float], room: float) -> dict[str, float]:
    """Centres as near to the wanted ones as lets no two labels meet and none leave `room`; all in inches."""
    order = sorted(wanted, key=lambda key: wanted[key])
    places: dict[str, float] = {}
    floor = 0.0
    for key in order:
        places[key] = max(wanted[key], floor + heights[key] / 2)
        floor = places[key] + heights[key] / 2
    ceiling = room
    for key in reversed(order):
        places[key] = min(places[key], ceiling - heights[key] / 2)
        ceiling = places[key] - heights[key] / 2
    return places
