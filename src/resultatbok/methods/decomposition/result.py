"""A decomposed difference with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.decomposition.gap import UNEXPLAINED
from resultatbok.methods.intervals import Difference, normal_quantile

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GapDecomposition:
    """The difference between two groups, decomposed.

    Attributes:
        parts: One row per set of coefficients, one column per block and one for the unexplained part, in the unit of
            the outcome. Every row adds up to the difference.
        n_first: Members of the first group.
        n_second: Members of the second group.
        units: How many units each group had to draw from: members, or clusters of them.
        draws: The parts in each bootstrap sample: samples x rows x columns.
    """

    parts: pd.DataFrame
    n_first: int
    n_second: int
    units: tuple[int, int]
    draws: Array = field(repr=False)

    @property
    def blocks(self) -> list[str]:
        """The blocks, without the unexplained part."""
        return [name for name in self.parts.columns if name != UNEXPLAINED]

    def sum_of(self, names: Sequence[str], coefficients: str = "pooled", level: float = 0.95) -> Difference:
        """Several parts together, with the bootstrap standard error of their sum and a normal interval.

        Args:
            names: Columns of `parts`.
            coefficients: A row of `parts`.
            level: Coverage.
        """
        row = list(self.parts.index).index(coefficients)
        columns = [list(self.parts.columns).index(name) for name in names]
        value = float(self.parts.to_numpy()[row, columns].sum())
        error = float(np.std(self.draws[:, row, columns].sum(axis=1), ddof=1))
        half = normal_quantile(level) * error
        return Difference(value, error, value - half, value + half)
