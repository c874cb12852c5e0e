"""What is wrong with the delivered files: one `Problem` per fault, collected to be shown together."""

from __future__ import annotations

import difflib
import os
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

ROWS_KEPT = 5
"""Rows named in a problem; its count covers all of them."""
SIMILARITY = 0.6
"""Likeness (difflib ratio) from which a valid value is suggested for an unknown one."""
SAME_NAME = 0.75
"""Likeness from which one column name is taken for another misspelt; never for codes such as `v2_9`."""


@dataclass(frozen=True)
class Problem:
    """One fault in one column of one file, with every row that has it counted.

    Attributes:
        file: The file, relative to the working directory where it lies below it.
        column: The column, or the cell or part of a file that has no columns; empty for the whole file.
        rows: The first rows with the fault, as the user's program numbers them (in a text file or a sheet
            the header is row 1; in SPSS the first case is row 1). Empty where rows do not apply.
        count: How many rows have the fault.
        found: What stood there.
        expected: What was expected.
        advice: What to do, or empty.
    """

    file: str
    column: str
    rows: tuple[int, ...]
    count: int
    found: str
    expected: str
    advice: str = ""

    def __str__(self) -> str:
        """The problem as one line."""
        where = f"{self.file}, {self.column}" if self.column else self.file
        advice = f" {self.advice}" if self.advice else ""
        return f"{where}{self._rows_text()}: found {self.found}; expected {self.expected}.{advice}"

    def _rows_text(self) -> str:
        if not self.rows:
            return ""
        listed = ", ".join(str(row) for row in self.rows)
        more = f" and {self.count - len(self.rows):,} more" if self.count > len(self.rows) else ""
        return f", {'row' if self.count == 1 else 'rows'} {listed}{more}"


class InputRefused(Exception):  # noqa: N818 - the name says what happened to the input
    """The delivered files cannot be used; `problems` holds every fault found in all of them."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class Problems:
    """Collects problems (they stop the book) and notes (they do not) while the files are read.

    A problem that is reported again for the same file, column, value and expectation is counted, not
    repeated.
    """

    def __init__(self) -> None:
        self.notes: list[str] = []
        self._found: dict[tuple[str, str, str, str], Problem] = {}

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found.values())

    def note(self, text: str) -> None:
        """Keep a remark for the reader that does not stop the book."""
        self.notes.append(text)

    def add(
        self, file: str, column: str, found: str, expected: str, advice: str = "", rows: Iterable[int] = ()
    ) -> None:
        """Report one fault, in the given rows or in the file as a whole."""
        numbers = tuple(int(row) for row in rows)
        key = (file, column, found, expected)
        problem = Problem(file, column, numbers[:ROWS_KEPT], max(len(numbers), 1), found, expected, advice)
        if key in self._found:
            known = self._found[key]
            both = tuple(sorted({*known.rows, *problem.rows}))[:ROWS_KEPT]
            problem = replace(known, rows=both, count=known.count + problem.count)
        self._found[key] = problem

    def add_values(
        self,
        file: str,
        column: str,
        values: pd.Series,
        rows: np.ndarray,
        expected: str,
        advice: str = "",
        valid: Sequence[str] = (),
    ) -> None:
        """Report faulty cells: one problem per distinct value.

        Args:
            file: The file's name.
            column: The column's name as it stands in the file.
            values: The faulty cells, and only these.
            rows: Their row numbers, in the same order.
            expected: What each should have been.
            advice: What to do, if it is the same for every value.
            valid: Valid values from which the nearest is suggested.
        """
        cells = pd.DataFrame({"value": values.to_numpy(dtype=object), "row": rows})
        for value, group in cells.groupby("value", sort=False, dropna=False)["row"]:
            hint = advice or suggestion(str(value), valid)
            self.add(file, column, shown(value), expected, hint, group.tolist())

    def stop_if_any(self) -> None:
        """Refuse the input if anything was reported.

        Raises:
            InputRefused: With every problem so far, in the order they were found.
        """
        if self._found:
            raise InputRefused(list(self._found.values()))


def shown(value: object) -> str:
    """A cell as a message shows it: text in quotes, whole numbers without decimals, `nothing` if empty."""
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return "nothing"
    if isinstance(value, float | np.floating) and float(value).is_integer():
        return str(int(value))
    return repr(str(value)) if isinstance(value, str) else str(value)


def nearest(value: str, valid: Iterable[str]) -> str | None:
    """The valid text most like `value` regardless of case, or None if nothing is like it."""
    by_lower = {text.casefold(): text for text in valid if text}
    match = difflib.get_close_matches(value.casefold(), list(by_lower), n=1, cutoff=SIMILARITY)
    return by_lower[match[0]] if match else None


def suggestion(value: str, valid: Iterable[str]) -> str:
    """A sentence with the nearest valid text, or an empty string."""
    match = nearest(value, valid)
    return f"Did you mean {match!r}?" if match else ""


def _renamed(name: str, spare: Sequence[str]) -> str | None:
    """The column that differs from a name in case, spaces and signs alone, or is a word spelt much like it."""
    plain = {_letters(other): other for other in spare}
    if _letters(name) in plain:
        return plain[_letters(name)]
    words = [other for other in spare if not any(sign.isdigit() for sign in f"{name}{other}")]
    match = difflib.get_close_matches(name, words, n=1, cutoff=SAME_NAME)
    return match[0] if match else None


def _letters(name: str) -> str:
    composed = unicodedata.normalize("NFC", name).casefold()
    return "".join(sign for sign in composed if sign.isalnum())


def file_name(path: Path) -> str:
    """The path as messages show it: relative to the working directory where it lies below it."""
    return os.path.relpath(path) if path.is_relative_to(Path.cwd()) else str(path)


def check_columns(
    file: str, found: Iterable[object], expected: Sequence[str], problems: Problems, known: Iterable[str] = ()
) -> list[str]:
    """Report columns that are missing, with the unknown column that seems to be each under another name.

    Args:
        file: The file's name.
        found: Its columns.
        expected: Those that it must have.
        problems: Where to report.
        known: Others that it may have.

    Returns:
        The missing columns.
    """
    present = [str(name) for name in found]
    missing = [name for name in expected if name not in present]
    spare = [name for name in present if name not in {*expected, *known}]
    for name in missing:
        like = _renamed(name, spare)
        advice = f"Rename the column {like!r}." if like else "Ask for a new delivery with this column."
        problems.add(file, name, f"the column {like!r}" if like else "no such column", f"a column {name!r}", advice)
    return missing
