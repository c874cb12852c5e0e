import pytest

from resultatbok.charts.asides import draw_aside, draw_header, header_lines, right_margin, top_band
from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.frame import EDGE, Margins, bottom_band, draw_axis_title, draw_reference_label, new_figure
from resultatbok.charts.text import text_width
from resultatbok.charts.theme import FIGURE_WIDTH, SMALL_SIZE, chart_style

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


@pytest.mark.parametrize("value", [0, 0.5, 1])
@pytest.mark.parametrize("label", ["ingen forskjell", "gjennomsnittet for alle deltakere i begge ordningene samlet"])
def test_the_label_of_a_reference_stays_over_the_plot(value, label):
    with chart_style():
        fig, ax = frame()
        draw_reference_label(ax, value, label, MARGINS.plot_width)
    (_, text), plot = shown_texts(fig)[0], ax.get_window_extent()
    assert plot.x0 - 1 <= text.x0
    assert text.x1 <= plot.x1 + 1
    assert text.y0 > plot.y1


def test_a_column_of_texts_ends_at_the_right_edge():
    with chart_style():
        fig, ax = frame()
        ax.set_ylim(3, 0)
        draw_aside(ax, 1.0, "71 %", MARGINS)
        draw_aside(ax, 2.0, "", MARGINS)
        draw_header(ax, header_lines("Andel (95 prosents konfidensintervall)"), MARGINS)
    edge = (FIGURE_WIDTH - EDGE) * fig.dpi
    assert [box.x1 for _, box in shown_texts(fig)] == pytest.approx([edge, edge], abs=1)


def test_the_right_margin_holds_the_widest_text_or_the_last_number():
    assert right_margin(["71 %", ""], 0.1) > EDGE + text_width("71 %", SMALL_SIZE)
    assert right_margin([], 0.4) == pytest.approx(EDGE + 0.4)


def test_room_on_top_is_left_only_for_texts_there():
    assert top_band("", None) == 0
    assert top_band("to\nlinjer") > top_band("en linje") > 0
