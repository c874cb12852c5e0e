"""The list of municipalities by year: which number meant which municipality when, and what replaced it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.registers.cells import normalised
from helpers.registers.problems import Problems, check_columns, shown
from helpers.registers.text import TextTable, read_delimited

COLUMNS = {
    "kommunenummer": "municipality",
    "kommunenavn": "name",
    "fylke": "county",
    "gyldig_fra": "valid_from",
    "gyldig_til": "valid_to",
    "nytt_nummer": "successor",
}
STILL_VALID = 9999


@dataclass(frozen=True)
class MunicipalityList:
    """The municipalities and the years, both included, in which each was in force.

    Attributes:
        file: The file's name, for messages.
        table: municipality, name, county, valid_from, valid_to (NaN: still in force), successor ("" if none).
    """

    file: str
    table: pd.DataFrame

    def in_force(self, year: int) -> pd.DataFrame:
        """The rows of the municipalities in force in a year."""
        last = self.table["valid_to"].fillna(STILL_VALID)
        return self.table[(self.table["valid_from"] <= year) & (last >= year)]

    @cached_property
    def _rows_by_number(self) -> dict[str, pd.DataFrame]:
        return {str(number): rows for number, rows in self.table.groupby("municipality")}

    @cached_property
    def _names_by_number(self) -> dict[str, list[tuple[int, int, str]]]:
        """First year, last year and name of a number's rows; plain tuples, since they are looked up by the thousand."""
        last = self.table["valid_to"].fillna(STILL_VALID)
        names: dict[str, list[tuple[int, int, str]]] = {}
        for number, start, end, name in zip(
            self.table["municipality"], self.table["valid_from"], last, self.table["name"], strict=True
        ):
            names.setdefault(str(number), []).append((start, end, str(name)))
        return names

    def name_in(self, number: str, year: int) -> str | None:
        """The name a number had in a year, or None if it was not in force."""
        rows = self._names_by_number.get(number, [])
        return next((name for start, end, name in rows if start <= year <= end), None)

    def fault(self, number: str, year: int, name: str | None = None) -> tuple[str, str, str] | None:
        """What is wrong with a municipality in a year: (found, expected, advice), or None if nothing is."""
        if number not in self._rows_by_number:
            return shown(number), f"a municipality in {self.file}", ""
        known = self.name_in(number, year)
        if known is None:
            return (
                f"{number} in {year}",
                "a municipality that was in force in that year",
                self._validity(number),
            )
        if name is not None and normalised(name) != normalised(known):
            return (
                f"{number} with the name {shown(name)}",
                f"the name {known!r}",
                "Mend the number or the name.",
            )
        return None

    def _validity(self, number: str) -> str:
        row = self._rows_by_number[number].iloc[-1]
        last = "" if np.isnan(row["valid_to"]) else f" to {int(row['valid_to'])}"
        successor = f"; its successor is {row['successor']}" if row["successor"] else ""
        return f"{number} {row['name']} was in force from {row['valid_from']}{last}{successor}."

    def check(
        self,
        cells: pd.DataFrame,
        rows: np.ndarray,
        file: str,
        column: str,
        problems: Problems,
    ) -> None:
        """Report municipalities that are unknown, misnamed or not in force in the year.

        Args:
            cells: Columns number (text), year (number) and, if the file has names, name (text).
            rows: Row numbers in the file.
            file: The file's name.
            column: The column that holds the number.
            problems: Where to report.
        """
        where = cells.assign(row=rows)
        keys = [name for name in ("number", "year", "name") if name in where]
        for values, group in where.groupby(keys, observed=True, dropna=False)["row"]:
            number, year, *name = tuple(values)
            fault = self.fault(str(number), int(float(str(year))), str(name[0]) if name else None)
            if fault:
                found, expected, advice = fault
                problems.add(file, column, found, expected, advice, group.tolist())


def read_municipalities(path: Path, problems: Problems) -> MunicipalityList | None:
    """Read and check the list of municipalities; None if it cannot be used (the reasons are reported)."""
    before = len(problems)
    text = read_delimited(path, problems)
    if text is None or check_columns(text.file, text.data.columns, list(COLUMNS), problems):
        return None
    data = text.data.rename(columns=COLUMNS)[list(COLUMNS.values())].astype(str)
    _check_cells(data, text, problems)
    if len(problems) > before:
        return None
    years = {"valid_from": data["valid_from"].astype(int), "valid_to": pd.to_numeric(data["valid_to"])}
    table = data.assign(**years)
    _check_periods(table, text, problems)
    return MunicipalityList(text.file, table) if len(problems) == before else None


def _check_cells(data: pd.DataFrame, text: TextTable, problems: Problems) -> None:
    patterns = {
        "municipality": (r"\d{4}", "a number of four digits"),
        "name": (r".+", "a name"),
        "valid_from": (r"\d{4}", "a year"),
        "valid_to": (r"(\d{4})?", "a year, or nothing if still in force"),
        "successor": (r"(\d{4})?", "a number of four digits, or nothing"),
    }
    fields = {ours: theirs for theirs, ours in COLUMNS.items()}
    for name, (pattern, expected) in patterns.items():
        wrong = ~data[name].str.fullmatch(pattern)
        problems.add_values(text.file, fields[name], data[name][wrong], text.rows[wrong.to_numpy()], expected)
    unknown = (data["successor"] != "") & ~data["successor"].isin(data["municipality"])
    cells, rows = data["successor"][unknown], text.rows[unknown.to_numpy()]
    problems.add_values(text.file, fields["successor"], cells, rows, "a kommunenummer of this list")


def _check_periods(table: pd.DataFrame, text: TextTable, problems: Problems) -> None:
    backwards = table["valid_to"] < table["valid_from"]
    rows = text.rows[backwards.to_numpy()]
    problems.add_values(text.file, "gyldig_til", table["valid_to"][backwards], rows, "a year not before gyldig_fra")
    ordered = table.assign(row=text.rows).sort_values(["municipality", "valid_from"])
    previous = ordered.groupby("municipality")["valid_to"].shift(fill_value=-1).fillna(STILL_VALID)
    overlap = ordered[ordered["valid_from"] <= previous]
    expected = "one municipality per number and year"
    problems.add_values(text.file, "kommunenummer", overlap["municipality"], overlap["row"].to_numpy(), expected)
