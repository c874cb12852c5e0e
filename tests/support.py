"""Helpers that tests of several parts call."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
import yaml

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).resolve().parent.parent


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process of a run to ask for it makes; one that asks meanwhile waits for it.

    Args:
        factory: pytest's own.
        name: What it is called, in the whole run.
        make: Fills the folder, which is there and empty.
    """
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, made = shared / name, shared / f"{name}.made"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            shutil.rmtree(folder, ignore_errors=True)  # what was begun and failed
            folder.mkdir()
            make(folder)
            made.touch()
    return folder


def write_cohort(file: Path, registers: Path, **settings: object) -> Path:
    """Write a cohort file like the default one for registers in another folder.

    Args:
        file: The file to write.
        registers: Folder with the register files under their usual names.
        settings: Settings that differ from the default cohort's; with other years it is compared with no report.
    """
    content = yaml.safe_load((ROOT / "cohorts" / "synthetic-2017-2020.yml").read_text(encoding="utf-8"))
    moved = {
        section: {key: str(registers / Path(path).name) for key, path in content[section].items()}
        for section in ("sources", "studies")
        if section in content
    }
    if "years" in settings:
        content["compare_with"] = "none"
    file.write_text(yaml.safe_dump(content | moved | settings), encoding="utf-8")
    return file


class GivenRows:
    """Gives the rows that were released, as a page gets them."""

    def __init__(self, rows: dict[str, pd.DataFrame]) -> None:
        self.rows = rows

    def rows_of(self, exhibit: str, numbers: object) -> pd.DataFrame:
        return self.rows[exhibit].copy()


def values_in(message: str) -> set[str]:
    """The names of the values that a message takes."""
    return {name for _, name, _, _ in Formatter().parse(message) if name is not None}
