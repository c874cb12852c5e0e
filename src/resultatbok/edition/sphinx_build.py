"""One run of Sphinx over the staged book; every warning comes back named by chapter and cell."""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import yaml

from resultatbok.edition.errors import BuildError
from resultatbok.edition.stage import CELL_NUMBER

CONFIG = "_config.yml"
CELL_LINES = 10_000  # myst-nb counts the lines of the n-th cell from n times this number
OUR_EXTENSIONS = tuple(f"resultatbok.edition.extensions.{name}" for name in ("exhibits", "mathml", "print"))
# what Jupyter Book loads and the book does not use: each would ask for files from elsewhere, or add a script
UNUSED_EXTENSIONS = frozenset(
    {"sphinx_thebe", "sphinx_comments", "sphinx.ext.intersphinx", "sphinx_togglebutton", "sphinx_copybutton"}
)
UNUSED_SETTINGS = frozenset({"comments_config", "use_jupyterbook_latex", "latex_engine", "intersphinx_mapping"})
_PLACE = re.compile(r"^(?P<file>.+?\.(?:ipynb|md))(?::(?P<line>\d+))?: (?P<rest>.*)$", re.DOTALL)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclass
class Warnings:
    """A stream that keeps what Sphinx warns of, one entry each."""

    entries: list[str] = field(default_factory=list)

    def write(self, text: str) -> None:
        """Take one message."""
        if text.strip():
            self.entries.append(_COLOUR.sub("", text).strip())

    def flush(self) -> None:
        """Nothing is held back."""


def run_sphinx(builder: str, staged: Path, target: Path, work: Path, settings: dict[str, Any]) -> None:
    """Build the staged book once.

    Args:
        builder: `html` or `singlehtml`.
        staged: The staged source.
        target: Where the pages go.
        work: Folder for Sphinx's own files, kept from build to build.
        settings: Sphinx settings of this builder, which win over those of the staged `_config.yml`.

    Raises:
        BuildError: Sphinx stopped, or warned; each warning is named by chapter and cell.
    """
    from sphinx.application import Sphinx
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    nocolor()
    warnings = Warnings()
    try:
        with patch_docutils(str(staged)), docutils_namespace():
            app = Sphinx(
                srcdir=staged,
                confdir=None,
                outdir=target,
                doctreedir=work,
                buildername=builder,
                confoverrides=sphinx_settings(staged / CONFIG, settings),
                status=None,
                warning=warnings,
                freshenv=False,  # pages whose staged source did not change are not read again
            )
            app.build()
    except Exception as error:
        warnings.write(f"{type(error).__name__}: {error}")
    if warnings.entries:
        shutil.rmtree(work, ignore_errors=True)  # else the pages warned of would not be read, and warned of, again
        raise BuildError([located(entry, staged) for entry in dict.fromkeys(warnings.entries)])


def staged_config(config: Path, settings: dict[str, Any]) -> str:
    """The `_config.yml` of a staged book, with which plain `jupyter-book build` makes its pages too.

    Args:
        config: The project's `_config.yml`.
        settings: Sphinx settings of this edition.
    """
    user = yaml.safe_load(config.read_text(encoding="utf-8"))
    sphinx = {"config": user["sphinx"]["config"] | settings, "extra_extensions": list(OUR_EXTENSIONS)}
    return yaml.safe_dump(user | {"title": settings["html_title"], "sphinx": sphinx}, allow_unicode=True)


def sphinx_settings(config: Path, settings: dict[str, Any]) -> dict[str, Any]:
    """Sphinx's settings: Jupyter Book's defaults, then those of `_config.yml`, then others."""
    from jupyter_book.config import get_final_config

    user = yaml.safe_load(config.read_text(encoding="utf-8"))
    merged, _ = get_final_config(
        user_yaml=user, cli_config={"latex_individualpages": False}, sourcedir=None, raise_on_invalid=True
    )
    merged["extensions"] = [e for e in merged["extensions"] if e not in UNUSED_EXTENSIONS]
    kept = {k: v for k, v in merged.items() if k not in UNUSED_SETTINGS}
    same_theme = "html_theme" not in settings
    theme = {**(merged["html_theme_options"] if same_theme else {}), **settings.get("html_theme_options", {})}
    return {**kept, **settings, "html_theme_options": theme}


def located(entry: str, staged: Path) -> str:
    """A warning with chapter and cell instead of the staged file and its line."""
    match = _PLACE.match(entry)
    if match is None:
        return entry.replace(f"{staged}/", "")
    file = Path(match["file"])
    chapter = file.relative_to(staged) if file.is_relative_to(staged) else file
    place = f"{chapter.with_suffix('').as_posix()}{_cell(file, int(match['line'] or 0))}"
    return f"{place}: {match['rest']}"


def _cell(file: Path, line: int) -> str:
    if file.suffix != ".ipynb":
        return f": line {line}" if line else ""
    index = line // CELL_LINES - 1
    cells = nbformat.read(file, as_version=4).cells
    if not 0 <= index < len(cells):
        return ""
    cell = cells[index]
    first = next((text for text in cell.source.splitlines() if text.strip()), "")
    return f": cell {cell.metadata.get(CELL_NUMBER, '?')} ({first.strip()[:60]})"
