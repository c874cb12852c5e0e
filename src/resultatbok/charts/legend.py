"""The legend along the top of a chart: a sample for each series, in as few lines as the width allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from resultatbok.charts.frame import EDGE
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import FIGURE_WIDTH, LABEL_SIZE, LINE_WIDTH, MARKER_SIZE, SeriesStyle, series_styles

EM: Final = LABEL_SIZE / POINTS_PER_INCH
HANDLE: Final = 2.2  # length of a sample, in font sizes
HANDLE_GAP: Final = 0.6
COLUMN_GAP: Final = 1.8
LINE_GAP: Final = 0.04  # inches
BELOW: Final = 0.1  # inches between the legend and what is under it


@dataclass(frozen=True)
class Legend:
    """Samples with their labels, and how they are set in lines."""

    handles: list[Artist]
    labels: list[str]
    columns: int
    height: float
    sample: float = HANDLE

    @classmethod
    def of(
        cls,
        samples: dict[str, Artist],
        *,
        width: float = FIGURE_WIDTH - 2 * EDGE,
        sample: float = HANDLE,
    ) -> Legend:
        """Set samples, keyed by their labels, in as few lines as fit in `width` inches."""
        beside = (sample + HANDLE_GAP) * EM
        labels = [wrap(label, width - beside, LABEL_SIZE) for label in samples]
        widths = [beside + text_width(label, LABEL_SIZE) for label in labels]
        columns = next((n for n in range(len(labels), 1, -1) if _width(widths, n) <= width), 1)
        lines = -(-len(labels) // columns)
        tallest = max((text_height(label, LABEL_SIZE) for label in labels), default=0.0)
        height = lines * (tallest + LINE_GAP) + BELOW if labels else 0.0
        return cls(list(samples.values()), labels, columns, height, sample)


def _width(widths: list[float], columns: int) -> float:
    """Width of a legend of so many columns, the first ones longer where they are not alike, as matplotlib's."""
    filled = [float(column.max()) for column in np.array_split(np.array(widths), columns)]
    return sum(filled) + COLUMN_GAP * EM * (columns - 1)


def draw_legend(fig: Figure, legend: Legend, *, below: float = 0.0) -> None:
    """Put the legend in the upper left corner, `below` inches lower if something stands over it."""
    if not legend.labels:
        return
    width, height = fig.get_size_inches()
    fig.legend(
        legend.handles,
        legend.labels,
        loc="upper left",
        bbox_to_anchor=(EDGE / width, 1 - (EDGE + below) / height),
        ncols=legend.columns,
        frameon=False,
        borderaxespad=0,
        borderpad=0,
        handlelength=legend.sample,
        handletextpad=HANDLE_GAP,
        columnspacing=COLUMN_GAP,
        labelspacing=0.35,
        fontsize=LABEL_SIZE,
    )


def series_sample(style: SeriesStyle, *, line_width: float = LINE_WIDTH) -> Line2D:
    """The sample of a series: its marker, on a line if `line_width` is not 0."""
    return Line2D([], [], color=style.colour, marker=style.marker, markersize=MARKER_SIZE, linewidth=line_width)


def series_legend(
    rows: pd.DataFrame, series: str | None, series_label: str | None, *, line_width: float = LINE_WIDTH
) -> Legend:
    """A legend with each series of the rows; empty where there is only one kind of mark."""
    if series is None:
        return Legend.of({})
    names = dict(zip(rows[series].astype(str), rows[series_label or series].astype(str), strict=True))
    samples: dict[str, Artist] = {
        names[key]: series_sample(style, line_width=line_width) for key, style in series_styles(names).items()
    }
    return Legend.of(samples)
