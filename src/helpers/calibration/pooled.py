"""Several draws put together as one, so that what is estimated does not fit the accidents of a single draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from helpers.synthetic.draws import Floats
from helpers.synthetic.moments import Block, solve


def pooled_multipliers(starts: Sequence[Floats], draws: Sequence[Sequence[Block]]) -> dict[str, Floats]:
    """Multipliers that meet the sums of the draws' targets.

    Args:
        starts: The log odds that each draw starts from.
        draws: The blocks of each draw; a block that a draw lacks has no people there.
    """
    names = list(dict.fromkeys(block.name for blocks in draws for block in blocks))
    pooled = [_together(name, starts, draws) for name in names]
    return solve(np.concatenate(starts), pooled).multipliers


def _together(name: str, starts: Sequence[Floats], draws: Sequence[Sequence[Block]]) -> Block:
    found = [next((b for b in blocks if b.name == name), None) for blocks in draws]
    first = next(b for b in found if b is not None)
    parts = [_nobody(first, len(start)) if block is None else block for block, start in zip(found, starts, strict=True)]
    return Block(
        name,
        first.source,
        first.terms,
        np.vstack([b.columns for b in parts]),
        np.concatenate([b.counted for b in parts]),
        np.sum([b.targets for b in parts], axis=0),
        first.softness,
    )


def _nobody(block: Block, n: int) -> Block:
    k = len(block.terms)
    nothing = np.zeros((n, k))
    return Block(block.name, block.source, block.terms, nothing, np.zeros(n, dtype=bool), np.zeros(k), block.softness)
