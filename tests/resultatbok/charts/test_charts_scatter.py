import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import SCHEMES, percent, readable
from layout_checks import assert_nothing_clipped, shown_texts
from svg_marks import HALF_PIXEL, Dot, Drawing, differences, look

from resultatbok.charts.scatter import LARGEST, NARROWEST_QUADRANT, quadrant_scatter
from resultatbok.charts.theme import to_svg

CAPTIONS = {
    "top_left": "Svakt utgangspunkt, bedre enn forventet",
    "top_right": "Godt utgangspunkt, bedre enn forventet",
    "bottom_left": "Svakt utgangspunkt, dårligere enn forventet",
    "bottom_right": "Godt utgangspunkt, dårligere enn forventet",
}


def projects(n=60):
    draw = np.random.default_rng(2)
    series = np.where(np.arange(n) % 4 == 0, "jobbsjansen", "introduction")
    return pd.DataFrame(
        {
            "expected": draw.uniform(0.3, 0.9, n),
            "contribution": draw.normal(0, 0.15, n),
            "series": series,
            "series_label": [SCHEMES[key] for key in series],
            "participants": np.linspace(5, 900, n).round(),
        }
    )


def plot(points, **options):
    defaults = {"references": (0.58, 0), "quadrant_labels": CAPTIONS, "x_format": percent, "y_format": percent}
    return quadrant_scatter(
        points,
        x="expected",
        y="contribution",
        series="series",
        size="participants",
        x_label="Forventet måloppnåelse",
        y_label="Bidrag",
        size_label="deltakere",
        size_format="{:.0f}".format,
        **(defaults | options),
    )


@pytest.mark.parametrize("options", [{}, {"references": (0.3, 0)}, {"references": (2.0, 0)}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(projects(), **options))


def test_one_point_can_be_drawn():
    assert_nothing_clipped(plot(projects(1)))


def test_the_four_captions_and_both_schemes_are_shown():
    fig = plot(projects())
    assert {*CAPTIONS.values(), *SCHEMES.values()} <= set(readable(fig))


def test_captions_cover_no_point():
    fig = plot(projects(400))
    pixels = fig.axes[0].transData.transform(np.vstack([dots.get_offsets() for dots in fig.axes[0].collections]))
    boxes = [box for text, box in shown_texts(fig) if text.replace("\n", " ") in CAPTIONS.values()]
    assert len(boxes) == 4
    assert not [1 for box in boxes for x, y in pixels if box.contains(x, y)]


@pytest.mark.parametrize("reference", [0.3, 0.9])
def test_every_quadrant_keeps_room_for_its_caption(reference):
    low, high = plot(projects(), references=(reference, 0)).axes[0].get_xlim()
    share = (reference - low) / (high - low)
    assert NARROWEST_QUADRANT - 1e-9 <= share <= 1 - NARROWEST_QUADRANT + 1e-9


def test_each_point_stands_at_its_numbers_with_an_area_as_its_size():
    points = projects(6).assign(participants=[100, 400, 9, 81, 900, 60], suppressed=[False] * 5 + [True])
    points.loc[2, "contribution"] = math.nan
    drawn = Drawing(plot(points, x_format="{:g}".format, y_format="{:g}".format, references=(0.58, 0.1)))
    x, y, shown = drawn.x(), drawn.y(), points[~points["suppressed"]].dropna()
    dots = [Dot(x(row.expected), y(row.contribution), *look(row.series, SCHEMES)) for row in shown.itertuples()]
    assert len(dots) == 4
    assert differences(drawn.dots, dots) == ([], [])
    across = {dot: width for dot, width in zip(drawn.dots, drawn.widths, strict=True) if dot.marker == "o"}
    for row, dot in zip(shown.itertuples(), dots, strict=True):
        if dot.marker == "o":
            (width,) = [w for d, w in across.items() if not differences([d], [dot])[0]]
            assert width == pytest.approx(LARGEST * (row.participants / 900) ** 0.5, abs=HALF_PIXEL)
    vertical, horizontal = drawn.dashed
    assert (vertical.x0, vertical.x1) == pytest.approx((x(0.58), x(0.58)), abs=HALF_PIXEL)
    assert (horizontal.y0, horizontal.y1) == pytest.approx((y(0.1), y(0.1)), abs=HALF_PIXEL)
    assert drawn.legend() == {name: look(key, SCHEMES) for key, name in SCHEMES.items()}


def test_the_size_legend_names_round_sizes():
    assert {"50 deltakere", "200 deltakere", "500 deltakere"} <= set(readable(plot(projects())))


def test_no_point_to_show_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        plot(projects().assign(suppressed=True))


def test_a_quadrant_without_caption_is_refused():
    with pytest.raises(ValueError, match="no caption for bottom_left, top_left"):
        plot(projects(), quadrant_labels={"top_right": "a", "bottom_right": "b"})


def test_the_same_points_give_the_same_bytes():
    assert to_svg(plot(projects())) == to_svg(plot(projects()))
