import math

import pandas as pd
import pytest
from matplotlib.figure import Figure

from resultatbok.charts.marks import (
    ARROW_LEFT,
    ARROW_RIGHT,
    Columns,
    Mark,
    axis_ends,
    draw_interval_mark,
    read_marks,
    shown_numbers,
)
from resultatbok.charts.theme import series_styles

STYLE = series_styles(["introduction"])["introduction"]


def markers_drawn(value, low, high):
    ax = Figure().add_subplot(xlim=(0, 1))
    draw_interval_mark(ax, Mark(("", "a"), "introduction", value, low, high, "", False), 0.1, STYLE)
    return [line.get_marker() for line in ax.lines if line.get_marker() != "None"]


def test_the_axis_holds_everything_with_some_room():
    low, high = axis_ends([0.5, 0.9, math.nan, math.inf])
    assert low < 0.5
    assert 0.9 < high < 1


def test_an_axis_of_positive_numbers_does_not_go_below_zero():
    assert axis_ends([0.0, 0.9])[0] == 0
    assert axis_ends([-0.1, 0.9])[0] < -0.1


@pytest.mark.parametrize(("lowest", "from_zero"), [(23, True), (25, False)])
def test_an_axis_that_would_begin_near_zero_begins_there(lowest, from_zero):
    assert (axis_ends([lowest, 100])[0] == 0) is from_zero


def test_a_single_number_still_gets_an_axis():
    low, high = axis_ends([5.0])
    assert low < 5 < high
    low, high = axis_ends([5.0], log=True)
    assert 0 < low < 5 < high


def test_no_number_at_all_still_gets_an_axis():
    assert axis_ends([]) == (0, 1)
    assert axis_ends([0.0], log=True) == (0.5, 2)


def test_an_end_beyond_the_axis_becomes_an_arrowhead():
    assert markers_drawn(0.5, 0.2, 0.8) == ["o"]
    assert markers_drawn(0.5, 0, 1) == ["o"]
    assert markers_drawn(0.5, -0.01, math.inf) == [ARROW_LEFT, ARROW_RIGHT, "o"]


def test_an_estimate_beyond_the_axis_is_an_arrowhead_only():
    assert markers_drawn(1.5, 1.2, 1.8) == [ARROW_RIGHT]


def test_an_estimate_without_interval_is_a_dot():
    assert markers_drawn(0.5, math.nan, math.nan) == ["o"]


def test_hidden_numbers_do_not_shape_the_axis():
    rows = pd.DataFrame({"value": [0.2, 99.0], "suppressed": [False, True]})
    marks = read_marks(rows, [("", "a"), ("", "b")], Columns("value"))
    assert max(number for number in shown_numbers(marks) if math.isfinite(number)) == 0.2


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        read_marks(pd.DataFrame({"value": []}), [], Columns("value"))


def test_two_records_for_one_dot_are_refused():
    rows = pd.DataFrame({"value": [0.1, 0.2]})
    with pytest.raises(ValueError, match="'Mann' has two records"):
        read_marks(rows, [("", "Mann"), ("", "Mann")], Columns("value"))


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_logarithmic_axis_refuses_what_it_cannot_show(value):
    with pytest.raises(ValueError, match="'Mann': a logarithmic axis"):
        read_marks(pd.DataFrame({"value": [value]}), [("", "Mann")], Columns("value"), log=True)
