"""The book as a web site: every page works from disk and from a server, and asks for nothing from elsewhere."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from resultatbok.edition.content_policy import IN_PAGE
from resultatbok.edition.interactive import write_scripts
from resultatbok.edition.sphinx_build import run_sphinx
from resultatbok.edition.words import WORDS, Words
from resultatbok.project import Language

ASSETS = Path(__file__).parent / "assets"
SPHINX = "sphinx"
"""Folder, in the work folder, with what Sphinx read and made."""
NOT_PUBLISHED = (".buildinfo", "objects.inv")


@dataclass(frozen=True)
class BookSettings:
    """What every page of an edition needs to know.

    Attributes:
        title: The edition's title.
        cohort: The cohort's name.
        notice: What is said of invented data on every page, and on the first; empty where the data are real.
        words: The frame's words in the reader's language.
        provenance: What the edition was made from.
        pdf: The PDF's address from the site's top.
        others: The other languages of the edition, for the links of each page to its twins.
    """

    title: str
    cohort: str
    notice: tuple[str, str]
    words: Words
    provenance: str
    pdf: str
    others: tuple[Language, ...] = ()


@dataclass(frozen=True)
class Folders:
    """Where a build finds and puts things.

    Attributes:
        staged: The staged source.
        data: The exhibits' CSV files.
        static: The project's own style sheet and pictures.
        work: For files that nobody reads afterwards.
    """

    staged: Path
    data: Path
    static: Path
    work: Path


def build_site(book: BookSettings, folders: Folders, target: Path) -> int:
    """Build the HTML pages.

    Returns:
        The number of pages.

    Raises:
        BuildError: Sphinx warned or stopped.
    """
    made = folders.work / SPHINX / "site"  # beside what myst-nb writes next to it, and reads for both builders
    _remove(made)
    run_sphinx("html", folders.staged, made, folders.work / SPHINX / "trees", _settings(book, folders))
    for name in NOT_PUBLISHED:
        _remove(made / name)
    write_scripts(folders.staged, made / "_static")
    if folders.data.is_dir():
        shutil.copytree(folders.data, made / "data")
    _remove(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    made.rename(target)
    return len([page for page in target.rglob("*.html") if "_static" not in page.parts])


def shared_settings(title: str, words: Words) -> dict[str, Any]:
    """Sphinx settings of an edition in one language, for the site and the PDF alike."""
    return {
        "project": title,
        "html_title": title,
        "language": words.locale,
        "html_search_language": words.search_language,
        "numfig_format": {
            "figure": f"{words.figure} %s",
            "table": f"{words.table} %s",
            "section": f"{words.section} %s",
        },
        "nb_code_prompt_show": words.show_code,
        "nb_code_prompt_hide": words.hide_code,
        "exhibit_data_for_figure": words.data_for_figure,
        "exhibit_data_for_table": words.data_for_table,
    }


def _settings(book: BookSettings, folders: Folders) -> dict[str, Any]:
    static = [str(ASSETS / "static")]
    if folders.static.is_dir():
        static.append(str(folders.static))
    return {
        "html_static_path": static,
        "html_css_files": ["resultatbok.css"],
        "html_js_files": ["mode.js"],
        "html_favicon": str(ASSETS / "static" / "logo.svg"),
        "html_logo": str(ASSETS / "static" / "logo.svg"),
        "templates_path": [str(ASSETS / "templates")],
        "html_context": {
            "book": _for_templates(book),
            "words": book.words.as_dict(),
            "default_mode": "light",
            "policy": IN_PAGE,
        },
        "html_sidebars": {"**": ["book-title.html", "book-search.html", "sbt-sidebar-nav.html", "book-pdf.html"]},
        "html_theme_options": {
            "announcement": book.notice[0],
            "toc_title": book.words.on_this_page,
            "search_bar_text": book.words.search,
            "back_to_top_button": False,  # layout.html has one in the reader's language
            "navbar_start": [],
            "navbar_center": [],
            "navbar_end": [],
            "navbar_persistent": [],
            "footer_content_items": ["book-footer.html"],
            "show_navbar_depth": 1,
            "pygments_light_style": "a11y-high-contrast-light",
            "use_download_button": False,
            "use_fullscreen_button": False,
        },
    }


def _for_templates(book: BookSettings) -> dict[str, Any]:
    others = [
        {"folder": language, "tag": WORDS[language].tag, "text": WORDS[language].this_page} for language in book.others
    ]
    return {
        "title": book.title,
        "cohort": book.cohort,
        "provenance": book.provenance,
        "pdf": book.pdf,
        "others": others,
        "tag": book.words.tag,
    }


def write_chooser(target: Path, titles: Mapping[Language, str]) -> None:
    """Write the page that leads to the language a reader's browser asks for, with a link to each.

    Args:
        target: The page.
        titles: The edition's title in each language; the first is for readers who ask for none of them.
    """
    links = "\n".join(
        f'<li><a href="{language}/index.html" lang="{WORDS[language].tag}" hreflang="{WORDS[language].tag}">'
        f"{escape(title)}</a></li>"
        for language, title in titles.items()
    )
    template = Template((ASSETS / "chooser.html").read_text(encoding="utf-8"))
    first = next(iter(titles))
    page = template.substitute(
        language=WORDS[first].tag,
        folders=" ".join(titles),
        policy=escape(IN_PAGE),
        title=escape(titles[first]),
        links=links,
    )
    target.write_text(page, encoding="utf-8")
    shutil.copy(ASSETS / "chooser.js", target.parent)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
