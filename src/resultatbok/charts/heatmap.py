"""Shares in a grid, such as the use of measures in each measure package: the darker, the larger."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from resultatbok.charts.colour import PAPER, readable_on, sequential_map
from resultatbok.charts.frame import EDGE, TICK_BAND, Margins, new_figure
from resultatbok.charts.rows import Key, Rows, draw_labels, left_margin, place_rows
from resultatbok.charts.text import longest_word, text_height, text_width, wrap
from resultatbok.charts.theme import FIGURE_WIDTH, HIDDEN, MUTED, SMALL_SIZE, SUPPRESSED, Format, chart_style
from resultatbok.charts.ticks import set_value_ticks

MAX_LABEL_WIDTH: Final = 2.4  # inches
MAX_HEADER_HEIGHT: Final = 1.6  # inches; a longer upright heading is broken
HEADER_GAP: Final = 0.06
ROW_HEIGHT: Final = 0.22
SCALE_WIDTH: Final = 1.8  # inches of the colour scale
SCALE_HEIGHT: Final = 0.1
SCALE_STEPS: Final = 40
SCALE_GAP: Final = 0.14  # inches between the cells and the scale
SCALE_LABEL_GAP: Final = 0.35


def share_heatmap(
    matrix: pd.DataFrame,
    *,
    format: Format,
    row_groups: Sequence[str] | pd.Series | None = None,
    column_labels: Sequence[str] | None = None,
    column_notes: Sequence[str] | None = None,
    colour_label: str = "",
    limits: tuple[float, float] = (0.0, 1.0),
) -> Figure:
    """Draw a table of numbers as coloured cells with the numbers in them.

    A missing number is a white cell with a colon.

    Args:
        matrix: The numbers; its index holds the rows' labels, its columns the columns' labels.
        format: Writes the numbers of the cells and of the colour scale.
        row_groups: The heading of each row, in the order of the rows.
        column_labels: Labels of the columns, instead of those of the matrix.
        column_notes: A text under each column's label, such as the number of participants.
        colour_label: What the colour shows, beside the colour scale.
        limits: The numbers of the palest and of the darkest colour.

    Raises:
        ValueError: An empty matrix, labels that are not as many as the rows or columns, or a row twice.
    """
    keys = _keys(matrix, row_groups)
    headers = _headers(matrix, column_labels, column_notes)
    with chart_style():
        places = place_rows(keys, least=ROW_HEIGHT, max_width=MAX_LABEL_WIDTH)
        left = left_margin(places)
        cell = (FIGURE_WIDTH - left - EDGE) / matrix.shape[1]
        upright = any(longest_word(label, SMALL_SIZE) > cell - HEADER_GAP for label, _ in headers)
        room = MAX_HEADER_HEIGHT if upright else cell - HEADER_GAP
        broken = [(wrap(label, room, SMALL_SIZE), note) for label, note in headers]
        top = EDGE + _header_height(broken, upright)
        margins = Margins(left, EDGE, top, _bottom(colour_label, left))
        fig, ax = new_figure(margins, places.height)
        ax.set(xlim=(0, matrix.shape[1]), xticks=[])
        draw_labels(ax, places)
        _draw_cells(ax, matrix, keys, places, format, limits)
        _draw_headers(ax, broken, upright)
        _draw_scale(fig, margins, colour_label, format, limits)
        return fig


def _keys(matrix: pd.DataFrame, groups: Sequence[str] | pd.Series | None) -> list[Key]:
    if matrix.empty:
        raise ValueError("the heat map has no cells")
    headings = [""] * len(matrix) if groups is None else [str(group) for group in groups]
    if len(headings) != len(matrix):
        raise ValueError(f"{len(headings)} row groups for {len(matrix)} rows")
    keys = [(heading, str(label)) for heading, label in zip(headings, matrix.index, strict=True)]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise ValueError(f"row {twice[0][1]!r} stands twice under the heading {twice[0][0]!r}")
    return keys


def _headers(matrix: pd.DataFrame, labels: Sequence[str] | None, notes: Sequence[str] | None) -> list[tuple[str, str]]:
    names = [str(column) for column in matrix.columns] if labels is None else list(labels)
    under = [""] * len(names) if notes is None else list(notes)
    for given, what in ((names, "labels"), (under, "notes")):
        if len(given) != matrix.shape[1]:
            raise ValueError(f"{len(given)} column {what} for {matrix.shape[1]} columns")
    return list(zip(names, under, strict=True))


def _draw_cells(
    ax: Axes, matrix: pd.DataFrame, keys: list[Key], places: Rows, format: Format, limits: tuple[float, float]
) -> None:
    for key, numbers in zip(keys, matrix.astype(float).to_numpy(), strict=True):
        y, height = places.centres[key], places.heights[key]
        for column, number in enumerate(numbers):
            missing = math.isnan(number)
            colour = HIDDEN if missing else _colour(number, limits)
            ax.add_patch(Rectangle((column, y - height / 2), 1, height, facecolor=colour, edgecolor=PAPER))
            text = SUPPRESSED if missing else format(number)
            ax.text(column + 0.5, y, text, ha="center", va="center", size=SMALL_SIZE, color=readable_on(colour))


def _colour(number: float, limits: tuple[float, float]) -> str:
    share = (number - limits[0]) / (limits[1] - limits[0])
    return to_hex(sequential_map()(min(max(share, 0.0), 1.0)))


def _header_height(headers: list[tuple[str, str]], upright: bool) -> float:
    labels = [text_width(label, SMALL_SIZE) if upright else text_height(label, SMALL_SIZE) for label, _ in headers]
    return max(labels) + _notes_height(headers) + HEADER_GAP


def _notes_height(headers: list[tuple[str, str]]) -> float:
    return max((text_height(note, SMALL_SIZE) for _, note in headers if note), default=0.0) + HEADER_GAP


def _draw_headers(ax: Axes, headers: list[tuple[str, str]], upright: bool) -> None:
    """Labels over the columns, written upwards where a word is wider than its column; notes under them."""
    base = -_notes_height(headers)
    for column, (label, note) in enumerate(headers):
        if upright:
            ax.text(column + 0.5, base, label, ha="center", va="bottom", rotation=90, size=SMALL_SIZE)
        else:
            ax.text(column + 0.5, base, label, ha="center", va="bottom", size=SMALL_SIZE, linespacing=1.1)
        ax.text(column + 0.5, -HEADER_GAP, note, ha="center", va="bottom", size=SMALL_SIZE, color=MUTED)


def _scale_label(label: str, left: float) -> str:
    return wrap(label, FIGURE_WIDTH - left - EDGE - SCALE_WIDTH - SCALE_LABEL_GAP, SMALL_SIZE)


def _bottom(label: str, left: float) -> float:
    """Inches below the cells for the colour scale, its numbers and its label."""
    scale = SCALE_HEIGHT + TICK_BAND
    return SCALE_GAP + max(scale, text_height(_scale_label(label, left), SMALL_SIZE)) + EDGE


def _draw_scale(fig: Figure, margins: Margins, label: str, format: Format, limits: tuple[float, float]) -> None:
    """The colours from the lowest to the highest number; what they stand for to the right."""
    width, height = fig.get_size_inches()
    bottom = (margins.bottom - SCALE_GAP - SCALE_HEIGHT) / height
    ax = fig.add_axes((margins.left / width, bottom, SCALE_WIDTH / width, SCALE_HEIGHT / height))
    ax.spines[:].set_visible(False)
    ax.set(xlim=limits, ylim=(0, 1), yticks=[])
    step = (limits[1] - limits[0]) / SCALE_STEPS
    edges = [limits[0] + i * step for i in range(SCALE_STEPS)]
    colours = [_colour(edge + step / 2, limits) for edge in edges]
    ax.bar(edges, 1, width=step, align="edge", color=colours, edgecolor=colours, linewidth=0.4)
    set_value_ticks(ax, format, SCALE_WIDTH)
    ax.grid(visible=False)
    x = (margins.left + SCALE_WIDTH + SCALE_LABEL_GAP) / width
    top = (margins.bottom - SCALE_GAP + 0.03) / height
    fig.text(x, top, _scale_label(label, margins.left), va="top", size=SMALL_SIZE, color=MUTED)
