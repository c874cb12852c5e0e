import math

import pandas as pd
import pytest
from chart_rows import LONG_LABELS, SCHEMES

from resultatbok.charts import percentile_lines, to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.theme import MARKERS

AGES = {10: 22.0, 25: 26.0, 50: 32.0, 75: 39.0, 90: 46.0}


def ages(percentiles=AGES):
    return pd.DataFrame(
        [
            {"label": label, "series": key, "name": name, "percentile": p, "value": value}
            for label in LONG_LABELS
            for key, name in SCHEMES.items()
            for p, value in percentiles.items()
        ]
    )


def plot(rows, **options):
    return percentile_lines(
        rows,
        percentile="percentile",
        value="value",
        series="series",
        series_label="name",
        x_label="År",
        format="{:.0f}".format,
        **options,
    )


def texts(fig):
    return [text for text, _ in shown_texts(fig)]


@pytest.mark.parametrize("options", [{}, {"reference": 18, "reference_label": "nedre aldersgrense"}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(ages(), **options))


def test_pairs_of_percentiles_get_thicker_inwards_around_the_median():
    outer, inner, median = plot(ages().head(5)).axes[0].lines
    assert list(outer.get_xdata()) == [22, 46]
    assert list(inner.get_xdata()) == [26, 39]
    assert inner.get_linewidth() > outer.get_linewidth()
    assert list(median.get_xdata()) == [32]
    assert median.get_marker() == MARKERS["introduction"]


def test_schemes_are_in_the_legend():
    assert [text.get_text() for text in plot(ages()).legends[0].get_texts()] == list(SCHEMES.values())


@pytest.mark.parametrize("how", ["missing", "suppressed"])
def test_one_percentile_that_may_not_be_shown_hides_the_row(how):
    rows = ages().assign(suppressed=False)
    if how == "missing":
        rows.loc[0, "value"] = math.nan
    else:
        rows.loc[0, "suppressed"] = True
    fig = plot(rows)
    assert texts(fig).count(":") == 1
    assert len(fig.axes[0].lines) == 3 * (2 * len(LONG_LABELS) - 1)


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


def test_the_same_rows_give_the_same_bytes():
    assert to_svg(plot(ages())) == to_svg(plot(ages()))
