"""What every method asks of its data: one row for each person in the same order everywhere, and nothing missing."""

from __future__ import annotations

import pandas as pd

from resultatbok.methods.errors import ModelError


def check_rows(**tables: pd.Series | pd.DataFrame | None) -> None:
    """Refuse tables whose rows are not the first one's, in the same order.

    Args:
        tables: By the name that the message gives them; those that are None do not count.

    Raises:
        ModelError: An index differs.
    """
    (first, one), *others = [(name.replace("_", " "), table) for name, table in tables.items() if table is not None]
    for name, table in others:
        if not table.index.equals(one.index):
            raise ModelError(
                f"the {name} and the {first} have different indexes; select the same rows in the same order"
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
