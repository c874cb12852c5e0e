import math

import pandas as pd
import pytest
from chart_rows import LONG_LABELS, percent

from resultatbok.charts import to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.colour import contrast, readable_on
from resultatbok.charts.diverging import answer_colours, diverging_bars

ANSWERS = ("Disagrees fully", "Disagrees", "Neither", "Agrees", "Agrees fully")


def rows(bars: dict[str, tuple[float, ...]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"bar": bar, "heading": "Statement", "part": part, "value": value}
            for bar, values in bars.items()
            for part, value in zip(ANSWERS, values, strict=False)
        ]
    )


def plot(data, **options):
    options = {"format": "{:.0f}".format} | options
    return diverging_bars(data, bar="bar", part="part", value="value", x_label="Projects", **options)


def parts(fig):
    return [(round(bar.get_x(), 6), round(bar.get_width(), 6)) for bar in fig.axes[0].patches]


def test_the_middle_answer_lies_across_zero() -> None:
    assert parts(plot(rows({"A": (1, 4, 6, 8, 3)}))) == [(-8, 1), (-7, 4), (-3, 6), (3, 8), (11, 3)]


def test_without_a_middle_answer_the_halves_meet_at_zero() -> None:
    data = rows({"A": (2, 3, 4, 1)})
    assert parts(plot(data)) == [(-5, 2), (-3, 3), (0, 4), (4, 1)]


def test_the_axis_counts_to_both_sides_without_a_sign() -> None:
    fig = plot(rows({"A": (5, 10, 0, 10, 5)}))
    printed = [label.get_text() for label in fig.axes[0].get_xticklabels()]
    assert printed == printed[::-1]
    assert "0" in printed and not any("-" in text or "−" in text for text in printed)


def test_a_bar_with_a_hidden_part_is_a_colon() -> None:
    fig = plot(rows({"A": (1, 2, math.nan, 4, 5), "B": (1, 1, 1, 1, 1)}))
    assert len(parts(fig)) == 5
    assert ":" in [text for text, _ in shown_texts(fig)]


@pytest.mark.parametrize("options", [{}, {"group": "heading"}, {"format": percent}], ids=str)
def test_nothing_is_clipped(options) -> None:
    data = rows({LONG_LABELS[0]: (0.1, 0.2, 0.3, 0.25, 0.15), "B": (0.0, 0.0, 0.0, 0.4, 0.6)})
    assert_nothing_clipped(plot(data, **options))


def test_numbers_can_be_read_on_every_colour() -> None:
    for n in range(2, 8):
        colours = answer_colours(n)
        assert len(set(colours)) == n
        assert all(contrast(readable_on(colour), colour) >= 4.5 for colour in colours)


@pytest.mark.parametrize("n", [1, 8])
def test_a_scale_that_is_no_scale_is_refused(n: int) -> None:
    with pytest.raises(ValueError, match="2 to 7"):
        answer_colours(n)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (rows({}), "no rows"),
        (rows({"A": (1, 1, 1, 1, 1), "B": (1, 1)}), "2 parts"),
        (rows({"A": (1, -1, 1, 1, 1)}), "below 0"),
    ],
)
def test_bars_that_do_not_fit_together_are_refused(data: pd.DataFrame, message: str) -> None:
    if data.empty:
        data = pd.DataFrame({"bar": [], "heading": [], "part": [], "value": []})
    with pytest.raises(ValueError, match=message):
        plot(data)


def test_the_same_rows_give_the_same_bytes() -> None:
    data = rows({"A": (1, 2, 3, 4, 5)})
    assert to_svg(plot(data)) == to_svg(plot(data))
