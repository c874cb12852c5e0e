"""The list in `docs/fidelity.md` of the numbers that are not compared, made from the crosswalks."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import Final

from helpers.fidelity.check import Yardstick
from helpers.fidelity.crosswalk import REASONS, Entry
from helpers.fidelity.published import CROSSWALKS, Published, Report

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
    pairs = [(row, yardstick.crosswalk[row.id]) for row in yardstick.published]
    compared = sum(entry.comparable for _, entry in pairs)
    lines = [f"### {TITLES[report]}", "", f"{compared} of {len(pairs)} numbers are compared.", ""]
    for kind, meaning in REASONS.items():
        ours = [(row, entry) for row, entry in pairs if entry.kind == kind]
        if ours:
            lines += [f"**{kind}** ({len(ours)}): {meaning}.", "", *_by_reason(ours), ""]
    return "\n".join(lines)


def _by_reason(pairs: list[tuple[Published, Entry]]) -> list[str]:
    """One line per reason, with the ids it holds for."""
    ordered = sorted(pairs, key=lambda pair: pair[1].reason)
    lines = []
    for reason, group in groupby(ordered, key=lambda pair: pair[1].reason):
        ids = [row.id for row, _ in group]
        named = f"{len(ids)} numbers" if len(ids) > SUMMARISED else ", ".join(f"`{id_}`" for id_ in sorted(ids))
        lines.append(f"- {reason}: {named}")
    return lines
