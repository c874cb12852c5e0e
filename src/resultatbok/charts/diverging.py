"""Answers on a scale, drawn to both sides of its middle: disagreement to the left, agreement to the right."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.ticker import FixedFormatter, MaxNLocator

from resultatbok.charts.colour import PAPER, readable_on
from resultatbok.charts.legend import Legend
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.rows import hidden, row_keys
from resultatbok.charts.stacked import BAR_HEIGHT, LABEL_PADDING, PATCH_SAMPLE, ROW_HEIGHT
from resultatbok.charts.text import text_width
from resultatbok.charts.theme import SMALL_SIZE, SUPPRESSED, Format, chart_style

# violet for the lower half, grey for the middle, green for the upper half; told apart in grey print by their places
LOWER: Final = ("#762A83", "#AF8DC3", "#D9C5E4")
MIDDLE: Final = "#D5DAE0"
UPPER: Final = ("#1B7837", "#7FBF7B", "#C3E2BF")
TICKS: Final = 6


def diverging_bars(
    rows: pd.DataFrame,
    *,
    bar: str,
    part: str,
    value: str,
    x_label: str,
    format: Format,
    group: str | None = None,
) -> Figure:
    """Draw one bar for each label; its parts, from the lowest answer to the highest, around the middle of the scale.

    With an odd number of answers the middle one lies across zero. A bar with a part that may not be shown is left
    out and has a colon.

    Args:
        rows: One record per part of a bar, all bars with the same parts in the same order; counts or shares.
        bar: Column with the bar's label, such as a statement.
        part: Column with the answer's printed name, for the legend.
        value: Column with the number.
        x_label: Title of the axis.
        format: Writes the numbers, on the axis (without a sign) and inside the parts.
        group: Column with the heading that a bar stands under.

    Raises:
        ValueError: No rows, bars with other parts than the first, or a number below 0.
    """
    keys = row_keys(rows, bar, group)
    parts = list(dict.fromkeys(rows[part].astype(str)))
    bars: dict[tuple[str, str], list[float]] = {}
    for key, number, unshown in zip(keys, rows[value].astype(float), hidden(rows, value), strict=True):
        bars.setdefault(key, []).append(math.nan if unshown else float(number))
    _check(bars, len(parts))
    colours = answer_colours(len(parts))
    ends = _ends([numbers for numbers in bars.values() if not math.isnan(sum(numbers))])
    with chart_style():
        legend = Legend.of(
            {name: Patch(facecolor=colour) for name, colour in zip(parts, colours, strict=True)}, sample=PATCH_SAMPLE
        )
        chart = row_chart(keys, ValueAxis(ends, format, x_label, reference=0.0), legend, least=ROW_HEIGHT)
        numbers_without_sign = [format(abs(float(tick))) for tick in chart.ax.get_xticks()]
        chart.ax.xaxis.set_major_formatter(FixedFormatter(numbers_without_sign))
        per_inch = chart.margins.plot_width / (ends[1] - ends[0])
        for key, numbers in bars.items():
            _draw(chart.ax, numbers, chart.y(key), colours, format, per_inch)
        return chart.fig


def answer_colours(n: int) -> list[str]:
    """A colour for each of `n` ordered answers.

    Raises:
        ValueError: Fewer than 2 answers, or more than 7.
    """
    half = n // 2
    if not 1 <= half <= len(LOWER):
        raise ValueError(f"a scale of {n} answers; expected 2 to {2 * len(LOWER) + 1}")
    return [*LOWER[:half], *([MIDDLE] if n % 2 else []), *reversed(UPPER[:half])]


def _check(bars: dict[tuple[str, str], list[float]], n: int) -> None:
    if not bars:
        raise ValueError("the chart has no rows to draw")
    for (_, label), numbers in bars.items():
        if len(numbers) != n:
            raise ValueError(f"bar {label!r} has {len(numbers)} parts; expected the {n} of the scale")
        if any(number < 0 for number in numbers):
            raise ValueError(f"bar {label!r} has a number below 0")


def _start(numbers: list[float]) -> float:
    """Where a bar begins, so that the middle of the scale lies at zero."""
    half = len(numbers) // 2
    middle = numbers[half] / 2 if len(numbers) % 2 else 0.0
    return -sum(numbers[:half]) - middle


def _ends(bars: list[list[float]]) -> tuple[float, float]:
    """Round numbers beyond the bars on both sides of zero."""
    starts = [_start(numbers) for numbers in bars]
    lowest = min([0.0, *starts])
    highest = max([1.0, *(start + sum(numbers) for start, numbers in zip(starts, bars, strict=True))])
    ticks = MaxNLocator(TICKS, steps=[1, 2, 5, 10]).tick_values(lowest, highest)
    return float(ticks[0]), float(ticks[-1])


def _draw(ax: Axes, numbers: list[float], y: float, colours: list[str], format: Format, per_inch: float) -> None:
    if math.isnan(sum(numbers)):
        ax.text(0, y, SUPPRESSED, ha="center", va="center", size=SMALL_SIZE)
        return
    left = _start(numbers)
    for number, colour in zip(numbers, colours, strict=True):
        ax.barh(y, number, left=left, height=BAR_HEIGHT, color=colour, edgecolor=PAPER, linewidth=0.8)
        text = format(number)
        if number and text_width(text, SMALL_SIZE) + LABEL_PADDING <= number * per_inch:
            ax.text(left + number / 2, y, text, color=readable_on(colour), ha="center", va="center", size=SMALL_SIZE)
        left += number
