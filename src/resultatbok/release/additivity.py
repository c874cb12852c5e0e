"""Which published numbers of persons add up to which: what a reader with a pencil can work out.

Rows print numbers of persons (`headcounts`); numbers of the same persons are one quantity wherever they are printed.
Quantities are tied by relations: categories of a breakdown add up to the row without it, schemes to both, outcomes to
a wider one (`populations`). A relation is found from the keys and kept if the true numbers fit it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Any

import pandas as pd

from resultatbok.release.headcounts import REST_OF_ALL, SIZE, Cell, Line, Quantity, read_lines, without
from resultatbok.release.populations import populations


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


def read(rows: pd.DataFrame) -> Additivity:
    """Read complete ledger rows, with their true numbers, as quantities and relations."""
    lines = read_lines(rows)
    result = Additivity()
    for line in lines:
        _print_line(line, result)
    relations: dict[Relation, None] = dict.fromkeys(result.relations)
    relations |= dict.fromkeys(_breakdowns(lines, result))
    relations |= dict.fromkeys(_terms(result))
    result.relations = list(relations)
    return result


def _print_line(line: Line, result: Additivity) -> None:
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


def _breakdowns(lines: list[Line], result: Additivity) -> Iterator[Relation]:
    """Categories that add up to a group without them, for one key of the cells or several at once."""
    sizes: dict[Cell, list[Quantity]] = defaultdict(list)
    parts: dict[tuple[Cell, str], list[Quantity]] = defaultdict(list)
    for quantity in result.printed_by:
        if quantity.role == SIZE:
            sizes[quantity.cell].append(quantity)
        else:
            parts[quantity.cell, quantity.role].append(quantity)
    families: dict[Any, list[Line]] = defaultdict(list)
    for line in lines:
        for subset in _subsets(line.keys):
            families[line.family, frozenset(subset), without(line.cell, subset)].append(line)
    for ((_, term, *_), subset, rest), children in families.items():
        for group, together in _partitions(children, subset):
            size = [q for line in together if (q := line.size) is not None]
            part = [q for line in together if (q := line.part) is not None]
            whole = rest if group is None else group
            yield from _sum_of(size, whole, SIZE, sizes.get(whole, []), subset, result)
            yield from _sum_of(part, whole, term, parts.get((whole, term), []), subset, result)


def _partitions(lines: list[Line], subset: frozenset[str]) -> Iterator[tuple[Cell | None, list[Line]]]:
    """Sets of cells that share no person, and the cell they divide (None: the one without the subset)."""
    if subset & populations().overlapping:
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
    if parts := populations().categories.get((key, value)):
        return parts
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
        pieces = [by_cell.get((cell, part), []) for part in populations().outcomes.get(role, ())]
        if pieces and all(pieces):
            for whole in wholes:
                parts = tuple(piece[0] for piece in pieces)
                if sum(part.value for part in parts) == whole.value:
                    yield Relation(whole, parts)


def _subsets(keys: frozenset[str]) -> Iterator[tuple[str, ...]]:
    ordered = sorted(keys)
    return chain.from_iterable(combinations(ordered, size) for size in range(1, len(ordered) + 1))
