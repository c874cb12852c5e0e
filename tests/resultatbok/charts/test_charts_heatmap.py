import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import LONG_LABELS, percent
from matplotlib.colors import to_hex

from resultatbok.charts import share_heatmap, to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.colour import contrast, relative_luminance


def use(columns=6):
    numbers = np.linspace(0, 1, len(LONG_LABELS) * columns).reshape(len(LONG_LABELS), columns)
    return pd.DataFrame(numbers, index=LONG_LABELS, columns=[f"Pakke {i}" for i in range(columns)])


def texts(fig):
    return [text for text, _ in shown_texts(fig)]


def cells(fig):
    return [to_hex(patch.get_facecolor()) for patch in fig.axes[0].patches]


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"row_groups": ["Utdanning", "Arbeidsrettede tiltak", "Arbeidsrettede tiltak", "Kjennetegn"]},
        {"column_labels": ["Kort"] * 6, "column_notes": ["18 012"] * 6},
        {"column_labels": ["Arbeidsrettet kvalifisering med norskopplæring"] * 6, "column_notes": ["5"] * 6},
        {"colour_label": "Andel av deltakerne i tiltakspakken som fikk tiltaket minst én gang i løpet av programmet"},
    ],
    ids=lambda options: "+".join(options) or "plain",
)
@pytest.mark.parametrize("columns", [6])
def test_nothing_is_clipped(columns, options):
    assert_nothing_clipped(share_heatmap(use(columns), format=percent, **options))


@pytest.mark.parametrize("columns", [1, 9])
def test_few_and_many_columns_are_not_clipped(columns):
    labels = [f"Tiltakspakke nummer {i}" for i in range(columns)]
    assert_nothing_clipped(share_heatmap(use(columns), format=percent, column_labels=labels))


def test_the_larger_the_number_the_darker_the_cell():
    lightness = [relative_luminance(colour) for colour in cells(share_heatmap(use(), format=percent))]
    assert lightness == sorted(lightness, reverse=True)


def test_numbers_can_be_read_on_their_cells():
    fig = share_heatmap(use(12), format=percent)
    numbers = [text for text in fig.axes[0].texts if text.get_text().endswith("%")]
    assert len(numbers) == len(cells(fig)) == 48
    assert all(
        contrast(to_hex(text.get_color()), colour) >= 4.5 for text, colour in zip(numbers, cells(fig), strict=True)
    )


def test_a_missing_number_is_a_colon():
    matrix = use()
    matrix.iloc[1, 1] = math.nan
    assert texts(share_heatmap(matrix, format=percent)).count(":") == 1


def test_numbers_beyond_the_scale_get_its_end_colours():
    below, above = share_heatmap(use().iloc[[0, -1], [0]] * 9 - 1, format=percent), share_heatmap(use(), format=percent)
    assert cells(below) == [cells(above)[0], cells(above)[-1]]


def test_headings_labels_notes_and_the_colour_scale_are_shown():
    fig = share_heatmap(
        use(2), format=percent, row_groups=list("AABB"), column_notes=["n = 5", "n = 6"], colour_label="Andel"
    )
    assert {"A", "B", "Pakke 0", "Pakke 1", "n = 5", "n = 6", "Andel", "0 %", "100 %"} <= set(texts(fig))


def test_a_label_wider_than_its_column_is_written_upwards():
    def angles(label):
        fig = share_heatmap(use(), format=percent, column_labels=[label] * 6)
        return {text.get_rotation() for text in fig.axes[0].texts if text.get_text().startswith(label[:4])}

    assert angles("Norsk") == {0}
    assert angles("Kvalifiseringspakke") == {90}


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"row_groups": ["A"]}, "1 row groups for 4 rows"),
        ({"column_labels": ["A"]}, "1 column labels for 6 columns"),
        ({"column_notes": ["A"]}, "1 column notes for 6 columns"),
    ],
)
def test_labels_that_do_not_match_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        share_heatmap(use(), format=percent, **options)


def test_a_row_twice_under_one_heading_is_refused_and_under_two_is_not():
    matrix = use().iloc[[0, 0]]
    with pytest.raises(ValueError, match="stands twice"):
        share_heatmap(matrix, format=percent)
    assert_nothing_clipped(share_heatmap(matrix, format=percent, row_groups=["A", "B"]))


def test_an_empty_matrix_is_refused():
    with pytest.raises(ValueError, match="no cells"):
        share_heatmap(use().head(0), format=percent)


def test_the_same_matrix_gives_the_same_bytes():
    assert to_svg(share_heatmap(use(), format=percent)) == to_svg(share_heatmap(use(), format=percent))
