from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from resultatbok.charts.line_names import NAME_GAP, name_gap, spread


def test_names_keep_clear_of_the_numbers_over_the_lines_ends():
    assert name_gap([]) == NAME_GAP
    assert name_gap(["7", "100,0 %"]) > name_gap(["7"])


@given(st.lists(st.floats(0, 3), min_size=1, max_size=6))
def test_labels_are_moved_apart_but_stay_in_the_room(wanted):
    heights = {str(i): 0.3 for i in range(len(wanted))}
    places = spread(dict(zip(heights, wanted, strict=True)), heights, 3)
    ordered = sorted(places.values())
    assert all(b - a >= 0.3 - 1e-9 for a, b in pairwise(ordered))
    assert ordered[0] >= 0.15 - 1e-9
    assert ordered[-1] <= 2.85 + 1e-9


def test_a_label_with_room_around_it_stays_where_it_is_wanted():
    assert spread({"a": 1.0, "b": 2.0}, {"a": 0.3, "b": 0.3}, 3) == {"a": 1.0, "b": 2.0}
