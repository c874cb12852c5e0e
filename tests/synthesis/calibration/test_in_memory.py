"""A world taken into memory is the registers that its files give."""

from __future__ import annotations

from pathlib import Path

import pytest

from helpers.cohort.settings import load_cohort
from helpers.study.study import Study
from resultatbok.project import project_root
from synthesis import draw_world
from synthesis.calibration.in_memory import study_of
from synthesis.calibration.pooled import pooled_multipliers
from synthesis.frozen import load_frozen
from synthesis.outcomes import outcome_blocks

ROOT = project_root(Path(__file__).parent)
COHORT = load_cohort(ROOT / "cohorts" / "synthetic-2017-2020.yml")


def test_the_models_are_those_of_the_files() -> None:
    drawn, read = study_of(draw_world(), COHORT), Study(COHORT)
    assert len(drawn.complete) == len(read.complete)
    ours, theirs = drawn.individual_model.terms["coefficient"], read.individual_model.terms["coefficient"]
    assert ours.to_numpy() == pytest.approx(theirs.reindex(ours.index).to_numpy(), abs=0.002)


def test_pooled_multipliers_are_named_by_block_and_term() -> None:
    scenes = [draw_world(seed=seed, scale=0.3).scene for seed in (1, 2)]
    blocks = [outcome_blocks(scene, draw_world(scale=0.05).parameters.outcome, load_frozen())[:1] for scene in scenes]
    found = pooled_multipliers([scene.project_effect for scene in scenes], blocks)
    assert list(found) == ["individual"]
    assert list(found["individual"]) == list(blocks[0][0].terms)


def test_frozen_multipliers_cover_the_blocks_of_a_draw() -> None:
    world = draw_world(seed=3)
    names = {block.name for block in outcome_blocks(world.scene, world.parameters.outcome, load_frozen())}
    assert names <= set(load_frozen().multipliers)
