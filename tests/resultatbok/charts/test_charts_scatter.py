import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import SCHEMES, percent

from resultatbok.charts import quadrant_scatter, to_svg
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.quadrants import NARROWEST_QUADRANT

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
            "name": [SCHEMES[key] for key in series],
            "participants": np.linspace(5, 900, n).round(),
        }
    )


def plot(points, **options):
    defaults = {"x_reference": 0.58, "y_reference": 0, "quadrant_labels": CAPTIONS, "size": "participants"}
    return quadrant_scatter(
        points,
        x="expected",
        y="contribution",
        series="series",
        series_label="name",
        x_label="Forventet måloppnåelse",
        y_label="Bidrag",
        size_label="deltakere",
        format=percent,
        **(defaults | options),
    )


def texts(fig):
    return [text.replace("\n", " ") for text, _ in shown_texts(fig)]


def places(fig):
    return np.vstack([points.get_offsets() for points in fig.axes[0].collections])


@pytest.mark.parametrize("options", [{}, {"size": None}, {"x_reference": 0.3}, {"x_reference": 2.0}], ids=str)
def test_nothing_is_clipped(options):
    assert_nothing_clipped(plot(projects(), **options))


def test_one_point_can_be_drawn():
    assert_nothing_clipped(plot(projects(1)))


def test_the_four_captions_and_both_schemes_are_shown():
    fig = plot(projects())
    assert {*CAPTIONS.values(), *SCHEMES.values()} <= set(texts(fig))


def test_captions_cover_no_point():
    fig = plot(projects(400))
    pixels = fig.axes[0].transData.transform(places(fig))
    boxes = [box for text, box in shown_texts(fig) if text.replace("\n", " ") in CAPTIONS.values()]
    assert len(boxes) == 4
    assert not [1 for box in boxes for x, y in pixels if box.contains(x, y)]


@pytest.mark.parametrize("reference", [0.3, 0.9])
def test_every_quadrant_keeps_room_for_its_caption(reference):
    low, high = plot(projects(), x_reference=reference).axes[0].get_xlim()
    share = (reference - low) / (high - low)
    assert NARROWEST_QUADRANT - 1e-9 <= share <= 1 - NARROWEST_QUADRANT + 1e-9


def test_areas_are_in_proportion_to_the_sizes():
    rows = projects(2).assign(series="introduction", participants=[100, 400])
    areas = plot(rows).axes[0].collections[0].get_sizes()
    assert sorted(areas)[1] == pytest.approx(4 * sorted(areas)[0])


def test_the_size_legend_names_round_sizes():
    assert {"50 deltakere", "200 deltakere", "500 deltakere"} <= set(texts(plot(projects())))


def test_suppressed_projects_are_left_out():
    points = projects(10).assign(suppressed=[i == 3 for i in range(10)])
    points.loc[0, "contribution"] = math.nan
    assert len(places(plot(points))) == 8


def test_no_point_to_show_is_refused():
    with pytest.raises(ValueError, match="no points"):
        plot(projects().assign(suppressed=True))


def test_a_quadrant_without_caption_is_refused():
    with pytest.raises(ValueError, match="no caption for bottom_left, top_left"):
        plot(projects(), quadrant_labels={"top_right": "a", "bottom_right": "b"})


def test_the_same_points_give_the_same_bytes():
    assert to_svg(plot(projects())) == to_svg(plot(projects()))
