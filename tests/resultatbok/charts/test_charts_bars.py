import pytest
from chart_rows import SCHEMES, percent, two_schemes

from resultatbok.charts import paired_bars, to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.theme import COLOURS, MARKERS


def plot(rows, **options):
    return paired_bars(rows, series_label="name", x_label="Andel av deltakerne", format=percent, **options)


def texts(fig):
    return [text for text, _ in shown_texts(fig)]


@pytest.mark.parametrize("options", [{}, {"group": "heading"}, {"limit": 1.0}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(two_schemes(), **options))


@pytest.mark.parametrize("value", [0.0, 1e-9, 1.0, 12345.0])
def test_nothing_is_clipped_with_extreme_values(value):
    assert_nothing_clipped(plot(two_schemes().assign(value=value)))


def test_bars_start_at_zero_and_end_in_their_number():
    fig = plot(two_schemes().head(1))
    assert list(fig.axes[0].lines[0].get_xdata()) == [0, 0.4]
    assert fig.axes[0].get_xlim()[0] == 0
    assert "40 %" in texts(fig)


def test_schemes_differ_in_colour_and_shape_and_are_in_the_legend():
    fig = plot(two_schemes())
    heads = {(line.get_marker(), line.get_color()) for line in fig.axes[0].lines if line.get_marker() != "None"}
    assert heads == {(MARKERS[key], COLOURS[key]) for key in SCHEMES}
    assert [text.get_text() for text in fig.legends[0].get_texts()] == list(SCHEMES.values())


def test_a_suppressed_number_is_a_colon():
    rows = two_schemes()
    fig = plot(rows)
    assert texts(fig).count(":") == 1
    assert percent(rows.loc[rows["suppressed"], "value"].item()) not in texts(plot(rows[rows["suppressed"]], limit=0.5))


def test_a_number_below_zero_is_refused():
    with pytest.raises(ValueError, match=r"'Mann': a bar starts at 0 and cannot show -0\.1"):
        plot(two_schemes().query("label == 'Mann' and series == 'introduction'").assign(value=-0.1))


def test_the_same_rows_give_the_same_bytes():
    assert to_svg(plot(two_schemes())) == to_svg(plot(two_schemes()))
