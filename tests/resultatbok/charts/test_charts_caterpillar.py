import math

import numpy as np
import pandas as pd
import pytest
from chart_rows import percent

from resultatbok.charts import caterpillar, to_svg
from resultatbok.charts.checks import assert_nothing_clipped
from resultatbok.charts.theme import COLOURS, MARKERS

KINDS = {
    "above": "Over forventet",
    "below": "Under forventet",
    "not_distinguishable": "Kan ikke skilles fra forventet måloppnåelse",
}


def projects(n):
    value = np.random.default_rng(1).normal(0, 0.1, n)
    kind = np.select([value > 0.1, value < -0.1], ["above", "below"], "not_distinguishable")
    return pd.DataFrame(
        {"value": value, "low": value - 0.1, "high": value + 0.1, "kind": kind, "name": [KINDS[k] for k in kind]}
    )


def plot(rows):
    return caterpillar(
        rows,
        value="value",
        low="low",
        high="high",
        kind="kind",
        kind_label="name",
        y_label="Bidrag i prosentpoeng",
        x_label="Prosjekter, fra lavest til høyest bidrag",
        format=percent,
    )


def drawn(fig):
    lines = [line for line in fig.axes[0].lines if line.get_marker() in MARKERS.values()]
    points = [(x, y, line.get_marker(), line.get_color()) for line in lines for x, y in line.get_xydata()]
    return sorted(points)


@pytest.mark.parametrize("n", [1, 12, 411])
def test_nothing_is_clipped(n):
    assert_nothing_clipped(plot(projects(n)))


def test_estimates_rise_from_left_to_right():
    heights = [y for _, y, _, _ in drawn(plot(projects(50)))]
    assert len(heights) == 50
    assert heights == sorted(heights)


def test_kinds_have_their_colour_and_shape_and_are_in_the_legend():
    fig = plot(projects(200))
    assert {(marker, colour) for _, _, marker, colour in drawn(fig)} == {(MARKERS[k], COLOURS[k]) for k in KINDS}
    assert {text.get_text() for text in fig.legends[0].get_texts()} == set(KINDS.values())


def test_suppressed_estimates_are_left_out():
    rows = projects(10)
    rows.loc[0, "value"] = math.nan
    assert len(drawn(plot(rows.assign(suppressed=[i == 1 for i in range(10)])))) == 8


def test_no_estimate_to_show_is_refused():
    with pytest.raises(ValueError, match="no rows"):
        plot(projects(3).assign(suppressed=True))


def test_the_same_rows_give_the_same_bytes_in_any_order():
    rows = projects(30)
    assert to_svg(plot(rows)) == to_svg(plot(rows))
    assert drawn(plot(rows.iloc[::-1])) == drawn(plot(rows))
