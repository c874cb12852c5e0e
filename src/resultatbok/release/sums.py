"""Which numbers of persons an edition's rows print, and which of them add up to which.

A number of persons is one count wherever, and under whatever keys, it stands. What divides persons is declared in
`data/coding/populations.csv`; a sum is kept where the true numbers fit it, so that whoever is taken to know the sums
knows more than any reader.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations
from math import prod
from typing import Any, Final, NamedTuple

import pandas as pd

from resultatbok.release.policy import counted, read_kinds
from resultatbok.release.populations import PERSONS, populations
from resultatbok.release.rows import Cell, cell_of
from resultatbok.release.statistics import Kind

SIZE: Final = ""
"""Role of the count that is everyone in a cell."""
UNLISTED: Final = "unlisted "
"""How the role begins of those who are in no listed group, where that is nobody: it is not a group that is told of."""
_FITS: Final = 1e-3  # persons; what a model expects is no whole number
_DEEP: Final = 3  # keys that one sum is over, at most


class Count(NamedTuple):
    """A number of persons: those in `cell` of whom `role` is true."""

    cell: Cell
    role: str
    value: float


class Print(NamedTuple):
    """Where a count stands: a row, by its index, and the column that tells it, or `rest` for what they leave."""

    place: Any
    column: str
    of: Count


@dataclass
class Sums:
    """The counts that rows print, and the sums that tie them: the first member is the sum of the others."""

    prints: list[Print] = field(default_factory=list)
    found: dict[tuple[Count, ...], None] = field(default_factory=dict)

    @property
    def counts(self) -> list[Count]:
        """All counts, each once."""
        return list(dict.fromkeys(chain((p.of for p in self.prints), chain.from_iterable(self.found))))


def read(rows: pd.DataFrame) -> Sums:
    """Read true rows as counts and sums."""
    result = Sums()
    kind = read_kinds(rows)
    cells = [cell_of(*key) for key in zip(rows["scheme"], rows["group"], rows["sample"], strict=True)]
    table = rows.assign(kind=kind, cell=pd.Series(cells, rows.index))[
        (counted(rows) == PERSONS) & (rows["statistic"] != "rounded_count")
    ]
    records = list(zip(table.index, table.to_dict("records"), strict=True))
    members = populations().members
    own = [record for record in records if record[1]["term"] not in members]
    for place, row in own:
        _print(place, row, result)
    sizes = {(p.of.cell, p.of.value) for p in result.prints if p.of.role == SIZE}
    _print_members([record for record in records if record[1]["term"] in members], sizes, result)
    _print_models([record for record in own if record[1]["kind"] is Kind.MODEL], result)
    exhibits = rows["exhibit"].to_dict()
    for found in (*_breakdowns(result, exhibits), *_terms(result)):
        result.found[found] = None
    return result


def _print(place: Hashable, row: dict[Any, Any], result: Sums) -> None:
    """A row of which `n` is the size of its own cell."""
    cell, term, kind, n, value = (row[name] for name in ("cell", "term", "kind", "n", "value"))
    size = None if pd.isna(n) else Count(cell, SIZE, round(n))
    if pd.isna(value) or kind not in (Kind.COUNT, Kind.SHARE, Kind.SUMMARY):
        return
    if size:
        result.prints.append(Print(place, "n", size))
    if kind is Kind.SUMMARY:
        return
    inside = value if kind is Kind.COUNT else value * n
    part = Count(cell, term, round(inside, 4) if term in populations().expected else round(inside))
    result.prints.append(Print(place, "value", part))
    if size and part.value <= size.value:
        _divide(place, size, part, f"not {term}", result)


def _print_members(records: Iterable[tuple[Any, dict[Any, Any]]], sizes: set[tuple[Cell, float]], result: Sums) -> None:
    """Rows whose number is the size of their cell, and whose `n` is that of a larger group.

    Which one is told by the rows that share it and add up to it, or by a size of the same value that stands elsewhere.
    """
    found = []
    for place, row in records:
        value, n, kind = row["value"], row["n"], row["kind"]
        if pd.isna(value) or kind not in (Kind.COUNT, Kind.SHARE):
            continue
        size = Count(row["cell"], SIZE, round(value if kind is Kind.COUNT else value * n))
        result.prints.append(Print(place, "value", size))
        if not pd.isna(n) and (size.value < round(n) or kind is Kind.SHARE):
            found.append((place, size, round(n), _larger(size.cell), row["exhibit"]))
    added = Counter[tuple[str, Cell, int]]()
    for _, size, n, larger, exhibit in found:
        for cell in larger:
            added[exhibit, cell, n] += int(size.value)
    for place, size, n, larger, exhibit in found:
        fits = [cell for cell in larger if added[exhibit, cell, n] == n] + [c for c in larger if (c, n) in sizes]
        whole = Count((fits or larger)[0], SIZE, n)
        result.prints.append(Print(place, "n", whole))
        _divide(place, whole, size, _but(SIZE, size.cell - whole.cell), result)


def _larger(cell: Cell) -> list[Cell]:
    """The groups that a cell may be a part of: without one of its keys, the scheme last, or without all of them."""
    keys = {key for key, _ in cell} & (populations().partitions | populations().overlapping | {"scheme"})
    one = [_without(cell, {key}) for key in sorted(keys, key=lambda key: (key == "scheme", key))]
    return [*one, _without(cell, keys - {"scheme", "missing"})]


def _divide(place: Hashable, whole: Count, part: Count, rest: str, result: Sums) -> None:
    outside = Count(whole.cell, rest, round(whole.value - part.value, 4))
    result.prints.append(Print(place, "rest", outside))
    result.found[whole, part, outside] = None


def _print_models(records: Iterable[tuple[Any, dict[Any, Any]]], result: Sums) -> None:
    """Sizes beside models: of all that the model is fitted to, or of the smaller group of a category it compares."""
    sizes = {(p.of.cell, p.of.value) for p in result.prints if p.of.role == SIZE}
    items = {f"{key}{sign}{value}": (key, value) for cell, _ in sizes for key, value in cell for sign in "=_"}
    schemes = [frozenset(), *(frozenset({("scheme", name)}) for name in reversed(populations().schemes))]
    for place, row in records:
        item = items.get(row["term"])
        cells = [row["cell"] | {item}, row["cell"]] if item else [row["cell"]]
        found = (cell | scheme for cell in reversed(cells) for scheme in schemes if (cell | scheme, row["n"]) in sizes)
        if not pd.isna(row["n"]):
            result.prints.append(
                Print(place, "n", Count(next(found, cells[0] | schemes[bool(item)]), SIZE, round(row["n"])))
            )


def _breakdowns(result: Sums, exhibits: dict[Any, str]) -> Iterator[tuple[Count, ...]]:
    """Categories that add up to a group without them, for one key or several at once."""
    known = populations()
    printed: dict[tuple[Cell, str], set[float]] = defaultdict(set)
    families: dict[Any, dict[Count, None]] = defaultdict(dict)
    for place, _, count in result.prints:
        printed[count.cell, count.role].add(count.value)
        keys = sorted({key for key, _ in count.cell} & (known.partitions | known.overlapping | {"scheme"}))
        if count.role.startswith(("not ", "but ")):
            continue
        for subset in chain.from_iterable(combinations(keys, many) for many in range(1, min(len(keys), _DEEP) + 1)):
            for book in (exhibits[place], ""):
                families[book, subset, _without(count.cell, subset), count.role][count] = None
    for (_, subset, rest, role), listed in families.items():
        cells = {c.cell for c in listed}
        nobody = [c for c in families["", subset, rest, role] if c.value < _FITS and c.cell not in cells]
        children = [*listed, *nobody]  # a table leaves them out, but no reader knows that it is because they are none
        if known.overlapping.isdisjoint(subset):
            simple = [c for c in children if not any(_pieces(*item) for item in c.cell if item[0] in subset)]
            groups = [(rest, simple)]
        else:
            pairs = defaultdict(list)
            for c in children:
                pairs[tuple(value.removeprefix("no_") for key, value in sorted(c.cell) if key in subset)].append(c)
            groups = [(rest, pair) for pair in pairs.values()] if len(subset) == 1 else []
        if len(subset) == 1 and known.overlapping.isdisjoint(subset):
            for c in children:
                if pieces := _pieces(subset[0], dict(c.cell)[subset[0]]):
                    groups.append((c.cell, [other for other in simple if dict(other.cell)[subset[0]] in pieces]))
        for cell, parts in groups:
            yield from _sum(parts, cell, role, printed.get((cell, role), set()))


def _pieces(key: str, value: str) -> tuple[str, ...]:
    """The categories that a composite category is made of; none if it is not composite."""
    return populations().categories.get((key, value)) or (tuple(value.split("|")) if "|" in value else ())


def _sum(parts: list[Count], cell: Cell, role: str, printed: set[float]) -> Iterator[tuple[Count, ...]]:
    """What parts add up to, which may be printed nowhere, and what that leaves of a larger number that is."""
    if not parts or len({part.cell for part in parts}) < len(parts) or cell in {part.cell for part in parts}:
        return
    added = sum(part.value for part in parts)
    total = Count(cell, role, next((value for value in printed if abs(value - added) < _FITS), round(added, 4)))
    values = defaultdict(set)
    for key, value in chain.from_iterable(part.cell - cell for part in parts):
        values[key].add(value)
    many = [len(own) for own in values.values()]
    divided = min(many) > 1 and prod(many) == len(parts)  # else a cell that is not listed may be empty, or may not
    if divided:
        yield (total, *parts)
    larger = [value for value in printed if value > total.value or (value == total.value and not divided)]
    if larger and (total.value not in printed or not divided):
        whole = Count(cell, role, min(larger))
        name = _but(role, *(part.cell - cell for part in parts))
        rest = Count(cell, name if whole.value > total.value else UNLISTED + name, round(whole.value - total.value, 4))
        yield (whole, *([total] if divided else parts), rest)


def _but(role: str, *cells: Cell) -> str:
    """The role of those who are in none of the groups that pick persons beside the cell's own keys."""
    return f"but {role} {sorted(str(sorted(cell)) for cell in cells)}"


def _terms(result: Sums) -> Iterator[tuple[Count, ...]]:
    """Outcomes that are sums of others, and what a model expects where it is what happened."""
    known = populations()
    by_role: dict[Cell, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in dict.fromkeys(p.of for p in result.prints):
        by_role[count.cell][count.role].append(count)
    parts_of = dict(known.outcomes) | {name: (observed,) for name, observed in known.expected.items()}
    for roles in by_role.values():
        for role, parts in parts_of.items():
            if parts and all(part in roles for part in parts):
                pieces = [roles[part][0] for part in parts]
                total = sum(piece.value for piece in pieces)
                yield from ((whole, *pieces) for whole in roles.get(role, []) if abs(whole.value - total) < _FITS)


def _without(cell: Cell, keys: Iterable[str]) -> Cell:
    dropped = set(keys)
    return frozenset(item for item in cell if item[0] not in dropped)
