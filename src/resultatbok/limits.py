"""What an input may hold at most, and which signs: refused before memory is taken, and before a page is made of it."""

from __future__ import annotations

import re
from io import BufferedIOBase
from string import Formatter
from typing import Final

MOST_BYTES: Final = 512 * 2**20
"""Of a delivered file, unpacked."""
MOST_CELLS: Final = 100_000_000
"""Of a table: a hundred columns of a million persons."""
MOST_WORKBOOK_BYTES: Final = 64 * 2**20
"""Of a workbook, unpacked; reading one takes some fifty times as much memory."""
MOST_WORKBOOK_CELLS: Final = 1_000_000
"""Of a sheet, blank ones before the last included."""
MOST_STATISTICS_BYTES: Final = 128 * 2**20
"""Of a table of public statistics, which is JSON."""
MOST_STATISTICS: Final = 10_000_000
"""Cells of such a table, which may leave out the empty ones."""
MOST_SETTINGS_BYTES: Final = 100_000
"""Of a cohort file."""
MOST_SIGNS: Final = 1_000
"""Of one text that a page prints."""

_PIECE: Final = 2**20
_UNFIT: Final = re.compile(
    "[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
"""Signs that no text needs: control signs, other line ends, and those that turn the direction of what follows."""


class TooLarge(ValueError):  # noqa: N818 - says what it is
    """A file holds more than may be read; the message says the limit."""


def unfit(text: str) -> str | None:
    """The first sign that a text may not hold; None if there is none."""
    found = _UNFIT.search(text)
    return found[0] if found else None


def limited(stream: BufferedIOBase, most: int) -> bytes:
    """All that a stream holds, taken piece by piece.

    Raises:
        TooLarge: It holds more bytes.
    """
    pieces, size = [], 0
    while piece := stream.read(_PIECE):
        size += len(piece)
        if size > most:
            raise TooLarge(f"more than {most:,} bytes")
        pieces.append(piece)
    return b"".join(pieces)


def format_fields(text: str) -> set[str]:
    """What a format string asks for, as it stands between the braces: a width, which could be gigabytes, is seen too.

    A text that is none asks for itself.
    """
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        return {text}
    return {
        "".join((str(name), f"!{turned}" if turned else "", f":{width}" if width else ""))
        for _, name, width, turned in parts
    }
