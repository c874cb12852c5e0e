"""Reading a semicolon-separated text file so that nothing in it is changed, guessed or lost.

Every cell stays the text that stood there (as a category, so that a million rows are cheap), and every row
keeps its number in the file, so that a message can point at it.
"""

from __future__ import annotations

import csv
import gzip
import io
import unicodedata
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from helpers.registers.problems import Problems, file_name
from resultatbok.limits import MOST_BYTES, MOST_CELLS, TooLarge, limited, unfit

DELIMITER = ";"
_GZIP_START = b"\x1f\x8b"


@dataclass(frozen=True)
class TextTable:
    """A text file: `data`, category columns of text (empty cells are empty texts); `rows`, their numbers."""

    file: str
    data: pd.DataFrame
    rows: np.ndarray


def read_delimited(path: Path, problems: Problems) -> TextTable | None:
    """Read a UTF-8, semicolon-separated file with a header row, gzipped if it is named `.gz`.

    Returns:
        The table without the rows that have a wrong number of cells (they are reported), or None if the file
        cannot be read as such a table at all (reported too).
    """
    file = file_name(path)
    content = _content(path, file, problems)
    if content is None:
        return None
    header = _header(content, file, problems)
    if header is None or not _is_text(content, header, file, problems) or not _has_whole_lines(content, file, problems):
        return None
    if (cells := len(header) * content.count(b"\n")) > MOST_CELLS:
        report_size(file, f"{cells:,} cells, more than {MOST_CELLS:,}", problems)
        return None
    return _parse(content, header, file, problems)


def read_bytes(path: Path, problems: Problems, most: int = MOST_BYTES) -> bytes | None:
    """A file's bytes, or None with the reason reported: there are more than `most`, or it cannot be read."""
    try:
        with path.open("rb") as stream:
            return limited(stream, most)
    except TooLarge as error:
        report_size(file_name(path), error, problems)
    except FileNotFoundError:
        problems.add(file_name(path), "", "no such file", "a file", "Check the path in the cohort file.")
    except OSError as error:
        reason = error.strerror or "an unreadable file"
        problems.add(file_name(path), "", reason, "a readable file", "Check the path in the cohort file.")
    return None


def report_size(file: str, found: object, problems: Problems) -> None:
    """Report that a file holds more than is read."""
    problems.add(file, "", str(found), "no more than `resultatbok.limits` allows", "Look at what was delivered.")


def _content(path: Path, file: str, problems: Problems) -> bytes | None:
    content = read_bytes(path, problems)
    if content == b"":
        problems.add(file, "", "an empty file", "a table", "Ask for a new delivery.")
        return None
    if content is None or path.suffix != ".gz":
        return content
    if not content.startswith(_GZIP_START):
        problems.add(file, "", "a file that is not gzip", "gzip", "Compress the file, or drop `.gz` from its name.")
        return None
    try:
        with gzip.open(io.BytesIO(content)) as unpacked:
            return limited(unpacked, MOST_BYTES)
    except TooLarge as error:
        report_size(file, f"{error}, unpacked", problems)
        return None
    except (OSError, EOFError, zlib.error):
        problems.add(file, "", "a damaged or cut gzip file", "a whole gzip file", "Ask for a new delivery.")
        return None


def _header(content: bytes, file: str, problems: Problems) -> list[str] | None:
    first = content.split(b"\n", 1)[0].decode("utf-8", errors="replace").removeprefix("\ufeff").strip("\r")
    if "\r" in first:
        advice = "Save the file with the line ends of Windows or Unix."
        problems.add(file, "", "lines that end with CR alone", "lines that end with LF or CR LF", advice)
        return None
    if first.casefold().startswith("sep="):
        problems.add(file, "", f"the line {first!r}", "the names of the columns", "Remove the line.", [1])
        return None
    if DELIMITER not in first:
        found = f"a first line without semicolons, {first[:40]!r}" if first else "an empty first line"
        advice = "Save the file as CSV with semicolons."
        problems.add(file, "", found, "a header row with semicolons between the names", advice, [1])
        return None
    header = next(csv.reader([first], delimiter=DELIMITER))
    names = [unicodedata.normalize("NFC", name) for name in header]
    repeated = sorted({name for name in names if names.count(name) > 1})
    for name in repeated:
        problems.add(file, name, f"the column {names.count(name)} times", "each column once", "", [1])
    return None if repeated else header


def _is_text(content: bytes, header: list[str], file: str, problems: Problems) -> bool:
    try:
        sign = unfit(content.decode("utf-8"))
    except UnicodeDecodeError as error:
        at, found, expected = error.start, f"the byte 0x{content[error.start]:02x}", "text in UTF-8"
        advice = "Save the file as UTF-8; it may be Windows-1252 or Latin-1 now."
    else:
        if sign is None:
            return True
        at, found, expected = content.index(sign.encode()), f"the sign U+{ord(sign):04X}", "text without control signs"
        advice = "Remove the sign, which cannot be seen."
    line_start, row = content.rfind(b"\n", 0, at) + 1, content.count(b"\n", 0, at) + 1
    place = content.count(DELIMITER.encode(), line_start, at)
    problems.add(file, header[place] if row > 1 and place < len(header) else "", found, expected, advice, [row])
    return False


def _has_whole_lines(content: bytes, file: str, problems: Problems) -> bool:
    """Whether quotation marks come in pairs on every line; one that does not close would swallow the lines after it."""
    if b'"' not in content:
        return True
    rows = [number for number, line in enumerate(content.split(b"\n"), start=1) if line.count(b'"') % 2]
    if rows:
        expected = "quotation marks in pairs, and no line break between them"
        advice = "Remove the mark, or write it twice inside a cell that is in quotation marks."
        problems.add(file, "", "a quotation mark that is not closed", expected, advice, rows)
    return not rows


def _parse(content: bytes, header: list[str], file: str, problems: Problems) -> TextTable | None:
    uneven: list[int] = []

    def on_uneven(row: pa.csv.InvalidRow) -> str:
        uneven.append(row.number)
        if not (row.text or "").strip():
            return "skip"
        advice = "Look for a missing or extra semicolon."
        problems.add(file, "", f"{row.actual_columns} cells", f"{row.expected_columns} cells", advice, [row.number])
        return "skip"

    text = pa.dictionary(pa.int32(), pa.string())
    try:
        table = pa.csv.read_csv(
            io.BytesIO(content),
            # one thread, because only then are uneven rows numbered
            pa.csv.ReadOptions(use_threads=False),
            pa.csv.ParseOptions(delimiter=DELIMITER, invalid_row_handler=on_uneven, ignore_empty_lines=False),
            pa.csv.ConvertOptions(column_types=dict.fromkeys(header, text), strings_can_be_null=False),
        )
    except pa.ArrowInvalid as error:
        problems.add(file, "", f"text that is no table ({error})", "a semicolon-separated table", "")
        return None
    data = table.unify_dictionaries().to_pandas()
    data.columns = pd.Index([unicodedata.normalize("NFC", name) for name in data.columns])
    rows = np.setdiff1d(np.arange(2, len(data) + len(uneven) + 2), uneven)
    filled = np.zeros(len(data), dtype=bool)
    for name in data.columns:
        filled |= (data[name] != "").to_numpy()
    if empty := int((~filled).sum()):
        problems.note(f"{file}: {empty:,} empty rows are passed over.")
    return TextTable(file, data[filled].reset_index(drop=True), rows[filled])
