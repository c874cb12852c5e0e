"""What pages read: released rows and the cohort's settings. Neither registers nor fits can be reached from here."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pandas as pd

from resultatbok.release.rows import LEDGER_COLUMNS, NUMBERS, LedgerError
from resultatbok.settings import EditionSettings

ROWS: Final = "rows"
QUESTIONNAIRE: Final = "questionnaire.json"


class NoMicrodata(RuntimeError):  # noqa: N818 - says what happened
    """The page half of an exhibit asked for data."""


class Released:
    """The rows of a release folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows: dict[str, pd.DataFrame] = {}

    def rows_of(self, exhibit: str, numbers: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The exhibit's released rows; its numbers are not made.

        Raises:
            LedgerError: Nothing is released for this exhibit.
        """
        if exhibit not in self._rows:
            file = self.folder / ROWS / f"{exhibit}.json"
            if not file.is_file():
                raise LedgerError(f"nothing is released for the exhibit {exhibit!r}")
            entries = json.loads(file.read_text(encoding="utf-8"))
            types = {name: "float64" if name in NUMBERS else "str" for name in LEDGER_COLUMNS}
            rows = pd.DataFrame(entries, columns=list(LEDGER_COLUMNS))
            self._rows[exhibit] = rows.astype(types | {"suppressed": "bool"})
        return self._rows[exhibit].copy()


class Settings:
    """Stands for a study where pages are made: the cohort's settings, and nothing about persons.

    Attributes:
        cohort: The settings.
        questionnaire: The statements of the cohort's survey of projects, in both languages; None without one.
    """

    def __init__(self, cohort: EditionSettings, questionnaire: pd.DataFrame | None = None) -> None:
        self.cohort = cohort
        self.questionnaire = questionnaire

    @classmethod
    def of_release(cls, cohort: EditionSettings, folder: Path) -> Settings:
        """The settings of a cohort and what its release folder holds beside rows."""
        file = folder / QUESTIONNAIRE
        return cls(cohort, pd.DataFrame(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else None)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - what a study has
        if name.startswith("__"):
            raise AttributeError(name)
        raise NoMicrodata(f"a page asked for {name!r}: what it shows must be in the released rows")
