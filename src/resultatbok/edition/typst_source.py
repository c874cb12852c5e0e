"""Sphinx's single HTML page as Typst source, converted by pandoc chapter by chapter, each kept for the next time.

Pandoc takes most of the time of a PDF, and a change mostly touches one chapter. What a chapter is made of beside its
own HTML is which of its identifiers others link to, and which of its links lead somewhere.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

FILTER: Final = Path(__file__).parent / "assets" / "pdf" / "filter.lua"
LINKS_VARIABLE: Final = "RESULTATBOK_LINKS"
_BODY: Final = re.compile(r"<body>(.*)</body>", re.DOTALL)
_CHAPTER: Final = re.compile(r'(?=<span id="document-[^"]*"></span>)')
_TAG: Final = re.compile(r"<(/?)(section|div)\b[^>]*>")
_WRAPPER: Final = re.compile(r'<div class="toctree-wrapper[^>]*>\s*$')
_TARGET: Final = re.compile(r'href="[^":]*#([^"]+)"')
_ANCHOR: Final = re.compile(r'<(?:section|div|span|figure|table|h[1-6])\b[^>]*?\bid="([^"]+)"')


@dataclass(frozen=True)
class Chapter:
    """One chapter of the page.

    Attributes:
        html: Its HTML, balanced.
        targets: Those of its identifiers that the book links to, each in the first chapter that has it.
        anchored: Those of its links' targets that the book has.
    """

    html: str
    targets: tuple[str, ...]
    anchored: tuple[str, ...]


def typst_source(page: str, kept: Path) -> str:
    """The page as Typst source that uses the functions of `report.typ`.

    Args:
        page: The single HTML page.
        kept: Folder with the chapters that were converted before; those of other books are removed.
    """
    kept.mkdir(parents=True, exist_ok=True)
    files = [_converted(chapter, kept) for chapter in chapters(page)]
    for old in set(kept.iterdir()) - set(files):
        old.unlink()
    body = "\n".join(file.read_text(encoding="utf-8") for file in files)
    return f'#import "report.typ": *\n\n{body}'


def chapters(page: str) -> list[Chapter]:
    """The chapters of the page: what stands before the first, and each."""
    body = _BODY.search(page)
    first, *others = _CHAPTER.split(body[1] if body else page)
    parts = [_closed(_WRAPPER.sub("", first)), *(f'<div class="toctree-wrapper">{_balanced(o)}</div>' for o in others)]
    targets, found = set(_TARGET.findall(page)), []
    anchored = set(_ANCHOR.findall(page))
    owned: set[str] = set()
    for html in parts:
        own = (set(_ANCHOR.findall(html)) & targets) - owned
        owned |= own
        found.append(Chapter(html, tuple(sorted(own)), tuple(sorted(set(_TARGET.findall(html)) & anchored))))
    return found


def _balanced(html: str) -> str:
    """The part before the first tag that closes what was opened before."""
    depth = 0
    for tag in _TAG.finditer(html):
        depth += -1 if tag[1] else 1
        if depth < 0:
            return html[: tag.start()]
    return html


def _closed(html: str) -> str:
    """The part with what it opens closed."""
    opened: list[str] = []
    for tag in _TAG.finditer(html):
        if tag[1]:
            opened.pop()
        else:
            opened.append(tag[2])
    return html + "".join(f"</{name}>" for name in reversed(opened))


def _converted(chapter: Chapter, kept: Path) -> Path:
    made_of = [chapter.html, chapter.targets, chapter.anchored, FILTER.read_text(encoding="utf-8")]
    key = hashlib.sha256(json.dumps([*made_of, version("pypandoc_binary")]).encode()).hexdigest()[:24]
    file = kept / f"{key}.typ"
    if not file.is_file():
        file.write_text(_convert(chapter), encoding="utf-8", newline="")
    return file


def _convert(chapter: Chapter) -> str:
    import pypandoc

    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as links:
        json.dump({"targets": chapter.targets, "anchored": chapter.anchored}, links)
        links.flush()
        os.environ[LINKS_VARIABLE] = links.name
        try:
            arguments = [f"--lua-filter={FILTER}", "--wrap=none"]
            return str(pypandoc.convert_text(chapter.html, "typst", format="html", extra_args=arguments))
        finally:
            del os.environ[LINKS_VARIABLE]
