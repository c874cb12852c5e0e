"""Goal attainment and what it consisted in: the published models and figures, and the projects' effects."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from synthesis.draws import Bools, Floats, Streams, dealt, highest, logistic, logistic_noise, nearest, settled
from synthesis.evaluation import evaluation_blocks
from synthesis.evening import evened
from synthesis.frozen import Frozen, load_frozen
from synthesis.moments import Block, log_odds, solve
from synthesis.parameters import Outcome, Parameters, Slopes, for_year
from synthesis.report_figures import figure_blocks, total_blocks
from synthesis.report_models import individual_columns, model_blocks
from synthesis.scene import Scene

_ENOUGH = 15_000  # complete cases, for the published models to be solved on a draw
_FARTHEST = 5.0  # that a constant can move log odds
_DECIMALS = 7  # of log odds that are held against a threshold
_SHIFT_DECIMALS = 10  # of the multipliers' moves
_BALANCING = 25  # steps from the drawn totals to the expected ones


def outcome_blocks(scene: Scene, settings: Outcome, frozen: Frozen) -> list[Block]:
    """Every published figure that the outcomes are drawn to meet."""
    blocks = [
        *model_blocks(scene, settings, frozen.corrections),
        *figure_blocks(scene, settings),
        *evaluation_blocks(scene),
    ]
    return [replace(block, softness=block.softness * settings.firmer.get(block.name, 1.0)) for block in blocks]


def outcome_log_odds(scene: Scene, settings: Outcome, frozen: Frozen) -> tuple[Floats, list[Block]]:
    """Everyone's log odds of attaining the goal, and the blocks that a balanced draw is held to.

    Balanced, the multipliers are solved for this draw, or those of the totals alone for a draw too small for more;
    otherwise they are the frozen ones.
    """
    start, blocks = scene.project_effect, outcome_blocks(scene, settings, frozen)
    if settings.balanced and scene.complete.sum() >= _ENOUGH:
        return solve(start, blocks, frozen.of(blocks)).log_odds, blocks
    eta = log_odds(start, blocks, frozen.of(blocks))
    if settings.scheme_effect != 1:
        others = outcome_blocks(scene.without_jobbsjansen(), settings, frozen)
        without = _as_in_introduction(scene, eta, log_odds(start, others, frozen.of(others)))
        eta = settled(np.where(scene.jobbsjansen, without + settings.scheme_effect * (eta - without), eta), _DECIMALS)
    if settings.balanced:
        blocks = total_blocks(scene, settings)
        eta = solve(eta, blocks).log_odds
    return eta, blocks


def _as_in_introduction(scene: Scene, eta: Floats, without: Floats) -> Floats:
    """Log odds without an effect, moved so that the individual model's coefficient of the scheme is 0.

    Jobbsjansen's projects differ more and lopsidedly, and its participants lie at the edge of the others', so that log
    odds of the same form are not yet the same chances given the covariates.
    """
    rows, counted = scene.jobbsjansen, scene.complete
    if not rows[counted].any() or rows.all():
        return without
    columns = individual_columns(scene).drop(columns="scheme")
    terms = tuple(str(term) for term in columns.columns)
    design, everyone = columns.to_numpy()[counted], np.ones(int(counted.sum()), dtype=bool)

    def excess(shift: float) -> float:
        p = logistic(np.where(rows, without + shift, eta))[counted]
        model = Block("individual", "table 17", terms, design, everyone, design.T @ p, 0.0)
        fitted = solve(np.zeros(len(p)), [model]).probability
        return float((p - fitted)[rows[counted]].mean())

    return without + float(brentq(excess, -_FARTHEST, _FARTHEST, xtol=1e-3))


def draw_goal_attained(
    settings: Outcome, scene: Scene, streams: Streams, frozen: Frozen | None = None
) -> tuple[Bools, Floats]:
    """Draw who attains the goal.

    Args:
        settings: Figures, totals, and whether the draw is balanced.
        scene: The participants, and what is missing.
        streams: Random numbers.
        frozen: Multipliers and corrections; those of `frozen.yml` if not given.

    Returns:
        Whether each attains the goal, and the probability it was drawn with.
    """
    eta, blocks = outcome_log_odds(scene, settings, frozen or load_frozen())
    u = streams.of("goal attainment").random(scene.people.shape[0])
    threshold = settled(np.log(u) - np.log1p(-u))
    drawn = _balanced(eta, threshold, blocks, scene.jobbsjansen) if settings.balanced else threshold < eta
    return drawn, logistic(eta)


def _balanced(eta: Floats, threshold: Floats, blocks: list[Block], jobbsjansen: Bools) -> Bools:
    """Outcomes whose moments are the expected ones: the thresholds stay, the multipliers move until the sums agree.

    Jobbsjansen has many figures and few participants; there single outcomes are turned in the end.
    """
    columns = np.hstack([np.where(b.counted[:, None], b.columns, 0.0) for b in blocks])
    p = logistic(eta)
    expected = columns.T @ p
    information = columns.T @ (columns * (p * (1 - p))[:, None])
    information += 1e-3 * np.diag(np.maximum(information.diagonal(), 1.0))
    inverse: Floats = np.linalg.inv(information).astype(np.float64)
    best, least = threshold < eta, np.inf
    shift = np.zeros(columns.shape[1])
    for _ in range(_BALANCING):
        drawn = threshold < eta + settled(columns @ shift, _DECIMALS)
        gap = expected - columns.T @ drawn
        off = float(settled(gap @ inverse @ gap, _DECIMALS))
        if off < least:
            best, least = drawn, off
        shift = settled(shift + 0.7 * (inverse @ gap), _SHIFT_DECIMALS)
    return evened(best, threshold - eta, columns, expected, inverse, jobbsjansen)


def draw_transition(parameters: Parameters, people: pd.DataFrame, attained: Bools, streams: Streams) -> Bools:
    """Whether each participant who attains the goal goes to work; the others of them go to education.

    By scheme and year the share that does is exact: those whose log odds lie farthest above a threshold of their own.
    """
    above = _sum(people, parameters.transition.slopes) - logistic_noise(len(people), streams.of("transition"))
    to_work = np.zeros(len(people), dtype=bool)
    for scheme, shares in parameters.transition.work_share.items():
        for year in sorted(people["year"].unique()):
            rows = attained & ((people["scheme"] == scheme) & (people["year"] == year)).to_numpy()
            count = nearest(for_year(shares, int(year)) * int(rows.sum()))
            to_work |= highest(np.where(rows, above, -np.inf), count) & rows
    return to_work


def draw_end_reasons(
    parameters: Parameters, attained: Bools, to_work: Bools, not_counted: Bools, streams: Streams
) -> np.ndarray:
    """The introduction programme's end reasons as the register has them."""
    keys = streams.of("end reasons").random(len(attained))
    groups = {
        "not_counted": not_counted,
        "not_attained": ~attained & ~not_counted,
        "work": attained & to_work & ~not_counted,
        "education": attained & ~to_work & ~not_counted,
    }
    reasons = np.empty(len(attained), dtype=object)
    for name, rows in groups.items():
        reasons[rows] = dealt(parameters.end_reasons[name], keys[rows])
    return reasons


def _sum(people: pd.DataFrame, slopes: Slopes) -> Floats:
    total = np.zeros(len(people))
    for name, slope in slopes.items():
        total += slope * people[name].to_numpy(dtype=float)
    return total
