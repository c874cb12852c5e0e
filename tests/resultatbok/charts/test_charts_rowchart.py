import pytest

from resultatbok.charts.legend import Legend
from resultatbok.charts.rowchart import ValueAxis, row_chart
from resultatbok.charts.rows import LANE
from resultatbok.charts.theme import chart_style


def chart(**axis):
    with chart_style():
        return row_chart(
            [("", "Kvinner"), ("", "Menn")],
            ValueAxis((0.5, 2.0), "{:g}".format, "Oddsrate", **axis),
            Legend.of({}),
            lanes=["introduction", "jobbsjansen"],
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


def test_a_named_reference_takes_room_on_top():
    assert chart(reference=1, reference_label="like odds").margins.top > chart(reference=1).margins.top
