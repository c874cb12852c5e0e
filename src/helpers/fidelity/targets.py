"""Which published numbers the generator's parameters were fitted to, and which nobody aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from helpers.fidelity.published import FOLDER, Published, Report, read_lines

FILE = "targets.csv"
WHOLE_EXHIBIT = "exhibit:"


def read_targets(report: Report, published: Sequence[Published], root: Path) -> frozenset[str]:
    """The ids of the numbers of a report that calibration aimed at.

    A line of the list names a published id, or `exhibit:` and an exhibit, which stands for all its numbers.

    Raises:
        ValueError: A line that names no published number.
    """
    lines = read_lines(root / FOLDER / FILE)
    return expand([line["id"] for line in lines if line["report"] == report], published)


def expand(named: Sequence[str], published: Sequence[Published]) -> frozenset[str]:
    """The ids that a list of ids and exhibits stands for.

    Raises:
        ValueError: Names what is neither.
    """
    of_exhibit: dict[str, list[str]] = {}
    for row in published:
        of_exhibit.setdefault(f"{WHOLE_EXHIBIT}{row.exhibit}", []).append(row.id)
        of_exhibit[row.id] = [row.id]
    if unknown := [name for name in named if name not in of_exhibit]:
        raise ValueError(f"{FILE}: no published number {', '.join(unknown)}")
    return frozenset(id_ for name in named for id_ in of_exhibit[name])
