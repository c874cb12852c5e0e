"""The parts of the difference between two groups, block by block of their characteristics.

Blocks of one group's members are combined with the other blocks of the other group's members, for every set of blocks
and every pair of members; Shapley values turn the means into what each block accounts for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.decomposition.cross import cross_means
from resultatbok.methods.decomposition.newton import newton_logit, prior_precision
from resultatbok.methods.decomposition.shapley import coalitions, shapley_values
from resultatbok.methods.errors import ModelError
from resultatbok.methods.rows import check_complete, check_rows

Array = npt.NDArray[np.float64]

UNEXPLAINED = "unexplained"
"""The part that no block accounts for."""

POOLED = ("pooled", "pooled_as_first", "pooled_as_second")
COEFFICIENTS = (*POOLED, "own_first", "own_second")
"""Whose coefficients value the characteristics.

`pooled_as_first` and `pooled_as_second` are those of one model of both groups with an indicator of the group, which is
set to the first or the second group for everyone; `pooled` is the mean of both. `own_first` and `own_second` are fitted
to one group.
"""


@dataclass(frozen=True)
class GapData:
    """Two groups, an outcome and blocks of columns, as arrays.

    Attributes:
        outcome: 0 to 1 per row.
        design: One column per characteristic, without a constant and without the group.
        first: Whether a row is in the first group; the difference is first minus second.
        blocks: Positions of each block's columns.
        names: Names of the blocks.
        weights: Weight of each row.
        precision: Of the prior of each column's coefficient.
        index: Of the rows.
    """

    outcome: Array
    design: Array
    first: npt.NDArray[np.bool_]
    blocks: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]
    weights: Array
    precision: Array
    index: pd.Index

    @classmethod
    def of(
        cls,
        outcome: pd.Series,
        first: pd.Series,
        design: pd.DataFrame,
        blocks: Mapping[str, Sequence[str]],
        *,
        weights: pd.Series | None = None,
        prior_sd: float | None = None,
    ) -> GapData:
        """Check and arrange the data.

        Args:
            outcome: 0 or 1 per row, or the share of the row's weight that has the outcome.
            first: Whether a row is in the first group.
            design: Numeric columns; every one belongs to exactly one block.
            blocks: The columns of each block.
            weights: Weight of each row; 1 if not given.
            prior_sd: Standard deviation of a normal prior around 0 of each coefficient (see `prior_precision`); none
                if not given. The constant and the group have none, so that the groups' shares are met exactly.

        Raises:
            ModelError: Rows in another order, a missing value, an outcome outside 0 to 1, one group only, or a column
                in no block or in two.
        """
        check_rows(outcome=outcome, design=design, group=first, weights=weights)
        check_complete(outcome=outcome, design=design, group=first, weights=weights)
        placed = [column for columns in blocks.values() for column in columns]
        if sorted(placed) != sorted(design.columns):
            wrong = sorted(set(placed) ^ set(design.columns)) or sorted({c for c in placed if placed.count(c) > 1})
            raise ModelError(f"each column belongs to exactly one block; look at {', '.join(wrong)}")
        if not outcome.between(0, 1).all() or first.nunique() != 2:
            raise ModelError("expected outcomes from 0 to 1 and members in both groups")
        X = design.to_numpy(dtype=float)
        return cls(
            outcome.to_numpy(dtype=float),
            X,
            first.to_numpy(dtype=bool),
            tuple(tuple(list(design.columns).index(column) for column in columns) for columns in blocks.values()),
            tuple(blocks),
            np.ones(len(X)) if weights is None else weights.to_numpy(dtype=float),
            prior_precision(X, prior_sd),
            outcome.index,
        )

    def drawn(self, times: Array) -> GapData:
        """The data with each row as often as it was drawn; rows that were not drawn are left out."""
        kept = times > 0
        return GapData(
            self.outcome[kept],
            self.design[kept],
            self.first[kept],
            self.blocks,
            self.names,
            (self.weights * times)[kept],
            self.precision,
            self.index[kept],
        )


@dataclass(frozen=True)
class GapParts:
    """Parts of the difference, and the coefficients they came from.

    Attributes:
        parts: One row per entry of `COEFFICIENTS` (of `POOLED` where only those were asked for); one column per block,
            and last the unexplained part. Every row adds up to the difference.
        coefficients: Of the pooled model and of each group's own: constant, group indicator (pooled only), columns.
    """

    parts: Array
    coefficients: tuple[Array, ...]


def gap_parts(data: GapData, *, own: bool = True, start: Sequence[Array] | None = None) -> GapParts:
    """Decompose the difference between the two groups' shares.

    Args:
        data: The groups.
        own: Whether also to use coefficients fitted in each group alone.
        start: Coefficients to begin the searches at, as `GapParts.coefficients`.

    Raises:
        ModelError: A model has no finite optimum.
    """
    first, weights, y = data.first, data.weights, data.outcome
    gap = np.average(y[first], weights=weights[first]) - np.average(y[~first], weights=weights[~first])
    everyone = np.ones(len(y), dtype=bool)
    begin = list(start) if start else [None] * 3
    pooled = _fit(data, everyone, begin[0], with_group=True)
    as_second, as_first = _explained(data, pooled[2:], pooled[0] + np.array([0.0, pooled[1]])).T
    explained = [(as_first + as_second) / 2, as_first, as_second]
    coefficients = [pooled]
    for rows, initial in ((first, begin[1]), (~first, begin[2])) if own else ():
        beta = _fit(data, rows, initial, with_group=False)
        explained.append(_explained(data, beta[1:], beta[:1])[:, 0])
        coefficients.append(beta)
    parts = np.array(explained)
    return GapParts(np.column_stack([parts, gap - parts.sum(axis=1)]), tuple(coefficients))


def _fit(data: GapData, rows: npt.NDArray[np.bool_], start: Array | None, *, with_group: bool) -> Array:
    group = [data.first[rows].astype(float)] if with_group else []
    X = np.column_stack([np.ones(int(rows.sum())), *group, data.design[rows]])
    precision = np.concatenate([np.zeros(1 + with_group), data.precision])
    return newton_logit(X, data.outcome[rows], data.weights[rows], precision, start)


def _explained(data: GapData, beta: Array, constants: Array) -> Array:
    """What each block accounts for (rows), with each constant (columns)."""
    terms = np.array([data.design[:, block] @ beta[list(block)] for block in data.blocks])
    from_first = coalitions(len(data.blocks)).astype(float)
    means = cross_means(
        from_first @ terms[:, data.first],
        (1 - from_first) @ terms[:, ~data.first],
        constants,
        data.weights[data.first],
        data.weights[~data.first],
    )
    return shapley_values(means)
