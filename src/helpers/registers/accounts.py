"""What the projects cost: wage costs and participants per year, from KOSTRA and Jobbsjansen's accounts."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from helpers.cohort.settings import SCHEMES
from helpers.registers.cells import padded_code
from helpers.registers.jsonstat import StatTable, cell_name, read_jsonstat
from helpers.registers.municipalities import MunicipalityList
from helpers.registers.problems import Problems, check_columns, file_name, suggestion
from helpers.registers.text import read_bytes, report_size
from resultatbok.limits import MOST_WORKBOOK_BYTES, MOST_WORKBOOK_CELLS

NUMBER, NAME, PROJECT = "Kommunenummer", "Kommunenavn", "Prosjekt"
WAGES, OTHER, PARTICIPANTS = "Lønnsutgifter (1000 kr)", "Andre driftsutgifter (1000 kr)", "Antall deltakere"
SHEET_COLUMNS = (NUMBER, NAME, PROJECT, WAGES, OTHER, PARTICIPANTS)
KOSTRA_CONTENTS = {"lonnsutgifter": "wage_costs_1000_nok", "deltakere": "participants"}
MOST_THOUSAND_NOK = 2_000_000
MOST_PARTICIPANTS = 50_000
NOTED_BELOW = 0.5
"""Share of the leavers' municipality-years with known wage costs below which it is mentioned."""
_BROKEN = (ValueError, TypeError, AttributeError, OSError, EOFError)  # what openpyxl meets in a damaged workbook
COLUMNS = (
    *("project", "scheme", "municipality", "year", "participants", "wage_costs_1000_nok"),
    "wage_costs_per_participant_1000_nok",
)


def read_kostra(
    path: Path, municipalities: MunicipalityList | None, years: list[int], problems: Problems
) -> pd.DataFrame | None:
    """The introduction programmes' wage costs and participants (KOSTRA function 275).

    Returns:
        Columns municipality, year, participants and wage_costs_1000_nok for the municipalities in force, NaN
        where not published; None if the table cannot be used.
    """
    table = read_jsonstat(path, problems)
    if table is None or not _kostra_is_complete(table, years, problems):
        return None
    most = table.data["contents"].map(dict(zip(KOSTRA_CONTENTS, (MOST_THOUSAND_NOK, MOST_PARTICIPANTS), strict=True)))
    for cell in table.data.assign(most=most)[(table.data["value"] < 0) | (table.data["value"] > most)].itertuples():
        name = cell_name(str(cell.region), str(cell.contents), int(str(cell.year)))
        expected = "a number that is not negative" if np.isnan(float(str(cell.most))) else f"0 to {cell.most:,.0f}"
        problems.add(table.file, name, f"{cell.value:g}", expected)
    known = table.data[table.data["contents"].isin(list(KOSTRA_CONTENTS)) & table.data["year"].isin(years)]
    wide = known.pivot_table(index=["region", "year"], columns="contents", values="value", dropna=False, sort=True)
    wide = wide.rename(columns=KOSTRA_CONTENTS).rename_axis(columns=None).reset_index()
    if municipalities is not None:
        wide = wide[
            [municipalities.name_in(r, y) is not None for r, y in zip(wide["region"], wide["year"], strict=True)]
        ]
    return wide.rename(columns={"region": "municipality"}).reset_index(drop=True)


def _kostra_is_complete(table: StatTable, years: list[int], problems: Problems) -> bool:
    absent = [code for code in KOSTRA_CONTENTS if code not in table.contents]
    for code in absent:
        advice = suggestion(code, table.contents)
        problems.add(table.file, "ContentsCode", ", ".join(table.contents), repr(code), advice)
    for year in sorted(set(years) - set(table.years)):
        problems.add(table.file, "Tid", f"no year {year}", "every year of the cohort", "Download the table again.")
    return not absent


def read_accounts(
    path: Path, municipalities: MunicipalityList | None, years: list[int], problems: Problems
) -> pd.DataFrame | None:
    """Jobbsjansen's project accounts, one sheet per year.

    Returns:
        Columns municipality, year, participants and wage_costs_1000_nok, the projects of a municipality
        added up (NaN if one of them lacks the number); None if no sheet can be used.
    """
    book = _workbook(path, problems)
    if book is None:
        return None
    file = file_name(path)
    sheets = []
    for year in years:
        if str(year) not in book.sheetnames:
            found = f"the sheets {', '.join(book.sheetnames)}"
            problems.add(file, "", found, f"a sheet named {year}", "Ask for the accounts of that year.")
            continue
        sheet = _sheet(book[str(year)], f"{file}, sheet {year}", year, municipalities, problems)
        if sheet is not None:
            sheets.append(sheet)
    if not sheets:
        return None
    keys = ["municipality", "year"]
    amounts = ["participants", "wage_costs_1000_nok"]
    return pd.concat(sheets).groupby(keys)[amounts].sum(min_count=1, skipna=False).reset_index()


def _workbook(path: Path, problems: Problems) -> Any:  # noqa: ANN401 - openpyxl's types
    content = read_bytes(path, problems, MOST_WORKBOOK_BYTES)
    if content is None:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            size = sum(part.file_size for part in parts.infolist())  # more is never unpacked of a part
        if size > MOST_WORKBOOK_BYTES:
            report_size(file_name(path), f"{size:,} bytes unpacked, more than {MOST_WORKBOOK_BYTES:,}", problems)
            return None
        return openpyxl.load_workbook(io.BytesIO(content), data_only=True)
    except (zipfile.BadZipFile, zlib.error, InvalidFileException, SyntaxError, LookupError, *_BROKEN):
        problems.add(file_name(path), "", "a file that Excel cannot read", "an Excel file (.xlsx)", "Save it as .xlsx.")
        return None


def _sheet(
    sheet: Any,  # noqa: ANN401
    file: str,
    year: int,
    municipalities: MunicipalityList | None,
    problems: Problems,
) -> pd.DataFrame | None:
    if (cells := sheet.max_row * sheet.max_column) > MOST_WORKBOOK_CELLS:
        report_size(file, f"{cells:,} cells, more than {MOST_WORKBOOK_CELLS:,}", problems)
        return None
    header, *body = list(sheet.iter_rows(values_only=True)) or [()]
    places = [place for place, name in enumerate(header) if name is not None]  # blank columns are skipped
    names = [str(header[place]).strip() for place in places]
    twice = sorted({name for name in names if names.count(name) > 1})
    for name in twice:
        problems.add(
            file, name, f"the column {names.count(name)} times", "each column once", "Remove the extra column."
        )
    if check_columns(file, names, SHEET_COLUMNS, problems) or twice:
        return None
    cells = pd.DataFrame([[row[place] for place in places] for row in body], columns=names, dtype=object)
    filled = cells.notna().any(axis="columns")
    if not filled.any():
        problems.add(file, "", "a header and no rows", "a row per project", "Ask for the accounts of that year.")
        return None
    rows = np.flatnonzero(filled) + 2
    cells = cells[filled].reset_index(drop=True)
    number = cells[NUMBER].map(padded_code)
    if municipalities is not None and len(cells):
        where = pd.DataFrame({"number": number, "year": year, "name": cells[NAME].fillna("").astype(str)})
        municipalities.check(where, rows, file, NUMBER, problems)
    repeated = pd.DataFrame({"n": number, "p": cells[PROJECT]}).duplicated(keep=False).to_numpy()
    problems.add_values(file, PROJECT, cells[PROJECT][repeated], rows[repeated], "each project once per year")
    return pd.DataFrame(
        {
            "municipality": number,
            "year": year,
            "participants": _amounts(cells[PARTICIPANTS], rows, file, MOST_PARTICIPANTS, problems),
            "wage_costs_1000_nok": _amounts(cells[WAGES], rows, file, MOST_THOUSAND_NOK, problems),
        }
    )


def _amounts(cells: pd.Series, rows: np.ndarray, file: str, most: int, problems: Problems) -> pd.Series:
    is_number = cells.map(lambda value: isinstance(value, int | float) and not isinstance(value, bool))
    wrong = (~is_number & cells.notna()).to_numpy()
    problems.add_values(file, str(cells.name), cells[wrong], rows[wrong], "a number, or an empty cell")
    values = cells.where(is_number, np.nan).astype(float)
    outside = ((values < 0) | (values > most)).to_numpy()
    problems.add_values(file, str(cells.name), values[outside], rows[outside], f"0 to {most:,}")
    return values


def check_coverage(
    kostra: pd.DataFrame, costs: pd.DataFrame, leavers: dict[str, pd.DataFrame], problems: Problems
) -> None:
    """Refuse wage costs that are known for none of the leavers' municipality-years; note it where they are for few.

    Args:
        kostra: As from `read_kostra`.
        costs: As from `read_accounts`.
        leavers: Columns municipality and year of each scheme's leavers, duplicates allowed.
        problems: Where to report.
    """
    for scheme, table in zip(SCHEMES, (kostra, costs), strict=True):
        per_head = table["wage_costs_1000_nok"].notna() & (table["participants"] > 0)
        known = set(table.loc[per_head, ["municipality", "year"]].itertuples(index=False, name=None))
        needed = set(leavers[scheme].drop_duplicates().itertuples(index=False, name=None))
        found = len(needed & known)
        name = f"Wage costs, {scheme}"
        if needed and not found:
            expected = "costs and participants for the municipalities and years that participants left in"
            advice = "Look at the municipality numbers and the years in the file."
            problems.add(name, "", f"none of {len(needed):,} municipality-years", expected, advice)
        elif found < NOTED_BELOW * len(needed):
            problems.note(f"{name}: known for {found:,} of {len(needed):,} municipality-years with leavers.")


def project_years(kostra: pd.DataFrame, accounts: pd.DataFrame) -> pd.DataFrame:
    """Wage costs of the projects of both schemes, one row per project and year, sorted.

    Wage costs per participant are missing where there were no participants.
    """
    parts = [table.assign(scheme=scheme) for scheme, table in zip(SCHEMES, (kostra, accounts), strict=True)]
    table = pd.concat(parts, ignore_index=True)
    people = table["participants"].where(table["participants"] > 0)
    table = table.assign(
        project=table["scheme"] + ":" + table["municipality"],
        wage_costs_per_participant_1000_nok=table["wage_costs_1000_nok"] / people,
        scheme=pd.Categorical(table["scheme"], SCHEMES),
    )
    types = {"municipality": "str", "project": "str", "year": "int64"}
    return table[list(COLUMNS)].astype(types).sort_values(["scheme", "municipality", "year"], ignore_index=True)
