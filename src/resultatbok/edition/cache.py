"""A cache on disk for results that several chapters share, keyed by their inputs and by the code that made them.

The place of a function's results carries a hash of the source it imports, directly or not, of the coding tables and of
the libraries' versions: so a change of these never meets an old result, and one elsewhere forgets none. Arguments are
hashed by joblib.
"""

from __future__ import annotations

import fcntl
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from joblib import Memory
from joblib import hash as hash_of

from resultatbok.edition.closure import source_hash
from resultatbok.edition.fingerprint import fingerprint, libraries
from resultatbok.edition.private import private_folder
from resultatbok.project import CODING, TABLES, project_root

P = ParamSpec("P")
R = TypeVar("R")

CACHE_FOLDER = "build/.cache"
CODE_ENDINGS = (".py", ".csv", ".yml")
WORDS = ("coverage.csv", "glossary.csv", "labels.csv")
"""Coding tables that no number depends on."""
KEPT_DAYS = 30
"""Results that nobody asked for in so many days are made again when somebody does."""


@cache
def coding_fingerprint(root: Path) -> str:
    """A short hash over the coding tables of the project at `root` that a number can depend on."""
    return fingerprint(file for file in sorted((root / CODING).glob("*.csv")) if file.name not in WORDS)[:16]


def tables_fingerprint(root: Path) -> str:
    """A short hash over the coding tables and the published numbers and findings of the project at `root`."""
    return fingerprint([root / name for name in TABLES], CODE_ENDINGS)[:16]


def cached(function: Callable[P, R]) -> Callable[P, R]:
    """The function, remembering its results on disk under the project's build folder."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        root = project_root()
        folder = private_folder(root / CACHE_FOLDER)  # it is read by unpickling
        place = folder / f"{source_hash(function.__module__)}-{coding_fingerprint(root)}-{libraries()}"
        place.mkdir(exist_ok=True)
        place.touch()
        with _alone(place / f"{function.__name__}-{hash_of((args, kwargs))}.lock"):
            return cast(R, Memory(place, verbose=0).cache(function)(*args, **kwargs))

    return call


def forget_unused(folder: Path, now: float | None = None) -> None:
    """Remove what lies in a folder of kept results and was not used for `KEPT_DAYS`.

    Args:
        folder: The folder; each file or folder in it was last used when it was last touched.
        now: Seconds since 1970; the present if not given.
    """
    oldest = (time.time() if now is None else now) - KEPT_DAYS * 24 * 3600
    for entry in folder.iterdir():
        if entry.stat().st_mtime < oldest:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """Let one process at a time make a result; one that wants the same waits, and then finds it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
