"""What a chapter needs that a cohort may not have: files of other studies."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat

from resultatbok.edition.contents import METADATA
from resultatbok.edition.errors import BuildError
from resultatbok.edition.toc import Page
from resultatbok.settings import EditionSettings

NEEDS = "needs"
"""Key of a notebook's metadata, under `resultatbok`: what it needs of the cohort file."""


def check_needs(chapters: Sequence[Page], cohort: EditionSettings) -> None:
    """Refuse a table of contents with a chapter whose files the cohort does not name, before anything is run.

    Raises:
        BuildError: Names each chapter, what it needs, and what to do.
    """
    problems = []
    for chapter in chapters:
        needed = nbformat.read(chapter.source, as_version=4).metadata.get(METADATA, {}).get(NEEDS, [])
        if absent := cohort.lacking(needed):
            problems.append(
                f"{chapter.name}: needs {', '.join(absent)}, which the cohort file does "
                "not name; name the files, or write a table of contents without the chapter and set `contents`"
            )
    if problems:
        raise BuildError(problems)
