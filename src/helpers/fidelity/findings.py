"""The findings that a report states in words, and whether a book's numbers say the same.

A finding is one or more conditions; each is a sum of ledger rows, times a factor each, that lies in a span. "More in
Jobbsjansen" is one share minus another above zero, "not significant" is a p-value of at least 0.05, "rising" is
each step above zero. A finding holds when all its conditions do.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from helpers.fidelity.crosswalk import REASONS, SAME_MODEL_SAMPLES, CrosswalkError, Source
from helpers.fidelity.judge import Judgement, Verdict, within
from helpers.fidelity.lookup import LedgerIndex, NotFound
from helpers.fidelity.published import FOLDER, Report, read_lines
from helpers.fidelity.tolerance import Allowed

FINDINGS: Final = "findings.csv"
CONDITIONS: Final = "findings_conditions.csv"
LEFT_OUT: Final = "findings_left_out.csv"
CONTRADICTIONS: Final = "findings_contradictions.csv"
_YEARS: Final[dict[Report, str]] = {"report_2022": "2022", "evaluation_2019": "2019"}


@dataclass(frozen=True)
class Condition:
    """A sum of ledger rows that must lie between two ends, both included.

    Attributes:
        terms: A factor and the row it multiplies, for each row.
        low, high: The span, infinite where it has no end.
    """

    terms: tuple[tuple[float, Source], ...]
    low: float
    high: float

    @property
    def span(self) -> Allowed:
        """The span as numbers are held against it; where it only tells the side of zero, zero is on neither."""
        nothing = math.ulp(0.0)
        low = nothing if (self.low, self.high) == (0, math.inf) else self.low
        high = -nothing if (self.low, self.high) == (-math.inf, 0) else self.high
        return Allowed(low, high, "")


@dataclass(frozen=True)
class Finding:
    """One finding.

    Attributes:
        id: Its key.
        place: Page or section of the report.
        strength: Whether it is a `main_finding`, or stands in the `text` or a `footnote`.
        claim: What is said, by language.
        conditions: What must be so; none where it is left out.
        left_out: The class and the words of the reason why it is not judged, or an empty text.
    """

    id: str
    place: str
    strength: str
    claim: Mapping[str, str]
    conditions: tuple[Condition, ...] = ()
    left_out: str = ""


def read_findings(report: Report, root: Path) -> list[Finding]:
    """Every finding of a report, in the file's order.

    Raises:
        CrosswalkError: A finding with neither conditions nor a reason to be left out, or with both; an id or a
            reason that is not known; all faults are named.
    """
    folder = root / FOLDER
    stated = [line for line in read_lines(folder / FINDINGS) if line["report"] == _YEARS[report]]
    conditions, left_out = _conditions(folder), {line["id"]: line for line in read_lines(folder / LEFT_OUT)}
    every = {line["id"] for line in read_lines(folder / FINDINGS)}
    if faults := [*_faults(stated, conditions, left_out), *_unknown(every, [*conditions, *left_out])]:
        raise CrosswalkError(f"{FINDINGS}: " + "; ".join(faults))
    return [
        Finding(
            line["id"],
            line["page_or_section"],
            line["strength"],
            {"en": line["claim"], "nb": line["claim_nb"]},
            conditions.get(line["id"], ()),
            _reason(left_out[line["id"]]) if line["id"] in left_out else "",
        )
        for line in stated
    ]


def contradictions(root: Path) -> list[tuple[str, str]]:
    """Pairs of findings, by id, that cannot both hold."""
    return [(line["first"], line["second"]) for line in read_lines(root / FOLDER / CONTRADICTIONS)]


def judge_findings(findings: Iterable[Finding], index: LedgerIndex) -> list[Judgement]:
    """The verdict on each finding, with the number and the span of the first condition that fails, or of the first."""
    return [_judge(finding, index) for finding in findings]


def _judge(finding: Finding, index: LedgerIndex) -> Judgement:
    if finding.left_out:
        return _judgement(finding, None, None, "not_comparable", finding.left_out)
    first: Judgement | None = None
    for condition in finding.conditions:
        try:
            value = sum(times * index.find(source).value for times, source in condition.terms)
        except NotFound as error:
            return _judgement(finding, None, None, "missing", str(error))
        holds = within(value, condition.span)
        found = _judgement(finding, condition, value, "inside" if holds else "outside", _in_words(condition))
        if not holds:
            return found
        first = first or found
    if first is None:
        raise ValueError(f"{finding.id}: no condition")
    return first


def _judgement(
    finding: Finding, condition: Condition | None, value: float | None, verdict: Verdict, reason: str
) -> Judgement:
    low, high = (condition.low, condition.high) if condition else (None, None)
    return Judgement(finding.id, finding.place, finding.claim["en"], value, low, high, verdict, reason, target=False)


def _in_words(condition: Condition) -> str:
    """The sum and its span as one readable text."""
    rows = " ".join(f"{times:+g} x ({source})" for times, source in condition.terms)
    low, high = (f"{end:g}" for end in (condition.low, condition.high))
    ends = {
        (True, False): f"at least {low}" if condition.low else "above 0",
        (False, True): f"at most {high}" if condition.high else "below 0",
    }.get((math.isfinite(condition.low), math.isfinite(condition.high)), f"{low} to {high}")
    return f"{rows}: {ends}"


def _conditions(folder: Path) -> dict[str, tuple[Condition, ...]]:
    lines: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for line in read_lines(folder / CONDITIONS):
        lines[line["id"], line["condition"]].append(line)
    found: dict[str, tuple[Condition, ...]] = defaultdict(tuple)
    for (name, _), rows in lines.items():
        terms = tuple((float(row["times"]), _source(row)) for row in rows)
        low, high = (float(rows[0][end] or none) for end, none in (("low", "-inf"), ("high", "inf")))
        found[name] += (Condition(terms, low, high),)
    return dict(found)


def _source(line: Mapping[str, str]) -> Source:
    of_a_model = "model=" in line["group"] and line["sample"] == "all"
    return Source(
        statistic=line["statistic"],
        scheme=line["scheme"],
        group=line["group"],
        term=line["term"],
        samples=(line["sample"], *(SAME_MODEL_SAMPLES if of_a_model else ())),
        exhibit=line["exhibit"],
        column=line["column"] or "value",
    )


def _reason(line: Mapping[str, str]) -> str:
    return f"{line['kind']}: {line['reason']}"


def _faults(
    stated: Sequence[Mapping[str, str]],
    conditions: Collection[str],
    left_out: Mapping[str, Mapping[str, str]],
) -> Iterable[str]:
    for line in stated:
        name = line["id"]
        if (name in conditions) == (name in left_out):
            yield f"{name}: expected a line in {CONDITIONS} or in {LEFT_OUT}, and not in both"
        elif name in left_out and (left_out[name]["kind"] not in REASONS or not left_out[name]["reason"]):
            yield f"{name}: {LEFT_OUT} wants a reason and one of the kinds {', '.join(REASONS)}"


def _unknown(known: Collection[str], named: Iterable[str]) -> Iterable[str]:
    return (f"{name}: no such finding" for name in named if name not in known)
