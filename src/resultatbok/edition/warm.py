"""What every kernel would read or lay out again: done on import, in the process that kernels are forked from."""

from __future__ import annotations

import io

import altair  # noqa: F401 - loaded by interactive charts, inside functions
from matplotlib.figure import Figure

from resultatbok.charts.theme import chart_style
from resultatbok.words.wording import catalogue


def _draw() -> None:
    """Draw something, so that fonts are found and read."""
    with chart_style():
        figure = Figure()
        figure.subplots().text(0.5, 0.5, "1,234 %", fontweight="bold")
        figure.savefig(io.StringIO(), format="svg")


catalogue("nb")
_draw()
