"""Outcomes are turned only where the moments come nearer to what is expected, and only where they may be."""

import numpy as np
import pytest

from synthesis.evening import evened


def turned(expected: float, movable: list[bool], drawn: list[bool]) -> list[bool]:
    columns = np.ones((4, 1))
    distance = np.array([0.1, 2.0, 0.2, 3.0])
    return evened(np.array(drawn), distance, columns, np.array([expected]), np.eye(1), np.array(movable)).tolist()


@pytest.mark.parametrize(
    ("expected", "result"),
    [(2.0, [True, True, False, False]), (1.0, [False, True, False, False]), (3.0, [True, True, True, False])],
)
def test_the_nearest_to_turning_are_turned_until_the_sum_agrees(expected: float, result: list[bool]) -> None:
    assert turned(expected, [True] * 4, [True, True, False, False]) == result


def test_others_are_left_alone() -> None:
    assert turned(4.0, [False] * 4, [False] * 4) == [False] * 4
