import matplotlib as mpl
from matplotlib.figure import Figure

from resultatbok.charts.theme import chart_style, to_svg


def small_figure(title="Andel æøå"):
    with chart_style():
        fig = Figure(figsize=(2, 1))
        fig.add_subplot().plot([1, 2], [3, 4], marker="D")
        fig.axes[0].set_title(title)
    return fig


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
