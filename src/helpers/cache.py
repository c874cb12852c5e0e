"""A cache on disk for results that several chapters share, keyed by their inputs and by the code that made them.

The place of the cache carries a fingerprint of every source and coding file, so a change of code or of a recoding
table never meets an old result. Inputs are hashed by joblib.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from joblib import Memory

from helpers.cohort import project_root

P = ParamSpec("P")
R = TypeVar("R")

CACHE_FOLDER = "build/.cache"


@cache
def code_fingerprint(root: Path) -> str:
    """A short hash over the names and contents of all source and coding files of the project at `root`."""
    digest = hashlib.sha256()
    folders = (Path(__file__).parent, root / "data" / "coding")
    files = [f for folder in folders for f in sorted(folder.rglob("*")) if f.suffix in {".py", ".csv", ".yml"}]
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def cached(function: Callable[P, R]) -> Callable[P, R]:
    """The function, remembering its results on disk under the project's build folder."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        root = project_root()
        memory = Memory(root / CACHE_FOLDER / code_fingerprint(root), verbose=0)
        return cast(R, memory.cache(function)(*args, **kwargs))

    return call


def file_fingerprint(path: Path) -> str:
    """A hash of a file's content, or of all files under a folder; `missing` where there is none."""
    files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
    if not path.exists():
        return "missing"
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()
