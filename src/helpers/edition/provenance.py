"""What an edition was made from, as short fingerprints: the same inputs give the same words, and no dates."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from helpers.cohort import Cohort
from helpers.fingerprint import fingerprint

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
    sources = cohort.files
    package = Path(__file__).parents[1]
    code = [cohort_file, root / "_config.yml", root / "_toc.yml", root / "book", root / "data" / "coding", package]
    return Provenance(version("resultatbok"), _short(sources), _short(code, SOURCE_ENDINGS))


def _short(places: Iterable[Path], endings: Collection[str] | None = None) -> str:
    return fingerprint(places, endings)[:FINGERPRINT_LENGTH]
