"""Reading the cells of a column: texts, codes, dates and numbers, each distinct value once.

Register columns repeat few values many times, so every function here works on the distinct values and
spreads the result; a million rows cost little more than a thousand.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

DAYS_PER_YEAR = 365.25
MONTHS_PER_YEAR = 12
NUMBER_EXPECTED = "a number with decimal comma and no spaces"
_DECIMAL_COMMA = re.compile(r"-?\d+(,\d+)?")
_DATE = re.compile(r"\d{2}\.\d{2}\.\d{4}")


def map_distinct(values: pd.Series, function: Callable[[Any], object], dtype: type | str = object) -> pd.Series:
    """Apply a function to each distinct value; missing values stay missing (None, or NaN for float)."""
    codes, distinct = pd.factorize(values)
    results = [function(value) for value in distinct]
    mapped = np.empty(len(results) + 1, dtype=dtype)
    mapped[:-1] = results
    mapped[-1] = np.nan if dtype is float else None
    return pd.Series(mapped[codes], index=values.index, name=values.name)


def normalised(text: str) -> str:
    """Text for comparison: composed letters, one kind of dash, single spaces; case counts."""
    plain = unicodedata.normalize("NFC", text).replace("–", "-").replace("−", "-")
    return " ".join(plain.split())


def as_code(value: object) -> str:
    """A cell as the coding tables write it: `1` for 1.0, empty for missing, text normalised."""
    if value is None or (isinstance(value, float) and np.isnan(value)):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return normalised(str(value))


def parse_number(text: str) -> float:
    """A number with decimal comma; NaN where the text is empty or no such number."""
    return float(text.replace(",", ".")) if _DECIMAL_COMMA.fullmatch(text) else np.nan


def parse_date(text: str) -> np.datetime64:
    """A date written dd.mm.yyyy; NaT where the text is empty or no date of the calendar."""
    if not _DATE.fullmatch(text):
        return np.datetime64("NaT", "D")
    day, month, year = text.split(".")
    try:
        return np.datetime64(f"{year}-{month}-{day}", "D")
    except ValueError:
        return np.datetime64("NaT", "D")


def numbers(texts: pd.Series) -> pd.Series:
    """A text column as float."""
    return map_distinct(texts, parse_number, float)


def dates(texts: pd.Series) -> pd.Series:
    """A text column as dates, to the day."""
    return map_distinct(texts, parse_date, "datetime64[D]").astype("datetime64[s]")


def whole_months(start: pd.Series, end: pd.Series) -> pd.Series:
    """Months between two dates: days by the mean length of a month, rounded half up to whole months."""
    months = (end - start).dt.days / (DAYS_PER_YEAR / MONTHS_PER_YEAR)
    return (months + 0.5) // 1


def years_between(start: pd.Series, end: pd.Series) -> pd.Series:
    """Years between two dates: days by the mean length of a year, not rounded."""
    return (end - start).dt.days / DAYS_PER_YEAR


def padded_code(value: object) -> str:
    """A municipality number as four digits, from text or number; other content as it stands."""
    text = as_code(value)
    return text.zfill(4) if text.isdigit() else text
