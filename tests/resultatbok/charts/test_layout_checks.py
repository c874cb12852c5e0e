import pytest
from layout_checks import assert_nothing_clipped, layout_faults, shown_texts
from matplotlib.figure import Figure


def figure_with(*texts):
    fig = Figure(figsize=(4, 2))
    for x, text in texts:
        fig.text(x, 0.5, text)
    return fig


def test_texts_apart_and_inside_are_no_fault():
    assert_nothing_clipped(figure_with((0.1, "Kvinner"), (0.6, "Menn")))


@pytest.mark.parametrize("x", [-0.05, 0.9])
def test_a_text_over_the_edge_is_a_fault(x):
    assert layout_faults(figure_with((x, "Deltakere"))) == ["'Deltakere' is cut by the canvas"]


def test_texts_over_each_other_are_a_fault():
    with pytest.raises(AssertionError, match="'Kvinner' overlaps 'Menn'"):
        assert_nothing_clipped(figure_with((0.1, "Kvinner"), (0.12, "Menn")))


def test_overlapping_tick_labels_are_a_fault():
    fig = Figure(figsize=(2, 1))
    fig.add_axes((0.2, 0.3, 0.6, 0.5)).set_xticks([0, 0.1], ["hundre", "tusen"])
    fig.axes[0].set(xlim=(0, 1), yticks=[])
    assert "'hundre' overlaps 'tusen'" in layout_faults(fig)


def test_invisible_and_empty_texts_are_passed_over():
    fig = figure_with((0.1, "Kvinner"), (0.1, " "))
    fig.text(0.1, 0.5, "skjult", visible=False)
    assert [text for text, _ in shown_texts(fig)] == ["Kvinner"]
