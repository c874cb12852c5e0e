"""The one door of a notebook: open a chapter, show exhibits, print the phrases of its prose."""

from __future__ import annotations

from typing import Self

from helpers.report import REPORT
from resultatbok.edition import chapter


class Chapter(chapter.Chapter):
    """One chapter while its notebook runs."""

    @classmethod
    def open(cls, name: str, cohort: str, languages: str = "en", results: str = "") -> Self:
        """Open a chapter.

        Args:
            name: The notebook's name.
            cohort: Path of the cohort file, from the project's root.
            languages: `en`, `nb`, or several with a space between.
            results: The release folder; empty when the notebook is run by hand.
        """
        return cls.of_report(REPORT, name, cohort, languages, results)
