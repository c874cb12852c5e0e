"""Numbers of what the answer is put to: all choices at once, missing outcomes, differences that should be zero."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.robustness.terms import ADJUSTED_P, BOUND, CHANGE, CHOICES, EFFECT, GROSS, PLACEBO
from helpers.study.fits.missing_outcomes import (
    ODDS,
    is_complete,
    outcome_bounds,
    shifted_outcomes,
    women_who_left,
)
from helpers.study.fits.placebo import placebos
from helpers.study.fits.specifications import DECLARED, women_curve
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.methods.shares import share_by
from resultatbok.release.rows import group_of, row

ESTIMATE: Final = ("value", "std_error", "low", "high")
OF_WOMEN: Final[dict[str, Any]] = {"term": "scheme", "sample": WOMEN, "unit": "fraction"}


def specification_curve(study: Study) -> pd.DataFrame:
    """The women's effect under each combination of choices, in the order of the choices."""
    curve = women_curve(study)
    table = curve.table.sort_values(list(CHOICES)).to_dict("records") if curve else []
    return _rows(
        row(EFFECT, group=group_of(**{k: one[k] for k in CHOICES}), n=one["n"], **_estimate(one), **OF_WOMEN)
        for one in table
    )


def choice_changes(study: Study) -> pd.DataFrame:
    """How much each option changes the effect, against the declared option with all other choices alike.

    The value is the mean over all pairs of specifications, `low` and `high` the smallest and the largest change.
    Clusters change intervals only.
    """
    curve = women_curve(study)
    table = curve.table if curve else pd.DataFrame()
    return _rows(
        _change(table, choice, str(option))
        for choice in (CHOICES[:-1] if curve else ())
        for option in table[choice].cat.categories
        if option != DECLARED[choice]
    )


def _change(table: pd.DataFrame, choice: str, option: str) -> dict[str, Any]:
    others = [name for name in CHOICES if name != choice]
    of_option, declared = (
        table[table[choice] == taken].set_index(others)[["value", "n"]] for taken in (option, DECLARED[choice])
    )
    change = (of_option["value"] - declared["value"]).dropna()
    ends = {"low": change.min(), "high": change.max(), "n": of_option["n"].min()}
    return row(CHANGE, change.mean(), group=group_of(**{choice: option}), **ends, **OF_WOMEN)


def bounded_effect(study: Study) -> pd.DataFrame:
    """The least and the most that the observed difference among women can be, by whose outcome is taken as unknown.

    `n` is the number of those, on whom the width of the bounds rests; both ends have the interval of the difference.
    """
    rows = []
    for (unseen, method), found in outcome_bounds(study).items():
        keys: dict[str, Any] = {"group": group_of(unseen=unseen, method=method), "sample": GROSS, "unit": "fraction"}
        ends = {"lower": found.lower, "upper": found.upper}
        rows += [
            row(BOUND, value, term=end, n=found.n_missing, low=found.low, high=found.high, **keys)
            for end, value in ends.items()
        ]
    return _rows(rows)


def shifted_effect(study: Study) -> pd.DataFrame:
    """The main model's effect by how likely the goal is among the women left out of the introduction programme.

    With each effect comes the share of those women who reach the goal then, and at the end the share who did.
    """
    people = women_who_left(study)
    left_out = people[~is_complete(people) & (people["scheme"] == "introduction")]
    shares = share_by(left_out, OUTCOME, ["scheme"], level=study.cohort.analysis.confidence_level)
    actual = share_rows(shares, shares["scheme"], "gender=female", "goal_attainment", sample="with_missing")
    found = shifted_outcomes(study)
    rows = []
    for odds, one in zip(ODDS, found.table.to_dict("records") if found else [], strict=bool(found)):
        keys: dict[str, Any] = {"group": group_of(gender="female", odds=odds), "sample": GROSS, "unit": "fraction"}
        rows += [
            row(EFFECT, term="scheme", n=len(people), **_estimate(one), **keys),
            row("probability", one["share"], term=OUTCOME, scheme="introduction", n=len(left_out), **keys),
        ]
    return pd.concat([_rows(rows), actual])


def placebo_differences(study: Study) -> pd.DataFrame:
    """Differences that should be zero, their p-values, and these adjusted for how many there are."""
    rows = []
    for one in placebos(study):
        keys: dict[str, Any] = {
            "group": group_of(comparison=one.comparison),
            "term": one.outcome,
            "sample": WOMEN if one.comparison == "schemes" else "all",
            "n": one.n,
        }
        rows += [
            row(PLACEBO, unit="fraction", **_estimate(vars(one.effect)), **keys),
            row("p_value", one.p_value, **keys),
            row(ADJUSTED_P, one.adjusted, **keys),
        ]
    return _rows(rows)


def _rows(rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table, with the ledger's columns where there are none."""
    return pd.DataFrame(list(rows), columns=list(row("", 0.0)))


def _estimate(found: Any) -> dict[str, Any]:  # noqa: ANN401 - a record with these four
    return {name: float(found[name]) for name in ESTIMATE}
