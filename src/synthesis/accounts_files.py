"""The accounts as delivered: KOSTRA's function 275 as JSON-stat, and Jobbsjansen's project accounts as Excel."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
from openpyxl import Workbook

from synthesis.draws import Streams, settled
from synthesis.files import write_json, write_workbook
from synthesis.statistics_files import json_stat

HEADER = [
    "Kommunenummer",
    "Kommunenavn",
    "Prosjekt",
    "Lønnsutgifter (1000 kr)",
    "Andre driftsutgifter (1000 kr)",
    "Antall deltakere",
]
_CONTENTS = {"lonnsutgifter": "Lønnsutgifter (1000 kr)", "deltakere": "Deltakere i løpet av året"}


def write_kostra(path: Path, accounts: pd.DataFrame, municipalities: pd.DataFrame, years: list[int]) -> None:
    """Write `kostra_275.json`: every municipality and year, null where there are no usable accounts."""
    here = accounts[accounts["scheme"] == "introduction"]
    every = pd.MultiIndex.from_product([municipalities.index, years], names=["municipality", "year"])
    values = here.set_index(["municipality", "year"])[["wages", "participants"]].reindex(every).reset_index()
    values = values.rename(columns={"wages": "lonnsutgifter", "participants": "deltakere"})
    title = "Utgifter til introduksjonsordningen (funksjon 275)"
    write_json(path, json_stat(title, values, _CONTENTS, municipalities["name"]))


def write_project_accounts(
    path: Path,
    accounts: pd.DataFrame,
    leavers: pd.DataFrame,
    names: pd.Series,
    years: list[int],
    other_costs_share: float,
    streams: Streams,
) -> None:
    """Write `jobbsjansen_accounts.xlsx`: a sheet per year; a project without usable accounts has blank cells."""
    rng = streams.of("project accounts")
    book = Workbook()
    book.remove(book.worksheets[0])
    here = leavers[leavers["scheme"] == "jobbsjansen"].merge(
        accounts, how="left", on=["scheme", "year", "municipality"]
    )
    for year in years:
        sheet = book.create_sheet(str(year))
        sheet.append(HEADER)
        for number, participants, wages in here.loc[
            here["year"] == year, ["municipality", "participants", "wages"]
        ].itertuples(index=False):
            other = np.round(wages * other_costs_share * settled(np.exp(0.3 * rng.standard_normal())))
            costs = [None if np.isnan(v) else int(v) for v in (wages, other, participants)]
            sheet.append([number, names[number], f"Jobbsjansen {names[number]}", *costs])
    write_workbook(path, book)
