import math

import pandas as pd
import pytest
from chart_rows import LONG_LABELS, percent, readable
from layout_checks import assert_nothing_clipped
from svg_marks import Dot, Drawing, Line, differences

from resultatbok.charts.colour import GRID, OTHER_SERIES, PLAIN, REFERENCE
from resultatbok.charts.specifications import specification_plot
from resultatbok.charts.theme import to_svg

CHOICES = {"model": "FORM", "people": "WHO"}
OWN, OTHERS = OTHER_SERIES[0].colour.lower(), PLAIN.colour.lower()


def specifications(own=1):
    """Four combinations, the third of which is not shown; `own` is marked."""
    values = [(3.0, 1.0, 5.0), (-2.0, -4.0, 0.5), (9.0, 8.0, 10.0), (1.0, -1.0, 4.0)]
    rows = pd.DataFrame(values, columns=["value", "low", "high"])
    rows["model"], rows["people"] = ["H", "H", "E", "E"], ["T", "F", "T", "F"]
    rows["suppressed"] = [False, False, True, False]
    return rows.assign(own=[place == own for place in range(4)])


def plot(rows=None, **options):
    defaults = {"marked": "own", "marked_label": "OWN", "y_label": "POINTS", "format": "{:g}".format}
    rows = specifications() if rows is None else rows
    return specification_plot(rows, **({"choices": CHOICES} | defaults | options))


def test_estimates_stand_in_order_with_their_intervals_and_the_marked_one_stands_out():
    fig = plot()
    drawn = Drawing(fig, axes="axes_2")
    left, right, *_ = drawn.box
    y = drawn.y()

    def x(place):
        return left + (right - left) * (place + 1) / 4

    dots = [Dot(x(0), y(-2), "D", OWN), Dot(x(1), y(1), "o", OTHERS), Dot(x(2), y(3), "o", OTHERS)]
    assert differences(drawn.dots, dots) == ([], [])
    ends = {0: (-4, 0.5, OWN), 1: (-1, 4, REFERENCE.lower()), 2: (1, 5, REFERENCE.lower())}
    lines = [Line(x(place), y(low), x(place), y(high), colour) for place, (low, high, colour) in ends.items()]
    assert differences(drawn.lines, lines) == ([], [])
    assert differences(drawn.dashed, [Line(left, y(0), right, y(0), REFERENCE.lower())]) == ([], [])


def test_each_estimate_has_a_mark_in_the_row_of_every_option_it_rests_on():
    grid = Drawing(plot())
    left, right, *_ = grid.box
    taken = [("H", "F"), ("E", "F"), ("H", "T")]
    expected = [
        Dot(left + (right - left) * (place + 1) / 4, grid.row(option), "|", OTHERS)
        for place, options in enumerate(taken)
        for option in options
    ]
    own = [Dot(left + (right - left) / 4, grid.row(option), "D", OWN) for option in taken[0]]
    assert differences(grid.dots, [*expected, *own]) == ([], [])
    rows = [Line(left, grid.row(option), right, grid.row(option), GRID.lower()) for option in "HETF"]
    assert differences(grid.lines, rows) == ([], [])


def test_options_stand_under_their_choice_in_the_order_of_the_rows():
    shown = readable(plot())
    assert [text for text in shown if text in ("H", "E", "T", "F")] == ["H", "E", "T", "F"]
    assert {"FORM", "WHO", "POINTS", "OWN"} <= set(shown)


def test_without_a_marked_one_there_is_no_legend():
    assert "OWN" not in readable(plot(specifications(own=2)))


@pytest.mark.parametrize("copies", [1, 60])
def test_nothing_is_clipped(copies):
    rows = pd.concat([specifications(own=0).assign(model=label) for label in LONG_LABELS] * copies, ignore_index=True)
    assert_nothing_clipped(plot(rows, y_label="Andelen som når målet " * 6, format=percent))


def test_many_estimates_are_drawn_thinner_than_few():
    few, many = (Drawing(plot(pd.concat([specifications()] * n, ignore_index=True)), axes="axes_2") for n in (1, 60))
    assert max(many.widths[:-60]) < max(few.widths[:-1])


def test_a_curve_of_which_nothing_is_shown_is_refused():
    with pytest.raises(ValueError, match="no rows to draw"):
        plot(specifications().assign(value=math.nan))


def test_the_same_estimates_give_the_same_bytes():
    assert to_svg(plot()) == to_svg(plot())
