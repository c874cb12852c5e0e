"""Where the source of a report and of the engine lies; nothing is imported to find out."""

from __future__ import annotations

import sysconfig
from functools import cache
from importlib.util import find_spec
from pathlib import Path

ENGINE = Path(__file__).parent
_OTHERS = tuple(Path(sysconfig.get_path(name)) for name in ("stdlib", "purelib", "platlib"))


@cache
def package_folder(package: str) -> Path | None:
    """The folder of an outermost package; none for a library, or where there is no such package."""
    if package == ENGINE.name:
        return ENGINE
    spec = find_spec(package)
    places = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(places[0]) if places else None
    return None if folder is None or any(other in folder.parents for other in _OTHERS) else folder


def module_file(module: str) -> Path | None:
    """The file of a module or package of a report or the engine, or None."""
    outermost, *inner = module.split(".")
    if (folder := package_folder(outermost)) is None:
        return None
    path = folder.joinpath(*inner)
    files = (path / "__init__.py", path.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None)
