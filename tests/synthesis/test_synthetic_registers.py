"""The files say in the registers' own words what was drawn, and hold no illegal value."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyreadstat
import pytest

from resultatbok.project import project_root
from synthesis import World
from synthesis.jobbsjansen_file import ORIGIN_VARIABLES
from synthesis.single_measures import harmonised

CODING = project_root(Path(__file__).parent) / "data" / "coding"
HOURS = ["AntallTimerDeltattNorsk", "AntallTimerDeltattSamf", "AntallTimerDeltattNKNV"]


@pytest.fixture(scope="module")
def nir(delivery: Path) -> pd.DataFrame:
    with gzip.open(delivery / "nir.csv.gz", "rt", encoding="utf-8") as file:
        return pd.read_csv(file, sep=";", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def jobbsjansen(delivery: Path) -> pd.DataFrame:
    return pyreadstat.read_sav(str(delivery / "jobbsjansen.sav"))[0]


@pytest.fixture(scope="module")
def recodings() -> pd.DataFrame:
    return pd.read_csv(CODING / "recodings.csv", dtype=str, keep_default_na=False)


def number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column.str.replace(",", "."))


def test_the_measure_fields_are_those_of_the_recoding_tables(nir: pd.DataFrame, recodings: pd.DataFrame) -> None:
    rows = recodings[recodings["table"].isin(["10", "11", "12", "13"]) & (recodings["scheme"] == "introduction")]
    assert list(nir.columns[-len(rows) :]) == list(dict.fromkeys(rows["field"]))


def test_the_single_measures_are_those_of_the_recoding_tables(jobbsjansen: pd.DataFrame, delivery: Path) -> None:
    coding = pd.read_csv(CODING / "single_measures.csv").set_index("code")
    labels = pyreadstat.read_sav(str(delivery / "jobbsjansen.sav"), metadataonly=True)[1].column_names_to_labels
    fields = [c for c in jobbsjansen if c.startswith("v3_")]
    assert sorted(fields) == sorted(coding.index)
    assert {f: labels[f] for f in fields} == coding["name_nb"].to_dict()
    left = jobbsjansen["Deltakerstatus"] == 1
    assert jobbsjansen.loc[left, fields].isin([0, 1]).all(axis=None)
    assert jobbsjansen.loc[~left, fields].isna().all(axis=None)


def test_the_measures_behind_the_single_ones_are_those_of_the_coding_tables(world: World) -> None:
    coding = pd.read_csv(CODING / "single_measures.csv").set_index("code")["measure"]
    used = {field: f"measure_{measure}" for field, measure, *_ in world.parameters.single_measures}
    assert used == coding.to_dict()


@pytest.mark.parametrize("column", ["Kjønn", "Avslutningsårsak", "SporForste", "PROVE_NORSK_LES_Resultat"])
def test_every_value_is_in_the_recoding_tables(nir: pd.DataFrame, recodings: pd.DataFrame, column: str) -> None:
    known = set(recodings.loc[recodings["field"] == column, "value"])
    assert set(nir[column]) <= known | {""}
    assert set(nir[column]) >= known - {""}  # and none is left out


def test_citizenships_are_countries_of_the_origin_they_were_drawn_for(world: World, nir: pd.DataFrame) -> None:
    origin = pd.read_csv(CODING / "countries.csv").set_index("country")["origin"]
    drawn = world.people.loc[world.people["scheme"] == "introduction", "origin"].value_counts()
    assert nir["StatsborgerskapForste"].map(origin).value_counts().to_dict() == drawn.to_dict()


def test_dates_are_in_order_and_the_year_is_that_of_leaving(world: World, nir: pd.DataFrame) -> None:
    names = ["DatoForForsteVedtakIntro", "GjenførfristBeregnetFra", "AvsluttetDato"]
    dates = nir[names].apply(lambda c: pd.to_datetime(c, format="%d.%m.%Y"))
    drawn = world.people.loc[world.people["scheme"] == "introduction", "year"].value_counts()
    assert dates["AvsluttetDato"].dt.year.value_counts().to_dict() == drawn.to_dict()
    assert (dates["DatoForForsteVedtakIntro"] < dates["AvsluttetDato"]).all()
    assert not (dates["GjenførfristBeregnetFra"] >= dates["AvsluttetDato"]).any()


def test_the_lengths_granted_stand_out(nir: pd.DataFrame) -> None:
    end, start = (pd.to_datetime(nir[c], format="%d.%m.%Y") for c in ("AvsluttetDato", "GjenførfristBeregnetFra"))
    months = ((end - start).dt.days / 30.4375).round()
    counts = months.value_counts()
    for peak in (24, 36):
        assert counts[peak] > 2 * max(counts[peak - 2], counts[peak + 2])


def test_the_absence_ratio_is_high_for_as_many_as_drawn(world: World, nir: pd.DataFrame) -> None:
    absent = number(nir["AntallTimerFravaerIntro"]) + 7.5 * number(nir["AntallDagerFravaerIntro"])
    ratio = absent / sum(number(nir[c]) for c in HOURS)
    rows = world.people["scheme"] == "introduction"
    drawn = world.people.loc[rows & ~world.missing["absence"], "absence_high"]
    assert (ratio >= 0.10).sum() == drawn.sum()
    assert (ratio < 0.10).sum() == (~drawn).sum()


def test_hours_have_a_decimal_comma(nir: pd.DataFrame) -> None:
    hours = nir["AntallTimerFravaerIntro"]
    assert hours.str.contains(",5", regex=False).any()
    assert not hours.str.contains(".", regex=False).any()


def test_the_mean_of_the_tests_rounds_to_the_level_drawn(world: World) -> None:
    introduction = world.people[world.people["scheme"] == "introduction"]
    assert (np.floor(world.tests.mean(axis=1) + 0.5) == introduction["norwegian"].astype(float)).all()
    assert world.tests.notna().any(axis=1).all()


def test_jobbsjansen_has_one_origin_each(jobbsjansen: pd.DataFrame) -> None:
    assert (jobbsjansen[list(ORIGIN_VARIABLES.values())].sum(axis=1) == 1).all()


def test_the_district_projects_are_in_one_municipality(jobbsjansen: pd.DataFrame, world: World) -> None:
    districts = [f"Jobbsjansen {d}" for d in world.parameters.municipalities.jobbsjansen.district_projects]
    rows = jobbsjansen[jobbsjansen["v1_2"].isin(districts)]
    assert len(set(rows["v1_1"])) == 1
    assert rows["v1_2"].nunique() == len(districts)


def test_municipality_codes_are_labelled_with_their_names(delivery: Path, world: World) -> None:
    labels = pyreadstat.read_sav(str(delivery / "jobbsjansen.sav"), metadataonly=True)[1].variable_value_labels["v1_1"]
    assert {str(int(code)): name for code, name in labels.items()} == {
        str(int(code)): world.municipalities["name"][str(int(code))] for code in labels
    }


def test_a_package_is_what_its_single_measures_say(world: World) -> None:
    jobbsjansen = world.people[world.people["scheme"] == "jobbsjansen"].reset_index(drop=True)
    shares = world.singles.groupby(jobbsjansen["package"]).mean()
    assert shares.loc["strong_work", "v3_2_3"] == 1
    assert shares.loc["school", "v3_3_2"] == pytest.approx(0.91, abs=0.08)
    assert shares.loc["broad", "v3_3_7"] == pytest.approx(0.93, abs=0.05)
    sizes = jobbsjansen["package"].value_counts(normalize=True)
    for name, share in zip(world.parameters.packages.names, world.parameters.packages.shares, strict=True):
        assert sizes[name] == pytest.approx(share, abs=0.03)


def test_harmonised_measures_are_there_when_a_single_one_is(world: World) -> None:
    taken = harmonised(world.parameters.single_measures, world.singles)
    assert (taken["social_studies"] == world.singles["v3_5_1"]).all()
    assert (taken["language_practice"] == (world.singles["v3_1_3"] | world.singles["v3_1_4"])).all()


def test_a_municipality_has_no_statistics_in_years_it_does_not_exist(delivery: Path, world: World) -> None:
    table = json.loads((delivery / "municipal_statistics" / "11342.json").read_text(encoding="utf-8"))
    regions, years = (table["dimension"][d]["category"]["index"] for d in ("Region", "Tid"))
    values = pd.DataFrame(np.array(table["value"], dtype=float).reshape(len(regions), -1), regions, years)
    ended = world.municipalities["valid_to"].fillna(np.inf)
    for year in years:
        exists = (world.municipalities["valid_from"] <= int(year)) & (ended >= int(year))
        assert (values[year].notna() == exists.loc[values.index]).all()


def test_the_accounts_have_a_sheet_per_year_with_blank_cells_where_unusable(delivery: Path, world: World) -> None:
    book = openpyxl.load_workbook(delivery / "jobbsjansen_accounts.xlsx")
    assert book.sheetnames == ["2017", "2018", "2019", "2020"]
    rows = [row for sheet in book for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert len(rows) == (world.leavers["scheme"] == "jobbsjansen").sum()
    assert sum(row[3] is not None for row in rows) == (world.accounts["scheme"] == "jobbsjansen").sum()
