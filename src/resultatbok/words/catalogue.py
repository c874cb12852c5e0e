"""The message catalogue: which texts the code uses, and which of them have no translation yet.

A message is a literal given to `Wording.text`, `Wording.plural` or `msgid`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from resultatbok.project import Language
from resultatbok.words.wording import LOCALE_FOLDER

SOURCE: Final = Path(__file__).parents[2]
_CALLS: Final = {"text": (1, ()), "plural": (2, ()), "msgid": (1, ())} | {
    name: (0, arguments)
    for name, arguments in {
        "Figure": ("caption", "alt"),
        "Table": ("caption",),
        "BySide": ("above", "below", "uncertain", "hidden"),
        "ByNumber": ("none", "one", "several"),
    }.items()
}
"""By what is called: how many of its first arguments are messages, and which named ones."""
_WIDTH: Final = 110
_HEADER: Final = """\
# Norwegian bokmål. New messages are added by tools/catalogue.py with an empty msgstr; fill it in.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def used_messages(source: Path = SOURCE) -> list[str]:
    """Every message that the code in a folder can show, sorted."""
    found: set[str] = set()
    for file in source.rglob("*.py"):
        if file.parent.name != "charts":  # charts are given their texts; their text() draws
            found |= set(_messages(file))
    return sorted(found - {""})


def _messages(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first, named = _CALLS.get(name, (0, ()))
            given = [*node.args[:first], *(k.value for k in node.keywords if k.arg in named)]
            yield from (g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str))


def untranslated(language: Language, messages: Iterable[str] | None = None) -> list[str]:
    """Messages without a translation, in order.

    Args:
        language: Not English, the source language.
        messages: Those the code uses, if not given.
    """
    translations = _translations(LOCALE_FOLDER / f"{language}.po")
    return [message for message in (messages or used_messages()) if not translations.get(message)]


def update_catalogue(language: Language = "nb", messages: Iterable[str] | None = None) -> list[str]:
    """Write the catalogue again: new messages with an empty translation, unused ones left out.

    Returns:
        The messages that still need a translation.
    """
    file = LOCALE_FOLDER / f"{language}.po"
    used = list(messages) if messages is not None else used_messages()
    translations = _translations(file) if file.exists() else {}
    catalogue = Catalog()
    for message in used:
        catalogue.add(message, translations.get(message, ""))
    text = BytesIO()
    write_po(text, catalogue, width=_WIDTH, omit_header=True, sort_output=True)
    file.write_text(_HEADER.format(language=language) + text.getvalue().decode("utf-8"), encoding="utf-8")
    return untranslated(language, used)


def _translations(file: Path) -> dict[str, str]:
    with file.open("rb") as lines:
        return {str(m.id): str(m.string) for m in read_po(lines) if m.id and m.string}
