"""Several draws put together as one, so that what is estimated does not fit the accidents of a single draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from synthesis.draws import Floats
from synthesis.moments import Block, solve


def pooled_multipliers(starts: Sequence[Floats], draws: Sequence[Sequence[Block]]) -> dict[str, dict[str, float]]:
    """Multipliers that meet the sums of the draws' targets, by block and term.

    Args:
        starts: The log odds that each draw starts from.
        draws: The blocks of each draw; a block or term that a draw lacks has no people there.
    """
    names = list(dict.fromkeys(block.name for blocks in draws for block in blocks))
    pooled = [_together(name, starts, draws) for name in names]
    found = solve(np.concatenate(starts), pooled).multipliers
    return {b.name: dict(zip(b.terms, found[b.name].tolist(), strict=True)) for b in pooled}


def _together(name: str, starts: Sequence[Floats], draws: Sequence[Sequence[Block]]) -> Block:
    found = [next((b for b in blocks if b.name == name), None) for blocks in draws]
    first = next(b for b in found if b is not None)
    terms = tuple(dict.fromkeys(term for b in found if b is not None for term in b.terms))
    parts = [_with_terms(block, first, terms, len(start)) for block, start in zip(found, starts, strict=True)]
    return Block(
        name,
        first.source,
        terms,
        np.vstack([b.columns for b in parts]),
        np.concatenate([b.counted for b in parts]),
        np.sum([b.targets for b in parts], axis=0),
        first.softness,
    )


def _with_terms(block: Block | None, like: Block, terms: tuple[str, ...], n: int) -> Block:
    """The block with a column for every term, 0 for those that the draw lacks."""
    columns, targets = np.zeros((n, len(terms))), np.zeros(len(terms))
    counted = np.zeros(n, dtype=bool) if block is None else block.counted
    if block is not None:
        places = [terms.index(term) for term in block.terms]
        columns[:, places], targets[places] = block.columns, block.targets
    return Block(like.name, like.source, terms, columns, counted, targets, like.softness)
