"""The calibration: draws without outcomes, corrections for the multilevel models, and the frozen multipliers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from helpers.cohort.settings import Cohort
from synthesis import World, draw_world
from synthesis.calibration.corrections import corrected
from synthesis.calibration.frozen_file import write_frozen
from synthesis.calibration.pooled import pooled_multipliers
from synthesis.frozen import Frozen, load_frozen
from synthesis.outcomes import draw_goal_attained, outcome_blocks
from synthesis.parameters import load_parameters

FIRST_SEED = 9001  # of the draws that calibration uses; no other draws have these seeds
POOLED = 12  # draws whose moments are met together
CORRECTED = 6  # draws whose multilevel models are fitted
ROUNDS = 4  # of secant steps
ENOUGH = 0.02  # of a coefficient, where the steps end


def calibrate(
    path: Path,
    cohort: Cohort,
    *,
    seeds: Sequence[int] = tuple(range(FIRST_SEED, FIRST_SEED + POOLED)),
    say: Callable[[str], None] = lambda line: None,
) -> None:
    """Estimate corrections and multipliers from the published figures and write them.

    Args:
        path: Where `frozen.yml` is written.
        cohort: Whose settings the multilevel models are fitted with.
        seeds: Of the draws.
        say: Called with a line on the progress.
    """
    say(f"drawing {len(seeds)} times")
    worlds = [draw_world(seed=seed, parameters=load_parameters(_PLAIN)) for seed in seeds]
    frozen = replace(Frozen(), corrections=load_frozen().corrections)  # what still serves stays as it is
    for step in range(ROUNDS):
        fitted = [with_outcomes(world, frozen) for world in worlds[:CORRECTED]]
        corrections, farthest = corrected(frozen.corrections, fitted, cohort)
        say(f"multilevel models, step {step + 1}: at most {farthest:.3f} from the published coefficients")
        if farthest < ENOUGH:
            break
        frozen = replace(frozen, corrections=corrections)
    settings = load_parameters().outcome
    scenes = [world.scene for world in worlds]
    blocks = [outcome_blocks(scene, settings, frozen) for scene in scenes]
    say(f"solving {len(scenes)} draws together")
    multipliers = pooled_multipliers([scene.project_effect for scene in scenes], blocks)
    write_frozen(path, multipliers, [b for draw in blocks for b in draw], frozen.corrections)
    say(f"wrote {path}")


_PLAIN = {"outcome": {"balanced": False}}


def with_outcomes(world: World, frozen: Frozen) -> World:
    """The world with outcomes drawn anew, balanced on the published figures."""
    settings = load_parameters().outcome
    attained, probability = draw_goal_attained(settings, world.scene, world.streams, frozen)
    return replace(world, people=world.people.assign(attained=attained, probability=probability))
