"""Prose in another language: each paragraph of a page is looked up in a gettext catalogue."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from babel.messages.pofile import read_po

from resultatbok.project import TRANSLATIONS, Language

SOURCE_LANGUAGE: Language = "en"
_FENCE = re.compile(r"^\s*(`{3,}|:{3,}|\${2})")
_LABEL = re.compile(r"^\([\w-]+\)=$")
_WORD = re.compile(r"[^\W\d_]{2,}")


class Catalogue(Protocol):
    """Gives a paragraph in the reader's language, or None if it has none."""

    def get(self, paragraph: str) -> str | None:
        """The paragraph in the reader's language."""


@dataclass(frozen=True)
class SameLanguage:
    """The catalogue of the language the pages are written in."""

    def get(self, paragraph: str) -> str | None:
        """The paragraph as it is."""
        return paragraph


@dataclass(frozen=True)
class PoCatalogue:
    """A catalogue read from a po file; entries marked fuzzy do not count."""

    messages: dict[str, str]

    @classmethod
    def read(cls, file: Path) -> PoCatalogue:
        """Read a po file; a missing file is an empty catalogue, so that every paragraph is named as missing."""
        if not file.is_file():
            return cls({})
        with file.open("rb") as stream:
            entries = read_po(stream)
        return cls({str(m.id): str(m.string) for m in entries if m.id and m.string and not m.fuzzy})

    def get(self, paragraph: str) -> str | None:
        """The translated paragraph."""
        return self.messages.get(paragraph)


def catalogue_for(language: Language, root: Path) -> Catalogue:
    """The catalogue of a language: `book/translations/<language>.po`, or none for the pages' own language."""
    if language == SOURCE_LANGUAGE:
        return SameLanguage()
    return PoCatalogue.read(root / TRANSLATIONS / f"{language}.po")


def translate(markdown: str, catalogue: Catalogue) -> tuple[str, list[str]]:
    """Translate prose paragraph by paragraph.

    Args:
        markdown: The text of a page or cell.
        catalogue: The reader's language.

    Returns:
        The text in that language, with untranslated paragraphs as they were, and the paragraphs that are missing.
    """
    missing: list[str] = []
    translated = []
    for paragraph in paragraphs(markdown):
        text = catalogue.get(paragraph) if needs_translation(paragraph) else paragraph
        if text is None:
            missing.append(paragraph)
        translated.append(paragraph if text is None else text)
    return "\n\n".join(translated), missing


def paragraphs(markdown: str) -> list[str]:
    """Split prose at blank lines; what stands between fences stays one paragraph."""
    found: list[list[str]] = [[]]
    fence = ""
    for line in markdown.strip("\n").splitlines():
        if not line.strip() and not fence:
            found.append([])
            continue
        found[-1].append(line.rstrip())
        fence = _fence_after(line, fence)
    return ["\n".join(lines) for lines in found if lines]


def needs_translation(paragraph: str) -> bool:
    """Whether a paragraph holds words: not only a label, a rule, a formula or numbers."""
    if _LABEL.match(paragraph) or paragraph.startswith("$$"):
        return False
    return _WORD.search(paragraph) is not None


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open after this line."""
    text = line.strip()
    if fence == "$$":
        return "" if "$$" in text else fence
    match = _FENCE.match(line)
    if match is None:
        return fence
    mark = match.group(1)
    if not fence:
        return "" if mark == "$$" and text.count("$$") > 1 else mark
    closes = mark[0] == fence[0] and len(mark) >= len(fence) and text == mark
    return "" if closes else fence
