import pandas as pd
import pytest
from chart_rows import percent
from matplotlib.colors import to_hex

from resultatbok.charts.checks import assert_nothing_clipped
from resultatbok.charts.curves import CURVE_STYLES, points_and_curves
from resultatbok.charts.theme import COLOURS, to_svg

POINTS = pd.DataFrame(
    {
        "size": [5, 10, 50, 400],
        "value": [0.3, -0.2, 0.1, 0.0],
        "low": [0.1, -0.4, 0.0, -0.1],
        "high": [0.5, 0.0, 0.2, 0.1],
        "kind": ["above", "below", "not_distinguishable", "not_distinguishable"],
        "name": ["Over", "Under", "Kan ikke skilles", "Kan ikke skilles"],
    }
)
CURVES = pd.DataFrame(
    {
        "size": [5, 400] * 3,
        "value": [0.4, 0.1, -0.4, -0.1, 0.9, 0.9],
        "curve": ["exact high"] * 2 + ["exact low"] * 2 + ["wide high"] * 2,
        "limit": ["Eksakt"] * 4 + ["Vid"] * 2,
    }
)


def plot(points=POINTS, curves=CURVES, **options):
    return points_and_curves(
        points,
        curves,
        x="size",
        y="value",
        series="kind",
        series_label="name",
        curve="curve",
        curve_label="limit",
        x_label="Deltakere",
        y_label="Bidrag",
        x_format="{:.0f}".format,
        y_format=percent,
        **options,
    )


def test_every_point_and_curve_is_drawn_in_its_colour():
    ax = plot(log=True).axes[0]
    curves = [line for line in ax.lines if line.get_marker() == "None"]
    assert [list(line.get_ydata()) for line in curves] == [[0.4, 0.1], [-0.4, -0.1], [0.9, 0.9]]
    assert [line.get_color() for line in curves] == [CURVE_STYLES[0][0], CURVE_STYLES[0][0], CURVE_STYLES[1][0]]
    points = {to_hex(line.get_color()): list(line.get_ydata()) for line in ax.lines if line not in curves}
    assert points[COLOURS["above"].lower()] == [0.3]
    assert points[COLOURS["not_distinguishable"].lower()] == [0.1, 0.0]
    assert ax.get_xscale() == "log"


def test_curves_do_not_widen_the_axes():
    low, high = plot().axes[0].get_ylim()
    assert -0.3 < low < -0.2
    assert 0.3 < high < 0.4


def test_intervals_are_drawn_and_kept_inside_the_axis():
    ax = plot(low="low", high="high").axes[0]
    ends = [tuple(segment[:, 1]) for part in ax.collections for segment in part.get_segments()]
    assert sorted(ends) == sorted(zip(POINTS["low"], POINTS["high"], strict=True))
    assert ax.get_ylim()[1] > 0.5


def test_a_hidden_point_is_left_out():
    ax = plot(POINTS.assign(suppressed=[True, False, False, False])).axes[0]
    assert 0.3 not in [y for line in ax.lines if line.get_marker() != "None" for y in line.get_ydata()]
    with pytest.raises(ValueError, match="no points"):
        plot(POINTS.assign(suppressed=True))


def test_more_names_of_curves_than_styles_are_refused():
    many = pd.concat([CURVES.assign(limit=f"Grense {i}") for i in range(len(CURVE_STYLES) + 1)])
    with pytest.raises(ValueError, match="not 4"):
        plot(curves=many)


def test_nothing_is_clipped_and_the_drawing_is_stable():
    assert_nothing_clipped(plot(log=True))
    assert to_svg(plot()) == to_svg(plot())
