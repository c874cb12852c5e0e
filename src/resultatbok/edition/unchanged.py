"""Whether the published edition is what a build would make again; loads nothing but the cohort file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from resultatbok.edition.stamp import STAMP, inputs_stamp, root_of
from resultatbok.project import LANGUAGES
from resultatbok.yaml_settings import read_settings


def unchanged(package: str, cohort_file: Path, languages: Sequence[str]) -> Path | None:
    """The published edition of a cohort, from the project's root, if nothing it was made of has changed since.

    Args:
        package: The report's.
        cohort_file: The cohort file.
        languages: Those to build; those of the cohort file if empty.
    """
    root = root_of(cohort_file)
    file = cohort_file if cohort_file.is_file() else root / cohort_file
    try:
        content = read_settings(file)
        wanted = languages or content.get("languages", LANGUAGES)
        stamp = root / "build" / str(content["name"]) / STAMP
        if stamp.read_text(encoding="utf-8") == inputs_stamp(package, file, wanted):
            return stamp.parent.relative_to(root)
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None  # whatever is wrong with it, the build says so
    return None
