"""The verdict on each published number: inside its tolerance, outside, missing or not comparable."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import NormalDist
from typing import Any, Final, Literal

import pandas as pd

from helpers.fidelity.crosswalk import REASONS, Entry, Source
from helpers.fidelity.lookup import LedgerIndex, NotFound
from helpers.fidelity.published import Published
from helpers.fidelity.tolerance import FIRST_STAR, SIGNIFICANT, Allowed, Computed, NotJudged, Printed, allowed

Verdict = Literal["inside", "outside", "missing", "not_comparable"]
VERDICTS: Final[tuple[Verdict, ...]] = ("inside", "outside", "missing", "not_comparable")
TAIL: Final = 10  # the printed percentiles that give the spread: the 10th and the 90th


@dataclass(frozen=True)
class Judgement:
    """What came of one published number, or of one finding stated in words.

    Attributes:
        id: Its key in the published file.
        exhibit: The figure, table or prose it stands in.
        published: The printed number, or the finding's words.
        computed: The ledger's, in the same units; None if there is none.
        low, high: The span that counts as inside; None where nothing was compared.
        verdict: One of `VERDICTS`.
        reason: The tolerance in words, or why the number is missing or not compared.
        target: Whether the generator's parameters were fitted to this number.
    """

    id: str
    exhibit: str
    published: float | str
    computed: float | None
    low: float | None
    high: float | None
    verdict: Verdict
    reason: str
    target: bool

    @property
    def kind(self) -> Literal["number", "finding"]:
        """Whether a number or a finding in words was judged."""
        return "finding" if isinstance(self.published, str) else "number"

    @property
    def compared(self) -> bool:
        """Whether the number counts; a missing one counts against."""
        return self.verdict != "not_comparable"

    @property
    def tolerance(self) -> float | None:
        """How far the computed number may lie on the side where it lies.

        None where that has no meaning: where there is no end to it, and for what is printed in words.
        """
        if isinstance(self.published, str) or self.computed is None or self.low is None or self.high is None:
            return None
        named_values = not self.low <= self.published <= self.high
        if named_values or math.isinf(self.high - self.low):
            return None
        return self.high - self.published if self.computed >= self.published else self.published - self.low

    @property
    def distance(self) -> float | None:
        """Computed minus published, in tolerances; None where that has no meaning."""
        if isinstance(self.published, str) or not self.tolerance or self.computed is None:
            return None
        return (self.computed - self.published) / self.tolerance


def judge(
    published: Sequence[Published],
    crosswalk: Mapping[str, Entry],
    ledger: pd.DataFrame,
    targets: Collection[str] = (),
) -> list[Judgement]:
    """Hold each published number against the ledger.

    Args:
        published: The numbers of a report.
        crosswalk: Where each is looked for, by id.
        ledger: Ledger rows of a cohort, with the columns `LEDGER_COLUMNS`.
        targets: Ids of the numbers the generator was fitted to.

    Returns:
        One judgement per published number, in their order.
    """
    index, context = LedgerIndex(ledger), _Context(published)
    return [_judge_one(row, crosswalk[row.id], index, context, row.id in targets) for row in published]


def _judge_one(row: Published, entry: Entry, index: LedgerIndex, context: _Context, target: bool) -> Judgement:
    bare = Judgement(row.id, row.exhibit, row.value, None, None, None, "not_comparable", "", target)
    if not entry.comparable:
        return replace(bare, reason=f"{entry.kind}: {entry.reason or REASONS[entry.kind]}", target=False)
    try:
        source, computed = _first(entry.sources, index)
    except NotFound as error:
        return replace(bare, verdict="missing", reason=str(error))
    try:
        span = allowed(context.printed(row, source, index), computed)
    except NotJudged as error:
        return replace(bare, verdict="missing", computed=computed.value, reason=f"cannot be judged: {error}")
    value = computed.value if span.computed is None else span.computed
    verdict: Verdict = "inside" if within(value, span) else "outside"
    return replace(bare, computed=value, low=span.low, high=span.high, verdict=verdict, reason=span.reason)


def _first(sources: Sequence[Source], index: LedgerIndex) -> tuple[Source, Computed]:
    """The first of several places in the ledger that has the number."""
    faults = []
    for source in sources:
        try:
            return source, index.find(source)
        except NotFound as fault:
            faults.append(str(fault))
    raise NotFound(faults[0])


def within(value: float, span: Allowed) -> bool:
    """Whether a number is in a span whose ends are included, whatever the last binary digit."""
    slack = 1e-9 * max(1.0, abs(value))
    strict = abs(span.low) < slack or abs(span.high) < slack  # a sign: zero itself is on neither side
    return span.low <= value <= span.high if strict else span.low - slack <= value <= span.high + slack


class _Context:
    """What else is printed about the coefficient, model or variable of a number."""

    def __init__(self, published: Sequence[Published]) -> None:
        self._rows = {(row.statistic, row.scheme, row.group, row.term, row.sample): row for row in published}

    def printed(self, row: Published, source: Source, index: LedgerIndex) -> Printed:
        """A number with what its tolerance may rest on."""
        return Printed(
            row,
            std_error=self._std_error(row),
            observations=self._value("count", replace(row, term="observations")),
            significant=self._is_significant(row),
            spread=self._spread(row),
            computed_observations=self._computed_observations(row, source, index),
            relative=bool(source.minus),
        )

    def _std_error(self, row: Published) -> float:
        if row.statistic == "odds":  # a person at the means: the model's constant
            row = replace(row, scheme="both", group="model=municipality", term="constant")
        return self._value("std_error", row)

    def _is_significant(self, row: Published) -> bool:
        if not math.isnan(printed := self._value("p_stars", row)):
            return printed >= FIRST_STAR[row.scale]
        return self._value("p_value", row) < SIGNIFICANT

    def _spread(self, row: Published) -> float:
        if row.statistic != "percentile":
            return math.nan
        ends = [self._value("percentile", replace(row, group=f"percentile={q}")) for q in (TAIL, 100 - TAIL)]
        return (ends[1] - ends[0]) / (2 * NormalDist().inv_cdf(1 - TAIL / 100))

    def _computed_observations(self, row: Published, source: Source, index: LedgerIndex) -> float:
        if row.statistic != "loglik":
            return math.nan
        return index.number(replace(source, statistic="count", term="observations"))

    def _value(self, statistic: str, row: Published) -> float:
        found = self._rows.get((statistic, row.scheme, row.group, row.term, row.sample))
        return math.nan if found is None else found.value


def as_records(judgements: Sequence[Judgement]) -> list[dict[str, Any]]:
    """Judgements as plain mappings for JSON."""
    return [
        {
            "id": j.id,
            "kind": j.kind,
            "published": j.published,
            "computed": j.computed,
            "tolerance": j.tolerance,
            "verdict": j.verdict,
            "reason": j.reason,
            "target": j.target,
            "exhibit": j.exhibit,
            "low": _finite(j.low),
            "high": _finite(j.high),
        }
        for j in judgements
    ]


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None
