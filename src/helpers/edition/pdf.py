"""The book as a PDF: one HTML page from Sphinx, through pandoc, set by Typst; tagged, and the same bytes each time."""

from __future__ import annotations

import json
import shutil
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import matplotlib
import typst

from helpers.edition.errors import BuildError
from helpers.edition.site import ASSETS, BookSettings, Folders, shared_settings
from helpers.edition.sphinx_build import run_sphinx

STANDARDS: Final = ("ua-1", "a-2a")  # accessible, and fit for archives; the compiler refuses what is neither
TIMESTAMP = 0  # no date: two builds of the same inputs are the same bytes
PDF_ASSETS = ASSETS / "pdf"
MAIN = """\
#import "report.typ": *
#show: body => report(json("meta.json"), body)
#include "body.typ"
"""


def build_pdf(book: BookSettings, folders: Folders, target: Path) -> None:
    """Build the PDF.

    Args:
        book: The edition.
        folders: Where its staged source is.
        target: The PDF file.

    Raises:
        BuildError: Sphinx warned, or Typst refused something: a figure without alternative text, a broken link.
    """
    single = folders.work / "single" / "page"
    trees = folders.work / "single" / "trees"
    run_sphinx("singlehtml", folders.staged, single, trees, folders.config, settings(book))
    (single / "body.typ").write_text(to_typst(single / "index.html"), encoding="utf-8")
    (single / "main.typ").write_text(MAIN, encoding="utf-8")
    (single / "meta.json").write_text(json.dumps(metadata(book), ensure_ascii=False), encoding="utf-8")
    shutil.copy(PDF_ASSETS / "report.typ", single)
    shutil.copy(ASSETS / "static" / "logo.svg", single)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compile_typst(single / "main.typ"))


def settings(book: BookSettings) -> dict[str, Any]:
    """Sphinx settings of the single page: the plain theme, nothing but the text."""
    return shared_settings(book) | {
        "html_theme": "basic",
        "html_theme_options": {},
        "templates_path": [str(PDF_ASSETS / "templates")],
        "html_permalinks": False,
        "html_static_path": [],
        "html_logo": "",
        "html_favicon": "",
    }


def to_typst(page: Path) -> str:
    """The single HTML page as Typst source that uses the functions of `report.typ`."""
    import pypandoc

    with as_file(files("helpers.edition") / "assets" / "pdf" / "filter.lua") as lua:
        body = pypandoc.convert_file(
            str(page), "typst", format="html", extra_args=[f"--lua-filter={lua}", "--wrap=none"]
        )
    return f'#import "report.typ": *\n\n{body}'


def metadata(book: BookSettings) -> dict[str, str]:
    """What the template prints on cover and in headers."""
    title, _, subtitle = book.title.partition("? ")
    return {
        "title": f"{title}?" if subtitle else title,
        "subtitle": subtitle,
        "short": subtitle or title,
        "notice": book.words.synthetic_notice if book.synthetic else "",
        "footer": book.words.synthetic_banner if book.synthetic else "",
        "cohort": f"{book.words.cohort}: {book.cohort}",
        "provenance": book.provenance,
        "contents": book.words.contents,
        "lang": book.words.tag,
        "region": book.words.region,
        "logo": "Resultatbok",
    }


def compile_typst(main: Path) -> bytes:
    """Compile with the fonts of the installed packages only, so that every machine sets the same pages.

    Raises:
        BuildError: What the compiler refused, with its hints.
    """
    fonts = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    try:
        return typst.compile(
            str(main),
            root=str(main.parent),
            font_paths=[str(fonts)],
            ignore_system_fonts=True,
            pdf_standards=[*STANDARDS],
            timestamp=TIMESTAMP,
        )
    except typst.TypstError as error:
        hints = "; ".join(getattr(error, "hints", None) or [])
        raise BuildError([f"pdf: {error}{f' ({hints})' if hints else ''}"]) from error
