"""The municipalities are invented, and their structure changes as the real one did."""

from __future__ import annotations

from pathlib import Path

import pytest

from synthesis import World
from synthesis.draws import Streams
from synthesis.municipalities import draw_municipalities, possible_names, valid_in
from synthesis.parameters import Parameters, load_parameters

REAL = Path(__file__).with_name("real_municipalities.txt")
REAL_COUNTIES = {
    "Østfold",
    "Akershus",
    "Oslo",
    "Hedmark",
    "Oppland",
    "Innlandet",
    "Buskerud",
    "Vestfold",
    "Telemark",
    "Viken",
    "Aust-Agder",
    "Vest-Agder",
    "Agder",
    "Rogaland",
    "Hordaland",
    "Vestland",
    "Trøndelag",
    "Nordland",
    "Troms",
    "Finnmark",
}


@pytest.fixture(scope="module")
def parameters() -> Parameters:
    return load_parameters()


def real_names() -> set[str]:
    lines = [line for line in REAL.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return {name.strip().casefold() for name in " ".join(lines).split(",") if name.strip()}


def test_the_list_of_real_municipalities_is_whole() -> None:
    assert len(real_names()) > 420
    assert {"oslo", "bergen", "trondheim", "senja", "heim", "utsira"} <= real_names()


def test_no_name_the_generator_can_give_is_a_real_municipality() -> None:
    assert not {name.casefold() for name in possible_names()} & real_names()


def test_no_district_project_or_county_bears_a_real_name(parameters: Parameters) -> None:
    settings = parameters.municipalities
    assert not {name.casefold() for name in settings.jobbsjansen.district_projects} & real_names()
    assert not set(settings.counties) & REAL_COUNTIES


def test_there_are_names_enough_and_no_two_alike(parameters: Parameters) -> None:
    assert len(set(possible_names())) == len(possible_names()) > 1.3 * parameters.municipalities.base


def test_numbers_lie_where_no_real_municipality_has_its_own(world: World) -> None:
    numbers = world.municipalities.index
    assert numbers.is_unique
    assert numbers.str.fullmatch(r"\d{4}").all()
    assert 6001 <= numbers.astype(int).min() <= numbers.astype(int).max() <= 9899


def test_some_four_hundred_municipalities_have_leavers(world: World) -> None:
    assert world.leavers["municipality"].nunique() == pytest.approx(410, abs=8)


def test_930_municipality_years_are_large_enough_for_table_3(world: World) -> None:
    large = world.leavers[world.leavers["leavers"] >= 10].groupby("scheme").size()
    assert large["introduction"] == pytest.approx(930, rel=0.02)
    assert large["jobbsjansen"] == 82


def test_a_leaver_is_filed_under_a_municipality_of_that_year(world: World) -> None:
    for year, rows in world.leavers.groupby("year"):
        assert set(rows["municipality"]) <= set(valid_in(world.municipalities, int(str(year))).index)


def test_merged_municipalities_end_where_their_successor_begins(world: World) -> None:
    municipalities = world.municipalities
    ended = municipalities[municipalities["valid_to"].notna()]
    successors = municipalities.loc[ended["successor"]]
    assert (ended["valid_to"].to_numpy() + 1 == successors["valid_from"].to_numpy()).all()
    assert set(successors["valid_from"]) == {2018, 2020}
    assert (ended["county"].to_numpy() == successors["county"].to_numpy()).all()


def test_a_merged_municipality_is_as_large_as_its_parts(world: World) -> None:
    for _, merged in world.municipalities[world.municipalities["parts"].str.len() > 0].iterrows():
        parts = world.municipalities.loc[list(merged["parts"])]
        assert merged["weight"] == pytest.approx(parts["weight"].sum())


def test_sizes_are_very_skewed(world: World) -> None:
    sizes = world.leavers.groupby("municipality")["leavers"].sum().sort_values()
    assert sizes.mean() > 1.4 * sizes.median()
    assert sizes.iloc[-1] > 0.03 * sizes.sum()


def test_the_smallest_country_still_has_jobbsjansen(parameters: Parameters) -> None:
    assert len(draw_municipalities(parameters.municipalities, Streams(1), 0.01)) >= 12
