import numpy as np
import pytest
from layout_checks import assert_nothing_clipped, shown_texts
from scipy.cluster.hierarchy import linkage
from svg_marks import HALF_PIXEL, Drawing, Line, differences, texts_of

from resultatbok.charts.colour import INK
from resultatbok.charts.dendrogram import dendrogram
from resultatbok.charts.theme import to_svg

POINTS = np.array([[0.0], [0.1], [1.0], [1.2], [5.0]])
LEAVES = ["about 250", "about 10", "about 60", "about 1,230", "about 5"]


def plot(leaves=LEAVES, cut=None):
    tree = linkage(POINTS, "ward")
    return dendrogram(tree, leaves, y_label="Height", x_label="Participants", format="{:g}".format, cut=cut)


def test_nothing_is_clipped_and_every_leaf_is_told() -> None:
    fig = plot(cut=2.0)
    assert_nothing_clipped(fig)
    assert set(LEAVES) <= {text for text, _ in shown_texts(fig)}


def test_branches_join_at_their_heights() -> None:
    drawn = Drawing(plot(cut=2.0))
    joins = linkage(POINTS, "ward")
    left, right, *_ = drawn.box
    y, heights, expected = drawn.y(), dict.fromkeys(range(5), 0.0), []
    order = [text for _, _, text in sorted(texts_of(drawn.ticks["x"]))]
    places = {LEAVES.index(text): left + (right - left) * (i + 0.5) / 5 for i, text in enumerate(order)}
    for node, (one, two, height, _) in enumerate(joins, start=5):
        (x0, y0), (x1, y1) = sorted((places[branch], heights[branch]) for branch in (int(one), int(two)))
        expected += [(x0, y(y0), x0, y(height)), (x0, y(height), x1, y(height)), (x1, y(height), x1, y(y1))]
        places[node], heights[node] = (x0 + x1) / 2, height
    assert differences(drawn.lines, [Line(*piece, INK.lower()) for piece in expected]) == ([], [])
    assert [(line.y0, line.y1) for line in drawn.dashed] == [pytest.approx((y(2.0), y(2.0)), abs=HALF_PIXEL)]
    assert Drawing(plot()).dashed == []


def test_leaves_without_a_text_are_refused() -> None:
    with pytest.raises(ValueError, match="5 leaves and 4"):
        plot(LEAVES[:4])


def test_the_same_tree_gives_the_same_bytes() -> None:
    assert to_svg(plot()) == to_svg(plot())
