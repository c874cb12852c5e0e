"""Ledger rows read as numbers of persons: whom a row is about, and how many it counts.

A count prints itself, a share prints its `n`, the persons in it and those outside it, a mean prints its `n`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

import pandas as pd

from resultatbok.release.populations import populations
from resultatbok.release.rows import group_keys
from resultatbok.release.statistics import Kind, about_persons, kinds

Cell = frozenset[tuple[str, str]]
"""A group of persons: the keys and values that pick them, scheme and sample among them."""

REST_OF_ALL: Final = "all but "
"""How the role begins that is everyone in a cell but some listed groups."""

SIZE: Final = ""
"""Role of the quantity that is everyone in a cell."""

_PSEUDO_KEYS: Final = frozenset({"missing", "sample", "scheme"})  # of a cell, beside those of the group
_NOT_PERSONS: Final = frozenset({"percentile", "model", "profile"})  # keys that pick no persons


class Quantity(NamedTuple):
    """A number of persons: those in `cell` of whom `role` is true."""

    cell: Cell
    role: str
    value: int

    @property
    def is_size(self) -> bool:
        """Whether the persons are picked by their group alone, and not by what became of them."""
        return self.role == SIZE or self.role.startswith(REST_OF_ALL)


@dataclass(frozen=True)
class Line:
    """One row, read as numbers of persons."""

    place: int
    family: tuple[str, ...]  # rows that may add up: statistic and term
    cell: Cell
    term: str
    n: int | None
    inside: int | None
    whole_cell: Cell | None = None  # of which the row's cell is a part, where `n` counts that

    @property
    def keys(self) -> frozenset[str]:
        """The keys that pick the row's persons."""
        return frozenset(key for key, _ in self.cell)

    @property
    def size(self) -> Quantity | None:
        """Everyone in the row's own cell."""
        count = self.inside if self.whole_cell is not None else self.n
        return None if count is None else Quantity(self.cell, SIZE, count)

    @property
    def part(self) -> Quantity | None:
        """Those in the row's cell of whom its term is true."""
        if self.inside is None or self.whole_cell is not None:
            return None
        return Quantity(self.cell, self.term, self.inside)


def read_lines(rows: pd.DataFrame) -> list[Line]:
    """The rows that count persons, as such, compositions among them."""
    lines = list(_simple_lines(rows))
    compositions = list(_compositions(lines))
    return [line for line in lines if line.n is None or line.term not in populations().members] + compositions


def cell_of(scheme: str, group: str, sample: str) -> Cell:
    """The persons a row is about."""
    keys: dict[str, str] = dict(populations().samples.get(sample, {"sample": sample}))
    keys |= {key: value for key, value in group_keys(group).items() if key not in _NOT_PERSONS}
    if scheme != "both":
        keys["scheme"] = scheme
    return frozenset(keys.items())


def _simple_lines(rows: pd.DataFrame) -> Iterator[Line]:
    kind = kinds(rows)
    wanted = about_persons(rows) & kind.isin([Kind.COUNT, Kind.SHARE, Kind.SUMMARY])
    for place, (use, row_kind, row) in enumerate(zip(wanted, kind, rows.to_dict("records"), strict=True)):
        if use:
            yield _line(place, row_kind, row)


def _line(place: int, kind: Kind, row: dict[Any, Any]) -> Line:
    n = None if pd.isna(row["n"]) else round(row["n"])
    inside = None
    if kind is Kind.COUNT and not pd.isna(row["value"]):
        inside = round(row["value"])
    elif kind is Kind.SHARE and n is not None and not pd.isna(row["value"]):
        inside = round(row["value"] * n)
    cell = cell_of(row["scheme"], row["group"], row["sample"])
    is_size = kind is Kind.COUNT and n is None and row["term"] in populations().members
    family = (row["statistic"], row["term"])
    return Line(place, family, cell, row["term"], n, inside, cell if is_size else None)


def _compositions(lines: list[Line]) -> Iterator[Line]:
    """Lines whose `n` counts a larger group that their categories divide, read as that.

    A term that stands for being in a group says so. Of another term it is only likely, where the categories' numbers
    add up to the `n` they share: such a line is read both ways.
    """
    siblings: dict[Any, list[Line]] = defaultdict(list)
    complete = [line for line in lines if line.n is not None and line.inside is not None]
    for line in complete:
        for key in line.keys:
            siblings[line.family, key, without(line.cell, {key})].append(line)
    for line in complete:
        found = [
            key for key in sorted(line.keys) if _divides(key, siblings[line.family, key, without(line.cell, {key})])
        ]
        if found:
            rest = without(line.cell, {min(found, key=lambda k: k in _PSEUDO_KEYS)})
        elif line.term in populations().members:
            rest = without(line.cell, line.keys - _PSEUDO_KEYS)
        else:
            continue
        yield replace(line, family=(*line.family, "composition"), whole_cell=rest)


def _divides(key: str, siblings: list[Line]) -> bool:
    """Whether rows that differ in one key share an `n` that their numbers add up to."""
    first = siblings[0]
    if any(line.n != first.n for line in siblings):
        return False
    adds_up = sum(line.inside or 0 for line in siblings) == first.n
    if first.term in populations().members:
        return adds_up or key in populations().overlapping
    return adds_up and len(siblings) > 1


def without(cell: Cell, keys: Iterable[str]) -> Cell:
    """The larger group that a cell is part of: everyone with the values of its other keys."""
    dropped = set(keys)
    return frozenset(item for item in cell if item[0] not in dropped)
