"""A chapter's messages, and which of several fits a number: above, below, uncertain, hidden; none, one, several.

A file of messages holds them in English, each with its translation below it: `flow = "..."`, `flow_nb = "..."`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

import pandas as pd

from resultatbok.source import module_file
from resultatbok.words.wording import BESIDE, MESSAGES_FILE, Wording

Found = TypeVar("Found", str, dict[str, str])
Side = Literal["above", "below", "uncertain", "hidden"]


def side(row: pd.Series, from_value: float = 0.0) -> Side:
    """On which side of a value the interval of a ledger row lies; `uncertain` where it includes the value."""
    if row["suppressed"]:
        return "hidden"
    if row["low"] > from_value:
        return "above"
    return "below" if row["high"] < from_value else "uncertain"


@dataclass(frozen=True)
class BySide:
    """A message for each side on which a number can lie; each may name the same values.

    Attributes:
        above: Where the interval lies above.
        below: Where it lies below.
        uncertain: Where it includes the value.
        hidden: Where the number is not shown.
    """

    above: str
    below: str
    uncertain: str
    hidden: str

    def text(self, words: Wording, row: pd.Series, from_value: float = 0.0, **values: object) -> str:
        """The message that fits, in the reader's language."""
        message: str = getattr(self, side(row, from_value))
        return words.text(message, **values) if message else ""


@dataclass(frozen=True)
class ByNumber:
    """A message for none, for one and for several; `{n}` in it becomes the count."""

    none: str
    one: str
    several: str

    def text(self, words: Wording, n: float, **values: object) -> str:
        """The message that fits, in the reader's language."""
        message = self.none if n == 0 else self.one if n == 1 else self.several
        return words.text(message, n=words.count(n), **values) if message else ""


class Messages:
    """What a file of messages says; `table.name` is the name of a message in a table.

    `MESSAGES: Final = Messages(__name__)` in a module, then `MESSAGES["flow.empty"]` or `MESSAGES.by_side("declared")`
    where it is used. A test checks each name, and that each message is used.

    Attributes:
        file: Where it was read from.
        entries: Its messages in English and tables of them, by name.
    """

    def __init__(self, module: str) -> None:
        self.file = messages_file(module)
        self.entries = _read(self.file)

    def __getitem__(self, name: str) -> str:
        """One message.

        Raises:
            KeyError: There is none of this name.
        """
        return self._found(name, str)

    def by_side(self, name: str) -> BySide:
        """A table of messages by side.

        Raises:
            KeyError: There is none of this name.
            TypeError: It lacks a side, or has a message that is of none.
        """
        return BySide(**self._found(name, dict))

    def by_number(self, name: str) -> ByNumber:
        """A table of messages for none, one and several; errors as those of `by_side`."""
        return ByNumber(**self._found(name, dict))

    def choices(self, name: str) -> dict[str, str]:
        """A table of messages of which the code chooses one by its key; a KeyError where there is none."""
        return self._found(name, dict)

    def _found(self, name: str, kind: type[Found]) -> Found:
        found: Any = self.entries
        for part in name.split("."):
            found = found.get(part) if isinstance(found, Mapping) else None
        if not isinstance(found, kind):
            raise KeyError(f"{self.file} has no {name!r} that is a {'message' if kind is str else 'table'}")
        return found


def messages_file(module: str) -> Path:
    """Where the messages of a module's chapter lie, if it has any."""
    return cast("Path", module_file(module)).parent / MESSAGES_FILE


@cache
def _read(file: Path) -> Mapping[str, Any]:
    return _in_english(tomllib.loads(file.read_text(encoding="utf-8")))


def _in_english(entries: dict[str, Any]) -> dict[str, Any]:
    """Messages without their translations, which readers' words then know."""
    for name, message in list(entries.items()):
        language = name.rpartition("_")[2]
        if isinstance(message, dict):
            _in_english(message)
        elif language in BESIDE:
            BESIDE[language][entries[name.removesuffix(f"_{language}")]] = entries.pop(name)
    return entries
