"""The upper part of a tree of clusters: where branches join, and at which height."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from scipy.cluster import hierarchy

from resultatbok.charts.colour import INK, MUTED, REFERENCE
from resultatbok.charts.frame import upright_figure
from resultatbok.charts.theme import SMALL_SIZE, Format, chart_style

HEADROOM: Final = 1.05  # of the highest join
LEAF_STEP: Final = 10.0  # scipy's distance between two leaves
LINE: Final = 1.3  # points


def dendrogram(
    linkage: npt.NDArray[np.float64],
    leaves: Sequence[str],
    *,
    y_label: str,
    x_label: str,
    format: Format,
    cut: float | None,
) -> Figure:
    """Draw a tree whose leaves are branches of a larger one.

    `linkage` is scipy's matrix; `leaves` are the texts under its leaves, such as how many participants each branch
    holds. A dashed line lies at the height `cut`, where the tree is cut into clusters.

    Raises:
        ValueError: The tree has another number of leaves.
    """
    if len(linkage) + 1 != len(leaves):
        raise ValueError(f"a tree of {len(linkage) + 1} leaves and {len(leaves)} texts for them")
    tree = hierarchy.dendrogram(linkage, no_plot=True)
    highest = float(linkage[:, 2].max())
    with chart_style():
        fig, ax, _ = upright_figure((0.0, HEADROOM * highest), format, y_label=y_label, x_label=x_label)
        for x, y in zip(tree["icoord"], tree["dcoord"], strict=True):
            ax.plot(x, y, color=INK, linewidth=LINE, solid_joinstyle="miter")
        if cut is not None:
            ax.axhline(cut, color=REFERENCE, linewidth=1.0, linestyle=(0, (4, 3)))
        ax.set_xlim(0, LEAF_STEP * len(leaves))
        places = LEAF_STEP * (np.arange(len(leaves)) + 0.5)
        ax.set_xticks(places, [leaves[i] for i in tree["leaves"]], size=SMALL_SIZE, color=MUTED)
        return fig
