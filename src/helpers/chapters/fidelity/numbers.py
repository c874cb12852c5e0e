"""Numbers of the fidelity page: what came of each published number and finding, judged by the book's released rows."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from helpers.chapters.fidelity.terms import NOT_BUILT, NOTHING
from helpers.fidelity.check import Yardstick
from helpers.fidelity.findings import contradictions
from helpers.fidelity.judge import Judgement
from helpers.fidelity.places import exhibit_order
from helpers.fidelity.published import Report
from helpers.fidelity.report import ALL, Tally, by_exhibit, by_target, findings, misses, numbers, tally
from helpers.study.study import Study
from resultatbok.project import project_root, tables_root
from resultatbok.release import ledger
from resultatbok.release.rows import row

Rows = list[dict[str, Any]]


def judged(study: Study, results: Path | None, make: Callable[[list[Judgement]], Rows]) -> pd.DataFrame:
    """Rows made of the verdicts, or one row that says that there are none.

    In a build they are about the rows released so far, and else about the book as it was built last.

    Args:
        study: Whose report and name count.
        results: The folder with released rows, in a build.
        make: Makes rows of the verdicts on each published number and finding.
    """
    built = project_root() / "build" / study.cohort.name / "results" / "rows"
    folder = results or (built if built.is_dir() else None)
    rows: Rows = []
    if study.cohort.compare_with != "none":
        if folder is None:
            return pd.DataFrame([row("count", 0, term=NOT_BUILT, unit="rows")])
        rows = make(Yardstick.of(study.cohort.compare_with).judge(released(folder)))
    return pd.DataFrame(rows or [row("count", 0, term=NOTHING, unit="rows")])


def released(folder: Path) -> pd.DataFrame:
    """The rows in a folder; no published number is looked for under the names that this page's own rows have."""
    rows = pd.concat([ledger.read(file) for file in sorted(folder.glob("*.json"))], ignore_index=True)
    return rows.drop_duplicates(list(ledger.KEY))


def fidelity_by_exhibit(study: Study, results: Path | None) -> pd.DataFrame:
    """How many numbers were compared and how many are inside, for each figure and table and in all."""

    def make(found: list[Judgement]) -> Rows:
        exhibits = sorted(by_exhibit(found), key=lambda part: exhibit_order(part.name))
        return [r for part in [*exhibits, *by_target(found)] for r in tally_rows(part)]

    return judged(study, results, make)


def tally_rows(part: Tally) -> Rows:
    """The counts of a tally of numbers, and the share inside if any was compared."""
    group = "" if part.name == ALL else f"published_in={part.name}"
    share = [row("share_inside", part.share, group=group, unit="fraction")] if part.compared else []
    return [*count_rows(part, group), *share]


def count_rows(part: Tally, group: str) -> Rows:
    """How many were compared, hold and were not computed."""
    counts = {"compared": part.compared, "inside": part.inside, "not_computed": part.missing}
    return [row("count", n, group=group, term=term, unit="rows") for term, n in counts.items()]


def fidelity_deviations(study: Study, results: Path | None) -> pd.DataFrame:
    """Computed minus published number, in tolerances."""

    def make(found: list[Judgement]) -> Rows:
        ordered = sorted(numbers(found), key=lambda j: exhibit_order(j.exhibit))
        return [
            row("deviation_in_tolerances", j.distance, group=f"published={j.id}", unit="tolerances")
            for j in ordered
            if j.distance is not None
        ]

    return judged(study, results, make)


def fidelity_misses(study: Study, results: Path | None) -> pd.DataFrame:
    """Every number outside its tolerance or not computed, the farthest first."""

    def make(found: list[Judgement]) -> Rows:
        return [r for j in misses(numbers(found)) for r in miss_rows(j)]

    return judged(study, results, make)


def miss_rows(judgement: Judgement) -> Rows:
    """The published number if it is one, then the computed one, whose limits are the span that counts as inside."""
    group, rows = f"published={judgement.id}", []
    if judgement.kind == "number":
        rows.append(row("published_value", float(judgement.published), group=group))
    if judgement.computed is not None:
        low, high = (math.nan if end is None or math.isinf(end) else end for end in (judgement.low, judgement.high))
        rows.append(row("computed_value", judgement.computed, group=group, low=low, high=high))
    return rows


def fidelity_not_compared(study: Study, results: Path | None) -> pd.DataFrame:
    """Why numbers of the report are not compared, and how many."""
    return judged(study, results, lambda found: reason_rows(numbers(found), "published_numbers"))


def findings_left_out(study: Study, results: Path | None) -> pd.DataFrame:
    """Why findings are not judged, and how many."""
    return judged(study, results, lambda found: reason_rows(findings(found), "findings"))


def reason_rows(found: Iterable[Judgement], term: str) -> Rows:
    """How many are left out for each kind of reason, the most common first."""
    kinds = pd.Series([j.reason.partition(":")[0] for j in found if not j.compared], dtype="str")
    return [row("count", n, group=f"reason={kind}", term=term, unit="rows") for kind, n in kinds.value_counts().items()]


def finding_counts(study: Study, results: Path | None) -> pd.DataFrame:
    """How many findings of each strength can be judged, and how many of them hold."""

    def make(found: list[Judgement]) -> Rows:
        report: Report = study.cohort.compare_with  # type: ignore[assignment]  # nothing is judged without one
        strength = {f.id: f.strength for f in Yardstick.of(report).findings}
        stated = findings(found)
        parts = [tally(s, [j for j in stated if strength[j.id] == s]) for s in ("main_finding", "text", "footnote")]
        shown = [part for part in parts if part.compared]
        return [r for part in [*shown, tally(ALL, stated)] for r in count_rows(part, f"findings={part.name}")]

    return judged(study, results, make)


def finding_misses(study: Study, results: Path | None) -> pd.DataFrame:
    """Every finding that does not hold, or that no number in the book tells of."""

    def make(found: list[Judgement]) -> Rows:
        return [
            r
            for j in misses(findings(found))
            for r in miss_rows(j) or [row("count", 0, group=f"published={j.id}", term="not_computed", unit="rows")]
        ]

    return judged(study, results, make)


def contradictory_findings(study: Study, results: Path | None) -> pd.DataFrame:
    """The verdict, as term, on each finding that contradicts another."""

    def make(found: list[Judgement]) -> Rows:
        verdicts = {j.id: j.verdict for j in findings(found)}
        names = dict.fromkeys(name for pair in contradictions(tables_root()) for name in pair if name in verdicts)
        return [row("count", 1, group=f"findings={name}", term=verdicts[name], unit="rows") for name in names]

    return judged(study, results, make)
