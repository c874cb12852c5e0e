"""Goal attainment of those who left in 2017-2018 is what the 2019 evaluation prints: figure 7.1 and table 7.5."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from synthesis import World
from synthesis.evaluation import TERMS, evaluation_blocks, published_evaluation
from synthesis.scene import Scene

EVALUATED = (2017, 2018)


@pytest.fixture(scope="module")
def scene(world: World) -> Scene:
    return Scene(world.people, world.missing, world.projects, world.statistics, world.accounts)


@pytest.fixture(scope="module")
def leavers(world: World) -> pd.DataFrame:
    people = world.people
    return people[(people["scheme"] == "jobbsjansen") & people["year"].isin(EVALUATED)]


@pytest.mark.parametrize(("package", "share"), [("strong_work", 0.77), ("school", 0.57)])
def test_the_packages_printed_in_figure_7_1(package: str, share: float, leavers: pd.DataFrame) -> None:
    assert leavers.loc[leavers["package"] == package, "attained"].mean() == pytest.approx(share, abs=0.03)


def test_the_other_packages_are_about_even(leavers: pd.DataFrame) -> None:
    shares = leavers["attained"].groupby(leavers["package"]).mean().drop(["strong_work", "school"])
    assert shares.tolist() == pytest.approx([0.69] * 4, abs=0.05)  # one standard error with some 80 in a package


def test_the_odds_ratios_of_table_7_5(scene: Scene) -> None:
    block = next(b for b in evaluation_blocks(scene) if b.name == "evaluation")
    outcome = scene.people.loc[block.counted, "attained"].astype(float)
    fit = sm.Logit(outcome.to_numpy(), sm.add_constant(block.columns[block.counted])).fit(disp=0)
    for term, estimate in zip(block.terms, fit.params[1:], strict=True):
        printed = published_evaluation()[f"t7_5_{term}_odds_ratio"]
        error = published_evaluation()[f"t7_5_{term}_std_error"]
        assert estimate == pytest.approx(np.log(printed), abs=error), term


def test_every_term_of_table_7_5_is_aimed_at(scene: Scene) -> None:
    names = {key.removeprefix("t7_5_").removesuffix("_odds_ratio") for key in published_evaluation() if "_odds_" in key}
    assert set(TERMS) == names


def test_nothing_is_asked_of_the_introduction_programme(scene: Scene) -> None:
    for block in evaluation_blocks(scene):
        assert not block.columns[~scene.jobbsjansen].any() and not block.counted[~scene.jobbsjansen].any()
    assert evaluation_blocks(scene.without_jobbsjansen()) == []
