import pytest
from chart_rows import percent
from layout_checks import assert_nothing_clipped, shown_texts

from resultatbok.charts.frame import Margins, bottom_band, draw_axis_title, new_figure, set_point_ticks, upright_figure
from resultatbok.charts.theme import EDGE, FIGURE_WIDTH, chart_style

MARGINS = Margins(left=2.0, right=1.0, top=0.5, bottom=0.6)
LONG = "Andel av deltakerne som gikk direkte over i arbeid eller utdanning etter avsluttet program " * 2


def frame():
    fig, ax = new_figure(MARGINS, 3.0)
    ax.set(xlim=(0, 1), xticks=[], yticks=[])
    return fig, ax


def test_the_figure_is_as_wide_as_the_page_and_as_high_as_its_content():
    fig, ax = frame()
    assert tuple(fig.get_size_inches()) == pytest.approx((FIGURE_WIDTH, 4.1))
    box = ax.get_position()
    assert box.x0 * FIGURE_WIDTH == pytest.approx(MARGINS.left)
    assert box.width * FIGURE_WIDTH == pytest.approx(MARGINS.plot_width)
    assert box.height * 4.1 == pytest.approx(3.0)


def test_a_long_axis_title_gets_the_lines_it_needs():
    with chart_style():
        margins = Margins(2.0, 1.0, 0.5, bottom_band(LONG, 2.0))
        fig, ax = new_figure(margins, 1.0)
        ax.set(xticks=[], yticks=[])
        draw_axis_title(fig, LONG, margins)
    assert_nothing_clipped(fig)
    (_, title), plot = shown_texts(fig)[0], ax.get_window_extent()
    assert title.y1 < plot.y0


def test_less_room_is_left_below_an_axis_without_title_or_numbers():
    assert bottom_band("", 2) < bottom_band("Andel", 2)
    assert bottom_band("", 2, numbers=False) == EDGE


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
