"""Groups are merged until each scheme has enough participants, with and without the goal reached."""

import pandas as pd
import pytest

from helpers.study.fits.large_cells import (
    MIN_OF_EACH_OUTCOME,
    MIN_PARTICIPANTS,
    estimable,
    is_large,
    merged_levels,
)

LEVELS = ["a1", "a2", "b1", "b2"]


def people(sizes: dict[str, tuple[int, int]]) -> pd.DataFrame:
    """By level, participants in Jobbsjansen and how many of them reached the goal; the other scheme is large."""
    rows = []
    for level, (n, reached) in sizes.items():
        rows += [(level, "jobbsjansen", float(i < reached)) for i in range(n)]
        rows += [(level, "introduction", float(i < 50)) for i in range(100)]
    table = pd.DataFrame(rows, columns=["level", "scheme", "goal_attained"])
    table["scheme"] = table["scheme"].astype(pd.CategoricalDtype(["introduction", "jobbsjansen"]))
    return table.assign(level=table["level"].astype(pd.CategoricalDtype(LEVELS, ordered=True)))


@pytest.mark.parametrize(
    ("n", "reached", "large"),
    [
        (MIN_PARTICIPANTS, MIN_OF_EACH_OUTCOME, True),
        (MIN_PARTICIPANTS - 1, 10, False),
        (MIN_PARTICIPANTS, MIN_OF_EACH_OUTCOME - 1, False),
        (30, 30 - MIN_OF_EACH_OUTCOME, True),
        (30, 30 - MIN_OF_EACH_OUTCOME + 1, False),
        (0, 0, False),
    ],
)
def test_a_group_is_large_at_both_limits(n: int, reached: int, large: bool) -> None:
    assert is_large(people({"a1": (n, reached)})) is large


def test_large_levels_stay_apart() -> None:
    found = merged_levels(people(dict.fromkeys(LEVELS, (40, 20))), "level")
    assert found == {level: level for level in LEVELS}


def test_small_levels_join_the_next_higher_one_and_the_last_the_one_below() -> None:
    found = merged_levels(people({"a1": (5, 2), "a2": (40, 20), "b1": (40, 20), "b2": (8, 6)}), "level")
    assert found == {"a1": "a1|a2", "a2": "a1|a2", "b1": "b1|b2", "b2": "b1|b2"}


def test_a_level_without_anyone_is_in_no_group() -> None:
    assert merged_levels(people({"a2": (40, 20), "b1": (40, 20)}), "level") == {"a2": "a2", "b1": "b1"}


def test_all_levels_together_can_be_too_few() -> None:
    assert set(merged_levels(people({"a1": (5, 2), "b1": (9, 3)}), "level").values()) == {None}


def test_a_rare_category_counts_with_the_reference() -> None:
    outcome = pd.Series([1.0] * 10 + [0.0] * 10)
    design = pd.DataFrame({"age": range(20), "rare": 0.0, "common": 0.0, "constant": 1.0})
    design.loc[[*range(4), *range(10, 20)], "rare"] = 1.0  # four with the goal
    design.loc[[*range(5), *range(10, 15)], "common"] = 1.0  # five with, five without
    assert list(estimable(design, outcome).columns) == ["age", "common"]
