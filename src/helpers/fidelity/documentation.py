"""The list in `docs/fidelity.md` of the numbers and findings that are not compared, made from the crosswalks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from helpers.fidelity.check import Yardstick
from helpers.fidelity.crosswalk import REASONS
from helpers.fidelity.published import CROSSWALKS, Report

FILE: Final = Path("docs/fidelity.md")
START: Final = "<!-- made by tools/fidelity_docs.py from the crosswalks -->"
TITLES: Final[dict[Report, str]] = {
    "report_2022": "Report 13/2022",
    "evaluation_2019": "The evaluation of 2019",
}
SUMMARISED: Final = 40  # more numbers with one reason than this are counted and not named


def documented(text: str, root: Path) -> str:
    """The page with its list made anew; what stands above the mark is kept."""
    head, _, _ = text.partition(START)
    sections = [_section(report, Yardstick.of(report, root)) for report in CROSSWALKS]
    return "\n".join([head + START, "", *sections])


def _section(report: Report, yardstick: Yardstick) -> str:
    entries = yardstick.crosswalk.values()
    numbers = [(entry.id, entry.kind, entry.reason) for entry in entries if not entry.comparable]
    findings = [(f.id, *f.left_out.split(": ", 1)) for f in yardstick.findings if f.left_out]
    return "\n".join(
        [
            f"### {TITLES[report]}",
            "",
            f"{len(entries) - len(numbers)} of {len(entries)} numbers are compared.",
            "",
            *_by_kind(numbers, "numbers"),
            f"{len(yardstick.findings) - len(findings)} of {len(yardstick.findings)} findings in words are judged.",
            "",
            *_by_kind(findings, "findings"),
        ]
    )


def _by_kind(left_out: Sequence[tuple[str, ...]], called: str) -> list[str]:
    """For each kind of reason a heading and one line per reason, with the ids it holds for."""
    lines = []
    for kind, meaning in REASONS.items():
        ours = [(reason, id_) for id_, found, reason in left_out if found == kind]
        if ours:
            lines += [f"**{kind}** ({len(ours)}): {meaning}.", "", *_by_reason(ours, called), ""]
    return lines


def _by_reason(pairs: Sequence[tuple[str, str]], called: str) -> list[str]:
    lines = []
    for reason, group in groupby(sorted(pairs), key=lambda pair: pair[0]):
        ids = [id_ for _, id_ in group]
        named = f"{len(ids)} {called}" if len(ids) > SUMMARISED else ", ".join(f"`{id_}`" for id_ in ids)
        lines.append(f"- {reason}: {named}")
    return lines
