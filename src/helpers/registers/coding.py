"""The coding tables of `data/coding`, and the one mechanism that applies them to every register.

A recoding says: in this scheme, where this field holds this value, the harmonised variable gets this code.
Rows with a `choice` hold only when the cohort file made that choice, so that the coding itself never needs
an `if`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from helpers.cohort.settings import CodingChoices, Scheme
from helpers.cohort.variables import Variable, read_variables
from helpers.registers.cells import as_code, map_distinct, normalised

CODING_FOLDER = Path(__file__).resolve().parents[3] / "data" / "coding"
TABLES = (
    *("recodings", "countries", "measures", "single_measures", "statistics", "variables"),
    "jobbsjansen_details",
)
CITIZENSHIP = "StatsborgerskapForste"
"""The one field whose values are listed in a table of their own, countries.csv."""


def coding_tables(folder: Path = CODING_FOLDER) -> dict[str, pd.DataFrame]:
    """Every coding table as it stands, all cells as text, for the book's appendix.

    Returns:
        One data frame per name in `TABLES`. `recodings` has the columns table (of the 2022 report), target,
        scheme, field, value, label, code (empty: missing), choice and note.
    """
    return {name: _read(folder / f"{name}.csv") for name in TABLES}


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


@dataclass(frozen=True)
class Coding:
    """The recodings in force under one cohort's choices.

    Attributes:
        recodings: The rows in force, countries included; columns as in `recodings.csv`.
        participants: The columns of the participants' table in order.
        measures: The harmonised measures in order.
        single_measures: Jobbsjansen's single measures (v3_ codes).
        world_regions: World region of each country's Norwegian name.
        detail_columns: The columns of Jobbsjansen's details in order.
    """

    recodings: pd.DataFrame
    participants: list[Variable]
    measures: list[str]
    single_measures: list[str]
    world_regions: dict[str, str]
    detail_columns: list[str]

    @cached_property
    def _by_field(self) -> dict[tuple[str, ...], dict[str, tuple[str, str]]]:
        found: dict[tuple[str, ...], dict[str, tuple[str, str]]] = {}
        columns = ["target", "scheme", "field", "value", "code", "label"]
        for target, scheme, field, value, code, label in self.recodings[columns].itertuples(index=False):
            found.setdefault((target, scheme, field), {})[normalised(value)] = (code, label)
        return found

    def codes(self, target: str, scheme: Scheme, field: str) -> dict[str, str]:
        """Code by (normalised) value for one field, both text; an empty code means missing."""
        return {value: code for value, (code, _) in self._by_field[target, scheme, field].items()}

    def labels(self, target: str, scheme: Scheme, field: str) -> dict[str, str]:
        """Norwegian label by value for one coded field."""
        return {value: label for value, (_, label) in self._by_field[target, scheme, field].items()}

    def fields(self, target: str, scheme: Scheme) -> list[str]:
        """The fields that a harmonised variable is made from, in the coding table's order."""
        return [field for t, s, field in self._by_field if (t, s) == (target, scheme)]

    def measure_fields(self, scheme: Scheme) -> list[str]:
        """Every measure field of a scheme, the unused ones included, in the coding table's order."""
        rows = self.recodings
        is_measure = rows["target"].str.startswith("measure_") | rows["target"].eq("not_used")
        return list(dict.fromkeys(rows.loc[is_measure & rows["scheme"].eq(scheme), "field"]))

    def recode(self, values: pd.Series, target: str, scheme: Scheme) -> pd.Series:
        """Codes of a field, whose name is the series' name, as text with None where missing.

        Values without a code must have been refused before; here they become missing.
        """
        codes = self.codes(target, scheme, str(values.name))
        return map_distinct(values, lambda value: codes.get(as_code(value)) or None)

    def recode_number(self, values: pd.Series, target: str, scheme: Scheme) -> pd.Series:
        """As `recode`, for codes that are numbers: float with NaN where missing."""
        codes = self.codes(target, scheme, str(values.name))
        return map_distinct(values, lambda value: float(codes.get(as_code(value)) or "nan"), float)

    def interpolate(self, values: pd.Series, target: str, scheme: Scheme) -> pd.Series:
        """Codes of a numeric field that may lie between two coded values: linear between their codes.

        Outside the values that have a code the result is missing.
        """
        codes = self.codes(target, scheme, str(values.name))
        coded = sorted((float(value), float(code)) for value, code in codes.items() if code)
        x, y = zip(*coded, strict=True)
        result = np.interp(values.to_numpy(float), x, y, left=np.nan, right=np.nan)
        return pd.Series(result, index=values.index)

    def any_set(self, table: pd.DataFrame, target: str, scheme: Scheme) -> pd.Series:
        """1 where at least one of the fields behind a measure holds a value with code 1, else 0."""
        hit = np.zeros(len(table), dtype=bool)
        for field in self.fields(target, scheme):
            hit |= (self.recode_number(table[field], target, scheme) == 1).to_numpy()
        return pd.Series(hit.astype(float), index=table.index)


def load_coding(choices: CodingChoices, folder: Path = CODING_FOLDER) -> Coding:
    """The recodings that hold under a cohort's coding choices."""
    tables = coding_tables(folder)
    rows = tables["recodings"]
    in_force = rows["choice"].map({choice: _chosen(choice, choices) for choice in rows["choice"].unique()})
    rows = pd.concat([rows[in_force.astype(bool)], _country_rows(tables["countries"])], ignore_index=True)
    countries = tables["countries"][tables["countries"]["world_region"] != ""]
    return Coding(
        rows,
        [variable for variable in read_variables(folder) if variable.table == "participants"],
        list(tables["measures"]["measure"]),
        list(tables["single_measures"]["code"]),
        dict(zip(countries["country"], countries["world_region"], strict=True)),
        list(tables["jobbsjansen_details"]["name"]),
    )


def _chosen(choice: str, choices: CodingChoices) -> bool:
    if not choice:
        return True
    setting, _, value = choice.partition("=")
    return str(getattr(choices, setting)).lower() == value


def _country_rows(countries: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"value": [*countries["country"], ""], "code": [*countries["origin"], ""]})
    return rows.assign(
        table="", target="origin", scheme="introduction", field=CITIZENSHIP, label="", choice="", note=""
    )
