"""The distinct combinations of measures, how many persons have each, and draws of persons.

Everything is computed on combinations in a canonical order, so that no result depends on the order of the
rows or columns that came in, and equal persons cost no time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.errors import ModelError

Array = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Patterns:
    """Distinct combinations of measures.

    Attributes:
        points: One row of 0 and 1 per combination, one column per measure.
        counts: Persons with each combination.
    """

    points: Array
    counts: Array

    @property
    def n(self) -> int:
        """Persons in all."""
        return int(self.counts.sum())

    def persons(self) -> Ints:
        """The combination of each person, person by person."""
        return np.repeat(np.arange(len(self.points)), self.counts.astype(int))

    def draw(self, size: int, rng: np.random.Generator, *, replace: bool = False) -> Patterns:
        """A random draw of persons; everyone when fewer than `size` and without replacement."""
        if not replace and self.n <= size:
            return self
        drawn = rng.choice(self.persons(), size, replace=replace)
        counts = np.bincount(drawn, minlength=len(self.points)).astype(float)
        return self.keep(counts)

    def keep(self, counts: Array) -> Patterns:
        """The combinations with a positive count."""
        return Patterns(self.points[counts > 0], counts[counts > 0])


def combine(measures: pd.DataFrame) -> tuple[Patterns, Ints]:
    """The distinct combinations, and the combination of each row."""
    points = canonical_points(measures)
    bits = np.packbits(points.astype(bool), axis=1)
    padding = np.zeros((len(bits), -bits.shape[1] % 8), dtype=np.uint8)
    words = np.ascontiguousarray(np.hstack([bits, padding])).view(">u8").astype(np.uint64)
    _, first, inverse, counts = np.unique(words, axis=0, return_index=True, return_inverse=True, return_counts=True)
    return Patterns(points[first], counts.astype(float)), inverse.reshape(-1)


def canonical_points(measures: pd.DataFrame) -> Array:
    """The measures as numbers, columns in alphabetical order."""
    return measures[sorted(measures.columns)].to_numpy(dtype=float)


def check_measures(measures: pd.DataFrame, expected: Sequence[str] | None = None) -> pd.DataFrame:
    """Refuse measures that are not a table of 0 and 1.

    Args:
        measures: One row per person, one column per measure.
        expected: The columns there must be; any others are left out.

    Returns:
        The measures, with the expected columns in their order.

    Raises:
        ModelError: Fewer than two columns, a repeated or absent column, or a value other than 0 and 1. The
            message names the column.
    """
    if expected is not None:
        absent = [c for c in expected if c not in measures.columns]
        if absent:
            raise ModelError(f"the measures lack {', '.join(map(repr, absent))}, which the packages were found with")
        measures = measures[list(expected)]
    repeated = measures.columns[measures.columns.duplicated()].unique()
    if len(repeated) or measures.shape[1] < 2:
        raise ModelError(f"expected at least two differently named measures; repeated: {list(repeated)}")
    for name in measures.columns:
        others = measures[name][~measures[name].isin([0, 1])]
        if len(others):
            raise ModelError(
                f"measure {name!r} holds {others.iloc[0]!r} in row {others.index[0]!r} "
                f"({len(others)} such rows); expected only 0 and 1"
            )
    return measures
