"""Boxes hold their texts, and arrows go from the edge of one box to that of another."""

import numpy as np
import pytest
from chart_rows import readable
from layout_checks import assert_nothing_clipped
from matplotlib.colors import to_hex

from resultatbok.charts.colour import HIDDEN, PAPER
from resultatbok.charts.diagram import AIR, Box, diagram

BOXES = {
    "before": Box(0, 0, "Bakgrunn ved oppstart", "utdanningsnivå, alder, botid, landbakgrunn", filled=True),
    "unseen": Box(2, 0, "Uregistrert", "motivasjon, helse, omsorg for barn", dashed=True),
    "scheme": Box(0, 1, "Ordning"),
    "goal": Box(2, 1, "Måloppnåelse"),
}
ARROWS = [("before", "scheme"), ("unseen", "goal"), ("scheme", "goal"), ("before", "goal")]


def edges(figure):
    """Left, right, top and bottom of each box, in the order of `BOXES`, in inches."""
    paths = [collection.get_paths()[0].vertices for collection in figure.axes[0].collections]
    return [(*np.sort(p[:, 0])[[0, -1]], *np.sort(p[:, 1])[[0, -1]]) for p in paths]


def on_edge(point, box):
    left, right, top, bottom = box
    apart = [max(left - point[0], point[0] - right), max(top - point[1], point[1] - bottom)]
    return 0 < max(apart) <= AIR + 1e-9


def test_each_arrow_goes_from_the_edge_of_one_box_to_that_of_the_other():
    figure = diagram(BOXES, ARROWS)
    boxes = dict(zip(BOXES, edges(figure), strict=True))
    drawn = [(a.xyann, a.xy) for a in figure.axes[0].texts if hasattr(a, "arrow_patch") and a.arrow_patch]
    assert len(drawn) == len(ARROWS)
    for (start, end), (out, into) in zip(ARROWS, drawn, strict=True):
        assert on_edge(out, boxes[start]), (start, end)
        assert on_edge(into, boxes[end]), (start, end)


def test_boxes_stand_in_their_places_and_hold_their_texts():
    figure = diagram(BOXES, ARROWS)
    boxes = dict(zip(BOXES, edges(figure), strict=True))
    assert boxes["before"][1] < boxes["unseen"][0]
    assert boxes["before"][3] < boxes["scheme"][2]
    assert_nothing_clipped(figure)
    assert {text for box in BOXES.values() for text in (box.heading, box.text) if text} == set(readable(figure)) - {""}
    edge = [collection.get_linestyle()[0][1] for collection in figure.axes[0].collections]
    assert [box.dashed for box in BOXES.values()] == [dashes is not None for dashes in edge]
    filled = [to_hex(collection.get_facecolor()[0]).upper() for collection in figure.axes[0].collections]
    assert filled == [HIDDEN if box.filled else PAPER for box in BOXES.values()]


def test_an_arrow_to_no_box_is_refused():
    with pytest.raises(KeyError, match="nowhere"):
        diagram(BOXES, [("before", "nowhere")])


def test_an_arrow_over_two_rows_misses_the_box_between():
    boxes = BOXES | {"between": Box(1, 2, "Programforløp")}
    figure = diagram(boxes, [("before", "between")])
    left, right, top, bottom = dict(zip(boxes, edges(figure), strict=True))["scheme"]
    (arrow,) = [a for a in figure.axes[0].texts if getattr(a, "arrow_patch", None)]
    for share in np.linspace(0, 1, 100):
        x, y = np.array(arrow.xyann) * (1 - share) + np.array(arrow.xy) * share
        assert not (left < x < right and top < y < bottom)
