"""Bars of 100 per cent: how each group divides into parts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from resultatbok.charts.asides import draw_aside
from resultatbok.charts.colour import PAPER, readable_on, sequential
from resultatbok.charts.legend import Legend
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.rows import Key, hidden, printed, row_keys
from resultatbok.charts.text import text_width
from resultatbok.charts.theme import HATCH, HIDDEN, SMALL_SIZE, SUPPRESSED, Format, chart_style

BAR_HEIGHT: Final = 0.25  # inches
ROW_HEIGHT: Final = 0.3
SMALLEST_LABELLED: Final = 0.05  # a smaller share has no number inside
LABEL_PADDING: Final = 0.02  # inches that a number keeps from the ends of its part
WHOLE_TOLERANCE: Final = 0.02  # rounded parts may miss the whole by as much
UNORDERED: Final = ("#23817A", "#A99BC9", "#C9D1D9", "#D98E9F", "#5B6979", "#B8B56A")
PATCH_SAMPLE: Final = 1.3  # length of a legend's sample, in font sizes


@dataclass(frozen=True)
class _Part:
    name: str
    share: float
    hidden: bool


def stacked_shares(
    rows: pd.DataFrame,
    *,
    bar: str,
    part: str,
    value: str,
    x_label: str,
    format: Format,
    group: str | None = None,
    note: str | None = None,
    ordered: bool = True,
    hidden_label: str = SUPPRESSED,
) -> Figure:
    """Draw one bar of 100 per cent for each label, its parts from left to right in order of appearance.

    Parts that may not be shown become one hatched remainder with a colon, at the end of the bar.

    Args:
        rows: One record per part of a bar; shares as fractions.
        bar: Column with the bar's label.
        part: Column with the part's printed name, for the legend.
        value: Column with the share.
        x_label: Title of the axis.
        format: Writes shares, on the axis and inside the parts.
        group: Column with the heading that a bar stands under.
        note: Column with a text at the end of the bar, such as the number of participants.
        ordered: Whether the parts are steps of a scale (pale to dark) or mere kinds.
        hidden_label: The legend's name for the hatched remainder.

    Raises:
        ValueError: No rows, a share below 0, a part twice in a bar, or parts that do not make up the whole.
    """
    keys = row_keys(rows, bar, group)
    bars = _read_bars(rows, keys, part, value)
    notes = dict(zip(keys, printed(rows[note]), strict=True)) if note else {}
    with chart_style():
        colours = _part_colours(list(dict.fromkeys(rows[part].astype(str))), ordered)
        legend = _legend(colours, hidden_label if hidden(rows, value).any() else None)
        axis = ValueAxis((0.0, 1.0), format, x_label)
        chart = row_chart(keys, axis, legend, least=ROW_HEIGHT, asides=notes.values())
        for key, parts in bars.items():
            _draw_bar(chart.ax, parts, chart.y(key), colours, format, chart.margins.plot_width)
            draw_aside(chart.ax, chart.y(key), notes.get(key, ""), chart.margins)
        return chart.fig


def _read_bars(rows: pd.DataFrame, keys: list[Key], part: str, value: str) -> dict[Key, list[_Part]]:
    bars: dict[Key, list[_Part]] = {}
    for key, name, share, unshown in zip(keys, rows[part].astype(str), rows[value], hidden(rows, value), strict=True):
        bars.setdefault(key, []).append(_Part(name, math.nan if unshown else float(share), bool(unshown)))
    if not bars:
        raise ValueError("the chart has no rows to draw")
    for key, parts in bars.items():
        _check_bar(key[1], parts)
    return bars


def _check_bar(label: str, parts: list[_Part]) -> None:
    names = [part.name for part in parts]
    if len(set(names)) < len(names):
        raise ValueError(f"bar {label!r} has a part twice: {', '.join(names)}")
    shares = [part.share for part in parts if not part.hidden]
    if any(share < 0 for share in shares):
        raise ValueError(f"bar {label!r} has a share below 0: {min(shares)}")
    total = sum(shares)
    complete = len(shares) == len(parts)
    if total > 1 + WHOLE_TOLERANCE or (complete and total < 1 - WHOLE_TOLERANCE):
        raise ValueError(f"the parts of bar {label!r} add up to {total:.3f}; expected 1")


def _part_colours(parts: list[str], ordered: bool) -> dict[str, str]:
    if not ordered and len(parts) > len(UNORDERED):
        raise ValueError(f"{len(parts)} unordered parts; at most {len(UNORDERED)} can be told apart")
    return dict(zip(parts, sequential(len(parts)) if ordered else UNORDERED, strict=False))


def _legend(colours: dict[str, str], hidden_label: str | None) -> Legend:
    samples = {name: Patch(facecolor=colour) for name, colour in colours.items()}
    if hidden_label:
        samples[hidden_label] = Patch(facecolor=HIDDEN, edgecolor=HATCH, hatch="////", linewidth=0)
    return Legend.of(dict(samples), sample=PATCH_SAMPLE)


def _draw_bar(ax: Axes, parts: list[_Part], y: float, colours: dict[str, str], format: Format, room: float) -> None:
    """The parts that may be shown, brought to the whole where rounding missed it, and the rest."""
    shown = [part for part in parts if not part.hidden]
    total = sum(part.share for part in shown)
    whole = len(shown) == len(parts)
    scale = 1 / total if total > 1 or whole else 1.0
    start = 0.0
    for part in shown:
        width = part.share * scale
        colour = colours[part.name]
        ax.barh(y, width, left=start, height=BAR_HEIGHT, color=colour, edgecolor=PAPER, linewidth=0.8)
        text = format(part.share)
        fits = text_width(text, SMALL_SIZE) + LABEL_PADDING <= width * room
        if part.share >= SMALLEST_LABELLED and fits:
            _write(ax, start + width / 2, y, text, readable_on(colour))
        start += width
    if not whole and start < 1:
        ax.barh(
            y,
            1 - start,
            left=start,
            height=BAR_HEIGHT,
            color=HIDDEN,
            edgecolor=HATCH,
            hatch="////",
            linewidth=0,
        )
        _write(ax, (start + 1) / 2, y, SUPPRESSED, readable_on(HIDDEN), behind=HIDDEN)


def _write(ax: Axes, x: float, y: float, text: str, colour: str, behind: str | None = None) -> None:
    box = {"facecolor": behind, "edgecolor": "none", "pad": 3.5} if behind else None
    ax.text(x, y, text, color=colour, ha="center", va="center", size=SMALL_SIZE, bbox=box)
