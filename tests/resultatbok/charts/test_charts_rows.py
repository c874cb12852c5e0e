from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.figure import Figure

from resultatbok.charts.rows import (
    LANE,
    MAX_LABEL_WIDTH,
    ROW_GAP,
    TALLEST,
    TIGHTER,
    draw_labels,
    hidden,
    lane_offset,
    place_rows,
    printed,
    row_keys,
)


def test_rows_stand_in_the_order_given():
    places = place_rows([("", "b"), ("", "a"), ("", "c")])
    assert sorted(places.centres, key=places.centres.get) == [("", "b"), ("", "a"), ("", "c")]


def test_rows_of_one_heading_are_gathered_under_it():
    places = place_rows([("G", "a"), ("H", "b"), ("G", "c")])
    order = [places.headings["G"], places.centres["G", "a"], places.centres["G", "c"], places.headings["H"]]
    assert order == sorted(order)
    assert places.centres["H", "b"] > places.headings["H"]


def test_one_label_under_two_headings_is_two_rows():
    assert len(place_rows([("G", "Annet"), ("H", "Annet")]).centres) == 2


def test_a_label_of_two_lines_gets_a_higher_row():
    places = place_rows([("", "Mann"), ("", "Ordinært arbeid/Deltidsarbeid gjennom deltakelsen")])
    short, long = places.heights.values()
    assert long > short
    assert places.label_width <= MAX_LABEL_WIDTH


def test_rows_do_not_overlap():
    places = place_rows([("", str(i)) for i in range(5)], lanes=2)
    for one, two in pairwise(places.centres):
        apart = places.centres[two] - places.centres[one]
        assert apart == pytest.approx((places.heights[one] + places.heights[two]) / 2)


def test_lanes_lie_around_the_rows_centre():
    assert [lane_offset(i, 3) for i in range(3)] == pytest.approx([-LANE, 0, LANE])
    assert lane_offset(0, 1) == 0


def test_rows_move_together_only_where_a_page_would_not_hold_them():
    pitch = place_rows([("", "a")]).height
    roomy = int(TALLEST / pitch)
    assert place_rows([("", str(i)) for i in range(roomy)]).height == pytest.approx(roomy * pitch)
    tighter = place_rows([("", str(i)) for i in range(roomy + 1)]).height
    assert tighter == pytest.approx((roomy + 1) * (pitch - ROW_GAP * (1 - TIGHTER[1])))


def test_rows_too_many_for_a_page_are_all_kept():
    assert len(place_rows([("", str(i)) for i in range(100)]).centres) == 100


def test_missing_and_suppressed_numbers_are_hidden():
    rows = pd.DataFrame({"value": [1.0, None, 2.0], "suppressed": [False, False, True]})
    assert hidden(rows, "value").tolist() == [False, True, True]
    assert hidden(rows.drop(columns="suppressed"), "value").tolist() == [False, True, False]


def test_an_unknown_suppression_hides_the_number():
    assert hidden(pd.DataFrame({"value": [1.0], "suppressed": [float("nan")]}), "value").tolist() == [True]


def test_missing_texts_are_empty():
    assert printed(pd.Series(["a", None, float("nan")], dtype=object)) == ["a", "", ""]
    assert printed(pd.Series(pd.Categorical(["a", None]))) == ["a", ""]
    assert row_keys(pd.DataFrame({"label": ["x"], "group": [None]}), "label", "group") == [("", "x")]


def test_the_first_row_is_at_the_top():
    ax = Figure().add_subplot()
    draw_labels(ax, place_rows([("", "øverst"), ("", "nederst")]))
    top, bottom = (text.get_window_extent().y0 for text in ax.get_yticklabels())
    assert top > bottom
