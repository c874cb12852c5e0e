from itertools import pairwise

import pandas as pd
import pytest
from chart_rows import SCHEMES, percent, readable
from hypothesis import given
from hypothesis import strategies as st
from layout_checks import assert_nothing_clipped
from svg_marks import Dot, Drawing, Line, differences, look

from resultatbok.charts.lines import spread, trend
from resultatbok.charts.theme import to_svg


def by_year(shares, years=range(2017, 2021)):
    rows = pd.DataFrame(
        [
            {"year": year, "series": key, "series_label": SCHEMES[key], "value": value}
            for key, values in shares.items()
            for year, value in zip(years, values, strict=True)
        ]
    )
    return rows.assign(low=rows["value"] - 0.03, high=rows["value"] + 0.03)


ATTAINMENT = {"introduction": (0.48, 0.55, 0.55, 0.49), "jobbsjansen": (0.71, 0.7, 0.76, 0.74)}


def plot(rows, **options):
    return trend(
        rows,
        x="year",
        series="series",
        y_label="Andel med måloppnåelse",
        **({"format": percent} | options),
    )


@pytest.mark.parametrize(
    "options",
    [{}, {"intervals": True}, {"limits": (0, 1), "x_label": "År for avslutning"}],
    ids=str,
)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(by_year(ATTAINMENT), **options))


def test_names_of_lines_that_meet_do_not_overlap():
    same = dict.fromkeys(SCHEMES, (0.5, 0.5, 0.5, 0.5))
    assert_nothing_clipped(plot(by_year(same)))


@pytest.mark.parametrize("years", [range(2017, 2018), range(1990, 2025)])
def test_any_number_of_years_can_be_numbered(years):
    rows = by_year(dict.fromkeys(SCHEMES, [0.5] * len(years)), years)
    fig = plot(rows)
    assert_nothing_clipped(fig)
    assert str(years[-1]) in readable(fig)


def test_each_line_goes_through_its_points_with_their_intervals():
    rows = by_year(ATTAINMENT).assign(suppressed=False)
    rows.loc[1, "suppressed"] = True
    drawn = Drawing(plot(rows, intervals=True, format="{:g}".format))
    x, y, dots, intervals, lines = drawn.x(), drawn.y(), [], [], []
    for key in SCHEMES:
        marker, colour = look(key, SCHEMES)
        ours = rows[(rows["series"] == key) & ~rows["suppressed"]]
        dots += [Dot(x(row.year), y(row.value), marker, colour) for row in ours.itertuples()]
        intervals += [Line(x(row.year), y(row.low), x(row.year), y(row.high), colour) for row in ours.itertuples()]
        lines += [
            Line(x(one.year), y(one.value), x(two.year), y(two.value), colour)
            for one, two in pairwise(ours.itertuples())
            if two.year - one.year == 1
        ]
    assert differences(drawn.dots, dots) == ([], [])
    assert differences(drawn.lines, intervals + lines) == ([], [])
    named = {text: base for _, base, text in drawn.texts if text in SCHEMES.values()}
    assert named["Jobbsjansen"] < named["Introduksjonsprogrammet"]


def test_a_suppressed_year_is_a_colon():
    rows = by_year(ATTAINMENT).assign(suppressed=False)
    rows.loc[1, "suppressed"] = True
    assert readable(plot(rows)).count(":") == 1


def test_both_schemes_suppressed_in_one_year_are_two_colons():
    rows = by_year(ATTAINMENT).assign(suppressed=lambda rows: rows["year"] == 2018)
    fig = plot(rows)
    assert readable(fig).count(":") == 2
    assert_nothing_clipped(fig)


def test_a_series_suppressed_in_every_year_is_still_named():
    rows = by_year(ATTAINMENT).assign(suppressed=lambda rows: rows["series"] == "jobbsjansen")
    assert "Jobbsjansen" in readable(plot(rows))


def test_years_are_drawn_in_order():
    assert all(line.x1 >= line.x0 for line in Drawing(plot(by_year(ATTAINMENT).iloc[::-1])).lines)


def test_two_records_for_one_point_are_refused():
    with pytest.raises(ValueError, match="'introduction' has two records for year 2017"):
        plot(pd.concat([by_year(ATTAINMENT)] * 2))


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        plot(by_year(ATTAINMENT).head(0))


def test_the_same_rows_give_the_same_bytes():
    rows = by_year(ATTAINMENT)
    assert to_svg(plot(rows, intervals=True)) == to_svg(plot(rows, intervals=True))


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
