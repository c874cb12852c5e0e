"""The book's paragraphs as a gettext catalogue: which need a translation, and the file that holds their texts.

Translators edit `book/translations/<language>.po`. A paragraph that was changed a little keeps its old translation,
marked fuzzy: it does not count until somebody has read it and removed the mark.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import nbformat
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from resultatbok.edition.catalogue import PoCatalogue, needs_translation, paragraphs
from resultatbok.edition.toc import SOURCE_FOLDER, Page, all_pages
from resultatbok.project import TRANSLATIONS, Language

WIDTH = 110
HEADER = """\
# The book's paragraphs. New ones are added by tools/catalogue.py with an empty msgstr; fill it in. One marked fuzzy
# has the translation of an older text: bring it up to date and remove the mark.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_KEPT = re.compile(
    r"\{[\w:-]+\}`(?:[^`<]*<)?[^`<>]+>?`"  # roles: glued text, references by number, some with words of their own
    r"|\[[^\]]*\]\([^)]*\)"  # links, whose text is translated
    r"|\$[^$]+\$"  # formulas
    r"|^\([\w-]+\)=$"  # labels
    r"|^(?:`{3,}|:{3,})\{[\w:-]+\}|^:[\w-]+:.*$",  # directives and their options
    re.MULTILINE,
)
_OWN_WORDS = re.compile(r"(?<=`)[^`<]*<([^`<>]+)>(?=`)|\[[^\]]*\](?=\()")


def book_paragraphs(root: Path) -> dict[str, str]:
    """Every paragraph that needs a translation, in the order of the book, with the page it first stands on."""
    found: dict[str, str] = {}
    for page in all_pages(root):
        for paragraph in _page_paragraphs(page):
            found.setdefault(paragraph, page.source.stem)
    return found


def untranslated_paragraphs(language: Language, root: Path) -> list[str]:
    """The paragraphs that have no translation, in the order of the book."""
    catalogue = PoCatalogue.read(root / TRANSLATIONS / f"{language}.po")
    return [paragraph for paragraph in book_paragraphs(root) if catalogue.get(paragraph) is None]


def update_translations(language: Language, root: Path) -> list[str]:
    """Write the catalogue again: new paragraphs empty or fuzzy, those no longer in the book left out.

    Returns:
        The paragraphs that still need a translation.
    """
    file = root / TRANSLATIONS / f"{language}.po"
    catalogue = _stored(file)
    catalogue.update(_template(book_paragraphs(root)))
    text = BytesIO()
    write_po(text, catalogue, width=WIDTH, omit_header=True, ignore_obsolete=True, include_previous=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEADER.format(language=language) + text.getvalue().decode("utf-8"), encoding="utf-8")
    return untranslated_paragraphs(language, root)


def kept(paragraph: str) -> Counter[str]:
    """What a translation must have as often as its source: roles, link targets, formulas, labels, directives.

    The words of a link or of a reference (`{numref}`figur %s <fig-a>``) are its own; only the target counts.
    """
    return Counter(_OWN_WORDS.sub(r"\1", found) for found in _KEPT.findall(paragraph))


def _page_paragraphs(page: Page) -> list[str]:
    found = [p for cell in _prose(page) for p in paragraphs(cell)]
    return [paragraph for paragraph in found if needs_translation(paragraph)]


def _prose(page: Page) -> list[str]:
    if not page.is_notebook:
        return [page.source.read_text(encoding="utf-8")]
    notebook = nbformat.read(page.source, 4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]


def _stored(file: Path) -> Catalog:
    if not file.is_file():
        return Catalog()
    with file.open("rb") as stream:
        return read_po(stream)


def _template(found: Mapping[str, str]) -> Catalog:
    template = Catalog()
    for paragraph, page in found.items():
        template.add(paragraph, locations=[(f"{SOURCE_FOLDER}/{page}", None)])
    return template
