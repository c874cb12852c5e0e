"""What an edition was made from, as short fingerprints: the same inputs give the same words, and no dates."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from helpers.cohort import Cohort

FINGERPRINT_LENGTH = 8
SOURCE_ENDINGS = frozenset(
    {".py", ".ipynb", ".md", ".yml", ".csv", ".po", ".css", ".lua", ".typ", ".html", ".svg", ".bib"}
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


def provenance(cohort: Cohort, cohort_file: Path, root: Path) -> Provenance:
    """Fingerprint the inputs of an edition."""
    sources = [getattr(cohort.sources, name) for name in type(cohort.sources).model_fields]
    package = Path(__file__).parents[1]
    code = [cohort_file, root / "_config.yml", root / "_toc.yml", root / "book", root / "data" / "coding", package]
    return Provenance(version("resultatbok"), fingerprint(sources), fingerprint(code, SOURCE_ENDINGS))


def fingerprint(places: Iterable[Path], endings: frozenset[str] | None = None) -> str:
    """A short hash over the contents of files and of the files below folders, wherever they lie.

    Args:
        places: Files and folders; a missing one counts as empty.
        endings: Which files below folders count; all if not given.
    """
    digest = hashlib.sha256()
    for place in places:
        for file in _files(place, endings):
            digest.update(file.relative_to(place.parent).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:FINGERPRINT_LENGTH]


def _files(place: Path, endings: frozenset[str] | None) -> list[Path]:
    if place.is_file():
        return [place]
    found = [f for f in place.rglob("*") if f.is_file() and not _is_made(f.relative_to(place))]
    return sorted(f for f in found if endings is None or f.suffix in endings)


def _is_made(path: Path) -> bool:
    """Whether a file was made by a tool: compiled code, a notebook's automatic copy."""
    return any(part.startswith((".", "__pycache__")) for part in path.parts)
