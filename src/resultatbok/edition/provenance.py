"""What an edition was made from, as short fingerprints: the same inputs give the same words, and no dates."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from resultatbok.edition.fingerprint import code_folders, fingerprint

FINGERPRINT_LENGTH = 8
SOURCE_ENDINGS = frozenset(
    {".py", ".ipynb", ".md", ".toml", ".yml", ".csv", ".po", ".css", ".lua", ".typ", ".html", ".svg", ".bib"}
)


@dataclass(frozen=True)
class Provenance:
    """What an edition was made from.

    Attributes:
        version: The project's version.
        data: Fingerprint of the delivered files.
        code: Fingerprint of the cohort file, the pages, the coding tables and the code.
    """

    version: str
    data: str
    code: str

    def __str__(self) -> str:
        return f"Resultatbok {self.version} · data {self.data} · code {self.code}"


def provenance(package: str, cohort_file: Path, root: Path, release: Mapping[str, Any]) -> Provenance:
    """Fingerprint the inputs of an edition.

    Args:
        package: The report's.
        cohort_file: The cohort file.
        root: The project's root folder.
        release: What the release folder says of itself: the fingerprints of the data and of the coding tables.
    """
    code = [cohort_file, root / "_config.yml", root / "_toc.yml", root / "book", *code_folders(package)]
    both = hashlib.sha256(f"{fingerprint(code, SOURCE_ENDINGS)} {release['tables']}".encode()).hexdigest()
    return Provenance(version("resultatbok"), release["data"][:FINGERPRINT_LENGTH], both[:FINGERPRINT_LENGTH])
