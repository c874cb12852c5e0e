"""Short hashes over the contents of files: whether two editions, or two runs, were made from the same things."""

from __future__ import annotations

import hashlib
import platform
import sysconfig
from collections.abc import Collection, Iterable, Iterator
from functools import cache
from pathlib import Path

from resultatbok.source import ENGINE, package_folder


def code_folders(package: str) -> list[Path]:
    """The folders with the source of a report's package and of the engine."""
    return [folder for name in (package, ENGINE.name) if (folder := package_folder(name))]


@cache
def libraries() -> str:
    """A short hash over the versions of Python and of everything installed beside it; the names of folders say them."""
    places = sorted({sysconfig.get_path(name) for name in ("purelib", "platlib")})
    names = sorted(entry.name for place in places for entry in Path(place).glob("*.dist-info"))
    return hashlib.sha256("\n".join([platform.python_version(), *names]).encode()).hexdigest()[:16]


def fingerprint(places: Iterable[Path], endings: Collection[str] | None = None) -> str:
    """A hash over the contents of files and of the files below folders, wherever the folders lie.

    Args:
        places: Files and folders; a missing one counts as empty.
        endings: Which files below folders count; all if not given. Files made by tools (compiled code,
            automatic copies) never count.

    Returns:
        64 hexadecimal digits.
    """
    digest = hashlib.sha256()
    for place in places:
        for file in _files(place, endings):
            digest.update(file.relative_to(place.parent).as_posix().encode())
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _files(place: Path, endings: Collection[str] | None) -> Iterator[Path]:
    if place.is_file():
        yield place
        return
    for file in sorted(place.rglob("*")):
        made = any(part.startswith((".", "__pycache__")) for part in file.relative_to(place).parts)
        if file.is_file() and not made and (endings is None or file.suffix in endings):
            yield file
