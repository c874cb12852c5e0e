"""Municipal statistics: what describes a municipality in a year, brought together as shares and rates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.registers.coding import CODING_FOLDER, coding_tables
from helpers.registers.jsonstat import StatTable, cell_name, read_jsonstat
from helpers.registers.municipalities import MunicipalityList
from helpers.registers.problems import Problems, file_name, suggestion

RATE_PER = 1000
COLUMNS = (
    *("municipality", "year", "population", "immigrant_share", "immigrant_share_all_countries"),
    *("selected_industries_share", "net_in_migration_per_1000", "employment_share_25_66"),
    *("disability_pension_share", "unemployment_rate", "centrality"),
)


@dataclass(frozen=True)
class Statistic:
    """One statistic as read: `values` has region, year, value (in the harmonised unit) and reported."""

    name: str
    file: str
    contents: str
    values: pd.DataFrame


def read_statistics(
    folder: Path, years: list[int], problems: Problems, coding_folder: Path = CODING_FOLDER
) -> list[Statistic]:
    """Read every statistic that `statistics.csv` names and check years, contents and limits.

    Returns:
        The statistics that could be read.
    """
    if not folder.is_dir():
        problems.add(file_name(folder), "", "no such folder", "a folder", "Check the path in the cohort file.")
        return []
    plan = coding_tables(coding_folder)["statistics"]
    tables = {name: read_jsonstat(folder / name, problems) for name in dict.fromkeys(plan["file"])}
    for table in tables.values():
        if table is not None:
            _check_years(table, years, problems)
    read = (_statistic(row, tables[row["file"]], problems) for row in _records(plan))
    return [statistic for statistic in read if statistic is not None]


def _records(plan: pd.DataFrame) -> list[dict[str, str]]:
    return [dict(zip(plan.columns, row, strict=True)) for row in plan.itertuples(index=False)]


def _check_years(table: StatTable, years: list[int], problems: Problems) -> None:
    for year in sorted(set(years) - set(table.years)):
        found, advice = ", ".join(map(str, table.years)), "Download the table with that year."
        problems.add(table.file, "Tid", found, f"the cohort's year {year}", advice)


def _statistic(row: dict[str, str], table: StatTable | None, problems: Problems) -> Statistic | None:
    if table is None:
        return None
    code = table.contents[0] if len(table.contents) == 1 else row["contents"]
    if code not in table.contents:
        advice = suggestion(code, table.contents)
        problems.add(table.file, "ContentsCode", ", ".join(table.contents), repr(code), advice)
        return None
    values = table.data.loc[table.data["contents"] == code, ["region", "year", "value", "reported"]]
    _check_limits(values, row, code, table.file, problems)
    return Statistic(row["variable"], table.file, code, values.assign(value=values["value"] / float(row["divide_by"])))


def _check_limits(values: pd.DataFrame, row: dict[str, str], code: str, file: str, problems: Problems) -> None:
    low, high = float(row["minimum"]), float(row["maximum"])
    for cell in values[(values["value"] < low) | (values["value"] > high)].itertuples():
        name = cell_name(str(cell.region), code, int(str(cell.year)))
        problems.add(file, name, f"{cell.value:g}", f"{low:,.0f} to {high:,.0f} {row['unit']}")


def municipality_years(statistics: list[Statistic], municipalities: MunicipalityList, years: list[int]) -> pd.DataFrame:
    """One row per municipality in force in each year, sorted, with every statistic (NaN if not published)."""
    in_force = [municipalities.in_force(year)["municipality"].to_frame().assign(year=year) for year in years]
    table = pd.concat(in_force, ignore_index=True).sort_values(["municipality", "year"], ignore_index=True)
    for statistic in statistics:
        values = statistic.values.drop(columns="reported").rename(
            columns={"region": "municipality", "value": statistic.name}
        )
        table = table.merge(values, how="left", on=["municipality", "year"])
    table["net_in_migration_per_1000"] = RATE_PER * table["net_in_migration"] / table["population"]
    return table[list(COLUMNS)].astype({"municipality": "str", "year": "int64"})


def check_covered(
    statistics: list[Statistic],
    municipalities: MunicipalityList,
    years: list[int],
    leavers: pd.DataFrame,
    problems: Problems,
) -> None:
    """Report municipalities that somebody left in a year without statistics; note the other gaps.

    Args:
        statistics: The statistics as read.
        municipalities: The list of municipalities.
        years: The cohort's years.
        leavers: Columns municipality and year of every leaver, duplicates allowed.
        problems: Where to report.
    """
    needed = {(str(number), int(year)) for number, year in leavers.drop_duplicates().itertuples(index=False)}
    for statistic in statistics:
        values = statistic.values[statistic.values["value"].notna() | statistic.values["reported"]]
        known = set(zip(values["region"], values["year"], strict=True))
        gaps = 0
        for year in sorted(set(years) & set(statistic.values["year"])):
            for number in municipalities.in_force(year)["municipality"]:
                if (number, year) in known:
                    continue
                if (number, year) not in needed:
                    gaps += 1
                    continue
                advice = f"Somebody left a programme there; download the table with the municipalities of {year}."
                problems.add(statistic.file, cell_name(number, statistic.contents, year), "nothing", "a number", advice)
        if gaps:
            problems.note(f"{statistic.file}: {gaps} municipality-years without leavers have no {statistic.contents}.")
