"""What a chapter's notebook calls: open a release, show exhibits in every language, check what they say.

A notebook stays a story: each cell calls one of these. In a build everything is made from released rows. Opened by hand
a notebook has no release folder: then it makes its numbers on demand, through disclosure control exhibit by exhibit,
`check` prints what they say, for nbval to compare, and `read` shows its prose with the numbers in it.
"""

from __future__ import annotations

import importlib
import os
import re
import warnings
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, cast

from IPython.display import Markdown, display

from resultatbok.charts.theme import without_drawing
from resultatbok.edition.contents import prose, read_contents
from resultatbok.escape import csv_text, markdown
from resultatbok.exhibits.exhibit import Context, Exhibit, RowSource
from resultatbok.exhibits.registry import Registry, declared
from resultatbok.project import TABLES_VARIABLE, Language, project_root
from resultatbok.release.released import ROWS, Released, Settings
from resultatbok.report import Report
from resultatbok.words.wording import Wording

if TYPE_CHECKING:
    import pandas as pd

EXHIBIT_MIME: Final = "application/vnd.resultatbok.exhibit+json"
PHRASES_MIME: Final = "application/vnd.resultatbok.phrases+json"
PAGES: Final = "book"
_PHRASE: Final = re.compile(r"\{glue:text\}`(?:[^`]*::)?([^`:]+)(?::[^`]*)?`")


@dataclass
class Chapter:
    """One chapter while its notebook runs.

    Attributes:
        name: The notebook's name.
        registry: Who makes what.
        contexts: Where its exhibits are made, in the languages in which they are shown.
        others: By hand, the same in the cohort's other languages.
        by_hand: Whether it has no release folder.
        shown: What makes each exhibit that was shown, by key.
        texts: What was said so far, by key and language.
    """

    name: str
    registry: Registry
    contexts: dict[Language, Context]
    others: dict[Language, Context]
    by_hand: bool
    shown: dict[str, Callable[[Context], Exhibit]] = field(default_factory=dict)
    texts: dict[str, dict[Language, str]] = field(default_factory=dict)

    @classmethod
    def of_report(cls, report: Report, name: str, cohort: str, languages: str, results: str) -> Self:
        """Open a chapter of a report.

        Args:
            report: The report.
            name: The notebook's name.
            cohort: Path of the cohort file, from the project's root.
            languages: `en`, `nb`, or several with a space between.
            results: The release folder; empty when the notebook is run by hand.
        """
        folder = Path(results) if results else None
        study, source = _released(report, cohort, folder) if folder else _on_demand(report, cohort)
        rows = folder / ROWS if folder else None
        named = cast("list[Language]", languages.split())
        every = named if folder else dict.fromkeys([*named, *study.cohort.languages])
        contexts = {language: Context(study, source, Wording(language), rows) for language in every}
        others = {language: contexts.pop(language) for language in every if language not in named}
        return cls(name, declared(report.chapters), contexts, others, by_hand=folder is None)

    def show(self, make: Callable[[Context], Exhibit]) -> None:
        """Display an exhibit with its words in every language."""
        exhibits = {language: make(context) for language, context in self.contexts.items()}
        self._keep(exhibits)
        self.shown[next(iter(exhibits.values())).key] = make
        display(_mime_bundle(exhibits), raw=True)

    def show_each(self, makers: Callable[[Context], Iterable[Callable[[Context], Exhibit]]]) -> None:
        """Display several exhibits, as many as the data have."""
        for make in makers(next(iter(self.contexts.values()))):
            self.show(make)

    def check(self) -> None:
        """Hand over the phrases that the prose uses; by hand print them for nbval, with captions and alt texts.

        They are printed in each of the cohort's languages.
        """
        contents = read_contents(self._page)
        for make in self.shown.values():
            self._make(make, self.others)
        for key in contents.phrases:
            if key not in self.texts and key in self.registry.phrases:
                declaration = self.registry.phrases[key]
                make = getattr(importlib.import_module(declaration.module), declaration.name)
                self._make(make, self.contexts | self.others)
        if self.by_hand:
            # What is said of released numbers follows, by hand, the book that was built last: nothing to compare
            instead = "(follows the book that was built last)" if contents.after_all else ""
            around = [] if instead else [f"{key}.{part}" for key in self.shown for part in ("caption", "alt")]
            for key in [*contents.phrases, *around]:
                for language, text in self.texts.get(key, {}).items():
                    print(f"{key} ({language}): {instead or text}")
        else:
            phrases = {key: self.texts[key] for key in contents.phrases if key in self.texts}
            display({PHRASES_MIME: phrases}, raw=True)

    def read(self) -> None:
        """Show the chapter's prose with the numbers in it; in a build the pages do that."""
        if self.by_hand:
            for text in prose(self._page):
                display(Markdown(_PHRASE.sub(self._in_prose, text)))

    @property
    def _page(self) -> Path:
        return project_root() / PAGES / f"{self.name}.ipynb"

    def _in_prose(self, match: re.Match[str]) -> str:
        texts = self.texts.get(match[1], {})
        return next(map(markdown, texts.values()), match[0])

    def _make(
        self, make: Callable[[Context], Exhibit | Mapping[str, str]], contexts: Mapping[Language, Context]
    ) -> None:
        with without_drawing(), warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about small groups: for those who read the models, not their phrases
            self._keep({language: make(context) for language, context in contexts.items()})

    def _keep(self, made: Mapping[Language, Exhibit | Mapping[str, str]]) -> None:
        for language, one in made.items():
            for key, text in (one if isinstance(one, Mapping) else one.texts).items():
                self.texts.setdefault(key, {})[language] = text


def _released(report: Report, cohort: str, folder: Path) -> tuple[Any, RowSource]:
    os.environ[TABLES_VARIABLE] = str(folder)
    return Settings.of_release(report.load(cohort), folder), Released(folder)


def _on_demand(report: Report, cohort: str) -> tuple[Any, RowSource]:
    study = report.open_study(report.load(cohort))
    return study, _OnDemand(report, study)


class _OnDemand:
    """Makes an exhibit's numbers when they are first asked for, or takes those that a build kept."""

    def __init__(self, report: Report, study: Any) -> None:  # noqa: ANN401 - a Study, which is loaded by hand only
        from resultatbok.release.ledger import Ledger

        self.report, self.study = report, study
        self.ledger = Ledger(study.cohort.disclosure)
        self.rows: dict[str, pd.DataFrame] = {}

    def rows_of(self, exhibit: str, numbers: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        """The rows of an exhibit, controlled."""
        if exhibit not in self.rows:
            self.rows[exhibit] = self.ledger.record(exhibit, self._true(exhibit, numbers))
        return self.rows[exhibit].copy()

    def _true(self, exhibit: str, numbers: Callable[[], pd.DataFrame]) -> pd.DataFrame:
        from resultatbok.edition.numbers import kept_rows
        from resultatbok.release.rows import GIVEN_COLUMNS

        declaration = declared(self.report.chapters).exhibits.get(exhibit)
        if declaration is None or declaration.about_released:  # what was released last is part of no key
            return numbers()
        return kept_rows(self.report, declaration, self.study)[exhibit][list(GIVEN_COLUMNS)]


def _mime_bundle(exhibits: Mapping[Language, Exhibit]) -> dict[str, Any]:
    """An exhibit for the book (our own type) and for Jupyter (a picture or a table)."""
    first = next(iter(exhibits.values()))
    content = {
        "key": first.key.replace("_", "-"),
        "kind": first.kind,
        "csv": f"{first.key}.csv",
        "csv_text": csv_text(first.rows),
        "languages": {language: _in_words(exhibit) for language, exhibit in exhibits.items()},
    }
    bundle: dict[str, Any] = {EXHIBIT_MIME: content, "text/plain": first.caption}
    if first.svg is not None:
        bundle["image/svg+xml"] = first.svg
    if first.table is not None:
        bundle["text/html"] = first.table.html(caption=first.caption)
    return bundle


def _in_words(exhibit: Exhibit) -> dict[str, Any]:
    return {
        "caption": exhibit.caption,
        "alt": exhibit.alt,
        "svg": exhibit.svg,
        "interactive": exhibit.interactive,
        "html": None if exhibit.table is None else exhibit.table.html(),
    }
