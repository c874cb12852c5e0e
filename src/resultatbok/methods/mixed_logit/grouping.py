"""Group columns turned into sorted rows: labels, order and nesting, with the faults a grouping can have."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError, ModelWarning
from resultatbok.methods.mixed_logit.nesting import Floats, Ints, Nesting

SHOWN = 5


@dataclass(frozen=True)
class Grouping:
    """The groups of a model's rows.

    Attributes:
        levels: Names of the group columns, outer first.
        nesting: Where groups start among the sorted rows.
        order: Position in the data of each sorted row; None where the data lie sorted.
        labels: Index of the groups of each level, outer first; the inner groups are pairs (outer, inner).
    """

    levels: tuple[str, ...]
    nesting: Nesting
    order: Ints | None
    labels: tuple[pd.Index, ...]

    def as_given(self, rows: Floats) -> Floats:
        """Values of the sorted rows, put back in the order of the data."""
        if self.order is None:
            return rows
        given = np.empty_like(rows)
        given[self.order] = rows
        return given

    def rows_of(self, level: int) -> Ints:
        """Number of rows in each group of a level (0 the outer)."""
        nesting = self.nesting
        if level == 0 and len(self.levels) == 2:
            return np.add.reduceat(nesting.rows_per_group, nesting.group_starts)
        return nesting.rows_per_group


def group_rows(groups: pd.DataFrame) -> Grouping:
    """Sort the rows by one or two nested group columns.

    An inner label counts within its outer group only, so that project 1 of municipality A is not project 1 of
    B.

    Raises:
        ModelError: A column has missing values or a level cannot be told from another or from the residual.
    """
    levels = tuple(str(name) for name in groups.columns)
    if not 1 <= len(levels) <= 2 or len(set(levels)) != len(levels):
        raise ModelError(f"groups are {list(levels)}; expected one column, or two different ones from outer to inner")
    outer, outer_labels = _codes(groups.iloc[:, 0])
    if len(levels) == 1:
        order, starts = _sorted_starts(outer)
        nesting = Nesting(starts, np.arange(len(starts)), len(groups))
        return _checked(Grouping(levels, nesting, order, (outer_labels.rename(levels[0]),)))
    inner, inner_labels = _codes(groups.iloc[:, 1])
    pairs = outer * len(inner_labels) + inner
    order, starts = _sorted_starts(pairs)
    first_rows = starts if order is None else order[starts]
    outer_of_group = outer[first_rows]
    group_starts = np.flatnonzero(np.diff(outer_of_group, prepend=-1))
    labels = pd.MultiIndex.from_arrays(
        [outer_labels.take(outer_of_group), inner_labels.take(inner[first_rows])], names=list(levels)
    )
    nesting = Nesting(starts, group_starts, len(groups))
    return _checked(Grouping(levels, nesting, order, (outer_labels.rename(levels[0]), labels)))


def _codes(column: pd.Series) -> tuple[Ints, pd.Index]:
    missing = int(column.isna().sum())
    if missing:
        raise ModelError(f"group column {column.name}: {missing} rows have no group; drop them or give them one")
    plain = column.astype(column.cat.categories.dtype) if isinstance(column.dtype, pd.CategoricalDtype) else column
    try:
        codes, labels = pd.factorize(plain, sort=True)
    except TypeError:  # labels of several kinds have no order; that of the rows serves
        codes, labels = pd.factorize(plain)
    return codes.astype(np.int64), pd.Index(labels)


def _sorted_starts(codes: Ints) -> tuple[Ints | None, Ints]:
    """The order that sorts the rows (None if they are), and where each group starts then."""
    steps = np.diff(codes)
    if (steps >= 0).all():
        return None, np.flatnonzero(np.append(True, steps > 0))
    order = np.argsort(codes, kind="stable")
    return order, np.flatnonzero(np.diff(codes[order], prepend=-1))


def _checked(grouping: Grouping) -> Grouping:
    for level, name in enumerate(grouping.levels):
        rows = grouping.rows_of(level)
        if len(rows) < 2:
            raise ModelError(f"group column {name} has one group only; a random intercept needs at least two")
        if (rows == 1).all():
            raise ModelError(f"every group of {name} has one row, so its effects cannot be told from the residual")
        _warn_of_single_rows(name, grouping.labels[level], rows)
    nesting = grouping.nesting
    if len(grouping.levels) == 2 and nesting.n_outer == nesting.n_groups:
        outer, inner = grouping.levels
        raise ModelError(
            f"every group of {outer} has one group of {inner}, so the levels cannot be told apart; use one"
        )
    return grouping


def _warn_of_single_rows(name: str, labels: pd.Index, rows: Ints) -> None:
    single = np.flatnonzero(rows == 1)
    if not len(single):
        return
    shown = ", ".join(str(label) for label in labels[single[:SHOWN]]) + (", …" if len(single) > SHOWN else "")
    message = f"group column {name}: {len(single)} of {len(rows)} groups have one row ({shown}); "
    warnings.warn(message + "their effects rest almost on the model alone", ModelWarning, stacklevel=6)
