"""A cache on disk for results that several chapters share, keyed by their inputs and by the code that made them.

The place of the cache carries a fingerprint of every source and coding file, so a change of code or of a recoding
table never meets an old result. Inputs are hashed by joblib.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

from joblib import Memory

from helpers.cohort import project_root
from helpers.fingerprint import fingerprint

P = ParamSpec("P")
R = TypeVar("R")

CACHE_FOLDER = "build/.cache"
CODE_ENDINGS = (".py", ".csv", ".yml")


@cache
def code_fingerprint(root: Path) -> str:
    """A short hash over the source and coding files of the project at `root`."""
    return fingerprint([Path(__file__).parent, root / "data" / "coding"], CODE_ENDINGS)[:16]


def cached(function: Callable[P, R]) -> Callable[P, R]:
    """The function, remembering its results on disk under the project's build folder."""

    @wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        root = project_root()
        memory = Memory(root / CACHE_FOLDER / code_fingerprint(root), verbose=0)
        return cast(R, memory.cache(function)(*args, **kwargs))

    return call
