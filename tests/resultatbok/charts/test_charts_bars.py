import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import SCHEMES, percent, readable, two_schemes
from layout_checks import assert_nothing_clipped
from svg_marks import HALF_PIXEL, Bar, Dot, Drawing, Line, differences, look

from resultatbok.charts.bars import KINDS, STEP_HEIGHT, paired_bars, waterfall
from resultatbok.charts.colour import INK
from resultatbok.charts.rowchart import LANE
from resultatbok.charts.theme import to_svg

INVENTED = pd.DataFrame(
    [
        ("EH", "introduction", 0.4, False),
        ("EH", "jobbsjansen", 0.25, False),
        ("FH", "introduction", 0.0, False),
        ("FH", "jobbsjansen", 0.9, True),
        ("HH", "introduction", 0.55, False),
        ("HH", "jobbsjansen", math.nan, False),
    ],
    columns=["label", "series", "value", "suppressed"],
).assign(series_label=lambda rows: rows["series"].map(SCHEMES))


def plot(rows, **options):
    return paired_bars(rows, **({"series": "series", "x_label": "Andel av deltakerne", "format": percent} | options))


def steps(*values):
    """A whole, steps to it, and what is left as the last step."""
    numbers = np.array([sum(values), *values])
    kinds = ["whole", *["step"] * (len(values) - 1), "rest"]
    table = {"kind": kinds, "label": [f"{'EFHKL'[i]}H" for i in range(len(kinds))], "value": numbers}
    text = [f"{number:.1f} poeng" for number in numbers]
    return pd.DataFrame(table | {"low": numbers - 1.5, "high": numbers + 2.0, "text": text})


def fall(rows):
    return waterfall(rows, x_label="Prosentpoeng", format="{:g}".format, value_header="Poeng")


def drawn_steps(rows):
    """Start and end of each bar in the unit of the axis, from the drawing."""
    drawn = Drawing(fall(rows))
    zero, one = drawn.x()(0), drawn.x()(1)
    return [(round((b.left - zero) / (one - zero), 2), round((b.right - zero) / (one - zero), 2)) for b in drawn.bars]


def test_each_bar_goes_from_zero_to_its_number_and_has_its_head_there():
    drawn = Drawing(plot(INVENTED, format="{:g}".format))
    x, heads, stems = drawn.x(), [], []
    for row in INVENTED[~INVENTED["suppressed"]].dropna().itertuples():
        marker, colour = look(row.series, SCHEMES)
        y = drawn.row(row.label) + 72 * LANE * (list(SCHEMES).index(row.series) - 0.5)
        heads.append(Dot(x(row.value), y, marker, colour))
        stems.append(Line(x(0), y, x(row.value), y, colour))
    assert differences(drawn.dots, heads) == ([], [])
    assert differences(drawn.lines, stems) == ([], [])
    assert drawn.box[0] == pytest.approx(x(0), abs=HALF_PIXEL)
    assert drawn.legend() == {name: look(key, SCHEMES) for key, name in SCHEMES.items()}


@pytest.mark.parametrize("options", [{}, {"group": "heading"}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(two_schemes(), **options))


@pytest.mark.parametrize("value", [0.0, 1e-9, 1.0, 12345.0])
def test_nothing_is_clipped_with_extreme_values(value):
    assert_nothing_clipped(plot(two_schemes().assign(value=value)))


def test_a_bar_has_its_number_beside_it_and_a_suppressed_one_a_colon():
    fig = plot(INVENTED)
    assert {"40 %", "25 %", "0 %", "55 %"} <= set(readable(fig))
    assert readable(fig).count(":") == 2
    assert "90 %" not in readable(fig)


def test_a_number_below_zero_is_refused():
    with pytest.raises(ValueError, match=r"'Mann': a bar starts at 0 and cannot show -0\.1"):
        plot(two_schemes().query("label == 'Mann' and series == 'introduction'").assign(value=-0.1))


def test_each_step_begins_where_the_one_before_ended_with_its_own_interval_at_its_end():
    rows = steps(5.0, 12.0, 3.0)
    drawn = Drawing(fall(rows))
    x, y, starts = drawn.x(), [drawn.row(label) for label in rows["label"]], [0.0, 0.0, 5.0, 17.0]
    bars, ends = [], []
    for place, (start, row) in enumerate(zip(starts, rows.itertuples(), strict=True)):
        bars.append(Bar(x(start), x(start + row.value), y[place], KINDS[row.kind].lower()))
        ends.append(Line(x(start + row.low), y[place], x(start + row.high), y[place], INK.lower()))
    half = 72 * STEP_HEIGHT / 2
    links = [(x(end), y[i] + half, x(end), y[i + 1] - half) for i, end in ((1, 5.0), (2, 17.0))]
    assert differences(drawn.bars, bars) == ([], [])
    assert differences([line for line in drawn.lines if line.colour == INK.lower()], ends) == ([], [])
    assert differences([line[:4] for line in drawn.lines if line.colour != INK.lower()], links) == ([], [])
    assert [(line.x0, line.x1) for line in drawn.dashed] == [pytest.approx((x(0), x(0)), abs=HALF_PIXEL)]
    assert len(set(KINDS.values())) == 3


def test_a_step_back_is_drawn_to_the_left():
    assert drawn_steps(steps(5.0, -7.0, 3.0)) == [(0, 1), (0, 5), (-2, 5), (-2, 1)]


def test_a_row_without_interval_has_none():
    rows = steps(5.0, 3.0).assign(low=np.nan, high=np.nan)
    assert not [line for line in Drawing(fall(rows)).lines if line.colour == INK.lower()]


def test_a_hidden_step_is_a_colon_and_the_next_begins_before_it():
    rows = steps(5.0, 12.0, 3.0).assign(suppressed=[False, False, True, False])
    assert drawn_steps(rows) == [(0, 20), (0, 5), (5, 8)]
    assert ":" in readable(fall(rows))
    assert "12.0 poeng" not in readable(fall(rows))


@pytest.mark.parametrize("values", [(5.0, 12.0, 3.0), (1e-9, 0.0, 0.0), (-40.0, 5.0), (12345.0, -1.0)])
def test_no_step_is_clipped(values):
    assert_nothing_clipped(fall(steps(*values)))


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="'sum'; expected one of whole, step, rest"):
        fall(steps(1.0, 2.0).replace({"kind": {"rest": "sum"}}))


def test_the_same_rows_give_the_same_bytes():
    assert to_svg(plot(two_schemes())) == to_svg(plot(two_schemes()))
    assert to_svg(fall(steps(5.0, 3.0))) == to_svg(fall(steps(5.0, 3.0)))
