"""Where an axis has its numbers: few, round, all different as printed, and with room between them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Final

from matplotlib.axes import Axes
from matplotlib.ticker import FixedFormatter, FixedLocator, MaxNLocator, NullFormatter, NullLocator

from resultatbok.charts.text import text_width
from resultatbok.charts.theme import FIGURE_WIDTH, SMALL_SIZE, Format

MOST_INTERVALS: Final = 7
MOST_UPRIGHT: Final = 9
CLEARANCE: Final = 0.12  # inches between two numbers
LOG_STEPS: Final = ((1, 1.5, 2, 3, 5, 7), (1, 2, 5), (1, 3), (1,))
MOST_DENSE: Final = 6  # numbers that the densest of these steps may give


def set_value_ticks(ax: Axes, format: Format, room: float, *, log: bool = False, axis: str = "x") -> None:
    """Put numbers and a light grid on the axis `x` or `y`, within the limits it has; it is `room` inches long."""
    target = ax.xaxis if axis == "x" else ax.yaxis
    low, high = sorted(ax.get_xlim() if axis == "x" else ax.get_ylim())
    ticks = choose_ticks(low, high, format, room, log=log, upright=axis == "y")
    target.set_major_locator(FixedLocator(ticks))
    target.set_major_formatter(FixedFormatter([format(tick) for tick in ticks]))
    target.set_minor_locator(NullLocator())
    target.set_minor_formatter(NullFormatter())
    ax.grid(visible=True, axis="x" if axis == "x" else "y")


def overhang(ends: tuple[float, float], format: Format, *, log: bool = False) -> float:
    """Inches that the outermost numbers of a horizontal axis may stand out over its ends."""
    densest = choose_ticks(*ends, format, FIGURE_WIDTH, log=log)
    return max(text_width(format(tick), SMALL_SIZE) for tick in densest) / 2


def choose_ticks(
    low: float, high: float, format: Format, room: float, *, log: bool = False, upright: bool = False
) -> list[float]:
    """The densest round values from `low` to `high` whose printed numbers differ and fit in `room` inches."""
    most = MOST_UPRIGHT if upright else MOST_INTERVALS
    for ticks in chain(_log_ticks(low, high) if log else (), _linear_ticks(low, high, most)):
        if ticks and _fits([format(tick) for tick in ticks], ticks, (low, high), room, log, upright):
            return ticks
    return [low, high] if format(low) != format(high) else [low]


def _linear_ticks(low: float, high: float, most: int) -> Iterator[list[float]]:
    for intervals in range(most, 0, -1):
        values = MaxNLocator(intervals, steps=[1, 2, 5, 10]).tick_values(low, high)
        tolerance = (high - low) * 1e-9
        yield [float(value) + 0.0 for value in values if low - tolerance <= value <= high + tolerance]


def _log_ticks(low: float, high: float) -> Iterator[list[float]]:
    """Ever fewer steps of every decade, then powers of ten ever further apart; none where only one is inside."""
    decades = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    candidates = [[step * 10.0**decade for decade in decades for step in steps] for steps in LOG_STEPS]
    candidates += [[10.0**d for d in decades if d % stride == 0] for stride in range(2, len(decades) + 1)]
    for number, values in enumerate(candidates):
        ticks = [value for value in values if low * 0.999 <= value <= high * 1.001]
        if len(ticks) > 1 and (number or len(ticks) <= MOST_DENSE):
            yield ticks


def _fits(
    labels: Sequence[str], ticks: Sequence[float], limits: tuple[float, float], room: float, log: bool, upright: bool
) -> bool:
    if len(set(labels)) < len(labels):
        return False
    scale = math.log10 if log else float
    span = scale(limits[1]) - scale(limits[0])
    places = [room * (scale(tick) - scale(limits[0])) / span for tick in ticks]
    return clear(places, [SMALL_SIZE * 1.3 / 72 if upright else text_width(label, SMALL_SIZE) for label in labels])


def clear(places: Sequence[float], sizes: Sequence[float]) -> bool:
    """Whether numbers of these sizes, centred at these places, keep their distance; all in inches."""
    ends = [(place - size / 2, place + size / 2) for place, size in zip(places, sizes, strict=True)]
    return all(following[0] - end >= CLEARANCE for (_, end), following in pairwise(ends))
