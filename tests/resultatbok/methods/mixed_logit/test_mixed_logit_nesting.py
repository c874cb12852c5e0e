"""Sums over sorted groups, and the sorting."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.mixed_logit import ModelError
from resultatbok.methods.mixed_logit import nesting as nesting_module
from resultatbok.methods.mixed_logit.grouping import group_rows
from resultatbok.methods.mixed_logit.nesting import Nesting, weighted_gram

NESTING = Nesting(np.array([0, 2, 5, 6]), np.array([0, 2, 3]), 8)
VALUES = np.array([1.0, 2, 3, 4, 5, 6, 7, 8])


def test_rows_are_summed_within_inner_groups_and_those_within_outer():
    sums = NESTING.sum_rows(VALUES)
    np.testing.assert_array_equal(sums, [3, 12, 6, 15])
    np.testing.assert_array_equal(NESTING.sum_groups(sums), [15, 6, 15])


def test_group_values_go_back_to_their_rows():
    np.testing.assert_array_equal(NESTING.to_rows(np.array([1.0, 2, 3, 4])), [1, 1, 2, 2, 2, 3, 4, 4])
    np.testing.assert_array_equal(NESTING.to_groups(np.array([1.0, 2, 3])), [1, 1, 2, 3])


def test_weighted_sums_of_a_matrix():
    matrix = np.column_stack([np.ones(8), VALUES])
    expected = np.column_stack([NESTING.sum_rows(VALUES), NESTING.sum_rows(VALUES**2)])
    np.testing.assert_allclose(NESTING.weighted_sums(VALUES, matrix), expected)


def test_weighted_gram_needs_several_blocks(monkeypatch):
    matrix = np.random.default_rng(1).normal(size=(50, 3))
    monkeypatch.setattr(nesting_module, "ROWS_PER_BLOCK", 7)
    np.testing.assert_allclose(weighted_gram(matrix, np.arange(50.0)), matrix.T @ (matrix * np.arange(50.0)[:, None]))


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_parts_cover_everything_once_and_cut_at_outer_groups(monkeypatch, size):
    monkeypatch.setattr(nesting_module, "GROUPS_PER_PART", size)
    parts = list(NESTING.parts())
    assert [row for part in parts for row in range(8)[part.rows]] == list(range(8))
    assert [group for part in parts for group in range(4)[part.groups]] == list(range(4))
    assert [outer for part in parts for outer in range(3)[part.outer]] == list(range(3))
    sums = np.concatenate([part.nesting.sum_rows(VALUES[part.rows]) for part in parts])
    np.testing.assert_array_equal(sums, NESTING.sum_rows(VALUES))


@pytest.mark.filterwarnings("ignore:.*have one row")
def test_rows_are_sorted_by_label_and_put_back():
    frame = pd.DataFrame({"outer": ["b", "a", "b", "a", "a"], "inner": [2, 9, 1, 9, 1]})
    grouping = group_rows(frame)
    np.testing.assert_array_equal(grouping.order, [4, 1, 3, 2, 0])
    assert list(grouping.labels[0]) == ["a", "b"]
    assert list(grouping.labels[1]) == [("a", 1), ("a", 9), ("b", 1), ("b", 2)]
    np.testing.assert_array_equal(grouping.rows_of(0), [3, 2])
    np.testing.assert_array_equal(grouping.rows_of(1), [1, 2, 1, 1])
    given = np.arange(5.0)
    np.testing.assert_array_equal(grouping.as_given(given[grouping.order]), given)


def test_sorted_rows_are_left_where_they_are():
    grouping = group_rows(pd.DataFrame({"group": [1, 1, 2, 2, 2]}))
    assert grouping.order is None
    np.testing.assert_array_equal(grouping.nesting.row_starts, [0, 2])


def test_labels_without_an_order_are_accepted():
    grouping = group_rows(pd.DataFrame({"group": ["x", 1, "x", 1]}, dtype=object))
    assert set(grouping.labels[0]) == {"x", 1}


def test_categories_without_rows_are_no_groups():
    labels = pd.Categorical(["x", "y", "x", "y"], categories=["w", "x", "y"])
    assert list(group_rows(pd.DataFrame({"group": labels})).labels[0]) == ["x", "y"]


def test_a_missing_group_is_refused():
    with pytest.raises(ModelError, match="group column group: 1 rows have no group"):
        group_rows(pd.DataFrame({"group": ["x", "y", None, "x"]}))
