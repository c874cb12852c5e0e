"""What a chapter needs that a cohort may not have: files of other studies."""

from __future__ import annotations

from collections.abc import Sequence

import nbformat

from helpers.cohort import Cohort
from helpers.edition.errors import BuildError
from helpers.edition.toc import Page
from helpers.pipeline.contents import METADATA

NEEDS = "needs"
"""Key of a notebook's metadata, under `resultatbok`: settings of `studies` in the cohort file that it needs."""


def check_needs(chapters: Sequence[Page], cohort: Cohort) -> None:
    """Refuse a table of contents with a chapter whose files the cohort does not name, before anything is run.

    Raises:
        BuildError: Names each chapter, what it needs, and what to do.
    """
    problems = []
    for chapter in chapters:
        needed = nbformat.read(chapter.source, as_version=4).metadata.get(METADATA, {}).get(NEEDS, [])
        if absent := [name for name in needed if getattr(cohort.studies, name) is None]:
            problems.append(
                f"{chapter.name}: needs {', '.join(f'studies.{name}' for name in absent)}, which the cohort file does "
                "not name; name the files, or write a table of contents without the chapter and set `contents`"
            )
    if problems:
        raise BuildError(problems)
