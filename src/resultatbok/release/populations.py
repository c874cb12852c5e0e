"""Whom a report's ledger rows are about and what adds up to what: told in `data/coding/populations.csv`.

Disclosure control reads it, so a sum that is not told there is not protected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from resultatbok.coding_rows import Row, read_rows
from resultatbok.project import coding_folder

FILE: Final = "populations.csv"
KINDS: Final = (
    *("scheme", "sample", "member", "overlapping", "outcome", "category", "unit", "not_persons"),
    *(
        "partition",
        "single",
        "modelled",
        "table",
        "respondents",
        "setting",
        "expected",
        "less",
        "subsample",
        "of_edition",
    ),
)
PERSONS: Final = "persons"
ORGANISATIONS: Final = "organisations"


@dataclass(frozen=True)
class Populations:
    """The groups of persons that a report knows.

    Attributes:
        schemes: The two whose difference rows may be, the one that is subtracted first.
        samples: Keys that pick each sample of all persons, so that samples add up like any other breakdown.
        members: Terms that stand for being in the group at all, not for something true of some in it.
        overlapping: Keys whose categories share persons; `x` and `no_x` still add up.
        outcomes: Terms that are what became of a group's persons, each with the terms that it is the sum of.
        categories: By key and value, the values that a category is the sum of.
        units: What is counted beside persons; a row says so in `unit`, or in `term` as the published tables do.
        not_persons: Terms that describe no persons, units among them.
        cells: As `samples`, with what else the sums of the gate follow, such as the parts of a sample.
        partitions: Keys whose categories share no person.
        of_edition: Keys whose categories are made anew in each edition, so that persons move between them.
        single: Keys that pick a single unit, such as a project.
        modelled: Keys, or `key=value`, of rows that a fitted model says, though their statistic does not.
        tables: Parts of a group, `key=value`, that name a model of groups alone, which is as good as a table, each with
            the term of the shares whose difference between schemes its effect is.
        respondents: Samples whose units are asked as persons are.
        settings: Keys that pick nobody.
        expected: Terms that a model expects, each with what is observed; the two are equal in a group it was fitted to.
        less: Terms that are one term less another: those pairs.
        counted: Units that are counted by the rules for `persons` or for `organisations`; the others are things.
    """

    schemes: tuple[str, ...]
    samples: Mapping[str, Mapping[str, str]]
    members: frozenset[str]
    overlapping: frozenset[str]
    outcomes: Mapping[str, tuple[str, ...]]
    categories: Mapping[tuple[str, str], tuple[str, ...]]
    units: frozenset[str]
    not_persons: frozenset[str]
    cells: Mapping[str, Mapping[str, str]]
    partitions: frozenset[str]
    of_edition: frozenset[str]
    single: frozenset[str]
    modelled: frozenset[str]
    tables: Mapping[str, str]
    respondents: frozenset[str]
    settings: frozenset[str]
    expected: Mapping[str, str]
    less: Mapping[str, tuple[tuple[str, str], ...]]
    counted: Mapping[str, str]

    @property
    def keys(self) -> frozenset[str]:
        """Every key that a group may have."""
        return self.partitions | self.overlapping | self.single | self.settings


def populations() -> Populations:
    """The populations of the project, or of the release that pages are made from."""
    return read_populations(coding_folder())


@cache
def read_populations(folder: Path) -> Populations:
    """The populations told in a folder of coding tables.

    Raises:
        resultatbok.coding_rows.TableFault: A row is of no known kind, or its parts cannot be read.
    """
    rows: dict[str, list[Row]] = {kind: [] for kind in KINDS}
    for row in read_rows(folder / FILE, ("kind", "name", "parts")):
        rows[row.one_of("kind", KINDS)].append(row)
    names = {kind: [row["name"] for row in found] for kind, found in rows.items()}
    return Populations(
        schemes=tuple(names["scheme"]),
        samples={row["name"]: _pairs(row) for row in rows["sample"]},
        members=frozenset(names["member"]),
        overlapping=frozenset(names["overlapping"]),
        outcomes={row["name"]: tuple(row["parts"].split()) for row in rows["outcome"]},
        categories={_pair(row, row["name"]): tuple(row["parts"].split()) for row in rows["category"]},
        units=frozenset(names["unit"]),
        not_persons=frozenset(names["unit"] + names["not_persons"]),
        cells={row["name"]: _pairs(row) for row in (*rows["sample"], *rows["subsample"])},
        partitions=frozenset(names["partition"]),
        of_edition=frozenset(names["of_edition"]),
        single=frozenset(names["single"]),
        modelled=frozenset(names["modelled"]),
        tables={row["name"]: row["parts"] for row in rows["table"]},
        respondents=frozenset(names["respondents"]),
        settings=frozenset(key for row in rows["setting"] for key in row["parts"].split()),
        expected={row["name"]: row["parts"] for row in rows["expected"]},
        less={
            row["name"]: tuple(_two(other) for other in rows["less"] if other["name"] == row["name"])
            for row in rows["less"]
        },
        counted={row["name"]: row.one_of("parts", ("", PERSONS, ORGANISATIONS)) for row in rows["unit"]},
    )


def _pairs(row: Row) -> dict[str, str]:
    return dict(_pair(row, part) for part in row["parts"].split())


def _pair(row: Row, text: str) -> tuple[str, str]:
    key, sign, value = text.partition("=")
    if not (key and sign and value):
        raise row.fault("parts" if text in row["parts"] else "name", "key=value")
    return key, value


def _two(row: Row) -> tuple[str, str]:
    first, second = row["parts"].split()
    return first, second
