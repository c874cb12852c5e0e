"""The message catalogue: which texts the code uses, and which of them have no translation yet.

A message is a literal given to `Wording.text`, `Wording.plural` or `msgid`, or an English label of `labels.py`.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from resultatbok.project import Language
from resultatbok.words.labels import MESSAGES
from resultatbok.words.wording import LOCALE_FOLDER

SOURCE: Final = Path(__file__).parents[2]
_CALLS: Final = {"text": None, "plural": (1, 2), "msgid": None}
_FILES: Final = [("**/charts/*.py", "ignore"), ("**.py", "python")]  # charts are given their texts; their text() draws
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
    """Every message that the code in a folder can show, and every label, sorted."""
    found = set(MESSAGES)
    for _, _, message, _, _ in extract_from_dir(source, method_map=_FILES, keywords=_CALLS):
        found |= set(message if isinstance(message, tuple) else (message,))
    return sorted(found - {""})


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
