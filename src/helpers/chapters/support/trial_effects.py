"""Exhibits of the trial: what the measure did, as offered, as received and for those who take it when offered."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from helpers.chapters.common.tell import in_words, intervals_note, told_apart
from helpers.chapters.support.trial import SAMPLE, trial_data
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.intervals import Difference
from resultatbok.methods.trial import arm_difference, complier_effect, mean_difference
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

ANALYSES = ("offered", "received", "compliers")
PHRASES = {"offered": "trial_offered", "received": "trial_received_effect", "compliers": "trial_compliers"}
WORK, MONTHS = "in_work_12_months", "months_in_employment"


@dataclass(frozen=True)
class _Compared:
    """Which participants an analysis compares: 1 against 0, on the participants kept."""

    data: pd.DataFrame
    group: pd.Series


@exhibit("trial_work", phrases="trial_offered trial_received_effect trial_compliers trial_finding")
def work_effects(desk: Desk) -> Exhibit:
    """The effect on being in work after 12 months, three ways, in percentage points."""
    words = desk.wording
    rows = desk.rows("trial_work", lambda: pd.DataFrame(_work_rows(desk)))
    effects = _effects(words, rows)
    figure = interval_plot(
        effects.assign(text=[words.number(value, 0) for value in effects["value"]]),
        value_text="text",
        x_label=words.text("Difference in being in work after 12 months, percentage points"),
        format=lambda x: words.number(x, 0),
        reference=0.0,
        reference_label=words.text("No difference"),
    )
    listed = in_words(effects["label"], [_points(words, effect) for _, effect in effects.iterrows()])
    finding = {PHRASES[name]: _points(words, lookup(effects, group=group_of(analysis=name))) for name in ANALYSES}
    offered = lookup(effects, group="analysis=offered")
    received = lookup(effects, group="analysis=received")
    return Exhibit(
        key="trial_work",
        rows=rows,
        caption=words.text(
            "Difference in being in work after 12 months between those with and those without the measure, counted in "
            "three ways."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Effect in percentage points. {values}.", values=listed),
        phrases=finding | {"trial_finding": trial_finding(words, offered, received)},
    )


def trial_finding(words: Wording, offered: pd.Series, received: pd.Series) -> str:
    """What the comparison that the lot protects shows, and whether the other one says something else."""
    told = {
        "above": words.text("Those offered the measure were more often in work after 12 months than the others."),
        "below": words.text("Those offered the measure were more seldom in work after 12 months than the others."),
        "not_distinguishable": words.text(
            "Whether those offered the measure were more often in work after 12 months cannot be told from a trial "
            "of this size."
        ),
    }[told_apart(offered)]
    if told_apart(offered) == "not_distinguishable" and told_apart(received) == "above":
        return f"{told} " + words.text(
            "Those who received it were more often in work, but they are not the ones the lot chose: they are those "
            "who could make use of the offer."
        )
    return told


def months_finding(words: Wording, months: pd.Series) -> str:
    """How much longer those offered the measure were in employment, as a sentence that follows the numbers."""
    values = {
        "months": words.number(abs(months["value"]), 1),
        "interval": words.interval(months["low"], months["high"], "number", 1),
    }
    return {
        "above": words.text(
            "Those offered the measure were in employment {months} months longer ({interval}).", **values
        ),
        "below": words.text(
            "Those offered the measure were in employment {months} months shorter ({interval}).", **values
        ),
        "not_distinguishable": words.text(
            "How long they were in employment cannot be told apart: the difference is {months} months ({interval}).",
            **values | {"months": words.number(months["value"], 1)},
        ),
    }[told_apart(months)]


@exhibit("trial_effects", phrases="trial_months_finding")
def effects_table(desk: Desk) -> Exhibit:
    """Both outcomes, three ways, with what was compared and the tests."""
    words = desk.wording
    rows = desk.rows("trial_effects", lambda: pd.DataFrame([*_work_rows(desk), *_month_rows(desk)]))
    heads = [words.text("Analysis"), words.text("With the measure"), words.text("Without it")]
    heads += [words.text("Effect"), words.text("Interval"), words.text("p-value")]
    months = _effect(rows, MONTHS, "offered")
    lines = [_line(words, rows, outcome, analysis) for outcome in (WORK, MONTHS) for analysis in ANALYSES]
    return Exhibit(
        key="trial_effects",
        rows=rows,
        caption=words.text(
            "The effects in full. The p-values are of Boschloo's exact test for shares and of a permutation test for "
            "months; an effect on those who take the measure when offered has the test of the offer."
        ),
        table=Table(
            [Column(head, numeric=i > 0) for i, head in enumerate(heads)],
            lines,
            group_rows={0: words.label(WORK), len(ANALYSES): words.label(MONTHS)},
            note=hidden_note(rows, words),
        ),
        phrases={
            "trial_months_finding": months_finding(words, months),
        },
    )


def _compared(desk: Desk, analysis: str) -> _Compared:
    """Everybody by arm; or those who received the measure against the control arm, as the study did."""
    data = trial_data(desk)
    if analysis == "offered":
        return _Compared(data, data["offered"])
    kept = data[(data["offered"] == 0) | (data["received"] == 1)]
    return _Compared(kept, kept["offered"])


def _work_rows(desk: Desk) -> list[dict[str, Any]]:
    level = desk.study.cohort.analysis.confidence_level
    rows: list[dict[str, Any]] = []
    for analysis in ANALYSES[:2]:
        compared = _compared(desk, analysis)
        found = arm_difference(compared.data[WORK], compared.group, level=level)
        keys: dict[str, Any] = {"group": group_of(analysis=analysis), "term": WORK, "sample": SAMPLE}
        for count, n, side in zip(found.count, found.n, ("with", "without"), strict=True):
            part = keys | {"group": _side(analysis, side)}
            rows.append(row("share", count / n, **part, n=n, unit="fraction"))
        rows.append(_in_points("difference_pp", found.difference, n=min(found.n), **keys))
        rows.append(row("p_value", found.p_boschloo, **keys, n=sum(found.n)))
    return [*rows, _complier_row(desk, WORK, 100.0, "percentage_points")]


def _month_rows(desk: Desk) -> list[dict[str, Any]]:
    choices = desk.study.cohort.analysis
    rows: list[dict[str, Any]] = []
    for analysis in ANALYSES[:2]:
        compared = _compared(desk, analysis)
        found = mean_difference(
            compared.data[MONTHS], compared.group, level=choices.confidence_level, seed=choices.seed
        )
        keys: dict[str, Any] = {"group": group_of(analysis=analysis), "term": MONTHS, "sample": SAMPLE}
        for mean, n, side in zip(found.means, found.n, ("with", "without"), strict=True):
            rows.append(row("mean", mean, **keys | {"group": _side(analysis, side)}, n=n))
        effect = found.difference
        rows.append(row("difference", effect.value, **keys, **_limits(effect, 1.0) | {"n": min(found.n)}))
        rows.append(row("p_value", found.p_permutation, **keys, n=sum(found.n)))
    return [*rows, _complier_row(desk, MONTHS, 1.0, "months")]


def _complier_row(desk: Desk, outcome: str, scale: float, unit: str) -> dict[str, Any]:
    data = trial_data(desk)
    level = desk.study.cohort.analysis.confidence_level
    found = complier_effect(data[outcome], data["offered"], data["received"], level=level)
    effect = found.effect
    keys: dict[str, Any] = {"group": group_of(analysis="compliers"), "term": outcome, "sample": SAMPLE}
    keys |= _limits(effect, scale) | {"std_error": scale * effect.std_error, "n": found.n, "unit": unit}
    return row("complier_effect", scale * effect.value, **keys)


def _in_points(statistic: str, effect: Difference, **keys: Any) -> dict[str, Any]:  # noqa: ANN401 - ledger keys
    keys |= _limits(effect, 100) | {"std_error": 100 * effect.std_error, "unit": "percentage_points"}
    return row(statistic, 100 * effect.value, **keys)


def _limits(effect: Difference, scale: float) -> dict[str, Any]:
    """The limits; a limit that the data do not set is missing."""
    limits = {"low": scale * effect.low, "high": scale * effect.high}
    return {name: limit if math.isfinite(limit) else math.nan for name, limit in limits.items()}


def _effects(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    effects = rows[rows["statistic"].isin(["difference_pp", "complier_effect"])]
    return effects.assign(label=[words.label(group) for group in effects["group"]])


def _effect(rows: pd.DataFrame, outcome: str, analysis: str) -> pd.Series:
    own = rows[(rows["term"] == outcome) & (rows["group"] == group_of(analysis=analysis))]
    return own[own["statistic"].isin(["difference_pp", "difference", "complier_effect"])].iloc[0]


def _side(analysis: str, side: str) -> str:
    return group_of(analysis=analysis, measure_received=side)


def _points(words: Wording, effect: pd.Series) -> str:
    if effect["suppressed"]:
        return words.text("a difference that is not shown")
    value = words.signed_points(effect["value"] / 100)
    return f"{value} ({words.interval(effect['low'] / 100, effect['high'] / 100, 'points')})"


def _line(words: Wording, rows: pd.DataFrame, outcome: str, analysis: str) -> list[str]:
    effect, decimals = _effect(rows, outcome, analysis), 0 if outcome == WORK else 1
    own = rows[rows["term"] == outcome].set_index(["group", "statistic"])
    sides = []
    for side in ("with", "without"):
        key = (_side(analysis, side), "share" if outcome == WORK else "mean")
        value = own["value"].get(key)
        sides.append("" if value is None else words.percent(value) if outcome == WORK else words.number(value, 1))
    p = own["value"].loc[(group_of(analysis="offered" if analysis == "compliers" else analysis), "p_value")]
    return [
        words.label(group_of(analysis=analysis)),
        *sides,
        words.number(effect["value"], decimals),
        words.interval(effect["low"] / 100, effect["high"] / 100, "points")
        if outcome == WORK
        else words.interval(effect["low"], effect["high"], "number", decimals),
        words.p_value(float(p), named=False),
    ]
