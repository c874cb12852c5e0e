"""The book as a PDF: one HTML page from Sphinx, through pandoc, set by Typst; tagged, and the same bytes each time."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Final

import matplotlib
import typst

from resultatbok.edition.errors import BuildError
from resultatbok.edition.site import ASSETS, SPHINX, BookSettings, Folders
from resultatbok.edition.sphinx_build import run_sphinx
from resultatbok.edition.typst_source import typst_source

STANDARDS: Final = ("ua-1", "a-2a")  # accessible, and fit for archives; the compiler refuses what is neither
TIMESTAMP = 0  # no date: two builds of the same inputs are the same bytes
PDF_ASSETS = ASSETS / "pdf"
SETTINGS: Final = {
    "html_theme": "basic",
    "html_theme_options": {},
    "templates_path": [str(PDF_ASSETS / "templates")],
    "html_permalinks": False,
    "html_static_path": [],
    "html_logo": "",
    "html_favicon": "",
}
"""Sphinx settings of the single page: the plain theme, nothing but the text."""
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
    single = folders.work / SPHINX / "page"
    shutil.rmtree(single, ignore_errors=True)
    run_sphinx("singlehtml", folders.staged, single, folders.work / SPHINX / "trees", SETTINGS)
    page = (single / "index.html").read_text(encoding="utf-8")
    (single / "body.typ").write_text(typst_source(page, folders.work / "pandoc"), encoding="utf-8")
    (single / "main.typ").write_text(MAIN, encoding="utf-8")
    (single / "meta.json").write_text(json.dumps(metadata(book), ensure_ascii=False), encoding="utf-8")
    shutil.copy(PDF_ASSETS / "report.typ", single)
    shutil.copy(ASSETS / "static" / "logo.svg", single)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(compile_typst(single / "main.typ"))


def metadata(book: BookSettings) -> dict[str, str]:
    """What the template prints on cover and in headers."""
    title, _, subtitle = book.title.partition("? ")
    return {
        "title": f"{title}?" if subtitle else title,
        "subtitle": subtitle,
        "short": subtitle or title,
        "notice": book.notice[1],
        "footer": book.notice[0],
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
