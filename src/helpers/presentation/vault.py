"""Disclosure control over the whole book: what one chapter hides, no other chapter may give away.

A chapter's ledger sees its own exhibits only. So each chapter also keeps its true numbers in a folder that is never
published. When all have run, they are looked at together; the numbers that must be hidden are kept beside them, and a
chapter whose own decisions differ runs again with that list.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pandas as pd

from helpers.cohort import DisclosurePolicy
from helpers.presentation.differences import NumberKey
from helpers.presentation.disclosure import hidden_keys, number_keys, suppress_book
from helpers.presentation.ledger import json_text, merge, read

__all__ = ["NumberKey", "Vault", "differs", "hidden_keys"]

HIDDEN_FILE: Final = "hidden.json"
CHAPTERS: Final = "chapters"


class Vault:
    """The true numbers of one edition, and which of them must be hidden.

    Attributes:
        folder: A folder of its own for each cohort, data and code; outside everything that is published.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, chapter: str, rows: pd.DataFrame) -> None:
        """Keep a chapter's true numbers."""
        target = self.folder / CHAPTERS / f"{chapter}.json"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json_text(rows), encoding="utf-8")

    def chapters(self) -> set[str]:
        """The chapters whose numbers are kept."""
        return {file.stem for file in (self.folder / CHAPTERS).glob("*.json")}

    def hidden(self) -> frozenset[NumberKey]:
        """The numbers that were decided to be hidden; none before the first decision."""
        file = self.folder / HIDDEN_FILE
        if not file.is_file():
            return frozenset()
        return frozenset(tuple(key) for key in json.loads(file.read_text(encoding="utf-8")))

    def decide(self, policy: DisclosurePolicy) -> frozenset[NumberKey]:
        """Decide over all chapters together which numbers are hidden, and remember it."""
        rows = merge(read(file) for file in sorted((self.folder / CHAPTERS).glob("*.json")))
        decided = suppress_book(rows, policy, hide=self.hidden())
        keys = hidden_keys(decided)
        (self.folder / HIDDEN_FILE).write_text(json.dumps(sorted(keys), ensure_ascii=False, indent=0), encoding="utf-8")
        return keys


def differs(rows: pd.DataFrame, decided: frozenset[NumberKey]) -> bool:
    """Whether rows show a number that is to be hidden, or hide one that is not."""
    shown = number_keys(rows[~rows["suppressed"]])
    return bool(shown & decided) or not hidden_keys(rows) <= decided
