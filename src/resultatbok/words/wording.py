"""Text and numbers in the reader's language: messages, labels, percentages, intervals.

The source language is English: a message is its English text. The Norwegian of the engine's own messages is in
`locale/nb.po`. That of the report's is beside the message in a file of messages, or in the project, in
`book/translations/code/nb.po`. Labels have theirs in the coding tables. A number that is hidden or missing is ":".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal

from babel import Locale
from babel.lists import format_list
from babel.messages.pofile import read_po

from resultatbok.project import TRANSLATIONS, Language, project_root
from resultatbok.words.labels import has_label, label_in
from resultatbok.words.numbers import HIDDEN, NO_BREAK, is_hidden, printed, rounded

LOCALE_FOLDER: Final = Path(__file__).parent / "locale"
"""The translations of the engine's messages."""
MESSAGES: Final = f"{TRANSLATIONS}/code"
"""The translations of the report's messages, in its project."""
MESSAGES_FILE: Final = "messages.toml"
"""The messages of a chapter, each by its name and with its translation (`resultatbok.exhibits.messages`)."""
BESIDE: Final[dict[str, dict[str, str]]] = {"nb": {}}
"""Translations that stand beside their messages in such files, by language, of the files that were read."""
IntervalKind = Literal["number", "percent", "points", "coefficient"]

_LOCALES: Final[Mapping[Language, str]] = MappingProxyType({"en": "en_GB", "nb": "nb_NO"})
_PLAIN_DECIMALS: Final = 2  # of a coefficient
_SMALL: Final = 0.01  # a coefficient below this, once rounded, gets a third decimal
_P_DECIMALS: Final = 3
_ZERO: Final = 1e-9  # a fraction within this of zero is a rounding error


class MissingTranslation(LookupError):  # noqa: N818 - says what happened
    """A message has no translation in the catalogue."""


def msgid(message: str) -> str:
    """Mark a text as a message, so that the catalogue finds it, where a variable is translated later."""
    return message


class Wording:
    """Text and numbers in one language.

    Attributes:
        language: `en` or `nb`.
        strict: Whether a message without a translation is an error; else its English text is used.
    """

    def __init__(self, language: Language, *, strict: bool = False) -> None:
        if language not in _LOCALES:
            raise ValueError(f"language {language!r}: expected one of {', '.join(_LOCALES)}")
        self.language: Language = language
        self.strict = strict
        self._locale = Locale.parse(_LOCALES[language])

    def text(self, message: str, /, **values: object) -> str:
        """A message in the reader's language, with values put in as `str.format` does.

        Args:
            message: The English text, a literal where this is called, so that the catalogue can find it.
            values: Text for each `{name}` in the message, formatted already.

        Raises:
            MissingTranslation: No translation, if strict.
            KeyError: The message names a value that is not given.
        """
        translated = self._translation(message)
        return translated.format(**values) if values else translated

    def texts(self, *messages: str) -> list[str]:
        """Several messages, such as the headings of a table's columns."""
        return [self.text(message) for message in messages]

    def plural(self, singular: str, plural: str, n: float, /, **values: object) -> str:
        """The message for one or for several; `{n}` in it becomes the formatted count.

        `plural("{n} project", "{n} projects", 3)` is `3 projects`.
        """
        message = singular if n == 1 else plural
        return self._translation(message).format(n=self.count(n), **values)

    def label(self, key: str) -> str:
        """The name readers see for a variable, category, scheme, measure, statistic or group.

        Args:
            key: `age`, `origin=west_asia`, `origin=a|b` for either,
                several of these joined by `;`, or the variables of an interaction joined by `:`.

        Raises:
            KeyError: Not known; the message names the nearest keys.
        """
        return ", ".join(self._label(part) for part in key.split(";"))

    def header(self, key: str) -> str:
        """The name readers see above a column of values of `key`, a variable or a ledger column."""
        other = f"header={key}"
        return label_in(other, self.language) if has_label(other) else self.label(key)

    def number(self, x: float, decimals: int = 0) -> str:
        """A number with thousands separators: `1,234.5`, `1 234,5`."""
        return HIDDEN if is_hidden(x) else self._print(x, decimals)

    def count(self, n: float) -> str:
        """A whole number with thousands separators."""
        return self.number(n, 0)

    def percent(self, x: float, decimals: int = 0) -> str:
        """A fraction as a percentage: `73%`, `73 %`; what rounds to none or all but is not, `<1%` and `>99%`."""
        if is_hidden(x):
            return HIDDEN
        smallest = 10.0**-decimals / 100
        if 0 < x < 1 and rounded(x, decimals, scale=100) in (0, 100):
            sign, limit = ("<", smallest) if x < smallest else (">", 1 - smallest)
            return self._percent_sign(sign + self._print(limit, decimals, scale=100))
        return self._percent_sign(self._print(x, decimals, scale=100))

    def points(self, x: float, decimals: int = 0) -> str:
        """A fraction as percentage points: `17 percentage points`, `17 prosentpoeng`."""
        return self._points(x, decimals, plus=False)

    def signed_points(self, x: float, decimals: int = 0) -> str:
        """As `points`, with a plus sign where it is above zero."""
        return self._points(x, decimals, plus=True)

    def in_points(self, x: float, decimals: int = 0) -> str:
        """A fraction in percentage points without the unit, for an axis or a column whose heading has it: `17`."""
        return HIDDEN if is_hidden(x) else self._print(x, decimals, scale=100)

    def interval(self, low: float, high: float, kind: IntervalKind = "number", decimals: int | None = None) -> str:
        """Two limits: `14 to 19`, `14 til 19`.

        Args:
            low: Lower limit.
            high: Upper limit.
            kind: `number` and `coefficient` print the limits as they are; `percent` (`71 to 75%`) and
                `points` (`14 to 19`, without the unit) take fractions.
            decimals: If not given 0, or 2 for a coefficient; points get as many as keep a limit from being printed
                as zero when it is not (`0.3 to 11.2`), for that says whether zero is in the interval.
        """
        if is_hidden(low) or is_hidden(high):
            return HIDDEN
        if decimals is None and kind == "points":
            decimals = _beside_zero(low, high)
        elif decimals is None:
            decimals = _PLAIN_DECIMALS if kind == "coefficient" else 0
        scale = 100 if kind in ("percent", "points") else 1
        limits = [self._print(x, decimals, scale=scale) for x in (low, high)]
        last = self._percent_sign(limits[1]) if kind == "percent" else limits[1]
        return self.text("{low} to {high}", low=limits[0], high=last)

    def p_value(self, p: float, *, named: bool = True) -> str:
        """A p-value with three decimals: `p = 0.034`, `p < 0.001`; without `named`, `0.034`, `<0.001`."""
        if is_hidden(p):
            return HIDDEN
        smallest = 10.0**-_P_DECIMALS
        if p < smallest:
            limit = self._print(smallest, _P_DECIMALS)
            return f"p{NO_BREAK}<{NO_BREAK}{limit}" if named else f"<{limit}"
        printed_p = self._print(p, _P_DECIMALS)
        return f"p{NO_BREAK}={NO_BREAK}{printed_p}" if named else printed_p

    def coefficient(self, x: float, decimals: int | None = None) -> str:
        """A coefficient or odds ratio: two decimals, three where two would leave one digit or none.

        `0.84`, `−0.05`, `0.002`.
        """
        if is_hidden(x):
            return HIDDEN
        small = abs(rounded(x, _PLAIN_DECIMALS)) < rounded(_SMALL, _PLAIN_DECIMALS)
        return self._print(x, decimals if decimals is not None else _PLAIN_DECIMALS + small)

    def months(self, x: float, decimals: int = 0) -> str:
        """A duration: `18 months`, `18 måneder`."""
        return self._with_unit(x, decimals, msgid("{n} month"), msgid("{n} months"))

    def years(self, x: float, decimals: int = 0) -> str:
        """An age or time: `8 years`, `8 år`."""
        return self._with_unit(x, decimals, msgid("{n} year"), msgid("{n} years"))

    def list(self, items: Sequence[str]) -> str:
        """Items in a sentence: `a, b and c`."""
        return str(format_list(list(items), locale=self._locale))

    def _label(self, part: str) -> str:
        if ":" in part and "=" not in part:
            return " × ".join(self._label(variable) for variable in part.split(":"))
        if "|" in part and not has_label(part):
            key, either = part.split("=", 1)
            return str(format_list([self._label(f"{key}={v}") for v in either.split("|")], "or", self._locale))
        return label_in(part, self.language)

    @cached_property
    def _catalogue(self) -> Mapping[str, str]:
        return catalogue(self.language)

    def _translation(self, message: str) -> str:
        if self.language == "en":
            return message
        translated = self._catalogue.get(message) or BESIDE[self.language].get(message)
        if translated is None and self.strict:
            raise MissingTranslation(
                f"{self.language}.po does not translate {message!r}; run tools/catalogue.py and fill it in"
            )
        return translated or message

    def _print(self, x: float, decimals: int, *, scale: int = 1, plus: bool = False) -> str:
        return printed(rounded(x, decimals, scale=scale), self._locale, plus=plus)

    def _percent_sign(self, digits: str) -> str:
        return f"{digits}{NO_BREAK}%" if self.language == "nb" else f"{digits}%"

    def _points(self, x: float, decimals: int, *, plus: bool) -> str:
        singular, plural = msgid("{n} percentage point"), msgid("{n} percentage points")
        return self._with_unit(x, decimals, singular, plural, scale=100, plus=plus)

    def _with_unit(
        self, x: float, decimals: int, singular: str, plural: str, *, scale: int = 1, plus: bool = False
    ) -> str:
        if is_hidden(x):
            return HIDDEN
        single = decimals == 0 and abs(rounded(x, 0, scale=scale)) == 1
        digits = self._print(x, decimals, scale=scale, plus=plus)
        return self._translation(singular if single else plural).format(n=digits)


def _beside_zero(*limits: float) -> int:
    """The fewest decimals, at most two, with which no limit that differs from zero is printed as zero points."""
    real = [limit for limit in limits if abs(limit) > _ZERO]
    return next((d for d in range(_PLAIN_DECIMALS) if all(rounded(x, d, scale=100) for x in real)), _PLAIN_DECIMALS)


def catalogue_files(language: Language) -> list[Path]:
    """The files that translate messages: the engine's, and the report's where there is a project with one."""
    folders = [LOCALE_FOLDER]
    with suppress(FileNotFoundError):
        folders.append(project_root() / MESSAGES)
    return [file for folder in folders if (file := folder / f"{language}.po").is_file()]


def catalogue(language: Language) -> Mapping[str, str]:
    """The translations of one language, from English text to its translation, empty ones left out."""
    return MappingProxyType({message: text for file in catalogue_files(language) for message, text in _read(file)})


@cache
def _read(file: Path) -> list[tuple[str, str]]:
    with file.open("rb") as stream:
        return [(str(m.id), str(m.string)) for m in read_po(stream) if m.id and m.string and not m.fuzzy]
