"""Selection of terms from a specific model to a general one, with every step on record.

The 2019 evaluation built its model this way: begin with one block of explanations, keep what is
significant, bring in the next block, take out what is not significant any more, and keep in the end what
has p < 0.10 (two-sided).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit.chi_square import wald_test
from resultatbok.methods.logit.fit import fit_logit
from resultatbok.methods.logit.result import LogitFit

# The level of the 2019 evaluation.
KEEP_BELOW = 0.10

Block = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Selection:
    """The chosen model and how it was reached.

    Attributes:
        fit: The final model; the constant alone if no term was kept.
        kept: Terms of the final model, in the order they came in.
        dropped: Terms that were tested and left out.
        path: One row per action: `step` (1 for the first block), `action` (enter, drop or return), `term`,
            `p_value` (of the joint Wald test; of an entering term when its block has entered), `n_terms`
            after it, `loglik`, `aic` of the model after it.
    """

    fit: LogitFit
    kept: list[str]
    dropped: list[str]
    path: pd.DataFrame


def specific_to_general(
    outcome: pd.Series,
    design: pd.DataFrame,
    blocks: Sequence[Block],
    *,
    keep_below: float = KEEP_BELOW,
    groups: pd.Series | None = None,
    level: float = 0.95,
) -> Selection:
    """Select terms block by block.

    After each block the term with the largest p-value is dropped, one at a time, until all are below the
    limit. When all blocks have been in, each dropped term gets one more chance beside the final ones, in
    the order they went out.

    Args:
        outcome: 0 or 1 per row.
        design: Every candidate column.
        blocks: The terms of each step, each with its columns in the design (several for a factor).
        keep_below: A term stays if the p-value of its joint Wald test is below this.
        groups: Clusters for robust errors, which the tests then use.
        level: Coverage of the intervals of the final model.

    Raises:
        ModelError: A column is not in the design, or a term is in two blocks; else as `fit_logit`.
    """
    search = _Search(outcome, design, _columns_of(blocks, design), keep_below, groups, level)
    for step, block in enumerate(blocks, start=1):
        search.enter(step, list(block))
        search.prune(step)
    for term in list(search.dropped):
        search.offer_again(len(blocks) + 1, term)
    return Selection(search.fit, search.kept, search.dropped, search.path())


class _Search:
    """The state of one selection: the terms in the model, its fit, and the record."""

    def __init__(
        self,
        outcome: pd.Series,
        design: pd.DataFrame,
        columns: dict[str, list[str]],
        keep_below: float,
        groups: pd.Series | None,
        level: float,
    ) -> None:
        self.outcome, self.design, self.columns = outcome, design, columns
        self.keep_below, self.groups, self.level = keep_below, groups, level
        self.kept: list[str] = []
        self.dropped: list[str] = []
        self.record: list[dict[str, object]] = []
        self.fit = self._fit([])

    def enter(self, step: int, terms: list[str]) -> None:
        self.kept += terms
        self.fit = self._fit(self.kept)
        p_values = self._p_values()
        for term in terms:
            self._note(step, "enter", term, p_values[term])

    def prune(self, step: int) -> None:
        while self.kept:
            p_values = self._p_values()
            worst = max(p_values, key=lambda term: p_values[term])
            if p_values[worst] < self.keep_below:
                return
            self.kept.remove(worst)
            self.dropped.append(worst)
            self.fit = self._fit(self.kept)
            self._note(step, "drop", worst, p_values[worst])

    def offer_again(self, step: int, term: str) -> None:
        trial = self._fit([*self.kept, term])
        p_value = _p_value(trial, self.columns[term])
        if p_value < self.keep_below:
            self.kept.append(term)
            self.dropped.remove(term)
            self.fit = trial
            self._note(step, "return", term, p_value)
            self.prune(step)

    def path(self) -> pd.DataFrame:
        names = ["step", "action", "term", "p_value", "n_terms", "loglik", "aic"]
        return pd.DataFrame(self.record, columns=names)

    def _fit(self, terms: list[str]) -> LogitFit:
        chosen = [column for term in terms for column in self.columns[term]]
        return fit_logit(self.outcome, self.design[chosen], groups=self.groups, level=self.level)

    def _p_values(self) -> dict[str, float]:
        return {term: _p_value(self.fit, self.columns[term]) for term in self.kept}

    def _note(self, step: int, action: str, term: str, p_value: float) -> None:
        self.record.append(
            {
                "step": step,
                "action": action,
                "term": term,
                "p_value": p_value,
                "n_terms": len(self.kept),
                "loglik": self.fit.llf,
                "aic": self.fit.aic,
            }
        )


def _p_value(fit: LogitFit, columns: list[str]) -> float:
    """Of the joint test of a term; 1 where the clusters are too few to test it, so that nothing speaks for it."""
    try:
        p_value = wald_test(fit, columns).p_value
    except ModelError:
        return 1.0
    return 1.0 if np.isnan(p_value) else p_value


def _columns_of(blocks: Sequence[Block], design: pd.DataFrame) -> dict[str, list[str]]:
    columns: dict[str, list[str]] = {}
    for block in blocks:
        for term, names in block.items():
            absent = [name for name in names if name not in design.columns]
            if absent or not names:
                raise ModelError(f"term {term!r} has the columns {list(names)}; the design lacks {absent}")
            if term in columns:
                raise ModelError(f"term {term!r} is in two blocks")
            columns[term] = list(names)
    return columns
