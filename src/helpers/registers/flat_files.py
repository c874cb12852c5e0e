"""Reading a small semicolon-separated file against a contract: the files of studies and surveys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from helpers.registers.cells import NUMBER_EXPECTED, numbers
from helpers.registers.contracts import Contract, between, check_contract
from helpers.registers.problems import Problems, check_columns, shown
from helpers.registers.text import read_delimited

_NUMERIC = {"numeric": True}


def read_flat(path: Path | None, contract: Contract, problems: Problems) -> pd.DataFrame | None:
    """A file's columns, texts or numbers as its contract has them.

    Returns:
        One row per line of the file, its number in the file as index; None without a file, or where a column is
        missing (which is reported).
    """
    table = read_delimited(path, problems) if path else None
    if table is None or check_columns(table.file, table.data.columns, list(contract), problems):
        return None
    if table.data.empty:
        problems.add(table.file, "", "a header and no rows", "at least one row", "Ask for a new delivery.")
        return None
    text = table.data[list(contract)].astype(str)
    read = text.copy()
    for name in (name for name, column in contract.items() if column.metadata == _NUMERIC):
        read[name] = numbers(text[name])
        wrong = (read[name].isna() & (text[name] != "")).to_numpy()
        problems.add_values(table.file, name, text.loc[wrong, name], table.rows[wrong], NUMBER_EXPECTED)
    check_contract(contract, read, text, table.rows, table.file, problems)
    return read.set_axis(table.rows)


def one_of(valid: Iterable[str]) -> pa.Column:
    """One of the valid texts; an empty cell is a fault."""
    allowed = list(valid)
    listed = ", ".join(shown(value) for value in allowed)
    return pa.Column(checks=pa.Check.isin(allowed, error=f"one of {listed}"))


def whole_number(low: int, high: int, unit: str) -> pa.Column:
    """A whole number between two limits, both included, or an empty cell."""
    column = between(low, high, unit)
    whole = pa.Check(lambda values: values.isna() | (values % 1 == 0), error=f"a whole number ({unit})")
    return pa.Column(nullable=True, checks=[*column.checks, whole], metadata=_NUMERIC)
