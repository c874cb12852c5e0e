"""Glued text: which keys a notebook glues, which its prose uses, and the plain text of each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

import nbformat

GLUE_PREFIX = "application/papermill.record/"
_ROLE = re.compile(r"\{glue(?::[a-z]*)?\}`([^`]+)`")
_DIRECTIVE = re.compile(r"^[`:]{3,}\{glue(?::[a-z]*)?\}[ \t]*(\S+)", re.MULTILINE)


def glued(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """The text of every key that the notebook's cells glued."""
    return {
        output.metadata["scrapbook"]["name"]: _text(output)
        for cell in notebook.cells
        for output in cell.get("outputs", [])
        if is_glue(output)
    }


def is_glue(output: nbformat.NotebookNode) -> bool:
    """Whether an output is a glued value."""
    return "scrapbook" in output.get("metadata", {})


def glue_output(key: str, text: str) -> nbformat.NotebookNode:
    """A glued text as an output that myst-nb gives back letter for letter.

    myst-nb evaluates the text as a Python literal, so that a bare `0,10` would become a tuple and `0.10` lose its
    last digit; quoted, both stay as they are.
    """
    metadata = {"scrapbook": {"name": key, "mime_prefix": GLUE_PREFIX}}
    return nbformat.v4.new_output("display_data", {f"{GLUE_PREFIX}text/plain": repr(text)}, metadata=metadata)


def used_keys(markdown: str) -> Iterator[tuple[str | None, str]]:
    """The keys that prose uses, each with the other page it comes from or None for the same page."""
    for reference in (*_ROLE.findall(markdown), *_DIRECTIVE.findall(markdown)):
        page, _, rest = reference.rpartition("::")
        key = rest.rpartition(":")[0] or rest  # a format such as `:s` may follow
        yield page or None, key


def with_formats(markdown: str) -> str:
    """Add the format `:s` where prose takes another page's text without one, which myst-nb would misread."""
    return re.sub(r"(\{glue:text\}`[^`]+::[^`:]+)`", r"\1:s`", markdown)


def missing_keys(chapter: str, markdown: str, keys: Mapping[str, set[str]]) -> Iterator[str]:
    """Name each key that the prose of a chapter uses and no cell glued.

    Args:
        chapter: The chapter's name.
        markdown: One of its prose cells.
        keys: The keys glued in each chapter.
    """
    for page, key in used_keys(markdown):
        source = chapter if page is None else PurePosixPath(page).with_suffix("").as_posix()
        if source not in keys:
            yield f"glue key {key!r} is taken from {page!r}, which is not a chapter"
        elif key not in keys[source]:
            where = "this chapter" if source == chapter else f"chapter {source}"
            yield f"glue key {key!r} is used, but no cell of {where} glues it"


def _text(output: nbformat.NotebookNode) -> str:
    prefix = output.metadata["scrapbook"].get("mime_prefix", "")
    stored = output.data.get(f"{prefix}text/plain", "")
    try:
        value = ast.literal_eval(stored)  # myst_nb.glue stores the representation of a string
    except (SyntaxError, ValueError):
        return str(stored)
    return value if isinstance(value, str) else str(stored)
