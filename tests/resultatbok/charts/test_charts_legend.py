import pandas as pd
from layout_checks import assert_nothing_clipped
from matplotlib.figure import Figure

from resultatbok.charts.legend import draw_legend, patch_legend, series_legend
from resultatbok.charts.text import text_width
from resultatbok.charts.theme import FIGURE_WIDTH, LABEL_SIZE, chart_style


def legend_of(*labels):
    keys = ["introduction", "jobbsjansen", "both", "above", "below"][: len(labels)]
    return series_legend(pd.DataFrame({"series": keys, "series_label": labels}), "series")


def draw(legend):
    with chart_style():
        fig = Figure(figsize=(FIGURE_WIDTH, 2))
        draw_legend(fig, legend)
    return fig


def test_labels_that_fit_stand_on_one_line():
    legend = legend_of("Introduksjonsprogrammet", "Jobbsjansen")
    assert legend.columns == 2
    assert legend.height == legend_of("Jobbsjansen").height


def test_labels_too_wide_for_one_line_take_more():
    legend = legend_of(*(f"Deltakere i introduksjonsprogrammet, {i}" for i in range(5)))
    assert legend.columns < 5
    assert legend.height > legend_of("Jobbsjansen").height
    assert_nothing_clipped(draw(legend))


def test_a_label_wider_than_the_page_is_broken():
    legend = legend_of("Deltakere som avsluttet introduksjonsprogrammet eller Jobbsjansen " * 3)
    assert all(text_width(label, LABEL_SIZE) < FIGURE_WIDTH for label in legend.labels)
    assert_nothing_clipped(draw(legend))


def test_series_are_sampled_in_their_order_with_their_printed_names():
    rows = pd.DataFrame({"series": ["jobbsjansen", "introduction"] * 2, "series_label": ["Jobbsjansen", "Intro"] * 2})
    legend = series_legend(rows, "series")
    assert legend.labels == ["Jobbsjansen", "Intro"]
    assert [handle.get_marker() for handle in legend.handles] == ["D", "o"]
    assert series_legend(rows, None).labels == []


def test_no_samples_take_no_room():
    assert legend_of().height == 0
    assert not draw(legend_of()).legends


def test_seven_labels_that_need_two_lines_stay_within_the_page():
    """Matplotlib gives the first columns one label more, and does not leave the last column out."""
    legend = patch_legend({f"{20 + 5 * i}–{24 + 5 * i} years of age": "#000000" for i in range(7)})
    assert_nothing_clipped(draw(legend))
