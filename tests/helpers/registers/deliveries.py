"""Small, faultless register files, which a test may spoil before they are written."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat

from helpers.cohort.settings import CodingChoices, Cohort, Sources, Years
from helpers.registers.coding import load_coding
from helpers.registers.jobbsjansen_contract import jobbsjansen_columns
from helpers.registers.nir_contract import nir_columns

YEARS = (2019, 2020)
MUNICIPALITIES = """kommunenummer;kommunenavn;fylke;gyldig_fra;gyldig_til;nytt_nummer
6001;Askholmen;Nordvik;1838;2019;6003
6002;Bjørkelien;Nordvik;1838;2019;6003
6003;Askbjørk;Nordvik;2020;;
6004;Granåsvik;Sørvik;1838;;
"""
IN_FORCE = {2019: ["6001", "6002", "6004"], 2020: ["6003", "6004"]}
CONTENTS = {
    "11342.json": {"Folkemengde": 10_000},
    "06445.json": {"AndelSysselsatte": 75.0},
    "11715.json": {"AndelUforetrygdede": 12.5},
    "09588.json": {"Nettoinnflytting": -25},
    "09817.json": {"AndelUtvalgteLand": 6.0, "AndelAlleLand": 12.0},
    "07984.json": {"AndelUtvalgteNaeringer": 46.0},
    "nav_ledighet.json": {"AndelLedige": 2.5},
    "sentralitet.json": {"Sentralitetsklasse": 3},
    "kostra_275.json": {"lonnsutgifter": 2000.0, "deltakere": 40},
}
VALUE_LABELS = {
    "v2_1": {1: "Kvinne", 2: "Mann"},
    "Måloppnåelse_dik": {1: "Måloppnåelse", 0: "Ikke måloppnåelse"},
    "v1_1": {6001: "Askholmen", 6003: "Askbjørk", 6004: "Granåsvik"},
}
LEAVER = {
    "Løpenummer": "N0000001",
    "Kjønn": "K",
    "Fodselsaar": "1985",
    "StatsborgerskapForste": "Syria",
    "DatoForForsteVedtakIntro": "01.03.2017",
    "GjenførfristBeregnetFra": "15.03.2017",
    "AvsluttetDato": "15.03.2019",
    "Avslutningsårsak": "Arbeid",
    "SporForste": "Spor 1",
    "SporSiste": "Spor 2",
    "PROVE_NORSK_LES_Resultat": "A2",
    "PROVE_NORSK_LYTT_Resultat": "B1",
    "AntallTimerFravaerIntro": "10,5",
    "AntallDagerFravaerIntro": "2",
    "AntallTimerDeltattNorsk": "400",
    "AntallTimerDeltattSamf": "50",
    "AntallTimerDeltattNKNV": "0",
    "Avsl_Kommunennummer": "6001",
    "Avsl_Kommunenavn": "Askholmen",
    "Norskopplæring": "Ja",
    "Annet (arbeidsliv)": "Ja",
}
REPORTED = {
    "Løpenummer": "J00001",
    "År": 2019.0,
    "v1_1": 6001.0,
    "v1_2": "Jobb på Askholmen",
    "v2_1": 1.0,
    "Alder_rapporteringstidspunkt": 36.0,
    "Botid": 9.0,
    "Norsknivaa_samlet_avslutning_karakter": 3.5,
    "Norsknivaa_vurdering_avslutning": 2.0,
    "Varighet": 12.0,
    "v5_1": 1.0,
    "v2_9": 6.0,
    "Måloppnåelse_dik": 1.0,
    "v6_1": 1.0,
    "Sør_Asia": 1.0,
    "v3_1_1": 1.0,
    "v3_2_5": 1.0,
}
ACCOUNT = ["Kommunenummer", "Kommunenavn", "Prosjekt"]
ACCOUNT += ["Lønnsutgifter (1000 kr)", "Andre driftsutgifter (1000 kr)", "Antall deltakere"]


def leavers(**changes: list[str]) -> pd.DataFrame:
    """NIR rows like LEAVER, one per element of the changed columns; numbered from N0000001."""
    n = max((len(values) for values in changes.values()), default=1)
    rows = pd.DataFrame([LEAVER] * n)
    rows["Løpenummer"] = [f"N{i + 1:07d}" for i in range(n)]
    columns = nir_columns(load_coding(CodingChoices()))
    return rows.assign(**changes).reindex(columns=columns, fill_value="")


def reported(**changes: list[object]) -> pd.DataFrame:
    """Jobbsjansen rows like REPORTED, one per element of the changed columns; numbered from J00001."""
    n = max((len(values) for values in changes.values()), default=1)
    rows = pd.DataFrame([REPORTED] * n)
    rows["Løpenummer"] = [f"J{i + 1:05d}" for i in range(n)]
    rows = rows.assign(**changes)
    columns = jobbsjansen_columns(load_coding(CodingChoices()))
    return rows.reindex(columns=columns, fill_value=0.0)


def jsonstat(file: str) -> dict[str, object]:
    """A faultless JSON-stat table for every municipality of either year; null where it did not exist."""
    contents, regions = CONTENTS[file], sorted({r for year in YEARS for r in IN_FORCE[year]})
    sizes = {"Region": regions, "ContentsCode": list(contents), "Tid": [str(year) for year in YEARS]}
    values = [
        contents[code] if region in IN_FORCE[year] else None
        for region in regions
        for code in contents
        for year in YEARS
    ]
    dimensions = {
        name: {"label": name, "category": {"index": {code: i for i, code in enumerate(codes)}}}
        for name, codes in sizes.items()
    }
    size = [len(codes) for codes in sizes.values()]
    return {
        "version": "2.0",
        "class": "dataset",
        "id": list(sizes),
        "size": size,
        "dimension": dimensions,
        "value": values,
    }


@dataclass
class Delivery:
    """The content of a delivery; a test changes what it likes and calls `write`."""

    folder: Path
    nir: pd.DataFrame = field(
        default_factory=lambda: leavers(
            AvsluttetDato=["15.03.2019", "01.12.2019", "31.12.2020", "02.01.2020"],
            Avsl_Kommunennummer=["6001", "6002", "6003", "6004"],
            Avsl_Kommunenavn=["Askholmen", "Bjørkelien", "Askbjørk", "Granåsvik"],
        )
    )
    jobbsjansen: pd.DataFrame = field(
        default_factory=lambda: reported(År=[2019.0, 2020.0, 2020.0], v1_1=[6001.0, 6003.0, 6004.0])
    )
    labels: dict[str, dict[int, str]] = field(default_factory=lambda: {k: dict(v) for k, v in VALUE_LABELS.items()})
    municipalities: str = MUNICIPALITIES
    tables: dict[str, dict[str, object]] = field(default_factory=lambda: {f: jsonstat(f) for f in CONTENTS})
    sheets: dict[str, list[list[object]]] = field(
        default_factory=lambda: {
            "2019": [ACCOUNT, ["6001", "Askholmen", "Jobb på Askholmen", 900, 100, 20]],
            "2020": [
                ACCOUNT,
                [6003, "Askbjørk", "Bydel øst", 700, 50, 10],
                [6003, "Askbjørk", "Bydel vest", 500.5, 50, 20],
                [6004, "Granåsvik", "Granprosjektet", None, None, 9],
            ],
        }
    )
    years: tuple[int, int] = YEARS
    coding: CodingChoices = field(default_factory=CodingChoices)

    @property
    def sources(self) -> Sources:
        """Where the files are written."""
        return Sources(
            nir=self.folder / "nir.csv.gz",
            jobbsjansen=self.folder / "jobbsjansen.sav",
            municipalities=self.folder / "municipalities.csv",
            municipal_statistics=self.folder / "municipal_statistics",
            kostra=self.folder / "kostra_275.json",
            accounts=self.folder / "jobbsjansen_accounts.xlsx",
        )

    @property
    def cohort(self) -> Cohort:
        """A cohort that reads this delivery."""
        return Cohort(
            name="small",
            title={"en": "Small"},
            synthetic=True,
            years=Years(first=self.years[0], last=self.years[1]),
            sources=self.sources,
            coding=self.coding,
        )

    def write_nir(self) -> Path:
        """Write the NIR extract and return its path."""
        text = self.nir.to_csv(sep=";", index=False, lineterminator="\n")
        self.sources.nir.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
        return self.sources.nir

    def write_jobbsjansen(self) -> Path:
        """Write Jobbsjansen's reporting and return its path."""
        pyreadstat.write_sav(self.jobbsjansen, self.sources.jobbsjansen, variable_value_labels=self.labels)
        return self.sources.jobbsjansen

    def write(self) -> Cohort:
        """Write every file and return the cohort."""
        self.write_nir()
        self.write_jobbsjansen()
        self.sources.municipalities.write_text(self.municipalities, encoding="utf-8")
        self.sources.municipal_statistics.mkdir(exist_ok=True)
        for file, table in self.tables.items():
            folder = self.folder if file.startswith("kostra") else self.sources.municipal_statistics
            (folder / file).write_text(json.dumps(table), encoding="utf-8")
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in self.sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(self.sources.accounts)
        return self.cohort
