import math

import pandas as pd
import pytest
from chart_rows import SCHEMES, decimal, percent, two_schemes

from resultatbok.charts import interval_plot, to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.theme import COLOURS, MARKERS


def plot(rows, **options):
    defaults = {"x_label": "Andel med måloppnåelse", "format": percent, "series": "series", "series_label": "name"}
    return interval_plot(rows, **(defaults | options))


def texts(fig):
    return [text.replace("\n", " ") for text, _ in shown_texts(fig)]


def dots(fig):
    shapes = set(MARKERS.values())
    return [(line.get_marker(), line.get_color()) for line in fig.axes[0].lines if line.get_marker() in shapes]


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
    ],
    ids=lambda options: "+".join(options) or "plain",
)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(two_schemes(), **options))


@pytest.mark.parametrize("values", [(1e-9, 1e9), (-1e6, 1e6), (0.0, 0.0), (0.999, 1.0)])
def test_nothing_is_clipped_with_extreme_values(values):
    rows = pd.DataFrame({"label": ["a", "b"], "value": values, "low": [-math.inf, math.nan], "high": math.inf})
    assert_nothing_clipped(interval_plot(rows, x_label="Verdi", format="{:,.0f} kroner".format))


def test_each_series_is_in_the_legend_and_has_its_colour_and_shape():
    fig = plot(two_schemes())
    assert [text.get_text() for text in fig.legends[0].get_texts()] == list(SCHEMES.values())
    assert set(dots(fig)) == {(MARKERS[key], COLOURS[key]) for key in SCHEMES}


def test_a_suppressed_number_is_a_colon_and_nothing_else():
    rows = two_schemes()
    fig = plot(rows, value_text="text")
    assert texts(fig).count(":") == 1
    assert rows.loc[rows["suppressed"], "text"].item() not in texts(fig)
    assert len(dots(fig)) == len(rows) - 1


def test_a_missing_number_is_a_colon_without_a_text_column_too():
    rows = two_schemes().drop(columns="suppressed")
    rows.loc[0, "value"] = math.nan
    assert texts(plot(rows)).count(":") == 1


def test_a_chart_of_suppressed_numbers_only_can_be_drawn():
    fig = plot(two_schemes().assign(suppressed=True))
    assert_nothing_clipped(fig)
    assert not dots(fig)


def test_printed_estimates_labels_and_headings_are_shown():
    rows = two_schemes()
    fig = plot(rows, value_text="text", group="heading")
    assert {*rows.loc[~rows["suppressed"], "text"], *rows["heading"]} <= set(texts(fig))
    assert set(rows["label"]) <= {text.replace("/ ", "/").replace("- ", "") for text in texts(fig)}


def test_one_series_needs_no_legend():
    rows = two_schemes().query("series == 'introduction'")
    assert not plot(rows, series=None).legends


def test_the_reference_is_drawn_and_named():
    fig = plot(two_schemes(), reference=0.5, reference_label="ingen forskjell")
    assert [0.5, 0.5] in [list(line.get_xdata()) for line in fig.axes[0].lines]
    assert "ingen forskjell" in texts(fig)


def test_the_axis_is_numbered_by_the_readers_format():
    fig = plot(two_schemes(), limits=(0, 1))
    assert {"0 %", "20 %", "100 %"} <= set(texts(fig))


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
