"""The tiny project, built once for the tests that look at a whole book."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from support import made_once
from tiny_project import make_project

from helpers import registers
from helpers.report import REPORT
from resultatbok.edition import build as build_module
from resultatbok.edition.build import Order, build
from resultatbok.edition.progress import Progress
from resultatbok.edition.provenance import Provenance

MADE_FROM = Provenance("1.0", "0123abcd", "4567efab")  # the same while the project's code changes under the tests


def prepare(patch: pytest.MonkeyPatch) -> None:
    """The tiny project has no register files, and a fixed fingerprint."""
    patch.setattr(
        registers, "load", lambda cohort: SimpleNamespace(notes=("a remark",), studies=SimpleNamespace(survey=None))
    )
    patch.setattr(build_module, "provenance", lambda *arguments: MADE_FROM)
    patch.setattr(build_module, "inputs_stamp", lambda *arguments: "stamp")


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
