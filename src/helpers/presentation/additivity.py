"""Which published numbers of persons add up to which: what a reader with a pencil can work out.

A row prints one or more numbers of persons: a count prints itself, a share prints its `n`, the persons in
it and those outside it, a mean prints its `n`. Numbers of the same persons are one quantity wherever they
are printed. Quantities are tied by relations: categories of a breakdown add up to the row without it,
schemes to both, work and education to goal attainment. A relation is found from the keys and kept if the
true numbers fit it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, combinations
from typing import Any, Final, NamedTuple

import pandas as pd

from helpers.presentation.rows import group_keys
from helpers.presentation.statistics import Kind, about_persons, kinds

Cell = frozenset[tuple[str, str]]
"""A group of persons: the keys and values that pick them, scheme and sample among them."""

REST_OF_ALL: Final = "all but "
"""How the role begins that is everyone in a cell but some listed groups."""

SIZE: Final = ""
"""Role of the quantity that is everyone in a cell."""

MEMBERS: Final = frozenset({"participant_share", "participants", "leavers", "observations"})
"""Terms that stand for being in the group at all, not for something true of some in it."""

OVERLAPPING: Final = frozenset({"measure"})
"""Keys whose categories share persons; `x` and `no_x` still add up."""

TERM_PARTS: Final = {"goal_attainment": ("transition_to_work", "transition_to_education")}
CATEGORY_PARTS: Final = {
    ("norwegian", "b1_or_higher"): ("b1", "b2"),
    ("norwegian", "low"): ("under_a1", "a1"),
}
SAMPLE_KEYS: Final = {
    "all_gross": {},
    "all": {"missing": "no"},
    "with_missing": {"missing": "yes"},
    "women": {"missing": "no", "gender": "female"},
}
"""Samples as parts of all leavers, so that they add up like any other breakdown."""

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
class Relation:
    """`whole` is the sum of `parts`.

    Attributes:
        whole: The sum.
        parts: What adds up to it.
    """

    whole: Quantity
    parts: tuple[Quantity, ...]

    @property
    def members(self) -> tuple[Quantity, ...]:
        """The whole and its parts."""
        return (self.whole, *self.parts)


@dataclass
class Additivity:
    """The quantities that rows print, and how they add up.

    Attributes:
        printed_by: Rows (by position) that print each quantity.
        relations: All relations.
        implied: Groups that no row shows but that are the difference between two that may be shown.
    """

    printed_by: dict[Quantity, set[int]] = field(default_factory=lambda: defaultdict(set))
    relations: list[Relation] = field(default_factory=list)
    implied: set[Quantity] = field(default_factory=set)


@dataclass(frozen=True)
class _Line:
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


def read(rows: pd.DataFrame) -> Additivity:
    """Read complete ledger rows, with their true numbers, as quantities and relations."""
    lines = list(_lines(rows))
    compositions = list(_compositions(lines))
    lines = [line for line in lines if line.n is None or line.term not in MEMBERS] + compositions
    result = Additivity()
    for line in lines:
        _print_line(line, result)
    relations: dict[Relation, None] = dict.fromkeys(result.relations)
    relations |= dict.fromkeys(_breakdowns(lines, result))
    relations |= dict.fromkeys(_terms(result))
    result.relations = list(relations)
    return result


def cell_of(scheme: str, group: str, sample: str) -> Cell:
    """The persons a row is about."""
    keys: dict[str, str] = dict(SAMPLE_KEYS.get(sample, {"sample": sample}))
    keys |= {key: value for key, value in group_keys(group).items() if key not in _NOT_PERSONS}
    if scheme != "both":
        keys["scheme"] = scheme
    return frozenset(keys.items())


def _lines(rows: pd.DataFrame) -> Iterator[_Line]:
    kind = kinds(rows)
    wanted = about_persons(rows) & kind.isin([Kind.COUNT, Kind.SHARE, Kind.SUMMARY])
    for place, (use, row_kind, row) in enumerate(zip(wanted, kind, rows.to_dict("records"), strict=True)):
        if use:
            yield _line(place, row_kind, row)


def _line(place: int, kind: Kind, row: dict[Any, Any]) -> _Line:
    n = None if pd.isna(row["n"]) else round(row["n"])
    inside = None
    if kind is Kind.COUNT and not pd.isna(row["value"]):
        inside = round(row["value"])
    elif kind is Kind.SHARE and n is not None and not pd.isna(row["value"]):
        inside = round(row["value"] * n)
    cell = cell_of(row["scheme"], row["group"], row["sample"])
    is_size = kind is Kind.COUNT and n is None and row["term"] in MEMBERS
    family = (row["statistic"], row["term"])
    return _Line(place, family, cell, row["term"], n, inside, cell if is_size else None)


def _compositions(lines: list[_Line]) -> Iterator[_Line]:
    """Lines whose `n` counts a larger group that their categories divide, read as that.

    A term in `MEMBERS` says so. Of another term it is only likely, where the categories' numbers add up to
    the `n` they
    share: such a line is read both ways.
    """
    siblings: dict[Any, list[_Line]] = defaultdict(list)
    complete = [line for line in lines if line.n is not None and line.inside is not None]
    for line in complete:
        for key in line.keys:
            siblings[line.family, key, _without(line.cell, {key})].append(line)
    for line in complete:
        found = [
            key for key in sorted(line.keys) if _divides(key, siblings[line.family, key, _without(line.cell, {key})])
        ]
        if found:
            rest = _without(line.cell, {min(found, key=lambda k: k in _PSEUDO_KEYS)})
        elif line.term in MEMBERS:
            rest = _without(line.cell, line.keys - _PSEUDO_KEYS)
        else:
            continue
        yield replace(line, family=(*line.family, "composition"), whole_cell=rest)


def _divides(key: str, siblings: list[_Line]) -> bool:
    """Whether rows that differ in one key share an `n` that their numbers add up to."""
    first = siblings[0]
    if any(line.n != first.n for line in siblings):
        return False
    adds_up = sum(line.inside or 0 for line in siblings) == first.n
    if first.term in MEMBERS:
        return adds_up or key in OVERLAPPING
    return adds_up and len(siblings) > 1


def _print_line(line: _Line, result: Additivity) -> None:
    part, size = line.part, line.size
    for quantity in (part, size):
        if quantity is not None:
            result.printed_by[quantity].add(line.place)
    if line.n is None or line.inside is None:
        return
    inside = part if part is not None else size
    whole = Quantity(line.cell if line.whole_cell is None else line.whole_cell, SIZE, line.n)
    if inside is None or line.n < line.inside or whole == inside:
        return
    outside = Quantity(line.cell, f"not {line.term}", line.n - line.inside)
    for quantity in (whole, outside):
        result.printed_by[quantity].add(line.place)
    result.relations.append(Relation(whole, (inside, outside)))


def _breakdowns(lines: list[_Line], result: Additivity) -> Iterator[Relation]:
    """Categories that add up to a group without them, for one key of the cells or several at once."""
    sizes: dict[Cell, list[Quantity]] = defaultdict(list)
    parts: dict[tuple[Cell, str], list[Quantity]] = defaultdict(list)
    for quantity in result.printed_by:
        if quantity.role == SIZE:
            sizes[quantity.cell].append(quantity)
        else:
            parts[quantity.cell, quantity.role].append(quantity)
    families: dict[Any, list[_Line]] = defaultdict(list)
    for line in lines:
        for subset in _subsets(line.keys):
            families[line.family, frozenset(subset), _without(line.cell, subset)].append(line)
    for ((_, term, *_), subset, rest), children in families.items():
        for group, together in _partitions(children, subset):
            size = [q for line in together if (q := line.size) is not None]
            part = [q for line in together if (q := line.part) is not None]
            whole = rest if group is None else group
            yield from _sum_of(size, whole, SIZE, sizes.get(whole, []), subset, result)
            yield from _sum_of(part, whole, term, parts.get((whole, term), []), subset, result)


def _partitions(lines: list[_Line], subset: frozenset[str]) -> Iterator[tuple[Cell | None, list[_Line]]]:
    """Sets of cells that share no person, and the cell they divide (None: the one without the subset)."""
    if subset & OVERLAPPING:
        if len(subset) == 1:
            (key,) = subset
            by_measure = defaultdict(list)
            for line in lines:
                by_measure[dict(line.cell)[key].removeprefix("no_")].append(line)
            yield from ((None, pair) for pair in by_measure.values())
        return
    simple = [line for line in lines if not any(_pieces(k, v) for k, v in line.cell if k in subset)]
    yield None, simple
    if len(subset) == 1:
        (key,) = subset
        for line in lines:
            pieces = _pieces(key, dict(line.cell)[key])
            together = [other for other in simple if dict(other.cell)[key] in pieces]
            if together:
                yield line.cell, together


def _pieces(key: str, value: str) -> tuple[str, ...]:
    """The categories that a composite category is made of; none if it is not composite."""
    if (key, value) in CATEGORY_PARTS:
        return CATEGORY_PARTS[key, value]
    if key == "year" and ".." in value:
        first, last = value.split("..")
        return tuple(str(year) for year in range(int(first), int(last) + 1))
    for sign in ("|", "&"):
        if sign in value:
            return tuple(value.split(sign)) if sign == "|" else (value,)
    return (value,) if "_minus_" in value else ()


def _sum_of(
    parts: list[Quantity], cell: Cell, role: str, printed: list[Quantity], subset: frozenset[str], result: Additivity
) -> Iterator[Relation]:
    """What parts add up to: a number that may be printed nowhere, and what that leaves of a larger one that is.

    Two breakdowns of the same persons add up to the same number, so that they give each other away without it.
    """
    parts = list(dict.fromkeys(parts))
    if not parts or cell == parts[0].cell or len({part.cell for part in parts}) < len(parts):
        return
    total = Quantity(cell, role, sum(part.value for part in parts))
    if len(parts) > 1 or total in printed:
        yield Relation(total, tuple(parts))
    larger = [quantity for quantity in printed if quantity.value > total.value]
    if total in printed or not larger:
        return
    whole = min(larger, key=lambda quantity: quantity.value)
    listed = "+".join(sorted(str(sorted(part.cell)) for part in parts))
    rest = Quantity(cell, f"{role} but {listed}" if role else f"{REST_OF_ALL}{listed}", whole.value - total.value)
    if _is_group(whole, parts, subset):
        result.implied.add(rest)
    yield Relation(whole, (total if len(parts) > 1 else parts[0], rest))


def _is_group(whole: Quantity, parts: list[Quantity], subset: frozenset[str]) -> bool:
    """Whether what is left over is a group that can be named, and not persons with unknown values."""
    if "missing" in subset:
        return False
    return len(parts) == 1 or ("missing", "no") in whole.cell


def _terms(result: Additivity) -> Iterator[Relation]:
    by_cell: dict[tuple[Cell, str], list[Quantity]] = defaultdict(list)
    for quantity in result.printed_by:
        by_cell[quantity.cell, quantity.role].append(quantity)
    for (cell, role), wholes in by_cell.items():
        pieces = [by_cell.get((cell, part), []) for part in TERM_PARTS.get(role, ())]
        if pieces and all(pieces):
            for whole in wholes:
                parts = tuple(piece[0] for piece in pieces)
                if sum(part.value for part in parts) == whole.value:
                    yield Relation(whole, parts)


def _subsets(keys: frozenset[str]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(keys)
    return chain.from_iterable(combinations(ordered, size) for size in range(1, len(ordered) + 1))


def _without(cell: Cell, keys: Iterable[str]) -> Cell:
    dropped = set(keys)
    return frozenset(item for item in cell if item[0] not in dropped)
