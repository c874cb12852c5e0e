"""One hash over everything a build reads, so that an unchanged build is seen before anything heavy is loaded."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from resultatbok.edition.fingerprint import code_folders, fingerprint, libraries
from resultatbok.yaml_settings import read_settings

STAMP = ".stamp"
"""File of an edition with the hash it was made of."""


def inputs_stamp(package: str, cohort_file: Path, languages: Sequence[str]) -> str:
    """A hash over code, book, coding tables, what is published, cohort files and their data, and versions of libraries.

    Args:
        package: The report's.
        cohort_file: The cohort file.
        languages: Those that are built.
    """
    root = root_of(cohort_file)
    cohorts = sorted((root / "cohorts").glob("*.yml"))
    tables = [root / "data" / "coding", root / "data" / "published"]
    inputs = [*code_folders(package), root / "book", *tables, root / "_config.yml", cohort_file]
    inputs += [*sorted(root.glob("_toc*.yml")), *cohorts, *_delivered(cohort_file, root)]
    return hashlib.sha256("\n".join([fingerprint(inputs), *languages, libraries()]).encode()).hexdigest()


def _delivered(cohort_file: Path, root: Path) -> list[Path]:
    content = read_settings(cohort_file)
    paths = [path for section in ("sources", "studies") for path in (content.get(section) or {}).values()]
    return [root / str(path) for path in paths]


def root_of(cohort_file: Path) -> Path:
    """The project's root folder: above the cohort file, or above the working directory."""
    here = cohort_file.resolve().parent if cohort_file.is_file() else Path.cwd()
    return next((f for f in (here, *here.parents) if (f / "_toc.yml").is_file() and (f / "cohorts").is_dir()), here)
