import math

import pandas as pd
import pytest
from chart_rows import SCHEMES, percent

from resultatbok.charts import to_svg, trend
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.theme import COLOURS, MARKERS


def by_year(shares, years=range(2017, 2021)):
    rows = pd.DataFrame(
        [
            {"year": year, "series": key, "name": SCHEMES[key], "value": value}
            for key, values in shares.items()
            for year, value in zip(years, values, strict=True)
        ]
    )
    return rows.assign(low=rows["value"] - 0.03, high=rows["value"] + 0.03, text=rows["value"].map(percent))


ATTAINMENT = {"introduction": (0.48, 0.55, 0.55, 0.49), "jobbsjansen": (0.71, 0.7, 0.76, 0.74)}


def plot(rows, **options):
    return trend(
        rows,
        x="year",
        value="value",
        series="series",
        series_label="name",
        y_label="Andel med måloppnåelse",
        format=percent,
        **options,
    )


def texts(fig):
    return [text.replace("-\n", "") for text, _ in shown_texts(fig)]


@pytest.mark.parametrize(
    "options",
    [{}, {"low": "low", "high": "high", "value_text": "text"}, {"limits": (0, 1), "x_label": "År for avslutning"}],
    ids=str,
)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(by_year(ATTAINMENT), **options))


def test_names_of_lines_that_meet_do_not_overlap():
    same = dict.fromkeys(SCHEMES, (0.5, 0.5, 0.5, 0.5))
    assert_nothing_clipped(plot(by_year(same)))


def test_numbers_of_lines_that_meet_do_not_overlap():
    near = {"introduction": (0.48, 0.55, 0.55, 0.49), "jobbsjansen": (0.5, 0.55, 0.56, 0.5)}
    assert_nothing_clipped(plot(by_year(near), limits=(0, 1), low="low", high="high", value_text="text"))


@pytest.mark.parametrize("years", [range(2017, 2018), range(1990, 2025)])
def test_any_number_of_years_can_be_numbered(years):
    rows = by_year(dict.fromkeys(SCHEMES, [0.5] * len(years)), years)
    fig = plot(rows)
    assert_nothing_clipped(fig)
    assert str(years[-1]) in texts(fig)


def test_each_line_is_named_at_its_end_in_its_colour_and_shape():
    fig = plot(by_year(ATTAINMENT))
    assert set(SCHEMES.values()) <= set(texts(fig))
    assert {(line.get_marker(), line.get_color()) for line in fig.axes[0].lines} == {
        (MARKERS[key], COLOURS[key]) for key in SCHEMES
    }


def test_a_suppressed_year_is_a_gap_and_a_colon():
    rows = by_year(ATTAINMENT).assign(suppressed=False)
    rows.loc[1, "suppressed"] = True
    fig = plot(rows, low="low", high="high", value_text="text")
    assert texts(fig).count(":") == 1
    assert rows.loc[1, "text"] not in [t.get_text() for t in fig.axes[0].texts if t.get_position()[0] == 2018]
    assert [math.isnan(y) for y in fig.axes[0].lines[0].get_ydata()] == [False, True, False, False]


def test_both_schemes_suppressed_in_one_year_are_two_colons():
    rows = by_year(ATTAINMENT).assign(suppressed=lambda rows: rows["year"] == 2018)
    fig = plot(rows)
    assert texts(fig).count(":") == 2
    assert_nothing_clipped(fig)


def test_a_series_suppressed_in_every_year_is_still_named():
    rows = by_year(ATTAINMENT).assign(suppressed=lambda rows: rows["series"] == "jobbsjansen")
    assert "Jobbsjansen" in texts(plot(rows))


def test_years_are_drawn_in_order():
    lines = plot(by_year(ATTAINMENT).iloc[::-1]).axes[0].lines
    assert all(list(line.get_xdata()) == [2017, 2018, 2019, 2020] for line in lines)


def test_two_records_for_one_point_are_refused():
    with pytest.raises(ValueError, match="'introduction' has two records for year 2017"):
        plot(pd.concat([by_year(ATTAINMENT)] * 2))


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        plot(by_year(ATTAINMENT).head(0))


def test_the_same_rows_give_the_same_bytes():
    rows = by_year(ATTAINMENT)
    assert to_svg(plot(rows, low="low", high="high")) == to_svg(plot(rows, low="low", high="high"))
