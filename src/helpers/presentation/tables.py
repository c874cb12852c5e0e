"""Tables for the page and the PDF: made once, written as HTML and as a MyST list-table."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from helpers.presentation.numbers import HIDDEN
from helpers.presentation.rows import LEDGER_COLUMNS, group_keys
from helpers.presentation.wording import Wording

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


def from_rows(
    rows: pd.DataFrame,
    wording: Wording,
    *,
    index: str | Sequence[str],
    columns: str | Sequence[str],
    cell: str | Mapping[str, str] | Callable[[pd.Series], str] = "number",
    decimals: int | None = None,
    headers: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Table:
    """A table of ledger rows: one line per value of `index`, one column per value of `columns`.

    Lines and columns come in the order in which the rows have them. A combination that is not there is empty.

    Args:
        rows: Rows that the ledger gave out.
        wording: The reader's language.
        index: Ledger columns (`term`) or keys of the group (`origin`) that name the lines, a row header each.
        columns: Likewise for the columns; the labels of several are joined.
        cell: How a row becomes text: the name of a method of `Wording` for its value (`percent`,
            `coefficient`), one such name for each value of `columns`, or a function of the row.
        decimals: Passed to the method, if given.
        headers: Headers of the row-header columns, by name in `index`; else their labels.
        labels: Labels that replace the catalogue's, by key (`both`, `origin=europe`).
    """
    index, columns = _as_list(index), _as_list(columns)
    named = labels or {}
    lines = [tuple(key_label(entry, k, wording, named) for k in index) for _, entry in rows.iterrows()]
    tops = [", ".join(t for k in columns if (t := key_label(entry, k, wording, named))) for _, entry in rows.iterrows()]
    raw = [" ".join(_key(entry, k) for k in columns) for _, entry in rows.iterrows()]
    texts = [
        _cell_text(entry, top, cell, wording, decimals) for (_, entry), top in zip(rows.iterrows(), raw, strict=True)
    ]
    places = dict(zip(zip(lines, tops, strict=True), texts, strict=True))
    if len(places) < len(rows):
        raise ValueError(
            f"{len(rows) - len(places)} rows share a cell: index {index} and columns {columns} are too few"
        )
    order = list(dict.fromkeys(tops))
    heads = [Column((headers or {}).get(k) or wording.header(k), numeric=False) for k in index]
    return Table(
        columns=[*heads, *[Column(top) for top in order]],
        rows=[[*line, *[places.get((line, top), "") for top in order]] for line in dict.fromkeys(lines)],
        row_headers=len(index),
        note=hidden_note(rows, wording),
    )


def hidden_note(rows: pd.DataFrame, wording: Wording) -> str:
    """The line that explains ":" below a table, empty where nothing is hidden."""
    if not rows["suppressed"].any():
        return ""
    return wording.text(
        "{sign} The figure cannot be published: it rests on few persons, or would give such a figure away.",
        sign=HIDDEN,
    )


def key_label(row: pd.Series, key: str, wording: Wording, labels: Mapping[str, str] | None = None) -> str:
    """The label of one key of a row: of a ledger column's value, or of a key of its group."""
    value = _key(row, key)
    full = value if key in LEDGER_COLUMNS else f"{key}={value}"
    if labels and full in labels:
        return labels[full]
    return wording.label(full) if value else wording.text("All")


def _key(row: pd.Series, key: str) -> str:
    return str(row[key]) if key in LEDGER_COLUMNS else group_keys(str(row["group"])).get(key, "")


def _cell_text(
    row: pd.Series,
    column: str,
    cell: str | Mapping[str, str] | Callable[[pd.Series], str],
    wording: Wording,
    decimals: int | None,
) -> str:
    if row["suppressed"]:
        return HIDDEN
    if callable(cell):
        return cell(row)
    method = cell if isinstance(cell, str) else cell[column]
    options = {} if decimals is None else {"decimals": decimals}
    return str(getattr(wording, method)(row["value"], **options))


def _as_list(names: str | Sequence[str]) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _numeric(column: Column) -> str:
    return ' class="numeric"' if column.numeric else ""


def _list_row(cells: Iterable[str], *, strong: bool = False) -> list[str]:
    texts = [escaped(cell) or _PLACEHOLDER for cell in cells]
    texts = [f"**{t}**" if strong and t != _PLACEHOLDER else t for t in texts]
    return [f"{'* -' if place == 0 else '  -'} {text}" for place, text in enumerate(texts)]
