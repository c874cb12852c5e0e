"""The municipal statistics as JSON-stat 2.0, one file per table, and the list of municipalities."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from synthesis.files import write_json

# file name: title, and per content its label, the column it comes from, the factor and the decimals
_Content = tuple[str, str, float, int]
TABLES: dict[str, tuple[str, dict[str, _Content]]] = {
    "11342": ("Befolkning", {"Folkemengde": ("Folkemengde", "population", 1, 0)}),
    "06445": (
        "Andel sysselsatte i befolkningen per 4. kvartal (prosent)",
        {"AndelSysselsatte": ("Andel sysselsatte (prosent)", "employment_share_25_66", 100, 1)},
    ),
    "11715": (
        "Uføretrygdede",
        {"AndelUforetrygdede": ("Andel uføretrygdede (prosent)", "disability_pension_share", 100, 1)},
    ),
    "09588": ("Flytting", {"Nettoinnflytting": ("Nettoinnflytting", "net_in_migration", 1, 0)}),
    "09817": (
        "Innvandrere og norskfødte med innvandrerforeldre, andel av befolkningen",
        {
            "AndelUtvalgteLand": ("Utvalgte land (prosent)", "immigrant_share", 100, 1),
            "AndelAlleLand": ("Alle land (prosent)", "immigrant_share_all_countries", 100, 1),
        },
    ),
    "07984": (
        "Sysselsatte per 4. kvartal i utvalgte næringer",
        {
            "AndelUtvalgteNaeringer": (
                "Andel av de sysselsatte (prosent)",
                "selected_industries_share",
                100,
                1,
            )
        },
    ),
    "nav_ledighet": (
        "Helt ledige, andel av arbeidsstyrken",
        {"AndelLedige": ("Andel helt ledige (prosent)", "unemployment_rate", 100, 1)},
    ),
    "sentralitet": ("Sentralitet", {"Sentralitetsklasse": ("Sentralitetsklasse", "centrality", 1, 0)}),
}
_SOURCE = "Oppdiktede tall (Resultatbok)"


def write_statistics(folder: Path, statistics: pd.DataFrame, municipalities: pd.DataFrame) -> None:
    """Write one JSON-stat file per table into `folder`; a municipality has null in the years it does not exist."""
    folder.mkdir(parents=True, exist_ok=True)
    for table, (title, contents) in TABLES.items():
        columns = {
            code: (label, _rounded(statistics[column] * factor, decimals))
            for code, (label, column, factor, decimals) in contents.items()
        }
        values = statistics[["municipality", "year"]].assign(**{code: v for code, (_, v) in columns.items()})
        labels = {code: label for code, (label, _) in columns.items()}
        write_json(folder / f"{table}.json", json_stat(title, values, labels, municipalities["name"]))


def json_stat(title: str, values: pd.DataFrame, contents: dict[str, str], regions: pd.Series) -> dict[str, Any]:
    """A JSON-stat 2.0 dataset with the dimensions Region, ContentsCode and Tid.

    Args:
        title: The table's title.
        values: Columns municipality and year, and one column per content.
        contents: Label of each content's column.
        regions: Names of all municipalities by number; the order of the dimension.
    """
    years = sorted(values["year"].unique())
    cells = pd.MultiIndex.from_product([regions.index, years])
    found = values.set_index(["municipality", "year"])[list(contents)].reindex(cells)
    cube = found.to_numpy(dtype=float).reshape(len(regions), len(years), len(contents)).transpose(0, 2, 1)
    return {
        "version": "2.0",
        "class": "dataset",
        "label": title,
        "source": _SOURCE,
        "id": ["Region", "ContentsCode", "Tid"],
        "size": [len(regions), len(contents), len(years)],
        "dimension": {
            "Region": _dimension("region", dict(regions)),
            "ContentsCode": _dimension("statistikkvariabel", contents),
            "Tid": _dimension("år", {str(year): str(year) for year in years}),
        },
        "value": [None if v != v else _plain(v) for v in cube.ravel()],
    }


def write_municipalities(path: Path, municipalities: pd.DataFrame) -> None:
    """Write the list of municipalities with the years they exist, both included, and their successors."""
    table = pd.DataFrame(
        {
            "kommunenummer": municipalities.index,
            "kommunenavn": municipalities["name"],
            "fylke": municipalities["county"],
            "gyldig_fra": municipalities["valid_from"].astype(int),
            "gyldig_til": municipalities["valid_to"].astype("Int64"),
            "nytt_nummer": municipalities["successor"],
        }
    ).sort_values(["kommunenummer"])
    path.write_bytes(table.to_csv(sep=";", index=False, lineterminator="\n").encode("utf-8"))


def _dimension(label: str, categories: dict[str, str]) -> dict[str, Any]:
    return {"label": label, "category": {"index": list(categories), "label": categories}}


def _rounded(values: pd.Series, decimals: int) -> pd.Series:
    return values.astype(float).round(decimals)


def _plain(value: float) -> float | int:
    return int(value) if value == int(value) else value
