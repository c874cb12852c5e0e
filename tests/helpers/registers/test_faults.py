"""Every fault that a delivery can have is found, placed and explained; each test plants one."""

import gzip
import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from deliveries import ACCOUNT, Delivery, leavers

from helpers.registers import InputRefused, Problem, load

NIR, SAV, XLSX = "nir.csv.gz", "jobbsjansen.sav", "jobbsjansen_accounts.xlsx"
LIST, KOSTRA, STATISTICS = "municipalities.csv", "kostra_275.json", "municipal_statistics"
CHECK_PATH = "Check the path in the cohort file."
AGAIN = "Download the table again as JSON-stat 2.0."
BIRTH_YEAR = "a birth year that gives 15 to 80 years of age in the end year"
COUNTRIES = "one of the 326 texts in data/coding, or nothing"
ONCE = ("a number used once", "Keep one row per person, or give each its own number.")
IN_FORCE = "a municipality that was in force in that year"
OLD_NUMBER = "6001 Askholmen was in force from 1838 to 2019; its successor is 6003."

Spoil = Callable[[Delivery], object]


def refused(delivery: Delivery) -> list[Problem]:
    with pytest.raises(InputRefused) as refusal:
        load(delivery.cohort)
    return refusal.value.problems


def cell(table: str, column: str, value: object, row: int = 1) -> Spoil:
    return lambda d: getattr(d, table).__setitem__(
        column, getattr(d, table)[column].where(getattr(d, table).index != row, value)
    )


def nir(column: str, value: str, row: int = 1) -> Spoil:
    return cell("nir", column, value, row)


def sav(column: str, value: object, row: int = 1) -> Spoil:
    return cell("jobbsjansen", column, value, row)


def renamed(table: str, **names: str) -> Spoil:
    return lambda d: setattr(d, table, getattr(d, table).rename(columns=names))


def listed(old: str, new: str) -> Spoil:
    return lambda d: setattr(d, "municipalities", d.municipalities.replace(old, new, 1))


def value(file: str, place: int, content: object) -> Spoil:
    return lambda d: d.tables[file]["value"].__setitem__(place, content)


def categories(file: str, dimension: str, codes: list[str]) -> Spoil:
    return lambda d: d.tables[file]["dimension"][dimension]["category"].update(
        index={code: i for i, code in enumerate(codes)}
    )


def amount(sheet: str, row: int, column: int, content: object) -> Spoil:
    return lambda d: d.sheets[sheet][row].__setitem__(column, content)


CELLS: dict[str, tuple[Spoil, Problem]] = {
    "misspelt column": (
        renamed("nir", Kjønn="Kjonn"),
        Problem(NIR, "Kjønn", (), 1, "the column 'Kjonn'", "a column 'Kjønn'", "Rename the column 'Kjonn'."),
    ),
    "missing column": (
        lambda d: d.nir.pop("Fodselsaar"),
        Problem(
            *(NIR, "Fodselsaar", (), 1, "no such column", "a column 'Fodselsaar'"),
            "Ask for a new delivery with this column.",
        ),
    ),
    "unknown end reason": (
        nir("Avslutningsårsak", "Arbied"),
        Problem(
            *(NIR, "Avslutningsårsak", (3,), 1, "'Arbied'", "one of the 24 texts in data/coding, or nothing"),
            "Did you mean 'Arbeid'?",
        ),
    ),
    "unknown country": (
        nir("StatsborgerskapForste", "Eritera", row=0),
        Problem(NIR, "StatsborgerskapForste", (2,), 1, "'Eritera'", COUNTRIES, "Did you mean 'Eritrea'?"),
    ),
    "unknown sex": (nir("Kjønn", "X"), Problem(NIR, "Kjønn", (3,), 1, "'X'", "'K', 'M' or nothing")),
    "unknown test result": (
        nir("PROVE_NORSK_LES_Resultat", "C1"),
        Problem(
            *(NIR, "PROVE_NORSK_LES_Resultat", (3,), 1, "'C1'"),
            "'Under A1', 'A1', 'A2', 'B1', 'B2' or nothing",
        ),
    ),
    "measure neither set nor empty": (
        nir("Norskopplæring", "ja"),
        Problem(NIR, "Norskopplæring", (3,), 1, "'ja'", "'Ja' or nothing", "Did you mean 'Ja'?"),
    ),
    "date that does not exist": (
        nir("AvsluttetDato", "31.02.2019"),
        Problem(NIR, "AvsluttetDato", (3,), 1, "'31.02.2019'", "a date of the calendar, dd.mm.yyyy"),
    ),
    "date in another format": (
        nir("GjenførfristBeregnetFra", "2017-03-15"),
        Problem(NIR, "GjenførfristBeregnetFra", (3,), 1, "'2017-03-15'", "a date of the calendar, dd.mm.yyyy"),
    ),
    "no end date": (
        nir("AvsluttetDato", ""),
        Problem(NIR, "AvsluttetDato", (3,), 1, "nothing", "an end date dd.mm.yyyy"),
    ),
    "end before start": (
        nir("GjenførfristBeregnetFra", "02.12.2019"),
        Problem(
            *(NIR, "GjenførfristBeregnetFra", (3,), 1, "'02.12.2019'"),
            "a start that is not after AvsluttetDato",
        ),
    ),
    "decision after end": (
        nir("DatoForForsteVedtakIntro", "02.12.2019"),
        Problem(
            *(NIR, "DatoForForsteVedtakIntro", (3,), 1, "'02.12.2019'"),
            "a decision that is not after AvsluttetDato",
        ),
    ),
    "decision before birth": (
        nir("DatoForForsteVedtakIntro", "01.01.1900"),
        Problem(
            *(NIR, "DatoForForsteVedtakIntro", (3,), 1, "'01.01.1900'"),
            "a decision that is not before the birth year",
        ),
    ),
    "programme of more than ten years": (
        nir("GjenførfristBeregnetFra", "01.11.2009"),
        Problem(NIR, "GjenførfristBeregnetFra", (3,), 1, "'01.11.2009'", "at most 120 months to AvsluttetDato"),
    ),
    "end date that nobody believes": (
        nir("AvsluttetDato", "01.12.2071"),
        Problem(NIR, "AvsluttetDato", (3,), 1, "'01.12.2071'", "an end year from 2004 to 2021"),
    ),
    "end date before the scheme began": (
        nir("AvsluttetDato", "31.12.2003"),
        Problem(NIR, "AvsluttetDato", (3,), 1, "'31.12.2003'", "an end year from 2004 to 2021"),
    ),
    "too young": (nir("Fodselsaar", "2005"), Problem(NIR, "Fodselsaar", (3,), 1, "'2005'", BIRTH_YEAR)),
    "too old": (nir("Fodselsaar", "1938"), Problem(NIR, "Fodselsaar", (3,), 1, "'1938'", BIRTH_YEAR)),
    "birth year that is no year": (
        nir("Fodselsaar", "født 85"),
        Problem(NIR, "Fodselsaar", (3,), 1, "'født 85'", "a year of four digits"),
    ),
    "negative hours": (
        nir("AntallTimerFravaerIntro", "-4"),
        Problem(NIR, "AntallTimerFravaerIntro", (3,), 1, "'-4'", "0 to 20,000 hours"),
    ),
    "negative days": (
        nir("AntallDagerFravaerIntro", "-1"),
        Problem(NIR, "AntallDagerFravaerIntro", (3,), 1, "'-1'", "0 to 2,000 days"),
    ),
    "decimal point": (
        nir("AntallTimerDeltattNorsk", "400.5"),
        Problem(NIR, "AntallTimerDeltattNorsk", (3,), 1, "'400.5'", "a number with decimal comma and no spaces"),
    ),
    "lost decimal comma": (
        nir("AntallTimerDeltattNorsk", "40055"),
        Problem(NIR, "AntallTimerDeltattNorsk", (3,), 1, "'40055'", "0 to 20,000 hours"),
    ),
    "person twice": (
        nir("Løpenummer", "N0000001"),
        Problem(NIR, "Løpenummer", (2, 3), 2, "'N0000001'", *ONCE),
    ),
    "person without number": (
        nir("Løpenummer", ""),
        Problem(NIR, "Løpenummer", (3,), 1, "nothing", "a number for every person"),
    ),
    "unknown municipality": (
        nir("Avsl_Kommunennummer", "6012"),
        Problem(
            *(NIR, "Avsl_Kommunennummer", (3,), 1, "'6012'", "a municipality in municipalities.csv"),
        ),
    ),
    "municipality of another year": (
        lambda d: (nir("Avsl_Kommunennummer", "6001", 2)(d), nir("Avsl_Kommunenavn", "Askholmen", 2)(d)),
        Problem(NIR, "Avsl_Kommunennummer", (4,), 1, "6001 in 2020", IN_FORCE, OLD_NUMBER),
    ),
    "number and name of two municipalities": (
        nir("Avsl_Kommunenavn", "Granåsvik"),
        Problem(
            *(NIR, "Avsl_Kommunennummer", (3,), 1, "6002 with the name 'Granåsvik'", "the name 'Bjørkelien'"),
            "Mend the number or the name.",
        ),
    ),
    "SPSS: missing variable": (
        renamed("jobbsjansen", v3_3_7="v3_3_77"),
        Problem(
            *(SAV, "v3_3_7", (), 1, "no such column", "a column 'v3_3_7'"),
            "Ask for a new delivery with this column.",
        ),
    ),
    "SPSS: a variable that another code is like": (
        lambda d: setattr(d, "jobbsjansen", d.jobbsjansen.drop(columns="v2_9").assign(v1_9=3.0)),
        Problem(*(SAV, "v2_9", (), 1, "no such column", "a column 'v2_9'"), "Ask for a new delivery with this column."),
    ),
    "SPSS: a variable in capitals": (
        renamed("jobbsjansen", v2_9="V2_9"),
        Problem(SAV, "v2_9", (), 1, "the column 'V2_9'", "a column 'v2_9'", "Rename the column 'V2_9'."),
    ),
    "SPSS: half a year": (
        sav("År", 2019.5),
        Problem(SAV, "År", (2,), 1, "2019.5", "an end year from 2004 to 2021, a whole number"),
    ),
    "SPSS: text where a number belongs": (
        lambda d: d.jobbsjansen.__setitem__("v5_1", ["1", "2", "3"]),
        Problem(
            *(SAV, "v5_1", (), 1, "a text variable", "a number variable"),
            "Change its type in SPSS.",
        ),
    ),
    "SPSS: unknown code": (
        sav("v2_9", 99.0),
        Problem(SAV, "v2_9", (2,), 1, "99", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10 or nothing"),
    ),
    "SPSS: measure neither 0 nor 1": (
        sav("v3_1_1", 2.0),
        Problem(SAV, "v3_1_1", (2,), 1, "2", "0, 1 or nothing"),
    ),
    "SPSS: labels swapped": (
        lambda d: d.labels.update(v5_1={1: "10-19 %"}),
        Problem(
            *(SAV, "v5_1", (), 1, "the label 1 = '10-19 %'", "2 = '10-19 %'"),
            "Recode the variable as the coding table has it.",
        ),
    ),
    "SPSS: two origins": (
        sav("Europa", 1.0),
        Problem(SAV, "Europa to Statsløs", (2,), 1, "2", "at most one of them with 1"),
    ),
    "SPSS: too young": (
        sav("Alder_rapporteringstidspunkt", 14.0),
        Problem(SAV, "Alder_rapporteringstidspunkt", (2,), 1, "14", "15 to 80 years of age"),
    ),
    "SPSS: longer in Norway than alive": (
        sav("Botid", 36.5),
        Problem(SAV, "Botid", (2,), 1, "36.5", "no more years in Norway than years of age"),
    ),
    "SPSS: negative months": (
        sav("Varighet", -1.0),
        Problem(SAV, "Varighet", (2,), 1, "-1", "0 to 120 months"),
    ),
    "SPSS: grade outside the scale": (
        sav("Norsknivaa_samlet_avslutning_karakter", 5.5),
        Problem(SAV, "Norsknivaa_samlet_avslutning_karakter", (2,), 1, "5.5", "1 to 5 (under A1 to B2)"),
    ),
    "SPSS: no year": (sav("År", None), Problem(SAV, "År", (2,), 1, "nothing", "a year")),
    "SPSS: person twice": (
        sav("Løpenummer", "J00001"),
        Problem(SAV, "Løpenummer", (1, 2), 2, "'J00001'", *ONCE),
    ),
    "SPSS: number of a person in NIR": (
        sav("Løpenummer", "N0000002"),
        Problem(
            *(SAV, "Løpenummer", (2,), 1, "'N0000002'", "a number that nir.csv.gz does not use"),
            "Number the two files apart.",
        ),
    ),
    "SPSS: unknown municipality": (
        sav("v1_1", 7.0),
        Problem(SAV, "v1_1", (2,), 1, "'0007'", "a municipality in municipalities.csv"),
    ),
    "SPSS: municipality of another year": (
        sav("v1_1", 6001.0),
        Problem(SAV, "v1_1", (2,), 1, "6001 in 2020", IN_FORCE, OLD_NUMBER),
    ),
    "SPSS: label of another municipality": (
        lambda d: d.labels["v1_1"].update({6003: "Bjørkelien"}),
        Problem(
            *(SAV, "v1_1", (), 1, "the label 6003 = 'Bjørkelien'", "the name 'Askbjørk'"),
            "Mend the number or the label.",
        ),
    ),
    "list: successor that does not exist": (
        listed("2019;6003", "2019;6009"),
        Problem(LIST, "nytt_nummer", (2,), 1, "'6009'", "a kommunenummer of this list"),
    ),
    "list: year that is no year": (
        listed("2020;;", "20;;"),
        Problem(LIST, "gyldig_fra", (4,), 1, "'20'", "a year"),
    ),
    "list: ends before it begins": (
        listed("1838;2019", "1838;1837"),
        Problem(LIST, "gyldig_til", (2,), 1, "1837", "a year not before gyldig_fra"),
    ),
    "list: two municipalities with one number": (
        listed("6002;B", "6001;B"),
        Problem(LIST, "kommunenummer", (3,), 1, "'6001'", "one municipality per number and year"),
    ),
    "list: misspelt column": (
        listed("gyldig_fra", "gyldigfra"),
        Problem(
            *(LIST, "gyldig_fra", (), 1, "the column 'gyldigfra'", "a column 'gyldig_fra'"),
            "Rename the column 'gyldigfra'.",
        ),
    ),
    "statistics: none for a municipality somebody left": (
        value("11342.json", 0, None),
        Problem(
            *(f"{STATISTICS}/11342.json", "Region 6001, Folkemengde, 2019", (), 1, "nothing", "a number"),
            "Somebody left a programme there; download the table with the municipalities of 2019.",
        ),
    ),
    "statistics: text for a number": (
        value("11715.json", 0, "12,5"),
        Problem(
            *(f"{STATISTICS}/11715.json", "Region 6001, AndelUforetrygdede, 2019", (), 1),
            *("'12,5'", "a number or null"),
        ),
    ),
    "statistics: share above 100 percent": (
        value("11715.json", 0, 100.5),
        Problem(
            *(f"{STATISTICS}/11715.json", "Region 6001, AndelUforetrygdede, 2019", (), 1),
            *("100.5", "0 to 100 percent"),
        ),
    ),
    "statistics: year missing": (
        categories("nav_ledighet.json", "Tid", ["2019", "2021"]),
        Problem(
            *(f"{STATISTICS}/nav_ledighet.json", "Tid", (), 1, "2019, 2021", "the cohort's year 2020"),
            "Download the table with that year.",
        ),
    ),
    "statistics: contents missing": (
        categories("09817.json", "ContentsCode", ["AndelUtvalgte", "AndelAlleLand"]),
        Problem(
            *(f"{STATISTICS}/09817.json", "ContentsCode", (), 1),
            *("AndelUtvalgte, AndelAlleLand", "'AndelUtvalgteLand'", "Did you mean 'AndelUtvalgte'?"),
        ),
    ),
    "statistics: misspelt dimension": (
        lambda d: d.tables["11342.json"]["id"].__setitem__(0, "Regoin"),
        Problem(
            *(f"{STATISTICS}/11342.json", "Region", (), 1),
            *("the dimension 'Regoin'", "a dimension 'Region'", AGAIN),
        ),
    ),
    "statistics: too few values": (
        lambda d: d.tables["11342.json"]["value"].pop(),
        Problem(
            *(f"{STATISTICS}/11342.json", "value", (), 1, "7 values"),
            *("8 values, the product of the sizes", AGAIN),
        ),
    ),
    "KOSTRA: negative wage costs": (
        value(KOSTRA, 0, -1),
        Problem(KOSTRA, "Region 6001, lonnsutgifter, 2019", (), 1, "-1", "0 to 2,000,000"),
    ),
    "KOSTRA: contents missing": (
        categories(KOSTRA, "ContentsCode", ["lonnsutgifter", "deltagere"]),
        Problem(
            *(KOSTRA, "ContentsCode", (), 1, "lonnsutgifter, deltagere", "'deltakere'"),
            "Did you mean 'deltagere'?",
        ),
    ),
    "accounts: sheet missing": (
        lambda d: d.sheets.pop("2020"),
        Problem(XLSX, "", (), 1, "the sheets 2019", "a sheet named 2020", "Ask for the accounts of that year."),
    ),
    "accounts: misspelt column": (
        lambda d: d.sheets["2019"].__setitem__(0, [*ACCOUNT[:5], "Antall deltagere"]),
        Problem(
            *(f"{XLSX}, sheet 2019", "Antall deltakere", (), 1, "the column 'Antall deltagere'"),
            *("a column 'Antall deltakere'", "Rename the column 'Antall deltagere'."),
        ),
    ),
    "accounts: column twice": (
        lambda d: d.sheets.__setitem__("2019", [[*row, row[5]] for row in d.sheets["2019"]]),
        Problem(
            *(f"{XLSX}, sheet 2019", "Antall deltakere", (), 1, "the column 2 times", "each column once"),
            "Remove the extra column.",
        ),
    ),
    "accounts: text for a number": (
        amount("2020", 2, 3, "500,5"),
        Problem(
            *(f"{XLSX}, sheet 2020", "Lønnsutgifter (1000 kr)", (3,), 1),
            *("'500,5'", "a number, or an empty cell"),
        ),
    ),
    "accounts: negative participants": (
        amount("2019", 1, 5, -2),
        Problem(f"{XLSX}, sheet 2019", "Antall deltakere", (2,), 1, "-2", "0 to 50,000"),
    ),
    "accounts: kroner for thousands": (
        amount("2019", 1, 3, 9_000_000),
        Problem(f"{XLSX}, sheet 2019", "Lønnsutgifter (1000 kr)", (2,), 1, "9000000", "0 to 2,000,000"),
    ),
    "accounts: unknown municipality": (
        amount("2019", 1, 0, 6044),
        Problem(
            *(f"{XLSX}, sheet 2019", "Kommunenummer", (2,), 1, "'6044'"),
            "a municipality in municipalities.csv",
        ),
    ),
    "accounts: project twice": (
        amount("2020", 2, 2, "Bydel øst"),
        Problem(f"{XLSX}, sheet 2020", "Prosjekt", (2, 3), 2, "'Bydel øst'", "each project once per year"),
    ),
}


@pytest.mark.parametrize("fault", CELLS)
def test_a_planted_fault_is_the_one_problem_reported(fault: str, delivery: Delivery) -> None:
    spoil, expected = CELLS[fault]
    spoil(delivery)
    delivery.write()
    assert refused(delivery) == [expected]


FILES: dict[str, tuple[str, bytes | None, Problem]] = {
    "missing": (NIR, None, Problem(NIR, "", (), 1, "no such file", "a file", CHECK_PATH)),
    "not gzip": (
        *(NIR, b"Kj\xf8nn;a\n"),
        Problem(
            *(NIR, "", (), 1, "a file that is not gzip", "gzip"),
            "Compress the file, or drop `.gz` from its name.",
        ),
    ),
    "cut gzip": (
        *(NIR, gzip.compress(b"a;b\n1;2\n" * 1000)[:40]),
        Problem(NIR, "", (), 1, "a damaged or cut gzip file", "a whole gzip file", "Ask for a new delivery."),
    ),
    "another encoding": (
        *(NIR, gzip.compress("a;Kjønn\nN1;K\nN2;".encode() + b"\xf8\n")),
        Problem(
            *(NIR, "Kjønn", (3,), 1, "the byte 0xf8", "text in UTF-8"),
            "Save the file as UTF-8; it may be Windows-1252 or Latin-1 now.",
        ),
    ),
    "commas between the cells": (
        *(NIR, gzip.compress(b"a,b\n1,2\n")),
        Problem(
            *(NIR, "", (1,), 1, "a first line without semicolons, 'a,b'"),
            *("a header row with semicolons between the names", "Save the file as CSV with semicolons."),
        ),
    ),
    "empty": (
        *(NIR, gzip.compress(b"")),
        Problem(
            *(NIR, "", (1,), 1, "an empty first line", "a header row with semicolons between the names"),
            "Save the file as CSV with semicolons.",
        ),
    ),
    "no bytes": (NIR, b"", Problem(NIR, "", (), 1, "an empty file", "a table", "Ask for a new delivery.")),
    "a line for Excel": (
        *(NIR, gzip.compress(b"sep=;\na;b\n1;2\n")),
        Problem(NIR, "", (1,), 1, "the line 'sep=;'", "the names of the columns", "Remove the line."),
    ),
    "line ends of old": (
        *(NIR, gzip.compress(b"a;b\r1;2\r")),
        Problem(
            *(NIR, "", (), 1, "lines that end with CR alone", "lines that end with LF or CR LF"),
            "Save the file with the line ends of Windows or Unix.",
        ),
    ),
    "quotation mark that is not closed": (
        *(NIR, gzip.compress(b'a;b\n1;"see\n1;2\n1;there"\n')),
        Problem(
            *(NIR, "", (2, 4), 2, "a quotation mark that is not closed"),
            "quotation marks in pairs, and no line break between them",
            "Remove the mark, or write it twice inside a cell that is in quotation marks.",
        ),
    ),
    "column twice": (
        *(NIR, gzip.compress(b"a;b;a\n1;2;3\n")),
        Problem(NIR, "a", (1,), 1, "the column 2 times", "each column once"),
    ),
    "SPSS: missing": (SAV, None, Problem(SAV, "", (), 1, "no such file", "a file", CHECK_PATH)),
    "SPSS: not SPSS": (
        *(SAV, b"no SPSS file at all"),
        Problem(
            *(SAV, "", (), 1, "a file that SPSS cannot read (Unable to read from file)"),
            *("an SPSS file (.sav)", "Save the file in SPSS's .sav format, or ask for it again if it was cut short."),
        ),
    ),
    "list: missing": (LIST, None, Problem(LIST, "", (), 1, "no such file", "a file", CHECK_PATH)),
    "statistics: missing": (
        *(f"{STATISTICS}/06445.json", None),
        Problem(f"{STATISTICS}/06445.json", "", (), 1, "no such file", "a file", CHECK_PATH),
    ),
    "statistics: broken JSON": (
        *(f"{STATISTICS}/06445.json", b"{"),
        Problem(
            *(f"{STATISTICS}/06445.json", "", (), 1),
            "broken JSON (Expecting property name enclosed in double quotes: line 1 column 2 (char 1))",
            *("JSON in UTF-8", "Download the table again."),
        ),
    ),
    "KOSTRA: other JSON": (
        *(KOSTRA, b"[]"),
        Problem(KOSTRA, "class", (), 1, "JSON that is no JSON-stat data set", "class = 'dataset'", AGAIN),
    ),
    "accounts: missing": (XLSX, None, Problem(XLSX, "", (), 1, "no such file", "a file", CHECK_PATH)),
    "accounts: not Excel": (
        *(XLSX, b"Kommunenummer;Prosjekt"),
        Problem(
            *(XLSX, "", (), 1, "a file that Excel cannot read", "an Excel file (.xlsx)"),
            "Save it as .xlsx.",
        ),
    ),
}


@pytest.mark.parametrize("fault", FILES)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(fault: str, delivery: Delivery) -> None:
    name, content, expected = FILES[fault]
    delivery.write()
    if content is None:
        Path(name).unlink()
    else:
        Path(name).write_bytes(content)
    assert [problem for problem in refused(delivery) if problem.file == name][:1] == [expected]


def test_a_row_with_a_lost_semicolon_is_named_and_the_rows_below_keep_their_numbers(
    delivery: Delivery,
) -> None:
    delivery.nir.loc[3, "Kjønn"] = "X"
    delivery.write()
    lines = gzip.decompress(Path(NIR).read_bytes()).decode().splitlines()
    lines[2] = lines[2].replace(";", "", 1)
    Path(NIR).write_bytes(gzip.compress("\n".join(lines).encode()))
    cells = len(delivery.nir.columns)
    assert refused(delivery) == [
        Problem(NIR, "", (3,), 1, f"{cells - 1} cells", f"{cells} cells", "Look for a missing or extra semicolon."),
        Problem(NIR, "Kjønn", (5,), 1, "'X'", "'K', 'M' or nothing"),
    ]


def test_empty_rows_are_passed_over_with_a_note_and_the_others_keep_their_numbers(delivery: Delivery) -> None:
    empty = pd.DataFrame([dict.fromkeys(delivery.nir.columns, "")])
    whole = delivery.nir
    delivery.nir = pd.concat([whole[:1], empty, whole[1:], empty], ignore_index=True)
    notes = load(delivery.write()).notes
    assert notes == (f"{NIR}: 2 empty rows are passed over.",)
    delivery.nir.loc[2, "Kjønn"] = "X"
    delivery.write()
    assert refused(delivery) == [Problem(NIR, "Kjønn", (4,), 1, "'X'", "'K', 'M' or nothing")]


def test_a_person_whose_number_has_a_space_too_many_is_the_same_person(delivery: Delivery) -> None:
    delivery.nir.loc[1, "Løpenummer"] = "N0000001 "
    delivery.write()
    found = refused(delivery)
    assert {problem.expected for problem in found} == {ONCE[0]}
    assert sorted(row for problem in found for row in problem.rows) == [2, 3]


def test_column_names_in_decomposed_letters_are_the_same_names(delivery: Delivery) -> None:
    delivery.nir = delivery.nir.rename(columns=lambda name: unicodedata.normalize("NFD", name))
    assert len(load(delivery.write()).participants) == 4 + 3


@pytest.mark.parametrize("damage", ["null", '{"Region": null}', '{"Region": {"category": {"index": 5}}}'])
def test_json_that_is_built_in_another_way_is_refused(damage: str, delivery: Delivery) -> None:
    delivery.write()
    table = json.loads(Path(KOSTRA).read_text(encoding="utf-8"))
    Path(KOSTRA).write_text(json.dumps(table | {"dimension": json.loads(damage)}), encoding="utf-8")
    assert [problem.file for problem in refused(delivery)] == [KOSTRA]


def test_a_region_twice_is_refused(delivery: Delivery) -> None:
    codes = ["6001", "6002", "6003", "K-6003"]
    categories(KOSTRA, "Region", codes)(delivery)
    delivery.write()
    assert refused(delivery) == [Problem(KOSTRA, "Region", (), 1, "6003 twice", "each region once", AGAIN)]


def test_a_damaged_workbook_is_refused(delivery: Delivery) -> None:
    delivery.write()
    content = bytearray(Path(XLSX).read_bytes())
    content[200:1200] = bytes(1000)
    Path(XLSX).write_bytes(content)
    assert [problem.file for problem in refused(delivery)] == [XLSX]


def test_a_sheet_without_projects_is_refused(delivery: Delivery) -> None:
    del delivery.sheets["2019"][1:]
    delivery.write()
    assert str(refused(delivery)[0]).endswith(
        "sheet 2019: found a header and no rows; expected a row per project. Ask for the accounts of that year."
    )


def test_wage_costs_of_other_municipalities_than_the_leavers_are_refused(delivery: Delivery) -> None:
    codes = [f"EAK{i}" for i in range(4)]
    categories(KOSTRA, "Region", codes)(delivery)
    delivery.write()
    (found,) = refused(delivery)
    assert found.file == "Wage costs, introduction"
    assert found.found.startswith("none of ")


def test_a_missing_folder_of_statistics_is_named_once(delivery: Delivery) -> None:
    delivery.write()
    Path(STATISTICS).rename("elsewhere")
    assert refused(delivery) == [Problem(STATISTICS, "", (), 1, "no such folder", "a folder", CHECK_PATH)]


def test_a_year_in_which_nobody_left_is_refused_in_both_registers(delivery: Delivery) -> None:
    delivery.nir = delivery.nir[:2]
    delivery.jobbsjansen = delivery.jobbsjansen[:1]
    delivery.write()
    advice = "Change `years` in the cohort file, or ask for a delivery with that year."
    expected = ("nobody who left in 2020", "leavers in every year of the cohort", advice)
    assert refused(delivery) == [
        Problem(NIR, "AvsluttetDato", (), 1, *expected),
        Problem(SAV, "År", (), 1, *expected),
    ]


def test_every_fault_of_every_file_is_reported_at_once(delivery: Delivery) -> None:
    planted = ["unknown sex", "SPSS: unknown code", "KOSTRA: negative wage costs", "accounts: project twice"]
    for fault in planted:
        CELLS[fault][0](delivery)
    delivery.write()
    assert refused(delivery) == [CELLS[fault][1] for fault in planted]


def test_one_value_is_one_problem_that_counts_its_rows_and_names_the_first_five(delivery: Delivery) -> None:
    delivery.nir = leavers(
        AvsluttetDato=["15.03.2019"] * 7 + ["31.12.2020"] * 2,
        Avsl_Kommunennummer=["6001"] * 7 + ["6003"] * 2,
        Avsl_Kommunenavn=["Askholmen"] * 7 + ["Askbjørk"] * 2,
        Kjønn=["X"] * 7 + ["K", "Y"],
    )
    delivery.write()
    problems = refused(delivery)
    assert problems == [
        Problem(NIR, "Kjønn", (2, 3, 4, 5, 6), 7, "'X'", "'K', 'M' or nothing"),
        Problem(NIR, "Kjønn", (10,), 1, "'Y'", "'K', 'M' or nothing"),
    ]
    assert str(problems[0]) == (
        "nir.csv.gz, Kjønn, rows 2, 3, 4, 5, 6 and 2 more: found 'X'; expected 'K', 'M' or nothing."
    )


@pytest.mark.parametrize("birth_year", ["2004", "1939"])
def test_ages_at_the_limits_are_accepted(birth_year: str, delivery: Delivery) -> None:
    nir("Fodselsaar", birth_year)(delivery)
    assert load(delivery.write()).participants.loc[1, "age"] in (15.0, 80.0)


def test_a_faultless_delivery_is_accepted_without_notes(delivery: Delivery) -> None:
    assert load(delivery.write()).notes == ()
