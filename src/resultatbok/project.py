"""Where a project's files lie: its root, the tables of what was decided, and the languages it speaks."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Final, Literal

Language = Literal["en", "nb"]
LANGUAGES: Final[tuple[Language, ...]] = ("en", "nb")
CODING: Final = "data/coding"
PUBLISHED: Final = "data/published"
TABLES: Final = (CODING, PUBLISHED)
"""Folders of what was decided or printed elsewhere; pages show it, and it describes no one in the data."""
TRANSLATIONS: Final = "book/translations"
"""Folder of what translators write: the book's paragraphs, and below `code` the messages of the report's code."""
TABLES_VARIABLE: Final = "RESULTATBOK_TABLES"
"""Environment variable with the folder of the coding tables, where pages are made from a release."""


def project_root(start: Path | None = None) -> Path:
    """The project's root folder: the nearest folder at or above `start` that holds `_toc.yml` and `cohorts`.

    Args:
        start: Where to begin; the working directory if not given.

    Raises:
        FileNotFoundError: No such folder, so the command was not run inside the project.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / "_toc.yml").is_file() and (folder / "cohorts").is_dir():
            return folder
    raise FileNotFoundError(f"{here} is not inside a Resultatbok project (no _toc.yml and cohorts/ above it)")


def coding_folder() -> Path:
    """The coding tables: those of the project, those that a release brought along, or else those beside the code."""
    return _coding_folder(os.getcwd(), os.environ.get(TABLES_VARIABLE))  # noqa: PTH109 - the cheapest


@cache
def _coding_folder(here: str, tables: str | None) -> Path:
    """Looked for once for each place: disclosure control and labels ask some hundred thousand times in a build."""
    with suppress(FileNotFoundError):
        if (folder := tables_root() / CODING).is_dir():
            return folder
    return Path(__file__).resolve().parents[2] / CODING


def tables_root() -> Path:
    """Where the folders of `TABLES` lie: in the project, or in the release that pages are made from."""
    return Path(os.environ.get(TABLES_VARIABLE) or project_root())


def cohort_file(path: Path | str) -> Path:
    """Where a cohort file lies that is named from the working directory or from the project's root."""
    return Path(path) if Path(path).is_file() else project_root() / path
