import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage

from resultatbok.charts import to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.dendrogram import dendrogram

POINTS = np.array([[0.0], [0.1], [1.0], [1.2], [5.0]])
LEAVES = ["about 250", "about 10", "about 60", "about 1,230", "about 5"]


def plot(leaves=LEAVES, **options):
    tree = linkage(POINTS, "ward")
    return dendrogram(tree, leaves, y_label="Height", x_label="Participants", format="{:.0f}".format, **options)


def test_nothing_is_clipped_and_every_leaf_is_told() -> None:
    fig = plot(cut=2.0)
    assert_nothing_clipped(fig)
    assert set(LEAVES) <= {text for text, _ in shown_texts(fig)}


def test_there_is_a_line_for_every_join_and_one_for_the_cut() -> None:
    assert len(plot().axes[0].lines) == 4
    assert len(plot(cut=2.0).axes[0].lines) == 5


def test_the_highest_join_is_inside() -> None:
    fig = plot()
    assert fig.axes[0].get_ylim()[1] > linkage(POINTS, "ward")[:, 2].max()


def test_leaves_without_a_text_are_refused() -> None:
    with pytest.raises(ValueError, match="5 leaves and 4"):
        plot(LEAVES[:4])


def test_the_same_tree_gives_the_same_bytes() -> None:
    assert to_svg(plot()) == to_svg(plot())
