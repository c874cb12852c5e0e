"""The counts that the published report gives, and what scale and years do to them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from synthesis import World, draw_world

INTRODUCTION, JOBBSJANSEN = "introduction", "jobbsjansen"


def nir(folder: Path) -> pd.DataFrame:
    with gzip.open(folder / "nir.csv.gz", "rt", encoding="utf-8") as file:
        return pd.read_csv(file, sep=";", dtype=str, keep_default_na=False)


def test_the_default_registers_have_the_published_number_of_leavers(delivery: Path) -> None:
    assert len(nir(delivery)) == 28_214
    assert pyreadstat.read_sav(str(delivery / "jobbsjansen.sav"), metadataonly=True)[1].number_rows == 1_560 + 244 + 576


def test_education_and_norwegian_are_missing_as_often_as_published(world: World) -> None:
    missing, scheme = world.missing, world.people["scheme"]
    either = missing["education"] | missing["norwegian"]
    assert missing["education"].sum() == 6_692
    assert missing["norwegian"].sum() == 4_888
    assert either.groupby(scheme).sum().to_dict() == {INTRODUCTION: 10_242, JOBBSJANSEN: 140}


def test_as_many_complete_cases_are_left_as_in_the_published_models(world: World) -> None:
    assert (~world.missing.any(axis=1)).sum() == 19_316


def test_the_register_file_lacks_what_was_drawn_as_missing(delivery: Path, world: World) -> None:
    rows = nir(delivery)
    drawn = world.missing[world.people["scheme"] == INTRODUCTION]
    tests = rows[[c for c in rows if c.startswith("PROVE_NORSK")]]
    not_counted = world.parameters.end_reasons["not_counted"]
    assert (rows["SporSiste"] == "").sum() == drawn["education"].sum()
    assert (tests == "").all(axis=1).sum() == drawn["norwegian"].sum()
    assert (rows["Fodselsaar"] == "").sum() == drawn["birth_year"].sum()
    assert (rows["AntallTimerDeltattNorsk"] == "").sum() == drawn["absence"].sum()
    assert (rows["GjenførfristBeregnetFra"] == "").sum() == drawn["start_date"].sum()
    assert rows["Avslutningsårsak"].isin(list(not_counted)).sum() == drawn["end_reason"].sum()


def test_every_leaver_has_a_number_of_their_own(delivery: Path) -> None:
    numbers = nir(delivery)["Løpenummer"]
    assert numbers.is_unique
    assert numbers.str.fullmatch(r"N\d{7}").all()


def test_jobbsjansen_runs_in_31_municipalities_and_82_municipality_years(world: World) -> None:
    here = world.leavers[world.leavers["scheme"] == JOBBSJANSEN]
    assert here["municipality"].nunique() == 31
    assert len(here) == 82
    assert here["leavers"].min() >= 10


def test_as_many_project_years_have_accounts_as_published(world: World) -> None:
    assert world.accounts["scheme"].value_counts().to_dict() == {INTRODUCTION: 535, JOBBSJANSEN: 36}


def test_a_tenth_of_the_size_has_a_tenth_of_everything() -> None:
    world = draw_world(scale=0.1)
    by_scheme = world.people["scheme"].value_counts()
    assert by_scheme[INTRODUCTION] == pytest.approx(2_821, abs=2)
    assert by_scheme[JOBBSJANSEN] == pytest.approx(156, abs=2)
    assert (world.missing["education"] | world.missing["norwegian"]).sum() == pytest.approx(1_038, abs=3)
    assert world.people["municipality"].nunique() == pytest.approx(41.6, abs=3)
    assert len(world.accounts) == pytest.approx(57, abs=2)


def test_two_years_have_those_years_leavers_and_nobody_else() -> None:
    world = draw_world(years=(2018, 2019))
    published = world.parameters.leavers
    found = world.people.groupby(["scheme", "year"]).size()
    assert found.to_dict() == {(s, y): published[s][y] for s in (INTRODUCTION, JOBBSJANSEN) for y in (2018, 2019)}
    assert sorted(world.statistics["year"].unique()) == [2018, 2019]


def test_years_that_nothing_is_published_about_are_drawn_too() -> None:
    world = draw_world(scale=0.05, years=(2021, 2022))
    assert set(world.people["year"]) == {2021, 2022}
    assert set(world.people["scheme"]) == {INTRODUCTION, JOBBSJANSEN}


def test_progress_names_the_steps() -> None:
    steps: list[str] = []
    draw_world(scale=0.01, progress=steps.append)
    assert steps == ["municipalities", "participants", "outcomes"]
