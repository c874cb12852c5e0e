"""Outcomes meet the published models and figures, estimates approach the true coefficients, an effect can be none."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from resultatbok.methods.logit import fit_logit
from synthesis import World, draw_world
from synthesis.parameters import load_parameters
from synthesis.published import coefficients, published
from synthesis.report_figures import chosen
from synthesis.report_models import individual_columns
from synthesis.true_coefficients import true_coefficients

PLAIN = {"outcome": {"balanced": False}}
WITHOUT_EFFECT = {"outcome": {"balanced": False, "scheme_effect": 0.0}}


@pytest.fixture(scope="module")
def plain() -> World:
    return draw_world(seed=31, parameters=load_parameters(PLAIN))


def fitted(world: World) -> pd.DataFrame:
    scene = world.scene
    outcome = world.people["attained"].astype(float)[scene.complete].reset_index(drop=True)
    design = individual_columns(scene)[scene.complete].drop(columns="constant").reset_index(drop=True)
    return fit_logit(outcome, design).terms


def test_a_balanced_draw_has_the_published_coefficients(world: World) -> None:
    terms, printed = fitted(world), coefficients("table17_individual")
    for term in terms.index.drop("constant"):
        assert abs(terms.loc[term, "coefficient"] - printed[str(term)]) < 2 * terms.loc[term, "std_error"], term


@pytest.mark.parametrize("balanced", [True, False])
def test_published_shares_come_out(world: World, plain: World, balanced: bool) -> None:
    drawn = world if balanced else plain
    scene = drawn.scene
    group = chosen(scene, "introduction", {"norwegian": [2]}, {}, {}) & scene.complete
    assert drawn.people.loc[group, "attained"].mean() == pytest.approx(
        published("ch6_goal_attainment_a1_low"), abs=0.03
    )


def test_true_coefficients_are_near_the_published_ones(plain: World) -> None:
    true = true_coefficients(plain.scene, plain.people["probability"].to_numpy())
    for term in ("male", "education_level", "norwegian_level", "measure_ordinary_work"):
        assert true[term] == pytest.approx(coefficients("table17_individual")[term], abs=0.1)
    assert true["constant"] == pytest.approx(-1.45, abs=0.45)


@pytest.mark.slow
def test_estimates_approach_the_true_coefficients_at_scale_ten() -> None:
    world = draw_world(seed=32, scale=10, parameters=load_parameters(PLAIN))
    true = true_coefficients(world.scene, world.people["probability"].to_numpy())
    terms = fitted(world).drop(index="constant")
    distance = (terms["coefficient"] - true.reindex(terms.index)) / terms["std_error"]
    assert distance.abs().max() < 3


def test_without_an_effect_jobbsjansen_has_none_given_the_covariates() -> None:
    with_effect = draw_world(seed=33, parameters=load_parameters(PLAIN))
    without = draw_world(seed=33, parameters=load_parameters(WITHOUT_EFFECT))
    scheme = [true_coefficients(w.scene, w.people["probability"].to_numpy())["scheme"] for w in (with_effect, without)]
    assert scheme[0] > 0.25
    assert abs(scheme[1]) < 0.1


def test_the_introduction_programme_is_the_same_with_and_without_an_effect() -> None:
    with_effect = draw_world(seed=33, scale=0.2, parameters=load_parameters(PLAIN)).people
    without = draw_world(seed=33, scale=0.2, parameters=load_parameters(WITHOUT_EFFECT)).people
    introduction = with_effect["scheme"] == "introduction"
    assert with_effect.loc[introduction, "attained"].equals(without.loc[introduction, "attained"])


def test_no_effect_cannot_be_balanced_on_totals_that_have_one() -> None:
    with pytest.raises(ValueError, match="set balanced to false"):
        load_parameters({"outcome": {"scheme_effect": 0.0}})


def test_changes_keep_what_they_do_not_name() -> None:
    changed = load_parameters(PLAIN)
    assert not changed.outcome.balanced
    assert changed.outcome.totals == load_parameters().outcome.totals


def test_drawn_totals_are_the_expected_ones_when_balanced(world: World) -> None:
    scene, people = world.scene, world.people
    for rows in (scene.complete & scene.jobbsjansen, scene.complete & ~scene.jobbsjansen, scene.incomplete):
        drawn, expected = people.loc[rows, "attained"].sum(), people.loc[rows, "probability"].sum()
        assert drawn == pytest.approx(expected, abs=50)


def test_small_draws_keep_the_totals() -> None:
    world = draw_world(seed=34, scale=0.1)
    rows = world.scene.complete & ~world.scene.jobbsjansen
    assert world.people.loc[rows, "attained"].mean() == pytest.approx(0.561, abs=0.02)


def test_outcomes_are_never_missing_or_other_than_yes_and_no(plain: World) -> None:
    assert plain.people["attained"].dtype == bool
    assert np.isfinite(plain.people["probability"]).all()
