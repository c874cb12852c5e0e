"""The check of one cohort's ledger against the report it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.fidelity.crosswalk import Entry, read_crosswalk
from helpers.fidelity.findings import Finding, judge_findings, read_findings
from helpers.fidelity.judge import Judgement, judge
from helpers.fidelity.lookup import LedgerIndex
from helpers.fidelity.published import Published, Report, read_published
from helpers.fidelity.targets import read_targets
from resultatbok.project import tables_root


@dataclass(frozen=True)
class Yardstick:
    """A report's numbers and findings, where each is looked for, and which numbers calibration aimed at."""

    published: list[Published]
    crosswalk: dict[str, Entry]
    targets: frozenset[str]
    findings: list[Finding]

    @classmethod
    def of(cls, report: Report, root: Path | None = None) -> Yardstick:
        """Read what belongs to a report.

        Raises:
            helpers.fidelity.crosswalk.CrosswalkError: The crosswalk is at odds with the published file.
            ValueError: The list of targets names no published number.
        """
        folder = root or tables_root()
        published = read_published(report, folder)
        crosswalk, targets = read_crosswalk(report, published, folder), read_targets(report, published, folder)
        return cls(published, crosswalk, targets, read_findings(report, folder))

    def judge(self, ledger: pd.DataFrame) -> list[Judgement]:
        """The verdict on each number of the report, then on each of its findings in words."""
        numbers = judge(self.published, self.crosswalk, ledger, self.targets)
        return [*numbers, *judge_findings(self.findings, LedgerIndex(ledger))]

    def used_exhibits(self, ledger: pd.DataFrame) -> frozenset[str]:
        """A small set of exhibits that together hold every number that is looked for and found, hidden or not."""
        index, used = LedgerIndex(ledger), set[str]()
        sources = [source for entry in self.crosswalk.values() for source in entry.sources]
        sources += [source for finding in self.findings for c in finding.conditions for _, source in c.terms]
        found = [index.exhibits(source) for source in sources]
        for exhibits in sorted(filter(None, found), key=len):
            if not used & exhibits:
                used.add(min(exhibits))
        return frozenset(used)
