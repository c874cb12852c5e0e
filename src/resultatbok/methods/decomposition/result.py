"""A decomposed difference with its uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from resultatbok.methods.decomposition.gap import UNEXPLAINED
from resultatbok.methods.intervals import Difference

Array = npt.NDArray[np.float64]


@dataclass(frozen=True)
class GapDecomposition:
    """The difference between two groups, decomposed.

    Attributes:
        parts: One row per set of coefficients, one column per block and one for the unexplained part, in the unit of
            the outcome. Every row adds up to the difference.
        n_first: Members of the first group.
        n_second: Members of the second group.
        effective_units: How many equally large clusters each group's would be worth: the square of the sum of their
            sizes over the sum of squares (Kish).
        draws: The parts in each bootstrap sample: samples x rows x columns.
    """

    parts: pd.DataFrame
    n_first: int
    n_second: int
    effective_units: tuple[float, float]
    draws: Array = field(repr=False)

    @property
    def blocks(self) -> list[str]:
        """The blocks, without the unexplained part."""
        return [name for name in self.parts.columns if name != UNEXPLAINED]

    def sum_of(self, names: Sequence[str], coefficients: str = "pooled", level: float = 0.95) -> Difference:
        """Several parts together, with the bootstrap standard error of their sum and Student's interval.

        Drawing N equal units with replacement gives a variance too small by (N - 1) / N, and an interval has N - 1
        degrees of freedom; with two groups both follow from the effective units of each, a group's share in the
        variance being taken as one over those (Welch and Satterthwaite). The fewer units lead: 31 projects of unequal
        size, beside hundreds, give some 25 degrees of freedom.

        Args:
            names: Columns of `parts`.
            coefficients: A row of `parts`.
            level: Coverage.
        """
        row = list(self.parts.index).index(coefficients)
        columns = [list(self.parts.columns).index(name) for name in names]
        value = float(self.parts.to_numpy()[row, columns].sum())
        units = np.array(self.effective_units)
        shares = (1 / units) / (1 / units).sum()
        lost = float(shares @ (1 - 1 / units))
        freedom = float(1 / (shares**2 @ (1 / (units - 1))))
        error = float(np.std(self.draws[:, row, columns].sum(axis=1), ddof=1)) / np.sqrt(lost)
        return Difference.around(value, float(error), level, freedom)
