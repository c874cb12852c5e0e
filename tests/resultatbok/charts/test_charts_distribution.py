import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import LONG_LABELS, SCHEMES, readable
from layout_checks import assert_nothing_clipped
from svg_marks import HALF_PIXEL, Bar, Dot, Drawing, Line, differences, look

from resultatbok.charts.colour import GRID
from resultatbok.charts.distribution import SPREAD, percentile_lines, strip_plot
from resultatbok.charts.rowchart import LANE
from resultatbok.charts.theme import NOT_DRAWN, to_svg, without_drawing

AGES = {10: 22.0, 25: 26.0, 50: 32.0, 75: 39.0, 90: 46.0}
LIMITS, BAND = (-3.0, 3.0), (-1.0, 1.0)


def ages(percentiles=AGES, labels=LONG_LABELS):
    return pd.DataFrame(
        [
            {"label": label, "series": key, "series_label": name, "percentile": p, "value": value + row + 2 * column}
            for row, label in enumerate(labels)
            for column, (key, name) in enumerate(SCHEMES.items())
            for p, value in percentiles.items()
        ]
    )


def plot(rows):
    return percentile_lines(rows, series="series", x_label="År", format="{:.0f}".format)


def strip(rows):
    return strip_plot(rows, x_label="Deviation", format="{:g}".format, limits=LIMITS, band=BAND)


def dots(*values, label="EH", series="a"):
    return pd.DataFrame({"label": label, "value": values, "series": series, "series_label": series.upper()})


def test_pairs_of_percentiles_are_lines_around_the_median():
    rows = ages(labels=["EH", "FH"]).assign(suppressed=[False] * 19 + [True])
    drawn = Drawing(plot(rows))
    x, medians, lines = drawn.x(), [], []
    shown = rows[(rows["label"] != "FH") | (rows["series"] != "jobbsjansen")]
    for (label, key), spread in shown.groupby(["label", "series"]):
        marker, colour = look(key, SCHEMES)
        y = drawn.row(label) + 72 * LANE * (list(SCHEMES).index(key) - 0.5)
        value = spread.set_index("percentile")["value"]
        medians.append(Dot(x(value[50]), y, marker, colour))
        lines += [Line(x(value[p]), y, x(value[100 - p]), y, colour) for p in (10, 25)]
    assert differences(drawn.dots, medians) == ([], [])
    assert differences(drawn.lines, lines) == ([], [])
    assert drawn.legend() == {name: look(key, SCHEMES) for key, name in SCHEMES.items()}


def test_pairs_of_percentiles_get_thicker_inwards():
    outer, inner, _ = plot(ages().head(5)).axes[0].lines
    assert inner.get_linewidth() > outer.get_linewidth()


def test_nothing_is_clipped():
    assert_nothing_clipped(plot(ages()))


@pytest.mark.parametrize("how", ["missing", "suppressed"])
def test_one_percentile_that_may_not_be_shown_hides_the_row(how):
    rows = ages().assign(suppressed=False)
    if how == "missing":
        rows.loc[0, "value"] = math.nan
    else:
        rows.loc[0, "suppressed"] = True
    assert readable(plot(rows)).count(":") == 1


@pytest.mark.parametrize("percentiles", [{10: 1.0, 50: 2.0}, {25: 1.0, 75: 2.0}])
def test_percentiles_that_are_no_pairs_around_a_median_are_refused(percentiles):
    with pytest.raises(ValueError, match="are not pairs around the 50th"):
        plot(ages(percentiles))


def test_a_percentile_twice_is_refused():
    with pytest.raises(ValueError, match="two records for percentile 10"):
        plot(pd.concat([ages(), ages()]))


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        plot(ages().head(0))
    with pytest.raises(ValueError, match="no rows"):
        strip(dots())


def test_every_value_is_a_dot_in_its_row_and_those_beyond_the_limits_stand_at_the_edge():
    hidden = dots(0.7).assign(suppressed=True)
    rows = pd.concat(
        [dots(0.25), dots(4.0, label="FH"), dots(-0.5, label="FH", series="b"), dots(-5.0, series="b"), hidden]
    )
    rows = rows.assign(suppressed=rows["suppressed"].fillna(False).astype(bool))
    drawn = Drawing(strip(rows))
    x, keys = drawn.x(), ("a", "b")
    (a, first), (b, second), step = look("a", keys), look("b", keys), 72 * SPREAD * 0.6
    assert differences(
        drawn.dots,
        [
            Dot(x(-3.0), drawn.row("EH"), "<", second),
            Dot(x(0.25), drawn.row("EH") + step, a, first),
            Dot(x(-0.5), drawn.row("FH"), b, second),
            Dot(x(3.0), drawn.row("FH") + step, ">", first),
        ],
    ) == ([], [])
    middle = (drawn.box[2] + drawn.box[3]) / 2
    assert differences(drawn.bars, [Bar(x(-1.0), x(1.0), middle, GRID.lower())]) == ([], [])
    assert [(line.x0, line.x1) for line in drawn.dashed] == [pytest.approx((x(0), x(0)), abs=HALF_PIXEL)]
    assert drawn.legend() == {"A": (a, first), "B": (b, second)}


def test_dots_of_one_row_do_not_lie_on_one_line():
    assert len({dot.y for dot in Drawing(strip(dots(0.1, 0.1, 0.1))).dots}) == 3


def test_a_strip_looks_the_same_whatever_was_drawn_at_random_before():
    np.random.seed(1)  # noqa: NPY002 - seaborn draws from this one
    first = to_svg(strip(dots(0.1, 0.2)))
    assert to_svg(strip(dots(0.1, 0.2))) == first


def test_without_drawing_a_figure_is_laid_out_but_not_written():
    with without_drawing():
        assert to_svg(strip(dots(0.1))) == NOT_DRAWN
    assert to_svg(strip(dots(0.1))).startswith("<svg ")


def test_the_same_rows_give_the_same_bytes():
    assert to_svg(plot(ages())) == to_svg(plot(ages()))
