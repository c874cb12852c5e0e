import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from resultatbok.charts.colour import PAPER, contrast
from resultatbok.charts.theme import (
    COLOURS,
    MARKERS,
    MUTED,
    OTHER_SERIES,
    REFERENCE,
    TEXT_COLOURS,
    chart_style,
    series_styles,
    to_svg,
)

# Deuteranopia and protanopia, severity 1: Machado, Oliveira and Fernandes (2009), table 1.
COLOUR_BLINDNESS = {
    "deuteranopia": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "protanopia": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
}


def small_figure(title="Andel æøå"):
    with chart_style():
        fig = Figure(figsize=(2, 1))
        fig.add_subplot().plot([1, 2], [3, 4], marker="D")
        fig.axes[0].set_title(title)
    return fig


@pytest.mark.parametrize("key", COLOURS)
def test_marks_stand_out_from_the_page(key):
    assert contrast(COLOURS[key], PAPER) >= 3


@pytest.mark.parametrize("colour", [*TEXT_COLOURS.values(), MUTED, *(colour for colour, _ in OTHER_SERIES)])
def test_text_can_be_read_on_the_page(colour):
    assert contrast(colour, PAPER) >= 4.5


def test_reference_lines_stand_out_from_the_page():
    assert contrast(REFERENCE, PAPER) >= 3


@pytest.mark.parametrize("kind", COLOUR_BLINDNESS)
@pytest.mark.parametrize(("one", "two"), [("introduction", "jobbsjansen"), ("above", "below")])
def test_colours_stay_apart_for_the_colour_blind(kind, one, two):
    seen = [np.array(COLOUR_BLINDNESS[kind]) @ to_rgb(COLOURS[key]) for key in (one, two)]
    assert np.linalg.norm(seen[0] - seen[1]) > 0.3


@pytest.mark.parametrize("keys", [("introduction", "jobbsjansen", "both"), ("above", "below", "not_distinguishable")])
def test_series_of_one_chart_differ_in_shape_as_well(keys):
    assert len({MARKERS[key] for key in keys}) == len(keys)


def test_a_scheme_looks_the_same_in_whatever_company():
    assert (
        series_styles(["jobbsjansen"])["jobbsjansen"]
        == series_styles(["x", "introduction", "jobbsjansen"])["jobbsjansen"]
    )


def test_unnamed_series_get_distinct_colours_and_shapes():
    styles = series_styles(["a", "b", "c", "d", "e"]).values()
    assert len({style.colour for style in styles}) == len({style.marker for style in styles}) == 5


def test_one_series_more_than_can_be_told_apart_is_refused():
    with pytest.raises(ValueError, match="'f'"):
        series_styles(["a", "b", "c", "d", "e", "f"])


def test_the_same_figure_gives_the_same_bytes():
    assert to_svg(small_figure()) == to_svg(small_figure())


def test_other_settings_do_not_change_the_bytes():
    expected = to_svg(small_figure())
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "none", "svg.hashsalt": "other", "axes.grid": True}):
        assert to_svg(small_figure()) == expected


def test_svg_is_one_element_without_prolog_date_or_program():
    svg = to_svg(small_figure())
    assert svg.startswith("<svg ")
    assert svg.rstrip().endswith("</svg>")
    assert not [word for word in ("<?xml", "DOCTYPE", "metadata", "dc:date", "atplotlib v") if word in svg]


def test_letters_are_outlines():
    assert "<text" not in to_svg(small_figure())


def test_a_dollar_sign_is_printed_as_it_is():
    assert "$5$" in to_svg(small_figure("$5$"))
