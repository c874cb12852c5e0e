"""Writing files whose bytes depend on nothing but their content: no clock, no file name, no platform."""

from __future__ import annotations

import gzip
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pyreadstat
from openpyxl import Workbook

_COMPRESSION = 9
_FIXED_TIME = (2021, 1, 1, 0, 0, 0)  # in every file that must carry a time
_FIXED_STAMP = b"2021-01-01T00:00:00Z"
_SPSS_DATE, _SPSS_TIME = b"01 Jan 21", b"00:00:00"
_SPSS_DATE_AT = 92  # bytes into the file; the header record of the PSPP manual: creation_date, creation_time


def write_gzip(path: Path, content: bytes) -> None:
    """Write compressed bytes without a time or a name in the header."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _COMPRESSION, raw, mtime=0) as packed:
        packed.write(content)


def write_json(path: Path, content: dict[str, Any]) -> None:
    """Write JSON on one line, as statistics agencies deliver it."""
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def write_workbook(path: Path, workbook: Workbook) -> None:
    """Write an Excel workbook with fixed times, both inside it and in the archive that holds it."""
    buffer = io.BytesIO()
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as saved, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in saved.namelist():
            content = saved.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", _FIXED_STAMP, content)
            entry = zipfile.ZipInfo(name, _FIXED_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            fixed.writestr(entry, content, compresslevel=_COMPRESSION)


def write_spss(path: Path, data: pd.DataFrame, labels: dict[str, str], value_labels: dict[str, dict[Any, str]]) -> None:
    """Write an SPSS system file with a fixed creation time.

    Args:
        path: The file.
        data: One column per variable.
        labels: Variable labels.
        value_labels: Labels of coded answers, by variable.
    """
    pyreadstat.write_sav(data, str(path), column_labels=labels, variable_value_labels=value_labels, row_compress=True)
    content = bytearray(path.read_bytes())
    stamp = _SPSS_DATE + _SPSS_TIME
    content[_SPSS_DATE_AT : _SPSS_DATE_AT + len(stamp)] = stamp
    path.write_bytes(content)
