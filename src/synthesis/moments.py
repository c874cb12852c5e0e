"""Probabilities of goal attainment that meet many published figures at once: soft maximum entropy.

A published figure is a moment: the sum of a column times the outcome over the people counted. A share gives an
indicator column; a logistic regression gives the columns of its design, whose sums with the outcome are at the
maximum of the likelihood those with its fitted probabilities. Among all probabilities that meet the moments, those
nearest to where we start have log odds `start + columns @ multipliers`, one multiplier per moment (the dual of
maximum entropy). The figures are rounded and do not agree perfectly, so a block may miss its targets at a price: what
it misses, measured in coefficients of its own columns, is `softness` times its multipliers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from synthesis.draws import Bools, Floats, logistic, settled

_STEPS = 60
_LARGEST_STEP = 3.0  # in the log odds of anybody
_CLOSE = 1e-6  # of the log odds, where the steps end
_SETTLED = 6  # decimals of the log odds
_RIDGE = 1e-9  # of a block's largest information, so that a column of zeros does no harm


@dataclass(frozen=True)
class Block:
    """Moments that belong together: the columns of one model, or of one published figure.

    Attributes:
        name: Of the block, in the parameter file too.
        source: The published exhibit.
        terms: Names of the columns.
        columns: One row per person, one column per moment; 0 for those that a moment does not concern. What a
            multiplier is multiplied with: defined for everyone, whether or not the registers lack something about them.
        counted: The people over whom the moments are summed, such as the complete cases.
        targets: The sums of columns times outcome, over the people counted.
        softness: What is missed, in coefficients, per unit of multiplier; 0 for exactly.
    """

    name: str
    source: str
    terms: tuple[str, ...]
    columns: Floats
    counted: Bools
    targets: Floats
    softness: float

    def __post_init__(self) -> None:
        n, k = self.columns.shape
        if len(self.terms) != k or self.targets.shape != (k,) or self.counted.shape != (n,):
            raise ValueError(
                f"block {self.name}: {n} rows and {k} columns, but {len(self.terms)} terms, "
                f"{self.targets.shape} targets and {self.counted.shape} counted"
            )


@dataclass(frozen=True)
class Solution:
    """The multipliers of the blocks, in their order, and the probabilities they give."""

    multipliers: dict[str, Floats]
    log_odds: Floats
    missed: dict[str, Floats]
    """What each moment misses: target less sum, per person counted whose column is not 0."""

    @property
    def probability(self) -> Floats:
        """Everyone's probability of attaining the goal."""
        return logistic(self.log_odds)


def solve(start: Floats, blocks: Sequence[Block], guess: dict[str, Floats] | None = None) -> Solution:
    """Find the multipliers that meet the blocks' targets, by Newton's method.

    Args:
        start: Log odds before any block is heeded, one per person.
        blocks: The moments.
        guess: Multipliers to begin with, by block.

    Raises:
        ValueError: The steps do not settle: targets that nothing can meet.
    """
    stacked = _Stacked(blocks, logistic(start))
    multipliers = stacked.join(guess or {})
    for _ in range(_STEPS):
        step = stacked.newton_step(start, multipliers)
        reach = float(np.abs(stacked.columns @ step).max())
        multipliers = multipliers + step * min(1.0, _LARGEST_STEP / max(reach, 1e-300))
        if reach < _CLOSE:
            return stacked.solution(start, multipliers)
    raise ValueError(f"the moments of {', '.join(b.name for b in blocks)} cannot be met together")


def log_odds(start: Floats, blocks: Sequence[Block], multipliers: dict[str, Floats]) -> Floats:
    """Log odds from multipliers found before, on any draw; a block without multipliers adds nothing."""
    total = start.copy()
    for block in blocks:
        if block.name in multipliers:
            total += block.columns @ multipliers[block.name]
    return np.asarray(settled(total, _SETTLED))


class _Stacked:
    """All blocks side by side."""

    def __init__(self, blocks: Sequence[Block], p: Floats) -> None:
        self.blocks = blocks
        self.columns = np.hstack([b.columns for b in blocks])
        self.counted = np.hstack([np.where(b.counted[:, None], b.columns, 0.0) for b in blocks])
        self.targets = np.concatenate([b.targets for b in blocks])
        ends = np.cumsum([len(b.terms) for b in blocks])
        self.places = [slice(int(end) - len(b.terms), int(end)) for b, end in zip(blocks, ends, strict=True)]
        self.penalties = [self._penalty(b, place, p) for b, place in zip(blocks, self.places, strict=True)]

    def join(self, by_block: dict[str, Floats]) -> Floats:
        """Multipliers of all blocks in one row; 0 where none are given."""
        return np.concatenate([by_block.get(b.name, np.zeros(len(b.terms))) for b in self.blocks])

    def newton_step(self, start: Floats, multipliers: Floats) -> Floats:
        """The step towards sums that miss their targets by no more than the penalty allows."""
        p = logistic(start + self.columns @ multipliers)
        slopes = self.counted.T @ (self.columns * (p * (1 - p))[:, None])
        gap = self.targets - self.counted.T @ p
        for place, penalty in zip(self.places, self.penalties, strict=True):
            slopes[place, place] += penalty
            gap[place] -= penalty @ multipliers[place]
        return np.asarray(np.linalg.solve(slopes, gap))

    def _penalty(self, block: Block, place: slice, p: Floats) -> Floats:
        """What multipliers cost: the block's information where we start, so that it stays where chances get extreme."""
        counted = self.counted[:, place]
        own = counted.T @ (counted * (p * (1 - p))[:, None])
        return np.asarray(block.softness * own + _RIDGE * max(float(own.diagonal().max()), 1.0) * np.eye(len(own)))

    def solution(self, start: Floats, multipliers: Floats) -> Solution:
        eta = settled(start + self.columns @ multipliers, _SETTLED)
        gap = self.targets - self.counted.T @ logistic(eta)
        people = np.maximum((self.counted != 0).sum(axis=0), 1)
        split = {b.name: multipliers[place] for b, place in zip(self.blocks, self.places, strict=True)}
        missed = {b.name: (gap / people)[place] for b, place in zip(self.blocks, self.places, strict=True)}
        return Solution(split, np.asarray(eta), missed)
