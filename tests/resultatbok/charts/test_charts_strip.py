import pandas as pd
import pytest

from resultatbok.charts.strip import strip_plot
from resultatbok.charts.theme import NOT_DRAWN, to_svg, without_drawing


def dots(*values: float, label: str = "Table 1", series: str = "a") -> pd.DataFrame:
    return pd.DataFrame({"label": label, "value": values, "series": series, "series_label": series.upper()})


def draw(rows: pd.DataFrame):
    return strip_plot(rows, x_label="Deviation", format=lambda x: f"{x:g}", limits=(-3.0, 3.0), band=(-1.0, 1.0))


def points(figure) -> list[tuple[float, str]]:
    """Value and marker of each dot drawn in the plot."""
    lines = [line for line in figure.axes[0].lines if line.get_linestyle() == "None"]
    return [(float(line.get_xdata()[0]), str(line.get_marker())) for line in lines]


def test_every_value_is_a_dot_and_those_beyond_the_limits_stand_at_the_edge() -> None:
    drawn = points(draw(dots(-5.0, -0.5, 0.25, 4.0)))
    assert [x for x, _ in drawn] == [-3.0, -0.5, 0.25, 3.0]
    assert [marker for _, marker in drawn] == ["<", "s", "s", ">"]


def test_kinds_differ_in_marker() -> None:
    rows = pd.concat([dots(0.1, series="a"), dots(0.2, series="b")], ignore_index=True)
    assert len({marker for _, marker in points(draw(rows))}) == 2


def test_dots_of_one_row_do_not_lie_on_one_line() -> None:
    figure = draw(dots(0.1, 0.1, 0.1))
    heights = {float(line.get_ydata()[0]) for line in figure.axes[0].lines if line.get_linestyle() == "None"}
    assert len(heights) == 3


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ValueError, match="no rows"):
        draw(dots())


def test_without_drawing_a_figure_is_laid_out_but_not_written() -> None:
    with without_drawing():
        assert to_svg(draw(dots(0.1))) == NOT_DRAWN
    assert to_svg(draw(dots(0.1))).startswith("<svg ")
