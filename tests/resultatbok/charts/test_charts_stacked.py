import math

import pandas as pd
import pytest
from chart_rows import LONG_LABELS, percent
from matplotlib.colors import to_hex

from resultatbok.charts import stacked_shares, to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.colour import contrast
from resultatbok.charts.stacked import UNORDERED
from resultatbok.charts.theme import HIDDEN

LEVELS = ("Under A1", "A1", "A2", "B1", "B2")
SHARES = {LONG_LABELS[0]: (0.04, 0.26, 0.44, 0.21, 0.05), LONG_LABELS[3]: (0.0, 0.06, 0.34, 0.47, 0.13)}


def levels(shares=SHARES):
    return pd.DataFrame(
        [
            {"bar": bar, "heading": bar[:1], "part": part, "value": value, "n": "n = 19 316"}
            for bar, values in shares.items()
            for part, value in zip(LEVELS, values, strict=True)
        ]
    )


def plot(rows, **options):
    return stacked_shares(rows, bar="bar", part="part", value="value", x_label="Andel", format=percent, **options)


def texts(fig):
    return [text for text, _ in shown_texts(fig)]


def parts(fig):
    return [(round(bar.get_x(), 6), round(bar.get_width(), 6)) for bar in fig.axes[0].patches]


@pytest.mark.parametrize("options", [{}, {"group": "heading", "note": "n"}, {"ordered": False}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(levels(), **options))


def test_parts_follow_each_other_to_the_whole():
    drawn = parts(plot(levels()))[:5]
    assert drawn == [(0, 0.04), (0.04, 0.26), (0.3, 0.44), (0.74, 0.21), (0.95, 0.05)]


def test_a_share_of_five_per_cent_is_labelled_and_a_smaller_one_is_not():
    fig = plot(levels({"": (0.049, 0.05, 0.3, 0.3, 0.301)}))
    assert "5 %" in texts(fig)
    assert texts(fig).count("5 %") == 1


def test_labels_can_be_read_on_their_parts():
    ax = plot(levels()).axes[0]
    inside = [text for text in ax.texts if text.get_text().endswith("%")]
    assert len(inside) == 6
    for text in inside:
        place = ax.transData.transform(text.get_position())
        part = next(bar for bar in ax.patches if bar.get_window_extent().contains(*place))
        assert contrast(to_hex(text.get_color()), to_hex(part.get_facecolor())) >= 4.5


def test_every_part_is_in_the_legend():
    legend = plot(levels()).legends[0]
    assert [text.get_text() for text in legend.get_texts()] == list(LEVELS)


def test_suppressed_parts_become_one_remainder_with_a_colon():
    fig = plot(levels({"Menn": (math.nan, math.nan, 0.4, 0.3, 0.1)}), hidden_label="Kan ikke vises")
    assert texts(fig).count(":") == 1
    assert parts(fig)[-1] == (0.8, 0.2)
    assert to_hex(fig.axes[0].patches[-1].get_facecolor()) == HIDDEN.lower()
    assert "Kan ikke vises" in texts(fig)


def test_a_bar_suppressed_as_a_whole_is_a_remainder():
    fig = plot(levels().assign(suppressed=True))
    assert parts(fig) == [(0, 1), (0, 1)]
    assert texts(fig).count(":") == 3  # two bars, and the legend's name for them


def test_rounded_parts_are_brought_to_the_whole():
    drawn = parts(plot(levels({"": (0.2, 0.2, 0.2, 0.2, 0.21)})))
    assert sum(width for _, width in drawn) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("last", [0.17, 0.23])
def test_parts_that_are_no_whole_are_refused(last):
    with pytest.raises(ValueError, match="'Menn' add up to"):
        plot(levels({"Menn": (0.2, 0.2, 0.2, 0.2, last)}))


def test_a_share_below_zero_is_refused():
    with pytest.raises(ValueError, match=r"'Menn' has a share below 0: -0\.1"):
        plot(levels({"Menn": (-0.1, 0.5, 0.2, 0.2, 0.2)}))


def test_a_part_twice_is_refused():
    with pytest.raises(ValueError, match="a part twice"):
        plot(pd.concat([levels(), levels()]))


def test_no_rows_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        plot(levels().head(0))


def test_more_kinds_than_can_be_told_apart_are_refused():
    kinds = len(UNORDERED) + 1
    rows = pd.DataFrame({"bar": "a", "part": [str(i) for i in range(kinds)], "value": 1 / kinds})
    with pytest.raises(ValueError, match="unordered parts"):
        plot(rows, ordered=False)
    assert_nothing_clipped(plot(rows, ordered=True))


def test_the_same_rows_give_the_same_bytes():
    rows = levels({"Menn": (math.nan, math.nan, 0.4, 0.3, 0.1)})
    assert to_svg(plot(rows)) == to_svg(plot(rows))
