import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import percent
from layout_checks import assert_nothing_clipped
from svg_marks import HALF_PIXEL, Dot, Drawing, Line, differences, look

from resultatbok.charts.curves import CURVE_STYLES, caterpillar, points_and_curves
from resultatbok.charts.theme import to_svg

KINDS = {
    "above": "Over forventet",
    "below": "Under forventet",
    "not_distinguishable": "Kan ikke skilles fra forventet måloppnåelse",
}
POINTS = pd.DataFrame(
    {
        "size": [5, 10, 50, 400],
        "value": [0.3, -0.2, 0.1, 0.0],
        "low": [0.1, -0.4, 0.0, -0.1],
        "high": [0.5, 0.0, 0.2, 0.1],
        "kind": ["above", "below", "not_distinguishable", "not_distinguishable"],
    }
).assign(kind_label=lambda rows: rows["kind"].map(KINDS))
CURVES = pd.DataFrame(
    {
        "size": [5, 400] * 3,
        "value": [0.4, 0.1, -0.4, -0.1, 0.9, 0.9],
        "curve": ["exact high"] * 2 + ["exact low"] * 2 + ["wide high"] * 2,
        "curve_label": ["Eksakt"] * 4 + ["Vid"] * 2,
    }
)


def plot(points=POINTS, curves=CURVES, **options):
    return points_and_curves(
        points,
        curves,
        x="size",
        y="value",
        series="kind",
        x_label="Deltakere",
        y_label="Bidrag",
        x_format="{:.0f}".format,
        **({"y_format": percent} | options),
    )


@pytest.mark.parametrize("log", [False, True])
def test_points_with_intervals_and_curves_stand_at_their_numbers(log):
    points = POINTS.assign(suppressed=[False, False, True, False])
    curves = CURVES.replace({"value": {0.9: 0.45}})
    drawn = Drawing(plot(points, curves, log=log, intervals=True, y_format="{:g}".format))
    x, y, dots, intervals = drawn.x(log=log), drawn.y(), [], []
    for row in points[~points["suppressed"]].itertuples():
        marker, colour = look(row.kind, KINDS)
        dots.append(Dot(x(row.size), y(row.value), marker, colour))
        intervals.append(Line(x(row.size), y(row.low), x(row.size), y(row.high), colour))
    first, second = (style[0].lower() for style in CURVE_STYLES[:2])
    within = [Line(x(5), y(sign * 0.4), x(400), y(sign * 0.1), first) for sign in (1, -1)]
    assert differences(drawn.dots, dots) == ([], [])
    assert differences(drawn.lines, intervals + within) == ([], [])
    assert differences(drawn.dashed, [Line(x(5), y(0.45), x(400), y(0.45), second)]) == ([], [])
    assert drawn.legend() == {KINDS[key]: look(key, KINDS) for key in KINDS}
    assert {name: colour for name, (_, colour) in drawn.legend(2).items()} == {"Eksakt": first, "Vid": second}


def test_curves_do_not_widen_the_axes():
    low, high = plot().axes[0].get_ylim()
    assert -0.3 < low < -0.2
    assert 0.3 < high < 0.4


def test_intervals_widen_the_axis_and_no_point_to_show_is_refused():
    assert plot(intervals=True).axes[0].get_ylim()[1] > 0.5
    with pytest.raises(ValueError, match="no rows"):
        plot(POINTS.assign(suppressed=True))


def test_more_names_of_curves_than_styles_are_refused():
    many = pd.concat([CURVES.assign(curve_label=f"Grense {i}") for i in range(len(CURVE_STYLES) + 1)])
    with pytest.raises(ValueError, match="not 4"):
        plot(curves=many)


def test_nothing_is_clipped_and_the_drawing_is_stable():
    assert_nothing_clipped(plot(log=True))
    assert to_svg(plot()) == to_svg(plot())


def projects(n):
    value = np.random.default_rng(1).normal(0, 0.1, n)
    kind = np.select([value > 0.1, value < -0.1], ["above", "below"], "not_distinguishable")
    low = value - np.linspace(0.02, 0.3, n)  # so that another order than by size would show
    return pd.DataFrame(
        {"value": value, "low": low, "high": value + 0.1, "kind": kind, "kind_label": [KINDS[k] for k in kind]}
    )


def ordered(rows, **options):
    return caterpillar(
        rows,
        series="kind",
        y_label="Bidrag i prosentpoeng",
        x_label="Prosjekter, fra lavest til høyest bidrag",
        **({"format": percent} | options),
    )


@pytest.mark.parametrize("n", [1, 12, 411])
def test_no_ordered_estimate_is_clipped(n):
    assert_nothing_clipped(ordered(projects(n)))


def test_estimates_stand_in_order_of_size_with_both_ends_of_their_intervals():
    rows = projects(12).assign(suppressed=[i == 1 for i in range(12)])
    rows.loc[0, "value"] = math.nan
    drawn = Drawing(ordered(rows, format="{:g}".format, reference=0.05))
    shown = rows[~rows["suppressed"]].dropna().sort_values("value")
    left, right, *_ = drawn.box
    y, dots, lines = drawn.y(), [], []
    for place, row in enumerate(shown.itertuples()):
        x, (marker, colour) = left + (right - left) * (place + 1) / (len(shown) + 1), look(row.kind, KINDS)
        dots.append(Dot(x, y(row.value), marker, colour))
        lines.append(Line(x, y(row.low), x, y(row.high), colour))
    assert len(shown) == 10
    assert differences(drawn.dots, dots) == ([], [])
    assert differences(drawn.lines, lines) == ([], [])
    assert [(line.y0, line.y1) for line in drawn.dashed] == [pytest.approx((y(0.05), y(0.05)), abs=HALF_PIXEL)]
    assert drawn.legend() == {KINDS[key]: look(key, KINDS) for key in set(shown["kind"])}


def test_no_estimate_to_show_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        ordered(projects(3).assign(suppressed=True))


def test_the_same_rows_give_the_same_marks_in_any_order():
    rows = projects(30)
    assert differences(Drawing(ordered(rows.iloc[::-1])).dots, Drawing(ordered(rows)).dots) == ([], [])
