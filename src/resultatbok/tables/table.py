"""Tables for the page and the PDF: made once, written as HTML and as a MyST list-table."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording

_DIRECTIVE: Final = "```{list-table}"
_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#|$~^&])")  # would start markup inside a cell
_BLOCK_START: Final = re.compile(r"^(\d{1,9})([.)])(?=\s|$)|^([-+=:])(?=\s|$)")  # would start a list or a rule
_PLACEHOLDER: Final = "\u00a0"  # an empty list item is not a cell to every parser


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

    def split(self, width: int) -> list[Table]:
        """Tables of at most `width` columns, each with the row headers again."""
        step = width - self.row_headers
        if step < 1:
            raise ValueError(f"{width} columns leave no room beside {self.row_headers} row headers")
        starts = range(self.row_headers, len(self.columns), step) if len(self.columns) > width else [None]
        return [self._columns_from(start, step) for start in starts]

    def head(self, n: int) -> Table:
        """The first `n` rows."""
        kept = {number: text for number, text in self.group_rows.items() if number < n}
        return replace(self, rows=self.rows[:n], group_rows=kept)

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

    def markdown(self) -> str:
        """The table as a MyST list-table without caption and name; `with_caption` adds them.

        Class `text-N` names each column N (from 1) that holds text; other columns are numbers.
        """
        texts = [f"text-{n}" for n, column in enumerate(self.columns, 1) if not column.numeric]
        options = [":header-rows: 1", f":stub-columns: {self.row_headers}"] if self.row_headers else []
        options = options or [":header-rows: 1"]
        classes = " ".join(["resultatbok-table", *texts])
        lines = [_DIRECTIVE, *options, f":class: {classes}", ""]
        lines += _list_row([column.header for column in self.columns])
        for number, cells in enumerate(self.rows):
            if number in self.group_rows:
                lines += _list_row([self.group_rows[number], *[""] * (len(cells) - 1)], strong=True)
            lines += _list_row(cells)
        note = f"\n\n{escaped(self.note)}" if self.note else ""
        return "\n".join([*lines, "```"]) + note

    def list_table(self, name: str, caption: str) -> str:
        """The table as a MyST list-table that can be referred to by `name`."""
        return with_caption(self.markdown(), name, caption)

    def _columns_from(self, start: int | None, step: int) -> Table:
        if start is None:
            return self
        chosen = [*range(self.row_headers), *range(start, min(start + step, len(self.columns)))]
        rows = [[cells[i] for i in chosen] for cells in self.rows]
        return replace(self, columns=[self.columns[i] for i in chosen], rows=rows)

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


def with_caption(markdown: str, name: str, caption: str) -> str:
    """Put a caption (MyST, one line) and a name into what `Table.markdown` gave."""
    if not markdown.startswith(_DIRECTIVE + "\n"):
        raise ValueError(f"expected a list-table from Table.markdown, found {markdown[:40]!r}")
    line = " ".join(caption.split())
    return markdown.replace(_DIRECTIVE, f"{_DIRECTIVE} {line}\n:name: {name}", 1)


def escaped(text: str) -> str:
    """Text that MyST prints as it stands."""
    one_line = _MARKDOWN.sub(r"\\\1", " ".join(text.split()))
    return _BLOCK_START.sub(lambda m: f"{m[1]}\\{m[2]}" if m[1] else f"\\{m[3]}", one_line)


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


def _list_row(cells: Iterable[str], *, strong: bool = False) -> list[str]:
    texts = [escaped(cell) or _PLACEHOLDER for cell in cells]
    texts = [f"**{t}**" if strong and t != _PLACEHOLDER else t for t in texts]
    return [f"{'* -' if place == 0 else '  -'} {text}" for place, text in enumerate(texts)]
