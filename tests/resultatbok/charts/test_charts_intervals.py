import math

import pandas as pd
import pytest
from chart_rows import SCHEMES, decimal, percent, readable, two_schemes
from layout_checks import assert_nothing_clipped
from svg_marks import HALF_PIXEL, Dot, Drawing, Line, differences, look

from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.rowchart import LANE
from resultatbok.charts.theme import to_svg

INVENTED = pd.DataFrame(
    [
        ("EH", "introduction", 1.2, 0.8, 1.5, False),
        ("EH", "jobbsjansen", 2.0, 1.1, 3.6, False),
        ("EH", "third", 0.7, 0.6, 2.5, False),
        ("FH", "introduction", 3.0, math.nan, math.nan, False),
        ("FH", "jobbsjansen", 2.2, 1.9, 2.4, True),
        ("FH", "third", 0.5, 0.4, 0.9, False),
    ],
    columns=["label", "series", "value", "low", "high", "suppressed"],
).assign(series_label=lambda rows: rows["series"].str.title())
KEYS = ("introduction", "jobbsjansen", "third")


def plot(rows, **options):
    defaults = {"x_label": "Andel med måloppnåelse", "format": percent, "series": "series"}
    return interval_plot(rows, **(defaults | options))


def dots(fig):
    return Drawing(fig).dots


@pytest.mark.parametrize("log", [False, True])
@pytest.mark.parametrize("one_lane", [False, True])
def test_each_dot_and_both_ends_of_its_interval_stand_at_their_numbers(log, one_lane):
    drawn = Drawing(plot(INVENTED, format="{:g}".format, log=log, reference=1.0, one_lane=one_lane))
    x, expected, intervals = drawn.x(log=log), [], []
    for row in INVENTED[~INVENTED["suppressed"]].itertuples():
        lane = 0 if one_lane else KEYS.index(row.series) - 1
        y, (marker, colour) = drawn.row(row.label) + 72 * LANE * lane, look(row.series, KEYS)
        expected.append(Dot(x(row.value), y, marker, colour))
        ends = (row.value, row.value) if math.isnan(row.low) else (row.low, row.high)
        intervals.append(Line(x(ends[0]), y, x(ends[1]), y, colour))
    assert differences(drawn.dots, expected) == ([], [])
    assert differences(drawn.lines, intervals) == ([], [])
    assert [(line.x0, line.x1) for line in drawn.dashed] == [pytest.approx((x(1.0), x(1.0)), abs=HALF_PIXEL)]
    assert drawn.legend() == {key.title(): look(key, KEYS) for key in KEYS}


def test_without_series_there_is_no_legend_and_every_dot_looks_the_same():
    fig = plot(INVENTED[INVENTED["series"] == "introduction"], series=None)
    assert not fig.legends
    assert {(dot.marker, dot.colour) for dot in dots(fig)} == {look("", [""])}


def test_an_interval_beyond_the_limits_ends_in_an_arrowhead_there():
    rows = pd.DataFrame({"label": ["EH", "FH"], "value": [0.5, 2.5], "low": [-1.0, 2.0], "high": [0.8, 3.0]})
    drawn = Drawing(interval_plot(rows, x_label="", format="{:g}".format, limits=(0.0, 1.0)))
    x, (marker, colour) = drawn.x(), look("", [""])
    left, right = drawn.row("EH"), drawn.row("FH")
    arrows = [Dot(x(0.0), left, 4, colour), Dot(x(1.0), right, 5, colour)]
    assert differences(drawn.dots, [*arrows, Dot(x(0.5), left, marker, colour)]) == ([], [])
    inside = [Line(x(0.0), left, x(0.8), left, colour), Line(x(1.0), right, x(1.0), right, colour)]
    assert differences(drawn.lines, inside) == ([], [])


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"group": "heading"},
        {"value_text": "text", "value_header": "Andel (95 prosents konfidensintervall)"},
        {"reference": 0.5, "reference_label": "gjennomsnittet for alle deltakere i begge ordningene"},
        {"reference": 0.35, "reference_label": "lavest", "value_text": "text"},
        {"limits": (0.5, 0.6)},
        {"limits": (0, 1), "x_label": "Andel av deltakerne som gikk direkte over i arbeid eller utdanning " * 3},
        {"log": True, "format": decimal, "reference": 1},
        {"one_lane": True, "group": "heading", "reference": 0.5},
    ],
    ids=lambda options: "+".join(options) or "plain",
)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(two_schemes(), **options))


@pytest.mark.parametrize("values", [(1e-9, 1e9), (-1e6, 1e6), (0.0, 0.0), (0.999, 1.0)])
def test_nothing_is_clipped_with_extreme_values(values):
    rows = pd.DataFrame({"label": ["a", "b"], "value": values, "low": [-math.inf, math.nan], "high": math.inf})
    assert_nothing_clipped(interval_plot(rows, x_label="Verdi", format="{:,.0f} kroner".format))


def test_a_suppressed_number_is_a_colon_and_nothing_else():
    rows = two_schemes()
    fig = plot(rows, value_text="text")
    assert readable(fig).count(":") == 1
    assert rows.loc[rows["suppressed"], "text"].item() not in readable(fig)


def test_a_missing_number_is_a_colon_without_a_text_column_too():
    rows = two_schemes().drop(columns="suppressed")
    rows.loc[0, "value"] = math.nan
    assert readable(plot(rows)).count(":") == 1


def test_series_on_one_line_have_a_colon_only_where_none_of_them_is_shown():
    rows = two_schemes()
    assert ":" not in readable(plot(rows, one_lane=True))
    hidden = rows.assign(suppressed=rows["label"] == rows["label"][0])
    assert readable(plot(hidden, one_lane=True)).count(":") == 1


def test_a_chart_of_suppressed_numbers_only_can_be_drawn():
    fig = plot(two_schemes().assign(suppressed=True))
    assert_nothing_clipped(fig)
    assert not dots(fig)


def test_printed_estimates_labels_and_headings_are_shown():
    rows = two_schemes()
    fig = plot(rows, value_text="text", group="heading")
    assert {*rows.loc[~rows["suppressed"], "text"], *rows["heading"]} <= set(readable(fig))
    assert set(rows["label"]) <= {text.replace("/ ", "/").replace("- ", "") for text in readable(fig)}
    assert set(SCHEMES.values()) <= set(readable(fig))


def test_the_reference_is_named():
    assert "ingen forskjell" in readable(plot(two_schemes(), reference=0.5, reference_label="ingen forskjell"))


def test_the_order_of_the_rows_is_kept():
    rows = two_schemes()
    labels = [text.get_text().split()[0] for text in plot(rows.iloc[::-1]).axes[0].get_yticklabels()]
    assert labels[0] == "Mann"


def test_height_follows_the_number_of_rows():
    rows = two_schemes()
    heights = [plot(rows.head(n)).get_size_inches()[1] for n in (2, 4, 8)]
    assert heights == sorted(set(heights))


def test_the_same_rows_give_the_same_bytes():
    assert to_svg(plot(two_schemes(), group="heading")) == to_svg(plot(two_schemes(), group="heading"))
