"""The default data lie near the published figures (within a few points; the fidelity report measures them all)."""

from __future__ import annotations

import pytest

from synthesis import World

POINTS = 0.03


@pytest.mark.parametrize(
    ("scheme", "missing", "published"),
    [
        ("introduction", False, 0.561),
        ("introduction", True, 0.541),
        ("jobbsjansen", False, 0.729),
        ("jobbsjansen", True, 0.702),
    ],
)
def test_goal_attainment_by_scheme_and_missing(world: World, scheme: str, missing: bool, published: float) -> None:
    lacks = world.missing["education"] | world.missing["norwegian"]
    rows = (world.people["scheme"] == scheme) & (lacks == missing)
    assert world.people.loc[rows, "attained"].mean() == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize(("male", "published"), [(False, 0.42), (True, 0.63)])
def test_goal_attainment_of_women_and_men(world: World, male: bool, published: float) -> None:
    rows = (world.people["scheme"] == "introduction") & (world.people["male"] == male) & ~world.missing.any(axis=1)
    assert world.people.loc[rows, "attained"].mean() == pytest.approx(published, abs=0.01)


@pytest.mark.parametrize(
    ("scheme", "measure", "published"),
    [
        ("introduction", "ordinary_work_practice", 0.37),
        ("jobbsjansen", "ordinary_work_practice", 0.72),
        ("introduction", "ordinary_work", 0.12),
        ("jobbsjansen", "ordinary_work", 0.10),
        ("introduction", "norwegian_training", 0.964),
    ],
)
def test_shares_with_a_measure(world: World, scheme: str, measure: str, published: float) -> None:
    rows = world.people["scheme"] == scheme
    assert world.people.loc[rows, measure].mean() == pytest.approx(published, abs=POINTS)


def test_the_years_differ_as_in_table_1(world: World) -> None:
    by_year = world.people[world.people["scheme"] == "introduction"].groupby("year")["attained"].mean()
    assert by_year[2018] - by_year[2017] == pytest.approx(0.07, abs=0.01)
    assert by_year[2019] - by_year[2020] == pytest.approx(0.06, abs=0.01)


def test_the_two_school_measures_nearly_always_go_together(world: World) -> None:
    primary, upper = world.people["primary_school_subjects"], world.people["upper_secondary_subjects"]
    assert (primary & upper).sum() / (primary | upper).sum() == pytest.approx(0.97, abs=0.01)


def test_municipal_medians_are_those_of_table_3(world: World) -> None:
    here = world.leavers[(world.leavers["scheme"] == "introduction") & (world.leavers["leavers"] >= 10)]
    medians = world.statistics.merge(here, on=["municipality", "year"]).median(numeric_only=True)
    assert medians["population"] == pytest.approx(9_775, rel=0.01)
    assert medians["immigrant_share"] == pytest.approx(0.06, abs=0.005)
    assert medians["selected_industries_share"] == pytest.approx(0.46, abs=0.005)
    assert medians["disability_pension_share"] == pytest.approx(0.12, abs=0.005)
    assert medians["centrality"] == 3


def test_immigrants_and_population_correlate_as_published(world: World) -> None:
    here = world.leavers[(world.leavers["scheme"] == "introduction") & (world.leavers["leavers"] >= 10)]
    rows = world.statistics.merge(here, on=["municipality", "year"])
    assert rows["population"].corr(rows["immigrant_share"]) == pytest.approx(0.52, abs=0.01)
