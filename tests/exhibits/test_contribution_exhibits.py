"""Projects without names: random numbers, rounded sizes, and shares of projects that add up."""

import pandas as pd
import pytest

from helpers.exhibits.contribution import CLASSES, SIZE_STEP, caterpillar_plot, project_rows, scatter
from helpers.exhibits.exhibit import Desk


def test_sizes_of_projects_are_rounded(desk: Desk) -> None:
    rows = project_rows(desk)
    sizes = rows.loc[rows["statistic"] == "actual", "n"]
    assert (sizes % SIZE_STEP == 0).all()
    assert sizes.min() >= SIZE_STEP


def test_running_numbers_do_not_follow_size_or_result(desk: Desk) -> None:
    rows = project_rows(desk)
    actual = rows[(rows["statistic"] == "actual") & (rows["scheme"] == "introduction")].sort_values("group")
    assert not actual["n"].is_monotonic_increasing
    assert not actual["value"].is_monotonic_increasing
    assert not actual["value"].is_monotonic_decreasing


def test_every_project_has_the_three_quantities_and_they_agree(desk: Desk) -> None:
    rows = project_rows(desk)
    wide = rows[rows["group"].str.startswith("project=")].pivot_table(
        index="group", columns="statistic", values="value"
    )
    assert len(wide) == len(desk.study.contributions)
    assert (wide["actual"] - wide["expected"] - wide["contribution"]).abs().max() <= 0.0151  # three roundings


def test_the_classes_of_each_scheme_add_to_all_projects(desk: Desk) -> None:
    rows = caterpillar_plot(desk).rows
    shares = rows[rows["term"] == "project_share"]
    assert len(shares) == 3 * len(CLASSES)
    for total in shares.groupby("scheme")["value"].sum():
        assert total == pytest.approx(1)


def test_the_quadrants_count_every_project_once(desk: Desk) -> None:
    rows = scatter(desk).rows
    counts = rows.loc[rows["term"] == "projects", "value"]
    assert counts.sum() == len(desk.study.contributions)
    assert isinstance(counts, pd.Series)
