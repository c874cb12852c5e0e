"""Shares in a grid, such as the use of measures in each measure package: the darker, the larger."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from resultatbok.charts.colour import HIDDEN, PAPER, readable_on, sequential_map
from resultatbok.charts.frame import TICK_BAND, Margins, new_figure
from resultatbok.charts.marks import Key
from resultatbok.charts.rowchart import Rows, draw_labels, left_margin, place_rows
from resultatbok.charts.text import longest_word, text_height, text_width, wrap
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, SMALL_SIZE, SUPPRESSED, Format, Look, chart_style
from resultatbok.charts.ticks import set_value_ticks

MAX_LABEL_WIDTH: Final = 2.4  # inches
MAX_HEADER_HEIGHT: Final = 1.6  # inches; a longer upright heading is broken
HEADER_GAP: Final = 0.06
ROW_HEIGHT: Final = 0.22
SCALE_WIDTH: Final = 1.8  # inches of the colour scale
SCALE_HEIGHT: Final = 0.1
SCALE_STEPS: Final = 40
SCALE_GAP: Final = 0.14  # inches between the cells and the scale
NOT_SHOWN: Final = -1.0  # below the scale, so that it gets a colour of its own

Row = npt.NDArray[np.float64]


def share_heatmap(
    matrix: pd.DataFrame, *, format: Format, row_groups: Sequence[str], column_labels: Sequence[str]
) -> Figure:
    """Draw a table of shares, 0 to 1, as coloured cells with the numbers in them, and a colon for a missing one.

    The index of `matrix` holds the rows' labels; `row_groups` their headings, in the same order.

    Raises:
        ValueError: An empty matrix, labels that are not as many as the rows or columns, or a row twice.
    """
    keys = _keys(matrix, row_groups)
    if len(column_labels) != matrix.shape[1]:
        raise ValueError(f"{len(column_labels)} column labels for {matrix.shape[1]} columns")
    with chart_style():
        places = place_rows(keys, least=ROW_HEIGHT, max_width=MAX_LABEL_WIDTH)
        left = left_margin(places)
        cell = (FIGURE_WIDTH - left - EDGE) / matrix.shape[1]
        upright = any(longest_word(label, SMALL_SIZE) > cell - HEADER_GAP for label in column_labels)
        room = MAX_HEADER_HEIGHT if upright else cell - HEADER_GAP
        headers = [wrap(label, room, SMALL_SIZE) for label in column_labels]
        tallest = max((text_width if upright else text_height)(header, SMALL_SIZE) for header in headers)
        margins = Margins(left, EDGE, EDGE + tallest + 2 * HEADER_GAP, SCALE_GAP + SCALE_HEIGHT + TICK_BAND + EDGE)
        fig, ax = new_figure(margins, places.height)
        ax.set(xlim=(0, matrix.shape[1]), xticks=[])
        draw_labels(ax, places)
        _draw_cells(fig, ax, dict(zip(keys, matrix.astype(float).to_numpy(), strict=True)), places, format)
        for column, header in enumerate(headers):  # upwards where a word is wider than its column
            text = ax.text(column + 0.5, -HEADER_GAP, header, ha="center", va="bottom", size=SMALL_SIZE)
            text.set(rotation=90 if upright else 0, linespacing=1.2 if upright else 1.1)
        _draw_scale(fig, margins, format)
        return fig


def _keys(matrix: pd.DataFrame, groups: Sequence[str]) -> list[Key]:
    if matrix.empty:
        raise ValueError("the heat map has no cells")
    if len(groups) != len(matrix):
        raise ValueError(f"{len(groups)} row groups for {len(matrix)} rows")
    keys = [(str(heading), str(label)) for heading, label in zip(groups, matrix.index, strict=True)]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        raise ValueError(f"row {twice[0][1]!r} stands twice under the heading {twice[0][0]!r}")
    return keys


def _draw_cells(fig: Figure, ax: Axes, numbers: dict[Key, Row], places: Rows, format: Format) -> None:
    """The cells in a plot of their own over that of the labels, each row as high as its label needs."""
    import seaborn as sns  # takes longer to load than any chart to draw

    edges, table = _spaced(numbers, places)
    cells = fig.add_axes(ax.get_position().bounds)
    colours = sequential_map()
    colours.set_under(HIDDEN)
    written = table.map(format, na_action="ignore").mask(table == NOT_SHOWN, SUPPRESSED)
    text: Look = {"annot": written, "fmt": "", "annot_kws": {"size": SMALL_SIZE}}
    bare: Look = {"linewidths": 1.0, "linecolor": PAPER, "cbar": False, "xticklabels": False, "yticklabels": False}
    sns.heatmap(table, vmin=0.0, vmax=1.0, cmap=colours, **text, **bare, ax=cells)
    rows = np.arange(len(edges))
    to_inches, to_rows = (lambda y: np.interp(y, rows, edges)), (lambda y: np.interp(y, edges, rows))
    cells.set_yscale("function", functions=(to_inches, to_rows))
    cells.set(yticks=[], ylabel="")
    for label, number in zip(cells.texts, table.dropna().to_numpy().ravel(), strict=True):
        label.set_color(readable_on(to_hex(colours(min(number, 1.0)))))


def _spaced(numbers: dict[Key, Row], places: Rows) -> tuple[list[float], pd.DataFrame]:
    """Edges of the rows in inches, and the rows in their order, with an empty one where a heading stands."""
    edges, table = [0.0], []
    for key, centre in places.centres.items():
        top = centre - places.heights[key] / 2
        if top > edges[-1] + 1e-9:
            edges.append(top)
            table.append(np.full_like(numbers[key], np.nan))
        edges.append(centre + places.heights[key] / 2)
        table.append(np.nan_to_num(numbers[key], nan=NOT_SHOWN))
    return edges, pd.DataFrame(table)


def _draw_scale(fig: Figure, margins: Margins, format: Format) -> None:
    """The colours from the lowest to the highest number."""
    width, height = fig.get_size_inches()
    bottom = (margins.bottom - SCALE_GAP - SCALE_HEIGHT) / height
    ax = fig.add_axes((margins.left / width, bottom, SCALE_WIDTH / width, SCALE_HEIGHT / height))
    ax.spines[:].set_visible(False)
    ax.set(xlim=(0, 1), ylim=(0, 1), yticks=[])
    edges = np.arange(SCALE_STEPS) / SCALE_STEPS
    colours = [to_hex(sequential_map()(edge + 0.5 / SCALE_STEPS)) for edge in edges]
    ax.bar(edges, 1, width=1 / SCALE_STEPS, align="edge", color=colours, edgecolor=colours, linewidth=0.4)
    set_value_ticks(ax, format, SCALE_WIDTH)
    ax.grid(visible=False)
