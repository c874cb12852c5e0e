"""The coding tables as rows of text that know their place, so that a fault names file, row and column; loads little."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from resultatbok.limits import MOST_SIGNS, unfit


class TableFault(ValueError):  # noqa: N818 - says what it is
    """A coding table cannot be used; the message names the file, the row and the column."""


@dataclass(frozen=True)
class Row:
    """A row of a coding table.

    Attributes:
        file: The table.
        number: The row as a spreadsheet counts it; the header is row 1.
        cells: Text by column.
    """

    file: Path
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def fault(self, column: str, expected: str) -> TableFault:
        """What to raise when a cell does not hold what was expected."""
        found = repr(self[column]) if self[column] else "nothing"
        return TableFault(f"{self.file.name}, row {self.number}, column {column}: {found}; expected {expected}")

    def one_of(self, column: str, names: Iterable[str]) -> str:
        """The text of a cell.

        Raises:
            TableFault: It is none of the names.
        """
        known = tuple(names)
        if self[column] not in known:
            raise self.fault(column, f"one of {', '.join(name or 'nothing' for name in known)}")
        return self[column]


def read_rows(file: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a coding table.

    Args:
        file: A CSV file in UTF-8.
        columns: Those that are needed; it may have others.

    Raises:
        TableFault: The file or one of the columns is missing, or a row has too few or too many cells.
    """
    if not file.is_file():
        raise TableFault(f"{file.name}: no such file in {file.parent}")
    with file.open(encoding="utf-8", newline="") as lines:
        header, *rest = csv.reader(lines)
    if missing := [name for name in columns if name not in header]:
        raise TableFault(f"{file.name}, row 1: no column {', '.join(missing)}; found {', '.join(header)}")
    for number, cells in enumerate(rest, start=2):
        if len(cells) != len(header):
            raise TableFault(f"{file.name}, row {number}: {len(cells)} cells; expected {len(header)}, as in row 1")
        if wrong := next((c for c in zip(header, cells, strict=True) if unfit(c[1]) or len(c[1]) > MOST_SIGNS), None):
            found = f"the sign U+{ord(sign):04X}" if (sign := unfit(wrong[1])) else f"{len(wrong[1]):,} signs"
            expected = f"at most {MOST_SIGNS:,} signs, none of them a control sign"
            raise TableFault(f"{file.name}, row {number}, column {wrong[0]}: {found}; expected {expected}")
    return [Row(file, number, dict(zip(header, cells, strict=True))) for number, cells in enumerate(rest, start=2)]


def unique(rows: Iterable[Row], column: str) -> list[Row]:
    """The rows.

    Raises:
        TableFault: A cell of the column is empty or stands in an earlier row too.
    """
    seen: dict[str, Row] = {}
    for row in rows:
        if not row[column]:
            raise row.fault(column, "a name")
        if (first := seen.setdefault(row[column], row)) is not row:
            raise row.fault(column, f"a name of its own; {first.file.name}, row {first.number} has it too")
    return list(seen.values())
