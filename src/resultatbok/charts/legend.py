"""The legend along the top of a chart: a sample for each series, in as few lines as the width allows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from resultatbok.charts.colour import HATCH, HIDDEN, series_styles
from resultatbok.charts.text import POINTS_PER_INCH, text_height, text_width, wrap
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, LABEL_SIZE, LINE_WIDTH, MARKER_SIZE, Look

EM: Final = LABEL_SIZE / POINTS_PER_INCH
HANDLE: Final = 2.2  # length of a sample, in font sizes
PATCH: Final = 1.3  # length of one that is a patch
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
    def of(cls, samples: Mapping[str, Artist], *, sample: float = HANDLE) -> Legend:
        """Set samples, keyed by their labels, in as few lines as the figure's width allows."""
        width = FIGURE_WIDTH - 2 * EDGE
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
    place: Look = {"loc": "upper left", "bbox_to_anchor": (EDGE / width, 1 - (EDGE + below) / height)}
    bare: Look = {"frameon": False, "borderaxespad": 0, "borderpad": 0, "labelspacing": 0.35, "fontsize": LABEL_SIZE}
    widths: Look = {"handlelength": legend.sample, "handletextpad": HANDLE_GAP, "columnspacing": COLUMN_GAP}
    fig.legend(legend.handles, legend.labels, ncols=legend.columns, **place, **bare, **widths)


def series_legend(rows: pd.DataFrame, series: str | None, *, line_width: float = LINE_WIDTH) -> Legend:
    """A legend with the marker of each series of the rows, on a line if `line_width` is not 0; empty without series."""
    if series is None:
        return Legend.of({})
    names = dict(zip(rows[series].astype(str), rows[f"{series}_label"].astype(str), strict=True))
    look: Look = {"markersize": MARKER_SIZE, "linewidth": line_width}
    styles = series_styles(names).items()
    return Legend.of({names[k]: Line2D([], [], color=s.colour, marker=s.marker, **look) for k, s in styles})


def patch_legend(colours: Mapping[str, str], hidden_label: str | None = None) -> Legend:
    """A legend with a patch for each part, and a hatched one for parts that may not be shown, if there are any."""
    samples = {name: Patch(facecolor=colour) for name, colour in colours.items()}
    if hidden_label:
        samples[hidden_label] = Patch(facecolor=HIDDEN, edgecolor=HATCH, hatch="////", linewidth=0)
    return Legend.of(samples, sample=PATCH)
