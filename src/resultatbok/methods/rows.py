"""What every method asks of its data: one row for each person in the same order everywhere, and nothing missing."""

from __future__ import annotations

import pandas as pd

from resultatbok.methods.errors import ModelError


def check_rows(outcome: pd.Series | pd.DataFrame, /, **others: pd.Series | pd.DataFrame | None) -> None:
    """Refuse tables whose rows are others than the first one's, or in another order.

    Args:
        outcome: What the index of the others is held against.
        others: By the name that the message gives them; those that are None do not count.

    Raises:
        ModelError: An index differs.
    """
    for name, other in others.items():
        if other is not None and not other.index.equals(outcome.index):
            raise ModelError(
                f"the {name} and the outcome have different indexes; select the same rows in the same order"
            )


def check_complete(**tables: pd.Series | pd.DataFrame | None) -> None:
    """Refuse tables with gaps.

    Args:
        tables: By the name that the message gives them; those that are None do not count.

    Raises:
        ModelError: A value is missing.
    """
    for name, table in tables.items():
        if table is not None and (count := int(table.isna().to_numpy().sum())):
            raise ModelError(f"missing values in the {name} ({count}); give complete rows")
