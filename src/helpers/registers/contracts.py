"""What a file's cells must look like, as pandera checks, and how their failures become problems.

A contract describes a file after its cells were read (text, dates, numbers) and the quantities that follow
from several cells (an age, a duration) were added as columns of their own. Each check's `error` is what the
user reads as "expected"; a derived column names in its metadata the field in which the user finds the fault.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pandera.pandas as pa

from helpers.registers.cells import normalised
from helpers.registers.problems import Problems, shown

AGES = (15, 80)
"""Ages at which a person can leave a programme for adults, both included."""
LONGEST_PROGRAMME_MONTHS = 120
FIRST_END_YEAR = 2004
"""The introduction programme became compulsory for the municipalities on 1 September 2004."""
LISTED_VALUES = 10
"""A longer list of valid values is not printed in a message; the nearest value is suggested instead."""

Contract = dict[str, pa.Column]


def check_contract(
    contract: Contract, read: pd.DataFrame, raw: pd.DataFrame, rows: np.ndarray, file: str, problems: Problems
) -> None:
    """Report every cell of a file that breaks its contract.

    Args:
        contract: The columns' checks; columns that are not in `read` are passed over (they were reported
            missing).
        read: The cells as read, with the derived columns; a plain RangeIndex.
        raw: The cells as they stood, for the messages; same index.
        rows: Row numbers in the file.
        file: The file's name.
        problems: Where to report.
    """
    schema = pa.DataFrameSchema({name: column for name, column in contract.items() if name in read})
    try:
        schema.validate(read, lazy=True)
    except pa.errors.SchemaErrors as failures:
        for failure in failures.schema_errors:
            _report(failure, raw, rows, file, problems)


def _report(failure: pa.errors.SchemaError, raw: pd.DataFrame, rows: np.ndarray, file: str, problems: Problems) -> None:
    where = failure.failure_cases["index"].drop_duplicates().astype(int).to_numpy()
    field = (failure.schema.metadata or {}).get("field", failure.schema.name)
    values = raw[field].iloc[where] if field in raw else failure.failure_cases["failure_case"]
    if str(failure.reason_code.name) == "SERIES_CONTAINS_DUPLICATES":
        of, noun = failure.schema.metadata["identifies"]
        advice = f"Keep one row per {of}, or give each its own {noun}."
        problems.add_values(file, field, values, rows[where], f"a {noun} used once", advice)
        return
    valid = (failure.check.statistics or {}).get("allowed_values", [])
    texts = [value for value in valid if isinstance(value, str)]
    problems.add_values(file, field, values, rows[where], failure.check.error, valid=texts)


def text_in(valid: Iterable[str]) -> pa.Column:
    """One of the valid texts, or an empty cell."""
    allowed = [normalised(value) for value in valid if value]
    return pa.Column(nullable=True, checks=pa.Check.isin([*allowed, ""], error=_listed([*map(shown, allowed)])))


def number_in(valid: Iterable[str]) -> pa.Column:
    """One of the valid codes, given as text, or an empty cell."""
    check = pa.Check.isin([float(value) for value in valid], error=_listed(list(valid)))
    return pa.Column(nullable=True, checks=check)


def _listed(values: list[str]) -> str:
    if len(values) > LISTED_VALUES:
        return f"one of the {len(values)} texts in data/coding, or nothing"
    return f"{', '.join(values)} or nothing"


def identifier(of: str = "person", noun: str = "number") -> pa.Column:
    """What tells persons, or other things, apart: given, and on one row only."""
    check = pa.Check(not_empty, error=f"a {noun} for every {of}")
    return pa.Column(unique=True, checks=check, metadata={"identifies": (of, noun)})


def not_empty(values: pd.Series) -> pd.Series:
    """Whether each text cell holds anything."""
    return values != ""


def end_year(field: str, last: int) -> pa.Column:
    """A year in which a person can have left, from the scheme's first to `last`."""
    expected = f"an end year from {FIRST_END_YEAR} to {last}"
    whole = pa.Check(lambda years: years.isna() | (years % 1 == 0), error=f"{expected}, a whole number")
    check = pa.Check.in_range(FIRST_END_YEAR, last, error=expected)
    return pa.Column(nullable=True, checks=[check, whole], metadata={"field": field})


def not_negative(field: str, expected: str) -> pa.Column:
    """A derived difference that must not be negative; `expected` says so of `field`."""
    return pa.Column(nullable=True, checks=pa.Check.ge(0, error=expected), metadata={"field": field})


def between(low: float | None, high: float, unit: str, field: str | None = None, prefix: str = "") -> pa.Column:
    """A number within limits, both included, or an empty cell.

    Args:
        low: Lower limit, or None.
        high: Upper limit.
        unit: What is counted, for the message.
        field: The field in which the user finds the fault, for a derived column.
        prefix: What the message says before the limits.
    """
    within = f"at most {high:,} {unit}" if low is None else f"{low:,} to {high:,} {unit}"
    expected = f"{prefix} {within}".strip()
    check = pa.Check.le(high, error=expected) if low is None else pa.Check.in_range(low, high, error=expected)
    return pa.Column(nullable=True, checks=check, metadata={"field": field} if field else None)
