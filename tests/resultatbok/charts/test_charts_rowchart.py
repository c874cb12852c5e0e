from itertools import pairwise

import pytest
from layout_checks import assert_nothing_clipped, shown_texts
from matplotlib.figure import Figure

from resultatbok.charts.legend import Legend
from resultatbok.charts.rowchart import (
    LANE,
    MAX_LABEL_WIDTH,
    ROW_GAP,
    TALLEST,
    TIGHTER,
    ValueAxis,
    draw_labels,
    place_rows,
    row_chart,
)
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, chart_style


def chart(header="", asides=(), **axis):
    with chart_style():
        return row_chart(
            [("", "Kvinner"), ("", "Menn")],
            ValueAxis((0.5, 2.0), "{:g}".format, "Oddsrate", **axis),
            Legend.of({}),
            lanes=["introduction", "jobbsjansen"],
            header=header,
            asides=asides,
        )


def test_each_series_has_its_lane_in_a_row():
    rows = chart()
    key = ("", "Menn")
    assert rows.y(key, "jobbsjansen") - rows.y(key, "introduction") == pytest.approx(LANE)
    assert rows.y(key) == pytest.approx((rows.y(key, "jobbsjansen") + rows.y(key, "introduction")) / 2)


def test_the_axis_has_its_ends_and_scale():
    assert chart().ax.get_xlim() == (0.5, 2)
    assert chart().ax.get_xscale() == "linear"
    assert chart(log=True).ax.get_xscale() == "log"


def test_room_is_left_on_top_and_at_the_right_only_for_texts_there():
    assert chart(reference=1, reference_label="like odds").margins.top > chart(reference=1).margins.top
    assert chart(header="Andel").margins.top > chart().margins.top
    assert chart(asides=["71 % av 18 012"]).margins.right > chart(asides=[""]).margins.right


@pytest.mark.parametrize("value", [0.5, 1, 2])
@pytest.mark.parametrize("label", ["ingen forskjell", "gjennomsnittet for alle deltakere i begge ordningene samlet"])
def test_the_label_of_a_reference_stays_over_the_plot(value, label):
    rows = chart(reference=value, reference_label=label)
    (text,) = [box for words, box in shown_texts(rows.fig) if words.replace("\n", " ") == label]
    plot = rows.ax.get_window_extent()
    assert plot.x0 - 1 <= text.x0
    assert text.x1 <= plot.x1 + 1
    assert text.y0 > plot.y1


def test_a_column_of_texts_ends_at_the_right_edge():
    header = "Andel (95 prosents konfidensintervall)"
    rows = chart(header=header, asides=["71 %"])
    with chart_style():
        rows.write_aside(0.2, "71 %")
        rows.write_aside(0.4, "")
    ends = [box.x1 for words, box in shown_texts(rows.fig) if words.replace("\n", " ") in ("71 %", header)]
    assert ends == pytest.approx([(FIGURE_WIDTH - EDGE) * rows.fig.dpi] * 2, abs=1)
    assert_nothing_clipped(rows.fig)


def test_rows_stand_in_the_order_given():
    places = place_rows([("", "b"), ("", "a"), ("", "c")])
    assert sorted(places.centres, key=places.centres.get) == [("", "b"), ("", "a"), ("", "c")]


def test_rows_of_one_heading_are_gathered_under_it():
    places = place_rows([("G", "a"), ("H", "b"), ("G", "c")])
    order = [places.headings["G"], places.centres["G", "a"], places.centres["G", "c"], places.headings["H"]]
    assert order == sorted(order)
    assert places.centres["H", "b"] > places.headings["H"]


def test_each_label_is_written_in_its_own_row_where_headings_are_not_in_order():
    ax, places = Figure().add_subplot(), place_rows([("G", "a"), ("H", "b"), ("G", "c")])
    draw_labels(ax, places)
    written = {text.get_text(): text.get_position()[1] for text in ax.get_yticklabels()}
    assert written == {label: centre for (_, label), centre in places.centres.items()}


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


def test_rows_move_together_only_where_a_page_would_not_hold_them():
    pitch = place_rows([("", "a")]).height
    roomy = int(TALLEST / pitch)
    assert place_rows([("", str(i)) for i in range(roomy)]).height == pytest.approx(roomy * pitch)
    tighter = place_rows([("", str(i)) for i in range(roomy + 1)]).height
    assert tighter == pytest.approx((roomy + 1) * (pitch - ROW_GAP * (1 - TIGHTER[1])))


def test_rows_too_many_for_a_page_are_all_kept():
    assert len(place_rows([("", str(i)) for i in range(100)]).centres) == 100


def test_the_first_row_is_at_the_top():
    ax = Figure().add_subplot()
    draw_labels(ax, place_rows([("", "øverst"), ("", "nederst")]))
    top, bottom = (text.get_window_extent().y0 for text in ax.get_yticklabels())
    assert top > bottom
