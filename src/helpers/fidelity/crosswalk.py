"""Which ledger number each published number is compared with, or why it is compared with none.

The crosswalk says nothing about values. It has one line per published id. A blank cell means the published row's own
key; `-` means an empty text; `a|b` in `sample` means the first of these that the ledger has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from helpers.fidelity.published import CROSSWALKS, FOLDER, Published, Report, read_lines

YES: Final = "yes"
REASONS: Final = {
    "external": "cited from other statistics or studies, on other people or counted in another way",
    "setting": "a rule, a code, a threshold or an assumed value, which somebody decided",
    "ambiguous": "the report does not say clearly enough what the number is",
    "contradicted": "the report gives another number for the same thing elsewhere",
    "no_data": "about something the registers do not hold",
    "not_covered": "about what the book does not describe",
    "hand_picked": "about an example picked by hand, which another set of data does not have",
}
COLUMNS: Final = (
    "id", "compare", "exhibit", "statistic", "scheme", "group", "term", "sample",
    "column", "transform", "minus", "reason",
)  # fmt: skip
TRANSFORMS: Final = ("identity", "times_100", "exp", "one_minus")
EMPTY: Final = "-"
SAME_MODEL_SAMPLES: Final = ("report_2022", "all", "all_gross")
"""Samples under which a model's rows may also stand: a model's own name says which rows it was fitted on."""


class CrosswalkError(ValueError):
    """The crosswalk is at odds with the published file; the message names each fault."""


@dataclass(frozen=True)
class Source:
    """Where in the ledger a number is looked for.

    Attributes:
        statistic, scheme, group, term: Of the ledger row.
        samples: Samples to look under, in order.
        exhibit: Only in this exhibit, if not empty.
        column: Which number of the row.
        transform: What is done to it, one of `TRANSFORMS`.
        minus: Another row to subtract, as `field:value` where it differs, joined by ` & `; or empty.
    """

    statistic: str
    scheme: str
    group: str
    term: str
    samples: tuple[str, ...]
    exhibit: str = ""
    column: str = "value"
    transform: str = "identity"
    minus: str = ""

    @property
    def subtracted(self) -> Source:
        """The row to subtract."""
        changes = dict(part.split(":", 1) for part in self.minus.split(" & "))
        values = {name: "" if value == EMPTY else value for name, value in changes.items()}
        return replace(
            self,
            scheme=values.get("scheme", self.scheme),
            group=values.get("group", self.group),
            term=values.get("term", self.term),
            minus="",
        )

    def __str__(self) -> str:
        """The key as one readable text."""
        named = {"exhibit": self.exhibit, "statistic": self.statistic, "scheme": self.scheme, "group": self.group}
        named |= {"term": self.term, "sample": " or ".join(self.samples)}
        text = " | ".join(f"{name}={value}" for name, value in named.items() if value)
        column = "" if self.column == "value" else f" | its {self.column}"
        return text + column + (f" | minus the row with {self.minus}" if self.minus else "")


@dataclass(frozen=True)
class Entry:
    """One line of the crosswalk: `sources` to try in order, or the class and the words of the reason there is none."""

    id: str
    sources: tuple[Source, ...] = ()
    kind: str = YES
    reason: str = ""

    @property
    def comparable(self) -> bool:
        """Whether the number is compared."""
        return self.kind == YES


def read_crosswalk(report: Report, published: Sequence[Published], root: Path) -> dict[str, Entry]:
    """The crosswalk of a report, by published id.

    Raises:
        CrosswalkError: An id twice, unknown or missing, or a cell that cannot be; all faults are named.
    """
    lines = read_lines(root / FOLDER / CROSSWALKS[report])
    if faults := [*_shape_faults(lines), *_id_faults(lines, published)]:
        raise CrosswalkError(f"{CROSSWALKS[report]}: " + "; ".join(faults))
    rows = {row.id: row for row in published}
    return {line["id"]: entry(rows[line["id"]], line) for line in lines}


def entry(row: Published, line: dict[str, str]) -> Entry:
    """What one line of the crosswalk says about a published row."""
    if line["compare"] != YES:
        return Entry(row.id, kind=line["compare"], reason=line["reason"])
    own = Source(
        statistic=_cell(line, "statistic", row.statistic),
        scheme=_cell(line, "scheme", row.scheme),
        group=_cell(line, "group", row.group),
        term=_cell(line, "term", row.term),
        samples=tuple(_cell(line, "sample", row.sample).split("|")),
        exhibit=line["exhibit"],
        column=_cell(line, "column", "value"),
        transform=_cell(line, "transform", "identity"),
        minus=line["minus"],
    )
    explicit = bool(line["statistic"])
    return Entry(row.id, (own,) if explicit else tuple(default_sources(own)), reason=line["reason"])


def default_sources(own: Source) -> list[Source]:
    """Where a number of this kind stands in a ledger: under its own name, or in a column of another row.

    A standard error is a column of the coefficient's row, stars follow from the p-value, an odds ratio is the
    exponential of its coefficient, and a difference in points stands as one of shares.
    """
    if "model=" in own.group and own.samples not in (("women",), ("part_a",)):
        own = replace(own, samples=tuple(dict.fromkeys([*own.samples, *SAME_MODEL_SAMPLES])))
    match own.statistic:
        case "std_error":
            return [replace(own, statistic="coefficient", column="std_error")]
        case "p_stars" | "p_level":
            return [replace(own, statistic="p_value")]
        case "odds_ratio" | "ci_low" | "ci_high":
            column = {"odds_ratio": "value", "ci_low": "low", "ci_high": "high"}[own.statistic]
            ratio = replace(own, statistic="odds_ratio", column=column)
            return [ratio, replace(ratio, statistic="coefficient", transform="exp")]
        case "difference_pp":
            return [replace(own, statistic="difference")]
        case "adjusted_r2":
            return [own, replace(own, statistic="r2")]
        case _:
            return [own]


def _cell(line: dict[str, str], name: str, own: str) -> str:
    value = line[name]
    return "" if value == EMPTY else value or own


def _shape_faults(lines: list[dict[str, str]]) -> list[str]:
    columns = list(lines[0]) if lines else []
    if columns != list(COLUMNS):
        return [f"columns {', '.join(columns)}; expected {', '.join(COLUMNS)}"]
    faults = []
    for line in lines:
        if line["compare"] not in (YES, *REASONS):
            faults.append(f"{line['id']}: compare {line['compare']!r}, expected yes or one of {', '.join(REASONS)}")
        if line["compare"] != YES and not line["reason"]:
            faults.append(f"{line['id']}: no reason")
        if line["transform"] not in ("", *TRANSFORMS):
            faults.append(f"{line['id']}: transform {line['transform']!r}, expected one of {', '.join(TRANSFORMS)}")
    return faults


def _id_faults(lines: list[dict[str, str]], published: Sequence[Published]) -> list[str]:
    ids = {row.id for row in published}
    counts = Counter(line.get("id", "") for line in lines)
    named = set(counts)
    return [
        *(f"{name}: twice" for name, count in counts.items() if count > 1),
        *(f"{name}: no such published id" for name in sorted(named - ids)),
        *(f"{name}: missing" for name in sorted(ids - named)),
    ]
