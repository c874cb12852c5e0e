"""Records of a chart with intervals, read from rows and checked, and how one is drawn."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pandas as pd
from matplotlib.axes import Axes

from resultatbok.charts.colour import NO_SERIES, SeriesStyle
from resultatbok.charts.theme import LINE_WIDTH, MARKER_SIZE, POINT

AXIS_PADDING: Final = 0.04  # of the span, beyond the outermost number
NEAR_ZERO: Final = 0.2  # an axis that would begin below this share of its end begins at 0
LOG_PADDING: Final = 0.1  # decades, where there is no span
ARROW_LEFT, ARROW_RIGHT = 4, 5  # matplotlib's arrowheads whose tip is the point


Key = tuple[str, str]
"""The heading a row stands under (empty if none) and its label."""


@dataclass(frozen=True)
class Mark:
    """One dot: its row, series, numbers and printed text."""

    key: Key
    series: str
    value: float
    low: float
    high: float
    text: str
    hidden: bool


def hidden(rows: pd.DataFrame, value: str = "value") -> pd.Series[bool]:
    """Which rows may not show their number: those marked suppressed, and those without one."""
    missing = rows[value].isna()
    return missing | rows["suppressed"].astype(bool) if "suppressed" in rows else missing


def row_keys(rows: pd.DataFrame, label: str, group: str | None) -> list[Key]:
    """The key of each record of a table, in its order."""
    groups = printed(rows[group]) if group else [""] * len(rows)
    return list(zip(groups, printed(rows[label]), strict=True))


def printed(texts: pd.Series) -> list[str]:
    """Texts of a column, empty where there is none."""
    return ["" if missing else str(text) for text, missing in zip(texts, texts.isna(), strict=True)]


def shown_rows(rows: pd.DataFrame, *values: str) -> pd.DataFrame:
    """The rows that may show their number in each of the columns `values`.

    Raises:
        ValueError: There are none.
    """
    shown = rows[~pd.concat([hidden(rows, value) for value in values], axis=1).any(axis=1)]
    if shown.empty:
        raise ValueError("the chart has no rows to draw")
    return shown


def read_marks(
    rows: pd.DataFrame,
    series: str | None = None,
    group: str | None = None,
    text: str | None = None,
    *,
    log: bool = False,
) -> list[Mark]:
    """One mark per record, in the rows' order; `text` is the column with the printed number.

    Raises:
        ValueError: No rows, two records for one dot, or a value that a logarithmic axis cannot show.
    """
    blank = pd.Series(math.nan, index=rows.index)
    parts = zip(
        row_keys(rows, "label", group),
        rows[series].astype(str) if series else [NO_SERIES] * len(rows),
        rows["value"],
        rows.get("low", blank),
        rows.get("high", blank),
        printed(rows[text]) if text else [""] * len(rows),
        hidden(rows),
        strict=True,
    )
    marks = [Mark(k, s, float(v), float(lo), float(hi), t, bool(h)) for k, s, v, lo, hi, t, h in parts]
    _check(marks, log)
    return marks


def _check(marks: list[Mark], log: bool) -> None:
    if not marks:
        raise ValueError("the chart has no rows to draw")
    seen: set[tuple[Key, str]] = set()
    for mark in marks:
        if (mark.key, mark.series) in seen:
            raise ValueError(f"row {mark.key[1]!r} has two records for series {mark.series!r}; expected one")
        seen.add((mark.key, mark.series))
        if log and not mark.hidden and mark.value <= 0:
            raise ValueError(f"row {mark.key[1]!r}: a logarithmic axis cannot show {mark.value}")


def axis_ends(numbers: Iterable[float], *, log: bool = False, padding: float = AXIS_PADDING) -> tuple[float, float]:
    """Ends of an axis that holds every finite number (above 0 if logarithmic), and `padding`, a share of their span.

    Where all numbers are 0 or more the axis does not go below 0, and begins there if that costs little room.
    """
    finite = [float(n) for n in numbers if math.isfinite(n) and (n > 0 or not log)]
    if not finite:
        return (0.5, 2.0) if log else (0.0, 1.0)
    low, high = min(finite), max(finite)
    if log:
        pad = padding * math.log10(high / low) or LOG_PADDING
        return low / 10**pad, high * 10**pad
    pad = padding * (high - low) or abs(high) * 0.1 or 1.0
    if low >= 0:
        return (0.0 if low - pad < NEAR_ZERO * high else low - pad), high + pad
    return low - pad, high + pad


def shown_numbers(marks: Iterable[Mark]) -> list[float]:
    """Every estimate and interval end that may be shown."""
    return [n for mark in marks if not mark.hidden for n in (mark.value, mark.low, mark.high)]


def draw_interval_mark(ax: Axes, mark: Mark, y: float, style: SeriesStyle) -> None:
    """A dot on its interval, `y` inches from the top; what lies beyond the axis becomes an arrowhead."""
    start, end = ax.get_xlim()
    low = mark.value if math.isnan(mark.low) else mark.low
    high = mark.value if math.isnan(mark.high) else mark.high
    inside = (min(max(low, start), end), min(max(high, start), end))
    ax.plot(inside, [y, y], color=style.colour, linewidth=LINE_WIDTH, solid_capstyle="butt", zorder=2)
    points = ((start, ARROW_LEFT, low < start), (end, ARROW_RIGHT, high > end))
    for x, marker, drawn in (*points, (mark.value, style.marker, start <= mark.value <= end)):
        if drawn:
            ax.plot(x, y, marker=marker, color=style.colour, markersize=MARKER_SIZE, **POINT)
