"""Reading JSON-stat 2.0, Statistics Norway's format, for tables of region, contents and year."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from helpers.registers.problems import Problems, file_name, nearest, shown
from helpers.registers.text import read_bytes
from resultatbok.limits import MOST_STATISTICS, MOST_STATISTICS_BYTES

REGION, CONTENTS, TIME = "Region", "ContentsCode", "Tid"
DIMENSIONS = (REGION, CONTENTS, TIME)


@dataclass(frozen=True)
class StatTable:
    """A table in long form.

    Attributes:
        file: The file's name.
        data: Columns region, contents, year (int), value (NaN where not published) and reported
            (whether the cell held no number and was reported); one row per cell.
    """

    file: str
    data: pd.DataFrame

    @property
    def years(self) -> list[int]:
        """The years of the table."""
        return [int(year) for year in self.data["year"].unique()]

    @property
    def contents(self) -> list[str]:
        """The codes of the table's contents."""
        return [str(code) for code in self.data["contents"].unique()]


class _UnreadableError(Exception):
    """Why a file is no table: what was found and what was expected."""

    def __init__(self, where: str, found: str, expected: str) -> None:
        self.parts = (where, found, expected)
        super().__init__(found)


def read_jsonstat(path: Path, problems: Problems) -> StatTable | None:
    """Read a table; dimensions other than region, contents and year may have one category only.

    Returns:
        The table, with cells that are no numbers as NaN (they are reported), or None if it cannot be read.
    """
    content = read_bytes(path, problems, MOST_STATISTICS_BYTES)
    if content is None:
        return None
    try:
        table = _mapping(json.loads(content.decode("utf-8")))
        codes = {name: _codes(table, name) for name in _names(table)}
        data = _frame(table, codes)
    except (ValueError, UnicodeDecodeError) as error:
        problems.add(file_name(path), "", f"broken JSON ({error})", "JSON in UTF-8", "Download the table again.")
    except (AttributeError, IndexError, KeyError, TypeError, RecursionError):
        advice = "Download the table again as JSON-stat 2.0."
        problems.add(file_name(path), "", "JSON that is built in another way", "a JSON-stat 2.0 data set", advice)
    except _UnreadableError as error:
        where, found, expected = error.parts
        problems.add(file_name(path), where, found, expected, "Download the table again as JSON-stat 2.0.")
    else:
        return StatTable(file_name(path), _with_numbers(data, file_name(path), problems))
    return None


def _mapping(content: Any) -> dict[str, Any]:  # noqa: ANN401
    if not isinstance(content, dict) or content.get("class") != "dataset":
        raise _UnreadableError("class", "JSON that is no JSON-stat data set", "class = 'dataset'")
    for key, kind in (("id", list), ("size", list), ("dimension", dict), ("value", list | dict)):
        if not isinstance(content.get(key), kind):
            raise _UnreadableError(key, shown(content.get(key)), f"a JSON-stat {key!r}")
    return content


def _names(table: dict[str, Any]) -> list[str]:
    names = [str(name) for name in table["id"]]
    for name in DIMENSIONS:
        if name not in names:
            like = nearest(name, names)
            raise _UnreadableError(
                name, f"the dimension {like!r}" if like else "no such dimension", f"a dimension {name!r}"
            )
    return names


def _codes(table: dict[str, Any], name: str) -> list[str]:
    category = table["dimension"].get(name, {}).get("category", {})
    index = category.get("index") or list(category.get("label", {}))
    codes = sorted(index, key=lambda code: int(index[code])) if isinstance(index, dict) else list(index)
    size = table["size"][table["id"].index(name)]
    if len(codes) != size:
        raise _UnreadableError(name, f"{len(codes)} categories", f"{size} categories, the dimension's size")
    if name not in DIMENSIONS and len(codes) != 1:
        raise _UnreadableError(name, f"a further dimension with {len(codes)} categories", "one category: a total")
    return [str(code) for code in codes]


def _frame(table: dict[str, Any], codes: dict[str, list[str]]) -> pd.DataFrame:
    size = math.prod(len(values) for values in codes.values())
    if size > MOST_STATISTICS:
        raise _UnreadableError("size", f"{size:,} cells", f"at most {MOST_STATISTICS:,}")
    values = table["value"]
    if isinstance(values, dict):
        values = [values.get(str(place)) for place in range(size)]
    if len(values) != size:
        raise _UnreadableError("value", f"{len(values)} values", f"{size} values, the product of the sizes")
    years = [code for code in codes[TIME] if not code.isdigit()]
    if years:
        raise _UnreadableError(TIME, shown(years[0]), "years")
    cells = pd.MultiIndex.from_product(list(codes.values()), names=list(codes)).to_frame(index=False)
    frame: pd.DataFrame = cells[list(DIMENSIONS)].set_axis(["region", "contents", "year"], axis="columns")
    frame["region"] = frame["region"].str.removeprefix("K-")
    if frame.duplicated().any():
        raise _UnreadableError(REGION, f"{frame.loc[frame.duplicated(), 'region'].iloc[0]} twice", "each region once")
    return frame.assign(year=frame["year"].astype(int), value=pd.Series(values, dtype=object))


def _with_numbers(data: pd.DataFrame, file: str, problems: Problems) -> pd.DataFrame:
    kinds = data["value"].map(type)
    wrong = data[~kinds.isin([int, float, type(None)])]
    for row in wrong.itertuples():
        cell = cell_name(str(row.region), str(row.contents), int(str(row.year)))
        problems.add(file, cell, shown(row.value), "a number or null")
    values = data["value"].where(kinds.isin([int, float]), np.nan)
    return data.assign(value=values.astype(float), reported=data.index.isin(wrong.index))


def cell_name(region: str, contents: str, year: int) -> str:
    """How messages name a cell: `Region 6001, Folkemengde, 2017`."""
    return f"{REGION} {region}, {contents}, {year}"
