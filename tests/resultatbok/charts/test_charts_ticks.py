import pytest
from chart_rows import decimal, percent
from hypothesis import given
from hypothesis import strategies as st

from resultatbok.charts.text import text_width
from resultatbok.charts.theme import SMALL_SIZE
from resultatbok.charts.ticks import CLEARANCE, choose_ticks, overhang
from resultatbok.words.wording import Wording


def test_ticks_are_round_and_within_the_limits():
    assert choose_ticks(0.38, 0.87, percent, 4) == pytest.approx([0.4, 0.5, 0.6, 0.7, 0.8])


def test_an_axis_of_fractions_has_round_points():
    points = Wording("en").in_points
    assert [points(tick) for tick in choose_ticks(-0.07, 0.23, points, 4)] == ["−5", "0", "5", "10", "15", "20"]
    assert [points(tick) for tick in choose_ticks(-0.004, 0.013, points, 4)] == ["0", "1"]


def test_ticks_whose_printed_numbers_would_repeat_are_thinned():
    assert choose_ticks(0, 0.03, percent, 5) == pytest.approx([0, 0.01, 0.02, 0.03])
    assert choose_ticks(0.5, 0.501, percent, 5) == pytest.approx([0.5])


def test_ticks_are_fewer_where_room_is_short():
    wide, narrow = (choose_ticks(0, 1_000_000, "{:,.0f} kroner".format, room) for room in (6, 2.5))
    assert 1 < len(narrow) < len(wide)


def test_odds_ratios_get_the_steps_of_a_ratio_scale():
    assert choose_ticks(0.19, 4.2, decimal, 3, log=True) == pytest.approx([0.2, 0.5, 1, 2])


def test_a_narrow_ratio_scale_gets_closer_steps():
    assert choose_ticks(0.44, 1.9, decimal, 4, log=True) == pytest.approx([0.5, 0.7, 1, 1.5])
    assert choose_ticks(1.11, 1.39, decimal, 4, log=True) == pytest.approx([1.15, 1.2, 1.25, 1.3, 1.35])


def test_numbers_stand_out_over_the_ends_by_half_their_width():
    assert overhang((0, 1), percent) == pytest.approx(text_width("100 %", SMALL_SIZE) / 2)


def test_many_decades_are_numbered_at_powers_of_ten():
    assert choose_ticks(1e-6, 1e6, "{:g}".format, 2.4, log=True) == pytest.approx([1e-6, 1e-3, 1, 1e3, 1e6])


@given(low=st.floats(-1e6, 1e6), span=st.floats(1e-3, 1e6), room=st.floats(1, 6), decimals=st.sampled_from([0, 1, 2]))
def test_numbers_never_touch_or_repeat(low, span, room, decimals):
    def write(number):
        return f"{number:.{decimals}f}"

    ticks = choose_ticks(low, low + span, write, room)
    labels = [write(tick) for tick in ticks]
    assert len(set(labels)) == len(labels)
    for i in range(len(ticks) - 1):
        apart = room * (ticks[i + 1] - ticks[i]) / span
        widths = [text_width(label, SMALL_SIZE) for label in labels[i : i + 2]]
        assert apart >= sum(widths) / 2 + CLEARANCE - 1e-6
