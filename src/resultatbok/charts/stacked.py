"""Bars of parts: each group of 100 per cent, and answers on a scale to both sides of its middle."""

from __future__ import annotations

import math
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, MaxNLocator

from resultatbok.charts.colour import HATCH, HIDDEN, PAPER, readable_on, sequential
from resultatbok.charts.legend import patch_legend
from resultatbok.charts.marks import Key, hidden, printed, row_keys
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.text import text_width
from resultatbok.charts.theme import SMALL_SIZE, SUPPRESSED, Format, Look, chart_style

BAR_HEIGHT: Final = 0.25  # inches
ROW_HEIGHT: Final = 0.3
SMALLEST_LABELLED: Final = 0.05  # a smaller share has no number inside
LABEL_PADDING: Final = 0.02  # inches that a number keeps from the ends of its part
WHOLE_TOLERANCE: Final = 0.02  # rounded parts may miss the whole by as much
UNORDERED: Final = ("#23817A", "#A99BC9", "#C9D1D9", "#D98E9F", "#5B6979", "#B8B56A")
# violet for the lower half, grey for the middle, green for the upper half; told apart in grey print by their places
LOWER: Final = ("#762A83", "#AF8DC3", "#D9C5E4")
MIDDLE: Final = "#D5DAE0"
UPPER: Final = ("#1B7837", "#7FBF7B", "#C3E2BF")
TICKS: Final = 6

Bar = dict[str, float]
"""The number of each part of a bar; not a number where it may not be shown."""


def stacked_shares(
    rows: pd.DataFrame,
    *,
    bar: str,
    part: str,
    x_label: str,
    format: Format,
    note: str | None = None,
    ordered: bool = True,
    hidden_label: str = SUPPRESSED,
) -> Figure:
    """Draw one bar of 100 per cent for each label, its parts from left to right in order of appearance.

    Parts that may not be shown become one hatched remainder with a colon, at the end of the bar.

    A record is a share, as a fraction, of one `part` of a `bar`; both columns hold printed names. The column `note`
    holds a text at the end of the bar, such as the number of participants. Whether the parts are `ordered` says if
    they are steps of a scale (pale to dark) or mere kinds; `hidden_label` is the legend's name for the remainder.

    Raises:
        ValueError: No rows, a share below 0, a part twice in a bar, or parts that do not make up the whole.
    """
    keys = row_keys(rows, bar, None)
    bars = _read_bars(rows, keys, part)
    for key, shares in bars.items():
        _check_whole(key[1], [share for share in shares.values() if not math.isnan(share)], len(shares))
    notes = dict(zip(keys, printed(rows[note]), strict=True)) if note else {}
    colours = _part_colours(list(dict.fromkeys(rows[part].astype(str))), ordered)
    with chart_style():
        legend = patch_legend(colours, hidden_label if hidden(rows).any() else None)
        chart = row_chart(keys, ValueAxis((0.0, 1.0), format, x_label), legend, least=ROW_HEIGHT, asides=notes.values())
        for key, shares in bars.items():
            _draw_whole(chart.ax, shares, chart.y(key), colours, format, chart.margins.plot_width)
            chart.write_aside(chart.y(key), notes.get(key, ""))
        return chart.fig


def diverging_bars(
    rows: pd.DataFrame, *, bar: str, part: str, x_label: str, format: Format, group: str | None = None
) -> Figure:
    """Draw one bar for each label; its parts, from the lowest answer to the highest, around the middle of the scale.

    A record is one `part` of a `bar`, as in `stacked_shares`, a count or a share; all bars have the same parts in the
    same order. With an odd number of answers the middle one lies across zero. A bar with a part that may not be shown
    is left out and has a colon. The axis has no signs.

    Raises:
        ValueError: No rows, bars with other parts than the first, or a number below 0.
    """
    bars = _read_bars(rows, row_keys(rows, bar, group), part)
    parts = list(dict.fromkeys(rows[part].astype(str)))
    for (_, label), numbers in bars.items():
        if len(numbers) != len(parts):
            raise ValueError(f"bar {label!r} has {len(numbers)} parts; expected the {len(parts)} of the scale")
    colours = dict(zip(parts, answer_colours(len(parts)), strict=True))
    ends = _ends([list(numbers.values()) for numbers in bars.values() if not math.isnan(sum(numbers.values()))])
    with chart_style():
        axis = ValueAxis(ends, format, x_label, reference=0.0)
        chart = row_chart(list(bars), axis, patch_legend(colours), least=ROW_HEIGHT)
        chart.ax.xaxis.set_major_formatter(FixedFormatter([format(abs(float(x))) for x in chart.ax.get_xticks()]))
        per_unit = chart.margins.plot_width / (ends[1] - ends[0])
        for key, numbers in bars.items():
            if math.isnan(sum(numbers.values())):
                _write(chart.ax, 0, chart.y(key), SUPPRESSED, readable_on(PAPER))
                continue
            left = _start(list(numbers.values()))
            for name, number in numbers.items():
                _draw_part(chart.ax, chart.y(key), (left, number), colours[name])
                if number:
                    _label(chart.ax, chart.y(key), (left, number), format(number), colours[name], per_unit)
                left += number
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


def _read_bars(rows: pd.DataFrame, keys: list[Key], part: str) -> dict[Key, Bar]:
    bars: dict[Key, Bar] = {}
    for key, name, number, unshown in zip(keys, rows[part].astype(str), rows["value"], hidden(rows), strict=True):
        numbers = bars.setdefault(key, {})
        if name in numbers:
            raise ValueError(f"bar {key[1]!r} has a part twice: {name}")
        if not unshown and number < 0:
            raise ValueError(f"bar {key[1]!r} has a number below 0: {number}")
        numbers[name] = math.nan if unshown else float(number)
    if not bars:
        raise ValueError("the chart has no rows to draw")
    return bars


def _check_whole(label: str, shown: list[float], n: int) -> None:
    total = sum(shown)
    if total > 1 + WHOLE_TOLERANCE or (len(shown) == n and total < 1 - WHOLE_TOLERANCE):
        raise ValueError(f"the parts of bar {label!r} add up to {total:.3f}; expected 1")


def _part_colours(parts: list[str], ordered: bool) -> dict[str, str]:
    if not ordered and len(parts) > len(UNORDERED):
        raise ValueError(f"{len(parts)} unordered parts; at most {len(UNORDERED)} can be told apart")
    return dict(zip(parts, sequential(len(parts)) if ordered else UNORDERED, strict=False))


def _start(numbers: list[float]) -> float:
    """Where a bar begins, so that the middle of the scale lies at zero."""
    half = len(numbers) // 2
    middle = numbers[half] / 2 if len(numbers) % 2 else 0.0
    return -sum(numbers[:half]) - middle


def _ends(bars: list[list[float]]) -> tuple[float, float]:
    """Round numbers beyond the bars on both sides of zero."""
    starts = [_start(numbers) for numbers in bars]
    highest = max([1.0, *(start + sum(numbers) for start, numbers in zip(starts, bars, strict=True))])
    ticks = MaxNLocator(TICKS, steps=[1, 2, 5, 10]).tick_values(min([0.0, *starts]), highest)
    return float(ticks[0]), float(ticks[-1])


def _draw_whole(ax: Axes, shares: Bar, y: float, colours: dict[str, str], format: Format, room: float) -> None:
    """The parts that may be shown, brought to the whole where rounding missed it, and the rest."""
    shown = {name: share for name, share in shares.items() if not math.isnan(share)}
    total = sum(shown.values())
    whole = len(shown) == len(shares)
    scale = 1 / total if total > 1 or whole else 1.0
    start = 0.0
    for name, share in shown.items():
        span = (start, share * scale)
        _draw_part(ax, y, span, colours[name])
        if share >= SMALLEST_LABELLED:
            _label(ax, y, span, format(share), colours[name], room)
        start += span[1]
    if not whole and start < 1:
        rest = ax.barh(y, 1 - start, left=start, height=BAR_HEIGHT, color=HIDDEN, linewidth=0, hatch="////")
        rest[0].set_edgecolor(HATCH)
        _write(ax, (start + 1) / 2, y, SUPPRESSED, readable_on(HIDDEN), behind=HIDDEN)


def _draw_part(ax: Axes, y: float, span: tuple[float, float], colour: str) -> None:
    """A part, from where it begins as long as it is."""
    ax.barh(y, span[1], left=span[0], height=BAR_HEIGHT, color=colour, edgecolor=PAPER, linewidth=0.8)


def _label(ax: Axes, y: float, span: tuple[float, float], text: str, colour: str, per_unit: float) -> None:
    """Write a number inside its part, if the part is wide enough."""
    if text_width(text, SMALL_SIZE) + LABEL_PADDING <= span[1] * per_unit:
        _write(ax, span[0] + span[1] / 2, y, text, readable_on(colour))


def _write(ax: Axes, x: float, y: float, text: str, colour: str, behind: str | None = None) -> None:
    box: Look | None = {"facecolor": behind, "edgecolor": "none", "pad": 3.5} if behind else None
    ax.text(x, y, text, color=colour, ha="center", va="center", size=SMALL_SIZE, bbox=box)
