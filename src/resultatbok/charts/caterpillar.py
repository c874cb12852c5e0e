"""Estimates in order of size with their intervals, so many that none has a label."""

from __future__ import annotations

from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from resultatbok.charts.frame import draw_axis_title, draw_reference
from resultatbok.charts.legend import draw_legend, series_legend
from resultatbok.charts.marks import axis_ends
from resultatbok.charts.rows import hidden
from resultatbok.charts.text import POINTS_PER_INCH
from resultatbok.charts.theme import MARKER_SIZE, Format, SeriesStyle, chart_style, series_styles
from resultatbok.charts.upright import upright_figure

INTERVAL_OPACITY: Final = 0.45
SMALLEST_MARKER: Final = 2.6  # points
THINNEST, THICKEST = 0.4, 1.6  # points: interval lines, by how close they stand


def caterpillar(
    rows: pd.DataFrame,
    *,
    value: str,
    low: str,
    high: str,
    kind: str,
    y_label: str,
    x_label: str,
    format: Format,
    kind_label: str | None = None,
    reference: float | None = 0.0,
) -> Figure:
    """Draw estimates with their intervals from the lowest to the highest, coloured and shaped by kind.

    Estimates without a number, or with `suppressed` true, have no place in the order and are left out.

    Args:
        rows: One record per estimate, in any order.
        value: Column with the estimate.
        low: Column with the lower end of its interval.
        high: Column with the upper end.
        kind: Column with the key of its kind, such as `above`, `below` or `not_distinguishable`.
        y_label: Title of the value axis.
        x_label: What is ordered.
        format: Writes the numbers of the value axis.
        kind_label: Column with the kind's printed name, for the legend.
        reference: Value to compare with, drawn as a dashed line.

    Raises:
        ValueError: No estimate that may be shown.
    """
    shown = rows[~hidden(rows, value)].sort_values(value, kind="stable")
    if shown.empty:
        raise ValueError("the chart has no rows to draw")
    with chart_style():
        styles = series_styles(shown[kind].astype(str))
        legend = series_legend(rows[rows[kind].isin(shown[kind])], kind, kind_label)
        numbers = shown[[value, low, high]].astype(float).to_numpy().ravel()
        ends = axis_ends([*numbers, *([] if reference is None else [reference])])
        fig, ax, margins = upright_figure(
            ends, format, y_label=y_label, x_label=x_label, x_numbers=False, above=legend.height
        )
        ax.set_xlim(-1, len(shown))
        ax.set_xticks([])
        if reference is not None:
            draw_reference(ax, reference, axis="y")
        pitch = margins.plot_width * POINTS_PER_INCH / (len(shown) + 1)
        ordered = shown.assign(place=range(len(shown)))
        for key, style in styles.items():
            ours = ordered[ordered[kind].astype(str) == key]
            _draw_kind(ax, ours[["place", value, low, high]], style, pitch)
        draw_axis_title(fig, x_label, margins)
        draw_legend(fig, legend)
        return fig


def _draw_kind(ax: Axes, rows: pd.DataFrame, style: SeriesStyle, pitch: float) -> None:
    """Thin intervals with their markers; both get thinner where there are many."""
    places, value, low, high = rows.astype(float).to_numpy().T
    width = min(THICKEST, max(THINNEST, pitch * 0.35))
    ax.vlines(places, low, high, color=style.colour, alpha=INTERVAL_OPACITY, linewidth=width)
    size = min(MARKER_SIZE, max(SMALLEST_MARKER, pitch))
    ax.plot(places, value, style.marker, color=style.colour, markersize=size, linestyle="none", zorder=3)
