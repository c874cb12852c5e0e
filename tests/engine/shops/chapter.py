"""The door of its notebooks."""

from resultatbok.edition import chapter
from shops.report import REPORT


class Chapter(chapter.Chapter):
    @classmethod
    def open(cls, name: str, cohort: str, languages: str = "en", results: str = "") -> "Chapter":
        return cls.of_report(REPORT, name, cohort, languages, results)
