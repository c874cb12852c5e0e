"""A table made from ledger rows: one key down the side, another across the top."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from resultatbok.release.rows import LEDGER_COLUMNS, group_keys
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.numbers import HIDDEN
from resultatbok.words.wording import Wording


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
