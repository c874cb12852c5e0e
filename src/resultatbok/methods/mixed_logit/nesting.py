"""Rows sorted by two nested groupings: sums over groups, and group values handed back to rows.

Everything the likelihood needs of the grouping is a sum over consecutive rows, so the rows are sorted once
and every sum is one `np.add.reduceat`. A model with one grouping is the case where every outer group has one
inner group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import sparse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

GROUPS_PER_PART = 2048
ROWS_PER_BLOCK = 2048


@dataclass(frozen=True)
class Nesting:
    """Where each group starts among sorted rows.

    Attributes:
        row_starts: First row of each inner group.
        group_starts: First inner group of each outer group.
        n_rows: Number of rows.
    """

    row_starts: Ints
    group_starts: Ints
    n_rows: int

    @property
    def n_groups(self) -> int:
        """Number of inner groups."""
        return len(self.row_starts)

    @property
    def n_outer(self) -> int:
        """Number of outer groups."""
        return len(self.group_starts)

    @cached_property
    def rows_per_group(self) -> Ints:
        """Rows in each inner group."""
        return np.diff(self.row_starts, append=self.n_rows)

    @cached_property
    def groups_per_outer(self) -> Ints:
        """Inner groups in each outer group."""
        return np.diff(self.group_starts, append=self.n_groups)

    @cached_property
    def _columns(self) -> npt.NDArray[np.integer]:
        return np.arange(self.n_rows, dtype=np.int32 if self.n_rows < 2**31 else np.int64)

    @cached_property
    def _pointers(self) -> npt.NDArray[np.integer]:
        return np.append(self.row_starts, self.n_rows).astype(self._columns.dtype)

    def sum_rows(self, values: Floats) -> Floats:
        """Sum one value per row within each inner group."""
        return np.add.reduceat(values, self.row_starts)

    def sum_groups(self, values: Floats) -> Floats:
        """Sum values per inner group (one, or one row of them) within each outer group."""
        return values if self.n_outer == self.n_groups else np.add.reduceat(values, self.group_starts, axis=0)

    def to_rows(self, values: Floats) -> Floats:
        """Repeat one value per inner group for each of its rows."""
        return np.repeat(values, self.rows_per_group)

    def to_groups(self, values: Floats) -> Floats:
        """Repeat values per outer group for each of its inner groups."""
        if self.n_outer == self.n_groups:
            return values
        return np.repeat(values, self.groups_per_outer, axis=0)

    def weighted_sums(self, weights: Floats, matrix: Floats) -> Floats:
        """Sum the weighted rows of a matrix within each inner group, without a copy of the matrix."""
        selector = sparse.csr_array((weights, self._columns, self._pointers), shape=(self.n_groups, self.n_rows))
        return np.asarray(selector @ matrix)

    def parts(self) -> Iterator[Part]:
        """Cut at outer groups into parts of about `GROUPS_PER_PART` inner groups.

        Everything separates over outer groups, so work that needs a row of numbers per inner group is done
        part by part and its memory stays bounded when there are as many groups as rows.
        """
        ends = np.append(self.group_starts[1:], self.n_groups)
        first = 0
        while first < self.n_outer:
            target = self.group_starts[first] + GROUPS_PER_PART
            last = max(first + 1, int(np.searchsorted(ends, target, side="right")))
            yield self._part(first, last)
            first = last

    def _part(self, first: int, last: int) -> Part:
        g0 = int(self.group_starts[first])
        g1 = int(self.group_starts[last]) if last < self.n_outer else self.n_groups
        r0 = int(self.row_starts[g0])
        r1 = int(self.row_starts[g1]) if g1 < self.n_groups else self.n_rows
        inner = Nesting(self.row_starts[g0:g1] - r0, self.group_starts[first:last] - g0, r1 - r0)
        return Part(slice(r0, r1), slice(g0, g1), slice(first, last), inner)


@dataclass(frozen=True)
class Part:
    """Consecutive outer groups: which rows, inner groups and outer groups they are, and their own nesting."""

    rows: slice
    groups: slice
    outer: slice
    nesting: Nesting


def weighted_gram(matrix: Floats, weights: Floats) -> Floats:
    """X' diag(w) X, block by block so that no weighted copy of the matrix is made."""
    total = np.zeros((matrix.shape[1], matrix.shape[1]))
    for start in range(0, len(matrix), ROWS_PER_BLOCK):
        block = matrix[start : start + ROWS_PER_BLOCK]
        total += block.T @ (block * weights[start : start + ROWS_PER_BLOCK, None])
    return total
