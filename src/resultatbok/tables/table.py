"""Tables for the page and the PDF, as HTML."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        header: What stands above it.
        numeric: Whether its cells are numbers, which are aligned right.
    """

    header: str
    numeric: bool = True


@dataclass(frozen=True)
class Table:
    """Cells of text under headers; it does not change.

    Attributes:
        columns: One per column, from the left.
        rows: Cells, one list per row, as many as there are columns.
        row_headers: How many columns from the left name the row.
        group_rows: Headings between the rows: number of the row a heading stands before -> its text.
        note: A line below the table.
    """

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    row_headers: int = 1
    group_rows: Mapping[int, str] = field(default_factory=dict)
    note: str = ""

    def __post_init__(self) -> None:
        if not self.columns or not 0 <= self.row_headers <= len(self.columns):
            raise ValueError(f"{self.row_headers} row headers in a table of {len(self.columns)} columns")
        for number, cells in enumerate(self.rows):
            if len(cells) != len(self.columns):
                raise ValueError(f"row {number} has {len(cells)} cells, not {len(self.columns)}: {cells}")
        wrong = [number for number in self.group_rows if not 0 <= number < len(self.rows)]
        if wrong:
            raise ValueError(f"group rows before rows {wrong}, but the table has {len(self.rows)} rows")

    def html(self, caption: str | None = None) -> str:
        """The table as HTML, for a notebook.

        Header cells carry their scope. Numeric cells have the class `numeric`; nothing is styled here, so
        that the page's light and dark themes apply.
        """
        title = f"<caption>{html.escape(caption)}</caption>\n" if caption else ""
        heads = "".join(
            f'<th scope="col"{_numeric(column)}>{html.escape(column.header)}</th>' for column in self.columns
        )
        body = "\n".join(self._html_body(first, last) for first, last in self._blocks())
        note = f'\n<p class="table-note">{html.escape(self.note)}</p>' if self.note else ""
        return f'<table class="resultatbok-table">\n{title}<thead>\n<tr>{heads}</tr>\n</thead>\n{body}\n</table>{note}'

    def _blocks(self) -> list[tuple[int, int]]:
        """First row and the row after the last of each part between group headings."""
        starts = sorted({0, *self.group_rows})
        return list(zip(starts, [*starts[1:], len(self.rows)], strict=True))

    def _html_body(self, first: int, last: int) -> str:
        lines = [self._html_row(number) for number in range(first, last)]
        if first in self.group_rows:
            text = html.escape(self.group_rows[first])
            lines.insert(0, f'<tr><th scope="rowgroup" colspan="{len(self.columns)}">{text}</th></tr>')
        return "\n".join(["<tbody>", *lines, "</tbody>"])

    def _html_row(self, number: int) -> str:
        cells = "".join(
            f'<th scope="row">{html.escape(text)}</th>'
            if place < self.row_headers
            else f"<td{_numeric(column)}>{html.escape(text)}</td>"
            for place, (column, text) in enumerate(zip(self.columns, self.rows[number], strict=True))
        )
        return f"<tr>{cells}</tr>"


def hidden_note(rows: pd.DataFrame, wording: Wording) -> str:
    """The line that explains ":" below a table, empty where nothing is hidden."""
    if not rows["suppressed"].any():
        return ""
    return wording.text(
        "{sign} The number cannot be published: it rests on few persons, or would give such a number away.",
        sign=HIDDEN,
    )


def _numeric(column: Column) -> str:
    return ' class="numeric"' if column.numeric else ""
