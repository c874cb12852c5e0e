"""The message catalogues: which texts the code uses, and which of them have no translation yet.

A message is a literal given to `text`, `texts` or `plural` of `Wording`, or to `msgid`. Those of the engine's code are
in the engine's catalogue, all others in the report's. Messages in files (`messages.toml`) have theirs beside them.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from resultatbok.project import Language
from resultatbok.source import ENGINE, package_folder
from resultatbok.words.wording import LOCALE_FOLDER, MESSAGES, MESSAGES_FILE

Places = Mapping[str, Sequence[str]]
"""Messages, each with the files it stands in."""
_CALLS: Final = {"text": (1, ()), "texts": (None, ()), "plural": (2, ()), "msgid": (1, ())} | {
    name: (0, arguments)
    for name, arguments in {
        "Figure": ("caption", "alt"),
        "Table": ("caption",),
        "BySide": ("above", "below", "uncertain", "hidden"),
        "ByNumber": ("none", "one", "several"),
    }.items()
}
"""By what is called: how many of its first arguments are messages (all where it is None), and which named ones."""
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


def used_messages(source: Path) -> Places:
    """Every message that the code of a package can show, and where."""
    found: dict[str, list[str]] = {}
    for file in sorted(source.rglob("*.py")):
        if file.parent.name != "charts":  # charts are given their texts; their text() draws
            for message in sorted(set(_literals(file)) - {""}):
                found.setdefault(message, []).append(file.relative_to(source.parent).as_posix())
    return found


def catalogues(package: str, language: Language, root: Path) -> dict[Path, Places]:
    """The engine's catalogue and that of a report, each with the messages that belong into it.

    Args:
        package: The report's.
        language: Not English, the source language.
        root: The report's project.
    """
    engine = used_messages(ENGINE)
    report = {m: files for m, files in used_messages(cast("Path", package_folder(package))).items() if m not in engine}
    return {LOCALE_FOLDER / f"{language}.po": engine, root / MESSAGES / f"{language}.po": report}


def untranslated_beside(source: Path, language: Language) -> list[str]:
    """Messages in the files of a package that have no translation beside them."""
    files = sorted(source.rglob(MESSAGES_FILE))
    return [message for file in files for message in _alone(tomllib.loads(file.read_text("utf-8")), language)]


def _alone(entries: Mapping[str, Any], language: Language) -> Iterator[str]:
    for name, message in entries.items():
        if isinstance(message, dict):
            yield from _alone(message, language)
        elif message and not name.endswith(f"_{language}") and not entries.get(f"{name}_{language}"):
            yield message


def _literals(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            first, named = _CALLS.get(name, (0, ()))
            given = [*node.args[:first], *(k.value for k in node.keywords if k.arg in named)]
            yield from (g.value for g in given if isinstance(g, ast.Constant) and isinstance(g.value, str))


def untranslated(used: Mapping[Path, Places]) -> list[str]:
    """Messages that the catalogue they belong into does not translate, in order."""
    return [message for file, places in used.items() for message in sorted(places.keys() - _translations(file).keys())]


def update_catalogues(used: Mapping[Path, Places]) -> list[str]:
    """Write catalogues again: new messages with an empty translation, unused ones left out.

    A message that has moved from one of them to another takes its translation along.

    Returns:
        The messages that still need a translation.
    """
    translations = {message: text for file in used for message, text in _translations(file).items()}
    for file, places in used.items():
        catalogue = Catalog()
        for message, files in places.items():
            catalogue.add(message, translations.get(message, ""), locations=[(name, None) for name in files])
        text = BytesIO()
        write_po(text, catalogue, width=_WIDTH, omit_header=True, sort_output=True)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_HEADER.format(language=file.stem) + text.getvalue().decode("utf-8"), encoding="utf-8")
    return untranslated(used)


def _translations(file: Path) -> dict[str, str]:
    if not file.is_file():
        return {}
    with file.open("rb") as lines:
        return {str(m.id): str(m.string) for m in read_po(lines) if m.id and m.string}
