import math

import pandas as pd
import pytest

from resultatbok.charts.marks import axis_ends, hidden, printed, read_marks, row_keys, shown_numbers, shown_rows


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


def test_hidden_numbers_do_not_shape_the_axis():
    marks = read_marks(pd.DataFrame({"label": ["a", "b"], "value": [0.2, 99.0], "suppressed": [False, True]}))
    assert max(number for number in shown_numbers(marks) if math.isfinite(number)) == 0.2


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        read_marks(pd.DataFrame({"label": [], "value": []}))
    with pytest.raises(ValueError, match="no rows"):
        shown_rows(pd.DataFrame({"x": [1.0, None], "y": [None, 1.0]}), "x", "y")


def test_two_records_for_one_dot_are_refused():
    with pytest.raises(ValueError, match="'Mann' has two records"):
        read_marks(pd.DataFrame({"label": "Mann", "value": [0.1, 0.2]}))


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_a_logarithmic_axis_refuses_what_it_cannot_show(value):
    with pytest.raises(ValueError, match="'Mann': a logarithmic axis"):
        read_marks(pd.DataFrame({"label": ["Mann"], "value": [value]}), log=True)


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
