"""What a chapter's notebook calls: open the study, show exhibits, glue phrases, check numbers.

A notebook stays a story: each cell calls one of these, and the numbers in its prose are the phrases that the shown
exhibits glued. The rows every exhibit showed are written to the results folder when the chapter is part of a build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from IPython.display import display

from helpers.cohort import Language
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.presentation.ledger import Ledger
from helpers.presentation.vault import Vault
from helpers.presentation.wording import Wording
from helpers.study import Study

EXHIBIT_MIME = "application/vnd.resultatbok.exhibit+json"
GLUE_PREFIX = "application/papermill.record/"  # where myst-nb looks for glued text


@dataclass
class Chapter:
    """One chapter while its notebook runs."""

    name: str
    desk: Desk
    ledger: Ledger
    vault: Vault
    results: Path | None
    phrases: dict[str, str] = field(default_factory=dict)

    @classmethod
    def open(cls, name: str, cohort: str, language: Language = "en", results: str = "") -> Chapter:
        """Open a chapter on a cohort.

        Args:
            name: The chapter's name, also the name of its ledger file.
            cohort: Path of the cohort file, from the project's root.
            language: `en` or `nb`.
            results: Folder for the ledger rows; empty when the notebook is run by hand: then it hides what its own
                exhibits must, and not what an earlier build decided over the whole book.
        """
        study = Study.open(cohort)
        vault = Vault(study.private_folder)
        folder = Path(results) if results else None
        ledger = Ledger(study.cohort.disclosure, hide=vault.hidden() if folder else frozenset())
        return cls(name, Desk(study, ledger, Wording(language), folder), ledger, vault, folder)

    def show(self, make: Callable[[Desk], Exhibit]) -> None:
        """Make an exhibit and display it; its phrases can be glued from here on."""
        exhibit = make(self.desk)
        display(_mime_bundle(exhibit), raw=True)
        self.glue(exhibit.phrases)

    def borrow(self, *makers: Callable[[Desk], Exhibit]) -> None:
        """Make the phrases of exhibits available that are shown further down, or in another chapter."""
        for make in makers:
            self.glue(make(self.desk).phrases)

    def say(self, make: Callable[[Desk], Mapping[str, str]]) -> None:
        """Glue phrases that belong to no exhibit of this chapter."""
        self.glue(make(self.desk))

    def glue(self, phrases: Mapping[str, str]) -> None:
        """Make phrases available to the prose, as plain text under their keys."""
        for key, text in phrases.items():
            if self.phrases.get(key, text) != text:
                raise ValueError(f"{self.name}: two texts for the glue key {key!r}")
            self.phrases[key] = text
            metadata = {"scrapbook": {"name": key, "mime_prefix": GLUE_PREFIX}}
            display({f"{GLUE_PREFIX}text/plain": text}, metadata=metadata, raw=True)
        if self.results:
            self.ledger.write(self.results, self.name)
            self.vault.keep(self.name, self.ledger.true_rows)

    def check(self, *keys: str) -> None:
        """Print phrases, so that nbval can compare them with the stored ones."""
        for key in keys:
            print(f"{key}: {self.phrases[key]}")


def _mime_bundle(exhibit: Exhibit) -> dict[str, Any]:
    """An exhibit for the book (our own type) and for Jupyter (a picture or a table)."""
    table = exhibit.table
    content = {
        "key": exhibit.key.replace("_", "-"),
        "kind": exhibit.kind,
        "caption": exhibit.caption,
        "alt": exhibit.alt,
        "svg": exhibit.svg,
        "interactive": exhibit.interactive,
        "html": None if table is None else table.html(),
        "csv": f"{exhibit.key}.csv",
        "csv_text": exhibit.rows.to_csv(index=False, lineterminator="\n"),
    }
    bundle: dict[str, Any] = {EXHIBIT_MIME: content, "text/plain": exhibit.caption}
    if exhibit.svg is not None:
        bundle["image/svg+xml"] = exhibit.svg
    if table is not None:
        bundle["text/html"] = table.html(caption=exhibit.caption)
    return bundle
