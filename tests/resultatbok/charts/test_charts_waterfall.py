import numpy as np
import pandas as pd
import pytest

from resultatbok.charts.checks import assert_nothing_clipped, shown_texts
from resultatbok.charts.theme import to_svg
from resultatbok.charts.waterfall import REST_COLOUR, STEP_COLOUR, WHOLE_COLOUR, waterfall


def steps(*values: float) -> pd.DataFrame:
    """A whole, steps to it, and what is left as the last step."""
    whole = sum(values)
    kinds = ["whole", *["step"] * (len(values) - 1), "rest"]
    numbers = np.array([whole, *values])
    return pd.DataFrame(
        {
            "kind": kinds,
            "label": [f"{kind} {number}" for number, kind in enumerate(kinds)],
            "value": numbers,
            "low": numbers - 1.5,
            "high": numbers + 2.0,
            "text": [f"{number:.1f} poeng" for number in numbers],
        }
    )


def plot(rows: pd.DataFrame):
    return waterfall(rows, x_label="Prosentpoeng", format=lambda x: f"{x:.0f}", value_header="Poeng")


def bars(fig) -> list[tuple[float, float]]:
    return [(round(bar.get_x(), 9), round(bar.get_width(), 9)) for bar in fig.axes[0].patches]


def test_each_step_begins_where_the_one_before_ended_and_the_last_ends_at_the_whole():
    assert bars(plot(steps(5.0, 12.0, 3.0))) == [(0, 20), (0, 5), (5, 12), (17, 3)]


def test_a_step_back_is_drawn_to_the_left():
    assert bars(plot(steps(5.0, -7.0, 3.0))) == [(0, 1), (0, 5), (5, -7), (-2, 3)]


def test_intervals_lie_around_the_ends_of_the_bars():
    fig = plot(steps(5.0, 12.0, 3.0))
    drawn = [list(line.get_xdata()) for line in fig.axes[0].lines if line.get_marker() == "|"]
    assert drawn == [[18.5, 22.0], [3.5, 7.0], [15.5, 19.0], [18.5, 22.0]]


def test_a_row_without_interval_has_none():
    rows = steps(5.0, 3.0).assign(low=np.nan, high=np.nan)
    assert not [line for line in plot(rows).axes[0].lines if line.get_marker() == "|"]


def test_the_whole_the_steps_and_what_is_left_differ_in_colour():
    colours = [bar.get_facecolor() for bar in plot(steps(5.0, 3.0)).axes[0].patches]
    assert len({WHOLE_COLOUR, STEP_COLOUR, REST_COLOUR}) == len(set(colours)) == 3


def test_a_hidden_step_is_a_colon_and_the_next_begins_before_it():
    rows = steps(5.0, 12.0, 3.0).assign(suppressed=[False, False, True, False])
    fig = plot(rows)
    assert bars(fig) == [(0, 20), (0, 5), (5, 3)]
    texts = [text for text, _ in shown_texts(fig)]
    assert ":" in texts
    assert "12.0 poeng" not in texts


@pytest.mark.parametrize("values", [(5.0, 12.0, 3.0), (1e-9, 0.0, 0.0), (-40.0, 5.0), (12345.0, -1.0)])
def test_nothing_is_clipped(values):
    assert_nothing_clipped(plot(steps(*values)))


def test_another_kind_is_refused():
    with pytest.raises(ValueError, match="'sum'; expected one of whole, step, rest"):
        plot(steps(1.0, 2.0).replace({"kind": {"rest": "sum"}}))


def test_the_same_rows_give_the_same_bytes():
    assert to_svg(plot(steps(5.0, 3.0))) == to_svg(plot(steps(5.0, 3.0)))
