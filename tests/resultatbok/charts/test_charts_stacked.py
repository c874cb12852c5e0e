import math

import pandas as pd
import pytest
from chart_rows import LONG_LABELS, percent, readable
from layout_checks import assert_nothing_clipped
from matplotlib.colors import to_hex
from svg_marks import HALF_PIXEL, Bar, Drawing, differences

from resultatbok.charts.colour import contrast, readable_on, sequential
from resultatbok.charts.stacked import UNORDERED, answer_colours, diverging_bars, stacked_shares
from resultatbok.charts.theme import to_svg

LEVELS = ("Under A1", "A1", "A2", "B1", "B2")
SHARES = {LONG_LABELS[0]: (0.04, 0.26, 0.44, 0.21, 0.05), LONG_LABELS[3]: (0.0, 0.06, 0.34, 0.47, 0.13)}


def levels(shares=SHARES):
    return pd.DataFrame(
        [
            {"bar": bar, "part": part, "value": value, "n": "n = 19 316"}
            for bar, values in shares.items()
            for part, value in zip(LEVELS, values, strict=True)
        ]
    )


def plot(rows, **options):
    return stacked_shares(rows, bar="bar", part="part", x_label="Andel", **({"format": percent} | options))


def spans(fig):
    """Where each part begins and ends, in the unit of the axis, from the drawing."""
    drawn = Drawing(fig)
    zero, whole = drawn.box[:2]
    return [tuple(round((end - zero) / (whole - zero), 3) for end in bar[:2]) for bar in drawn.bars]


@pytest.mark.parametrize("options", [{}, {"note": "n"}, {"ordered": False}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(levels(), **options))


@pytest.mark.parametrize("ordered", [True, False])
def test_each_part_is_as_long_as_its_share_and_has_its_colour(ordered):
    shares = {"EH": (0.04, 0.26, 0.44, 0.21, 0.05), "FH": (0.1, 0.4, math.nan, 0.2, math.nan)}
    drawn = Drawing(plot(levels(shares), ordered=ordered, format="{:g}".format, hidden_label="Skjult"))
    x, colours = drawn.x(), [c.lower() for c in (sequential(5) if ordered else UNORDERED[:5])]
    edges = {"EH": (0, 0.04, 0.3, 0.74, 0.95, 1), "FH": (0, 0.1, 0.5, None, 0.7, None)}
    expected = [
        Bar(x(start), x(end), drawn.row("EH"), colours[i])
        for i, (start, end) in enumerate(zip(edges["EH"], edges["EH"][1:], strict=False))
    ]
    expected += [
        Bar(x(a), x(b), drawn.row("FH"), colours[i]) for i, a, b in ((0, 0, 0.1), (1, 0.1, 0.5), (3, 0.5, 0.7))
    ]
    assert differences(drawn.bars, [*expected, Bar(x(0.7), x(1), drawn.row("FH"), "hatched")]) == ([], [])
    patches = dict(zip(LEVELS, colours, strict=True)) | {"Skjult": "hatched"}
    assert drawn.legend() == {name: (None, colour) for name, colour in patches.items()}


def test_a_share_of_five_per_cent_is_labelled_and_a_smaller_one_is_not():
    fig = plot(levels({"": (0.049, 0.05, 0.3, 0.3, 0.301)}))
    assert "5 %" in readable(fig)
    assert readable(fig).count("5 %") == 1


def test_labels_can_be_read_on_their_parts():
    ax = plot(levels()).axes[0]
    inside = [text for text in ax.texts if text.get_text().endswith("%")]
    assert len(inside) == 6
    for text in inside:
        place = ax.transData.transform(text.get_position())
        part = next(bar for bar in ax.patches if bar.get_window_extent().contains(*place))
        assert contrast(to_hex(text.get_color()), to_hex(part.get_facecolor())) >= 4.5


def test_suppressed_parts_become_one_remainder_with_a_colon():
    fig = plot(levels({"Menn": (math.nan, math.nan, 0.4, 0.3, 0.1)}), hidden_label="Kan ikke vises")
    assert readable(fig).count(":") == 1
    assert spans(fig)[-1] == (0.8, 1)
    assert "Kan ikke vises" in readable(fig)


def test_a_bar_suppressed_as_a_whole_is_a_remainder():
    fig = plot(levels().assign(suppressed=True))
    assert spans(fig) == [(0, 1), (0, 1)]
    assert readable(fig).count(":") == 3  # two bars, and the legend's name for them


def test_rounded_parts_are_brought_to_the_whole():
    drawn = spans(plot(levels({"": (0.2, 0.2, 0.2, 0.2, 0.21)})))
    assert [drawn[0], drawn[-1]] == [(0, 0.198), (0.792, 1)]


@pytest.mark.parametrize("last", [0.17, 0.23])
def test_parts_that_are_no_whole_are_refused(last):
    with pytest.raises(ValueError, match="'Menn' add up to"):
        plot(levels({"Menn": (0.2, 0.2, 0.2, 0.2, last)}))


def test_a_share_below_zero_is_refused():
    with pytest.raises(ValueError, match=r"'Menn' has a number below 0: -0\.1"):
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


ANSWERS = ("Disagrees fully", "Disagrees", "Neither", "Agrees", "Agrees fully")


def answers(bars: dict[str, tuple[float, ...]]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {"bar": bar, "heading": "Statement", "part": part, "value": value}
            for bar, values in bars.items()
            for part, value in zip(ANSWERS, values, strict=False)
        ]
    )


def agree(data, **options):
    options = {"format": "{:.0f}".format} | options
    return diverging_bars(data, bar="bar", part="part", x_label="Projects", **options)


@pytest.mark.parametrize(
    ("values", "starts"), [((1, 4, 6, 8, 3), (-8, -7, -3, 3, 11)), ((2, 3, 4, 1), (-5, -3, 0, 4))], ids=["odd", "even"]
)
def test_the_middle_of_the_scale_lies_across_zero(values, starts) -> None:
    drawn = Drawing(agree(answers({"EH": values})))
    zero = drawn.dashed[0].x0
    unit = (drawn.bars[0].right - drawn.bars[0].left) / values[0]
    colours = [colour.lower() for colour in answer_colours(len(values))]
    expected = [
        Bar(zero + unit * start, zero + unit * (start + n), drawn.row("EH"), colour)
        for start, n, colour in zip(starts, values, colours, strict=True)
    ]
    assert differences(drawn.bars, expected) == ([], [])
    assert drawn.legend() == {name: (None, colour) for name, colour in zip(ANSWERS, colours, strict=False)}


def test_the_axis_counts_to_both_sides_without_a_sign() -> None:
    fig = agree(answers({"A": (5, 10, 0, 10, 5)}))
    printed = [int(label.get_text()) for label in fig.axes[0].get_xticklabels()]
    assert printed == printed[::-1]
    assert 0 in printed
    upper = printed[printed.index(0) :]
    drawn = Drawing(fig)
    middle = (drawn.box[0] + drawn.box[1]) / 2
    unit = (drawn.box[1] - middle) / upper[-1]
    assert drawn.bars[-1].right == pytest.approx(middle + 15 * unit, abs=HALF_PIXEL)


def test_a_bar_with_a_hidden_part_is_a_colon() -> None:
    fig = agree(answers({"A": (1, 2, math.nan, 4, 5), "B": (1, 1, 1, 1, 1)}))
    assert len(Drawing(fig).bars) == 5
    assert ":" in readable(fig)


@pytest.mark.parametrize(
    "options", [{}, {"group": "heading"}, {"format": percent}], ids=["shares", "headings", "percentages"]
)
def test_no_answer_is_clipped(options) -> None:
    data = answers({LONG_LABELS[0]: (0.1, 0.2, 0.3, 0.25, 0.15), "B": (0.0, 0.0, 0.0, 0.4, 0.6)})
    assert_nothing_clipped(agree(data, **options))


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
        (answers({}), "no rows"),
        (answers({"A": (1, 1, 1, 1, 1), "B": (1, 1)}), "2 parts"),
        (answers({"A": (1, -1, 1, 1, 1)}), "below 0"),
    ],
)
def test_bars_that_do_not_fit_together_are_refused(data: pd.DataFrame, message: str) -> None:
    if data.empty:
        data = pd.DataFrame({"bar": [], "heading": [], "part": [], "value": []})
    with pytest.raises(ValueError, match=message):
        agree(data)


def test_the_same_answers_give_the_same_bytes() -> None:
    data = answers({"A": (1, 2, 3, 4, 5)})
    assert to_svg(agree(data)) == to_svg(agree(data))
