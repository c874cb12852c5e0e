import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import LONG_LABELS, percent, readable
from layout_checks import assert_nothing_clipped
from matplotlib.colors import to_hex
from svg_marks import Bar, Drawing, differences

from resultatbok.charts.colour import HIDDEN, contrast, sequential_map
from resultatbok.charts.heatmap import share_heatmap
from resultatbok.charts.theme import to_svg

GROUPS = ("Utdanning", "Arbeidsrettede tiltak", "Arbeidsrettede tiltak", "Kjennetegn")


def use(columns=6):
    numbers = np.linspace(0, 1, len(LONG_LABELS) * columns).reshape(len(LONG_LABELS), columns)
    return pd.DataFrame(numbers, index=LONG_LABELS, columns=[f"Pakke {i}" for i in range(columns)])


def plot(matrix, **options):
    defaults = {"row_groups": [""] * len(matrix), "column_labels": list(matrix.columns), "format": percent}
    return share_heatmap(matrix, **(defaults | options))


def test_each_cell_stands_in_its_row_and_column_in_the_colour_of_its_number():
    matrix = pd.DataFrame([[0.0, 0.3, 1.0], [0.62, math.nan, 0.05], [0.5, 0.9, 0.1]], ["EH", "FH", "HH"], list("XYZ"))
    fig = plot(matrix, row_groups=["T", "K", "T"], format="{:g}".format)
    rows, drawn = Drawing(fig), Drawing(fig, axes="axes_2")
    left, right, *_ = rows.box
    expected, numbers = [], []
    for label, cells in matrix.iterrows():
        for column, number in enumerate(cells):
            start, end = (left + (right - left) * (column + side) / 3 for side in (0, 1))
            colour = HIDDEN if math.isnan(number) else to_hex(sequential_map()(number))
            expected.append(Bar(start, end, rows.row(label), colour.lower()))
            numbers.append((start, end, rows.row(label), ":" if math.isnan(number) else f"{number:g}"))
    assert differences(drawn.bars, expected) == ([], [])
    for x, base, text in drawn.texts:
        assert [n for n in numbers if n[0] < x < n[1] and abs(base - n[2]) < 5 and n[3] == text], (x, base, text)
    assert len(drawn.texts) == len(numbers)


def test_the_scale_shows_the_colours_of_the_numbers_under_it():
    scale = Drawing(plot(use(), format="{:g}".format), axes="axes_3")
    x, colour = scale.x(), sequential_map()
    for bar in scale.bars:
        middle = ((bar.left + bar.right) / 2 - x(0)) / (x(1) - x(0))
        assert bar.colour == to_hex(colour(middle))


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"row_groups": GROUPS},
        {"column_labels": ["Kort"] * 6},
        {"column_labels": ["Arbeidsrettet kvalifisering med norskopplæring"] * 6},
    ],
    ids=lambda options: "+".join(options) or "plain",
)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(use(), **options))


@pytest.mark.parametrize("columns", [1, 9])
def test_few_and_many_columns_are_not_clipped(columns):
    labels = [f"Tiltakspakke nummer {i}" for i in range(columns)]
    assert_nothing_clipped(plot(use(columns), column_labels=labels))


def test_numbers_can_be_read_on_their_cells():
    cells = plot(use(12)).axes[1]
    colours = [to_hex(colour) for colour in cells.collections[0].get_facecolor()]
    assert len(cells.texts) == len(colours) == 48
    assert all(contrast(to_hex(t.get_color()), c) >= 4.5 for t, c in zip(cells.texts, colours, strict=True))


def test_headings_labels_and_the_colour_scale_are_shown():
    shown = set(readable(plot(use(2), row_groups=list("AABB"))))
    assert {"A", "B", "Pakke 0", "Pakke 1", "0 %", "100 %"} <= shown


def test_a_label_wider_than_its_column_is_written_upwards():
    def angles(label):
        fig = plot(use(), column_labels=[label] * 6)
        return {text.get_rotation() for text in fig.axes[0].texts if text.get_text().startswith(label[:4])}

    assert angles("Norsk") == {0}
    assert angles("Kvalifiseringspakke") == {90}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"row_groups": ["A"]}, "1 row groups for 4 rows"),
        ({"column_labels": ["A"]}, "1 column labels for 6 columns"),
    ],
)
def test_labels_that_do_not_match_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        plot(use(), **options)


def test_a_row_twice_under_one_heading_is_refused_and_under_two_is_not():
    matrix = use().iloc[[0, 0]]
    with pytest.raises(ValueError, match="stands twice"):
        plot(matrix)
    assert_nothing_clipped(plot(matrix, row_groups=["A", "B"]))


def test_an_empty_matrix_is_refused():
    with pytest.raises(ValueError, match="no cells"):
        plot(use().head(0))


def test_the_same_matrix_gives_the_same_bytes():
    assert to_svg(plot(use())) == to_svg(plot(use()))
