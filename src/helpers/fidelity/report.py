"""The fidelity report: how many numbers were compared and how many are inside, per exhibit, and the worst misses."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from helpers.fidelity.judge import Judgement, as_records

WORST: Final = 25  # misses in the printed table
ALL: Final = "all"


@dataclass(frozen=True)
class Tally:
    """How many numbers of some kind were compared, and what came of them."""

    name: str
    compared: int
    inside: int
    missing: int

    @property
    def share(self) -> float:
        """Share inside of those compared; NaN if none was."""
        return self.inside / self.compared if self.compared else math.nan


def tally(name: str, judgements: Iterable[Judgement]) -> Tally:
    """Count verdicts; what is not comparable is not counted."""
    verdicts = [j.verdict for j in judgements if j.compared]
    return Tally(name, len(verdicts), verdicts.count("inside"), verdicts.count("missing"))


def numbers(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those about printed numbers."""
    return [j for j in judgements if j.kind == "number"]


def findings(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those about findings in words."""
    return [j for j in judgements if j.kind == "finding"]


def by_exhibit(judgements: Sequence[Judgement]) -> list[Tally]:
    """A tally of the numbers of each exhibit with anything to compare, in the published order."""
    judgements = numbers(judgements)
    exhibits = dict.fromkeys(j.exhibit for j in judgements)
    tallies = [tally(name, [j for j in judgements if j.exhibit == name]) for name in exhibits]
    return [t for t in tallies if t.compared]


def by_target(judgements: Sequence[Judgement]) -> list[Tally]:
    """Tallies of all numbers, of those that calibration aimed at and of those that nobody aimed at."""
    judgements = numbers(judgements)
    return [
        tally(ALL, judgements),
        tally("targets", [j for j in judgements if j.target]),
        tally("not targets", [j for j in judgements if not j.target]),
    ]


def misses(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Everything that counts against: numbers outside, the farthest first, missing ones, then findings."""
    counted = [j for j in judgements if j.verdict in ("outside", "missing")]
    return sorted(counted, key=lambda j: (j.kind == "finding", j.verdict == "missing", -_badness(j)))


def _badness(judgement: Judgement) -> float:
    return math.inf if judgement.distance is None else abs(judgement.distance)


def json_text(judgements: Sequence[Judgement]) -> str:
    """Judgements as a JSON list of numbers and findings, one per line."""
    lines = [json.dumps(record, ensure_ascii=False) for record in as_records(judgements)]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def report_text(judgements: Sequence[Judgement], worst: int = WORST) -> str:
    """The report as plain text.

    Args:
        judgements: One per published number and finding.
        worst: How many misses to list.
    """
    stated = findings(judgements)
    totals = [*by_target(judgements), tally("findings", stated)]
    lines = [*_table("exhibit", by_exhibit(judgements)), "", *_table("", totals)]
    for name, those in {"published numbers": numbers(judgements), "findings in words": stated}.items():
        lines.append(f"{len(those)} {name}; {sum(not j.compared for j in those)} are not comparable")
    lines.append("")
    listed = misses(judgements)
    lines.append(f"Misses: {len(listed)}" + (f", the worst {worst}:" if len(listed) > worst else ""))
    return "\n".join(lines + [f"  {_miss(j)}" for j in listed[:worst]]) + "\n"


def _table(heading: str, tallies: Sequence[Tally]) -> list[str]:
    width = max([len(heading), *(len(t.name) for t in tallies)])
    lines = [f"{heading:<{width}}  compared  inside  missing   share"]
    return lines + [
        f"{t.name:<{width}}  {t.compared:>8}  {t.inside:>6}  {t.missing:>7}  {_percent(t.share):>6}" for t in tallies
    ]


def _miss(judgement: Judgement) -> str:
    if isinstance(judgement.published, str):
        computed = "missing" if judgement.computed is None else f"{judgement.computed:.4g}"
        return f"{judgement.id}: {judgement.published} {computed}; {judgement.reason}"
    if judgement.verdict == "missing":
        return f"{judgement.id}: {judgement.published:g}, missing: {judgement.reason}"
    far = "" if judgement.distance is None else f", {judgement.distance:+.1f} tolerances"
    aimed = " (target)" if judgement.target else ""
    return f"{judgement.id}{aimed}: {judgement.published:g} printed, {judgement.computed:.4g} computed{far}"


def _percent(share: float) -> str:
    return "" if math.isnan(share) else f"{100 * share:.1f} %"
