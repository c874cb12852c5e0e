"""The tiny project, built once for the tests that look at a whole book."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from support import made_once
from tiny_project import make_project, prepare

from helpers.report import REPORT
from resultatbok.edition.build import Order, build
from resultatbok.edition.progress import Progress


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A tiny project, not built, as the working directory."""
    root = make_project(tmp_path / "project")
    prepare(monkeypatch)
    monkeypatch.chdir(root)
    return root


@pytest.fixture(scope="session")
def tiny_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published folder of a tiny project."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            prepare(patch)
            patch.chdir(make_project(folder / "project"))
            build(Order(REPORT, Path("cohorts/tiny.yml")), Progress(StringIO()))

    return made_once(tmp_path_factory, "tiny-book", make) / "project" / "build" / "tiny"
