"""Reading a small semicolon-separated file against a contract: the files of studies and surveys."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from helpers.registers.cells import numbers
from helpers.registers.contracts import Contract, between, check_contract, not_empty
from helpers.registers.problems import Problems, check_columns
from helpers.registers.text import read_delimited

_NUMERIC = {"numeric": True}


def read_flat(path: Path | None, contract: Contract, problems: Problems) -> pd.DataFrame | None:
    """A file's columns, texts or numbers as its contract has them.

    Returns:
        One row per line of the file; None without a file, or where a column is missing (which is reported).
    """
    table = read_delimited(path, problems) if path else None
    if table is None or check_columns(table.file, table.data.columns, list(contract), problems):
        return None
    text = table.data[list(contract)].astype(str)
    read = text.copy()
    for name in (name for name, column in contract.items() if column.metadata == _NUMERIC):
        read[name] = numbers(text[name])
        wrong = (read[name].isna() & (text[name] != "")).to_numpy()
        problems.add_values(table.file, name, text.loc[wrong, name], table.rows[wrong], "a number with decimal comma")
    check_contract(contract, read, text, table.rows, table.file, problems)
    return read


def given(column: pa.Column, expected: str) -> pa.Column:
    """The same column, where an empty cell is a fault."""
    return pa.Column(checks=[*column.checks, pa.Check(not_empty, error=expected)])


def number(low: float, high: float, unit: str) -> pa.Column:
    """A number between two limits, both included, or an empty cell."""
    column = between(low, high, unit)
    column.metadata = _NUMERIC
    return column
