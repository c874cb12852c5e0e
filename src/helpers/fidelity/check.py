"""The check of one cohort's ledger against the report it is compared with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.cohort import project_root
from helpers.fidelity.crosswalk import Entry, read_crosswalk
from helpers.fidelity.judge import Judgement, judge
from helpers.fidelity.lookup import LedgerIndex
from helpers.fidelity.published import Published, Report, read_published
from helpers.fidelity.targets import read_targets


@dataclass(frozen=True)
class Yardstick:
    """A report's numbers, where each is looked for, and which of them calibration aimed at."""

    published: list[Published]
    crosswalk: dict[str, Entry]
    targets: frozenset[str]

    @classmethod
    def of(cls, report: Report, root: Path | None = None) -> Yardstick:
        """Read what belongs to a report.

        Raises:
            helpers.fidelity.crosswalk.CrosswalkError: The crosswalk is at odds with the published file.
            ValueError: The list of targets names no published number.
        """
        folder = root or project_root()
        published = read_published(report, folder)
        return cls(published, read_crosswalk(report, published, folder), read_targets(report, published))

    def judge(self, ledger: pd.DataFrame) -> list[Judgement]:
        """The verdict on each number of the report."""
        return judge(self.published, self.crosswalk, ledger, self.targets)

    def used_exhibits(self, ledger: pd.DataFrame) -> frozenset[str]:
        """A small set of exhibits that together hold every number that is found in the ledger, hidden or not."""
        index, used = LedgerIndex(ledger), set[str]()
        found = [index.exhibits(source) for entry in self.crosswalk.values() for source in entry.sources]
        for exhibits in sorted(filter(None, found), key=len):
            if not used & exhibits:
                used.add(min(exhibits))
        return frozenset(used)
