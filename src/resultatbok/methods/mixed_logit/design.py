"""The fixed part: a ready numeric design, checked, with a constant in front and its rows in the order of the groups."""

from __future__ import annotations

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.mixed_logit.nesting import Floats, Ints

BLOCK = 65536


def design_matrix(design: pd.DataFrame, order: Ints | None) -> Floats:
    """A column of ones and the design's columns, in C order.

    Args:
        design: Numeric columns.
        order: Position in the data of each row wanted; None where they lie so already.

    Raises:
        ModelError: A column has missing values or is not numeric.
    """
    _check(design)
    columns = [design[name].to_numpy() for name in design.columns]
    matrix = np.ones((len(design), 1 + len(columns)))
    for start in range(0, len(design), BLOCK):  # block by block, so that the writes stay in the processor's cache
        rows = slice(start, start + BLOCK)
        taken = rows if order is None else order[rows]
        for j, column in enumerate(columns, start=1):
            matrix[rows, j] = column[taken]
    return matrix


def _check(design: pd.DataFrame) -> None:
    for name, kind in design.dtypes.items():
        if not pd.api.types.is_numeric_dtype(kind) or pd.api.types.is_complex_dtype(kind):
            raise ModelError(f"column {name} is {kind}; expected numbers; code its categories as 0/1")
    missing = design.isna().sum()
    found = [f"{name} ({count} rows)" for name, count in missing.items() if count]
    if found:
        raise ModelError(f"missing values in {', '.join(found)}; drop or impute these rows first")
