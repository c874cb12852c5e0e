"""Phrases as glued text: which the prose takes from which page, and how myst-nb gets them letter for letter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import nbformat

from resultatbok.project import Language

GLUE_PREFIX: Final = "application/papermill.record/"  # where myst-nb looks for glued text
PHRASES_MIME: Final = "application/vnd.resultatbok.phrases+json"


class TwoTexts(ValueError):  # noqa: N818 - says what happened
    """One phrase has two texts."""


def phrases(notebooks: Iterable[nbformat.NotebookNode], language: Language) -> dict[str, str]:
    """The text of every phrase that executed notebooks hand over, in one language.

    Raises:
        TwoTexts: Two notebooks give one phrase different texts.
    """
    found: dict[str, str] = {}
    for notebook in notebooks:
        for output in (output for cell in notebook.cells for output in cell.get("outputs", [])):
            for key, texts in output.get("data", {}).get(PHRASES_MIME, {}).items():
                if language in texts and found.setdefault(key, texts[language]) != texts[language]:
                    raise TwoTexts(f"two texts for the phrase {key!r}: {found[key]!r} and {texts[language]!r}")
    return found


def glue_output(key: str, text: str) -> nbformat.NotebookNode:
    """A phrase as an output that myst-nb gives back letter for letter.

    myst-nb evaluates the text as a Python literal, so that a bare `0,10` would become a tuple and `0.10` lose its
    last digit; quoted, both stay as they are.
    """
    metadata = {"scrapbook": {"name": key, "mime_prefix": GLUE_PREFIX}}
    return nbformat.v4.new_output("display_data", {f"{GLUE_PREFIX}text/plain": repr(text)}, metadata=metadata)


def with_formats(markdown: str) -> str:
    """Add the format `:s` where prose takes another page's text without one, which myst-nb would misread."""
    return re.sub(r"(\{glue:text\}`[^`]+::[^`:]+)`", r"\1:s`", markdown)


def missing_keys(
    keys: Iterable[tuple[str | None, str]], found: Mapping[str, str], pages: Iterable[str]
) -> Iterator[str]:
    """Name each phrase that prose uses and nothing makes, and each page it is taken from that is no chapter."""
    chapters = set(pages)
    for page, key in keys:
        if page is not None and page not in chapters:
            yield f"glue key {key!r} is taken from {page!r}, which is not a chapter"
        elif key not in found:
            yield f"glue key {key!r} is used, but no exhibit makes it"
