"""The names readers see for variables, categories, schemes, measures and statistics, in each language.

They are data: variables and measures have theirs where they are told (`variables.csv`, `measures.csv`), all else is in
`labels.csv`. A category is written with its key, as in a ledger group: `origin=west_asia`. Keys whose values are open
(years, percentiles, age groups) have a pattern there.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from resultatbok.coding_rows import Row, read_rows, unique
from resultatbok.limits import format_fields
from resultatbok.project import LANGUAGES, Language, coding_folder

Names = Mapping[Language, str]
FILE: Final = "labels.csv"
VALUE: Final = "value"
"""What a pattern's label puts in braces: the part of the key that is open."""

_COLUMN: Final = "label_"
_COLUMNS: Final = tuple(_COLUMN + language for language in LANGUAGES)
"""Where variables and measures have their labels."""

_RANGE: Final = re.compile(r"(\d+)\.\.(\d+)")
_ANOTHER_KEY: Final = (
    (re.compile(r"(origin|measure)_(.+)"), r"\1=\2"),  # a term of a model, and the category it stands for
    (re.compile(r"shared_(package=.+)"), r"\1"),  # packages of everyone have the names of the packages found
)
_NUMBERED: Final = re.compile(r"(package=\w+)_([23])")
"""A package with the name of a larger one."""


@dataclass(frozen=True)
class Labels:
    """The names of all keys.

    Attributes:
        names: By key, in each language.
        patterns: What keys with an open value look like, and their names, with `{value}` where it stands.
    """

    names: Mapping[str, Names]
    patterns: tuple[tuple[re.Pattern[str], Names], ...]

    def find(self, key: str) -> Names | None:
        """The names of a key, without what it may be an alternative to."""
        if key in self.names:
            return self.names[key]
        for pattern, other in _ANOTHER_KEY:
            if pattern.fullmatch(key):
                return self.find(pattern.sub(other, key))
        if (match := _NUMBERED.fullmatch(key)) and (names := self.names.get(match[1])):
            return {language: f"{name} {match[2]}" for language, name in names.items()}
        printed = _RANGE.sub(r"\1–\2", key)
        found = ((names, match) for pattern, names in self.patterns if (match := pattern.fullmatch(printed)))
        return next(({lang: n.format(value=match[1]) for lang, n in names.items()} for names, match in found), None)


@cache
def labels() -> Labels:
    """The labels of the project."""
    return read_labels(coding_folder())


def read_labels(folder: Path) -> Labels:
    """The labels in the coding tables of a folder.

    Raises:
        resultatbok.coding_rows.TableFault: A label lacks a language, a key is told twice or a pattern is none.
    """
    rows = unique(read_rows(folder / FILE, ("key", *LANGUAGES, "pattern")), "key")
    names = {row["key"]: _names(row) for row in rows if not row["pattern"]}
    for file, column in (("variables.csv", "name"), ("measures.csv", "measure")):
        for row in read_rows(folder / file, [column, *_COLUMNS]) if (folder / file).is_file() else ():
            key = re.sub("^measure_", "measure=", row[column])
            if any(row[label] for label in _COLUMNS):
                if key in names:
                    raise row.fault(column, "no label here, since another row or table has one")
                names[key] = _names(row, _COLUMN)
    return Labels(MappingProxyType(names), tuple(_pattern(row) for row in rows if row["pattern"]))


def _names(row: Row, prefix: str = "") -> Names:
    for language in LANGUAGES:
        text = row[prefix + language]
        if not text or text != text.strip() or text.endswith("."):
            raise row.fault(prefix + language, "a label, with no blank around it and no full stop")
    return MappingProxyType({language: row[prefix + language] for language in LANGUAGES})


def _pattern(row: Row) -> tuple[re.Pattern[str], Names]:
    names = _names(row)
    for language, name in names.items():
        if format_fields(name) != {VALUE}:
            raise row.fault(language, "a label with {value} in it, since it has a pattern")
    try:
        pattern = re.compile(row["pattern"])
    except re.error as error:
        raise row.fault("pattern", f"a regular expression ({error})") from error
    if pattern.groups != 1:
        raise row.fault("pattern", "one group, the open value")
    return pattern, names


def has_label(key: str) -> bool:
    """Whether readers have a name for a key."""
    return labels().find(key) is not None


def label_in(key: str, language: Language) -> str:
    """The name of a key in a language.

    Raises:
        KeyError: Not known; the error names the nearest keys.
    """
    if (names := labels().find(key)) is not None:
        return names[language]
    nearest = difflib.get_close_matches(key, labels().names, n=5, cutoff=0.4)
    raise KeyError(f"no label for {key!r}; nearest: {', '.join(nearest) or 'none'} ({FILE} holds them)")
