import pytest
from chart_rows import percent

from resultatbok.charts.checks import assert_nothing_clipped
from resultatbok.charts.theme import chart_style
from resultatbok.charts.upright import set_point_ticks, upright_figure


def numbered(points, room):
    with chart_style():
        _, ax, _ = upright_figure((0, 1), percent, y_label="", x_label="")
        ax.set_xlim(points[0], points[-1])
        set_point_ticks(ax, points, "{:.0f}".format, room)
    return [text.get_text() for text in ax.get_xticklabels()]


def test_every_point_is_numbered_where_there_is_room():
    assert numbered([2017, 2018, 2019, 2020], 5) == ["2017", "2018", "2019", "2020"]


def test_points_are_thinned_from_the_last_one_where_there_is_not():
    assert numbered([2017, 2018, 2019, 2020], 1.0) == ["2018", "2020"]
    assert numbered([2017, 2018, 2019, 2020], 0.1) == ["2020"]


@pytest.mark.parametrize("limits", [(0, 1), (-0.6, 0.5), (0.5, 0.5001), (0, 12345)])
def test_numbers_and_title_are_not_clipped(limits):
    with chart_style():
        fig, ax, _ = upright_figure(limits, percent, y_label="Bidrag, prosentpoeng " * 9, x_label="", x_numbers=False)
        ax.set_xticks([])
    assert_nothing_clipped(fig)
