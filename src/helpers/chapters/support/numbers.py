"""Numbers of the chapter on job support: a trial of an offer drawn by lot, and measures set beside each other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.chapters.common.model_rows import effect_row
from helpers.chapters.support.terms import ANALYSES, ARMS, MONTHS, SIDES, TRIAL, WANTED_POWER, WORK
from helpers.study.fits.job_support import table_of, ways_model, ways_of_working
from helpers.study.study import Study
from resultatbok.methods.balance import balance_table
from resultatbok.methods.intervals import Difference
from resultatbok.methods.shares import equal_shares_p, share_by
from resultatbok.methods.trial import (
    arm_difference,
    complier_effect,
    exact_power,
    mean_difference,
    smallest_detectable_difference,
)
from resultatbok.release.ledger import group_of, row

REGISTER: Final = "register_sample"
SURVEY: Final = "job_specialists"
AFTER_START: Final = WORK + "_after_start"
STEP, LARGEST = 0.1, 0.5
"""Power is computed for true differences from none to the largest, in these steps."""
TIMES: Final = (1, 2, 4)
"""How many times as many participants power is computed for."""

Row = dict[str, Any]


def trial_flow(study: Study) -> pd.DataFrame:
    """How many were drawn for each arm, received the measure and were followed to the end."""
    data = table_of(study, "trial")
    rows = [counted for arm in ARMS for counted in _arm_flow(data[data["arm"] == arm], arm)]
    offered = data[data["arm"] == ARMS[0]]
    keys: Row = {"group": group_of(arm=ARMS[0]), "term": "received", "sample": TRIAL, "unit": "fraction"}
    return pd.DataFrame([*rows, row("share", offered["received"].mean(), n=len(offered), **keys)])


def _arm_flow(part: pd.DataFrame, arm: str) -> list[Row]:
    keys: Row = {"group": group_of(arm=arm), "sample": TRIAL}
    drawn = keys | {"n": len(part), "unit": "participants"}
    return [
        row("count", len(part), term="randomised", **drawn),
        row("count", int(part["received"].sum()), term="received", **drawn),
        # whether somebody was followed says something of the records and not of the person, as in the sample flow
        row("count", int(part[WORK].notna().sum()), term="outcome_known", unit="records", **keys),
    ]


def trial_baseline(study: Study) -> pd.DataFrame:
    """What was known of both arms before the measure began, and the standardised differences between them."""
    data = table_of(study, "trial")
    known = characteristics(data).dropna()
    offered = data["offered"].loc[known.index]
    sizes = (int(offered.sum()), int((1 - offered).sum()))
    rows = []
    for term, balance in balance_table(offered, known).iterrows():
        keys: Row = {"term": str(term), "sample": TRIAL}
        is_share = known[term].isin([0.0, 1.0]).all()
        kind: Row = {"statistic": "share", "unit": "fraction"} if is_share else {"statistic": "mean"}
        means = (balance["treated_mean"], balance["untreated_mean"])
        rows += [
            row(value=mean, group=group_of(arm=arm), n=n, **kind, **keys)
            for arm, mean, n in zip(ARMS, means, sizes, strict=True)
        ]
        rows.append(row("standardised_difference", balance["difference"], n=len(known), **keys))
    return pd.DataFrame(rows)


def characteristics(data: pd.DataFrame) -> pd.DataFrame:
    """What was known before the measure began, as numbers; shares where a column is 0/1."""
    return pd.DataFrame(
        {
            "woman": data["woman"],
            "age": data["age"],
            "months_in_norway": data["months_in_norway"],
            "education_at_least_some": (data["education"] >= 2).astype(float),
            "norwegian_a2_or_higher": data["norwegian"].isin(["a2", "b1", "b2"]).astype(float),
            "origin_syria": data["origin_syria"],
        }
    )


def trial_work(study: Study) -> pd.DataFrame:
    """The effect on being in work after 12 months, three ways."""
    level = study.cohort.analysis.confidence_level
    rows = []
    for analysis, data in _compared(study).items():
        found = arm_difference(data[WORK], data["offered"], level=level)
        shares = [count / n for count, n in zip(found.count, found.n, strict=True)]
        keys = _keys(analysis, WORK)
        rows += [
            *_sides("share", shares, found.n, keys | {"unit": "fraction"}),
            _effect("difference", found.difference, min(found.n), keys),
            row("p_value", found.p_boschloo, n=sum(found.n), **keys),
        ]
    return pd.DataFrame([*rows, _complier_row(study, WORK)])


def trial_effects(study: Study) -> pd.DataFrame:
    """The effects on being in work and on months in employment, with what was compared and the tests."""
    choices = study.cohort.analysis
    rows = []
    for analysis, data in _compared(study).items():
        found = mean_difference(data[MONTHS], data["offered"], level=choices.confidence_level, seed=choices.seed)
        keys = _keys(analysis, MONTHS)
        rows += [
            *_sides("mean", found.means, found.n, keys),
            _effect("difference", found.difference, min(found.n), keys),
            row("p_value", found.p_permutation, n=sum(found.n), **keys),
        ]
    return pd.concat([trial_work(study), pd.DataFrame([*rows, _complier_row(study, MONTHS)])])


def _compared(study: Study) -> dict[str, pd.DataFrame]:
    """Whom each analysis compares: everybody; or those who received the measure and the control arm, as the study."""
    data = table_of(study, "trial")
    received = data[(data["offered"] == 0) | (data["received"] == 1)]
    return dict(zip(ANALYSES[:2], (data, received), strict=True))


def _keys(analysis: str, outcome: str) -> Row:
    return {"group": group_of(analysis=analysis), "term": outcome, "sample": TRIAL}


def _sides(statistic: str, values: Sequence[float], sizes: Sequence[int], keys: Row) -> list[Row]:
    return [
        row(statistic, value, n=n, **keys | {"group": f"{keys['group']};{group_of(measure_received=side)}"})
        for side, value, n in zip(SIDES, values, sizes, strict=True)
    ]


def _complier_row(study: Study, outcome: str) -> Row:
    data, level = table_of(study, "trial"), study.cohort.analysis.confidence_level
    found = complier_effect(data[outcome], data["offered"], data["received"], level=level)
    return _effect("complier_effect", found.effect, found.n, _keys("compliers", outcome))


def _effect(statistic: str, effect: Difference, n: int, keys: Row) -> Row:
    """An effect on a share or on months; a limit that the data do not set is missing."""
    low, high = (limit if math.isfinite(limit) else math.nan for limit in (effect.low, effect.high))
    unit = "fraction" if keys["term"] == WORK else "months"
    return row(statistic, effect.value, n=n, unit=unit, std_error=effect.std_error, low=low, high=high, **keys)


def trial_power(study: Study) -> pd.DataFrame:
    """The probability of finding a difference, by its true size and by the size of the trial."""
    data = table_of(study, "trial")
    arms = [data.loc[data["arm"] == arm, WORK].dropna() for arm in ARMS]
    control = float(arms[1].mean())
    rows: list[Row] = []
    for times in TIMES:
        sizes = (times * len(arms[0]), times * len(arms[1]))
        keys: Row = {"term": "power", "sample": TRIAL, "n": sum(sizes)}
        for difference in np.arange(0, min(LARGEST, 1 - control) + STEP / 2, STEP):
            group = group_of(times=times, difference_points=round(100 * difference))
            rows.append(row("power", exact_power(control, float(difference), sizes), group=group, **keys))
        smallest = smallest_detectable_difference(control, sizes, power=WANTED_POWER)
        if math.isfinite(smallest):
            about = keys | {"group": group_of(times=times), "unit": "fraction"}
            rows.append(row("smallest_detectable_difference", smallest, **about))
    return pd.DataFrame(rows)


def supported_employment_in_work(study: Study) -> pd.DataFrame:
    """Share in work 12 months after the start, in all and by measure, and the test that all measures are equal."""
    starters, level = table_of(study, "starters"), study.cohort.analysis.confidence_level
    known = starters[starters[WORK].notna()].assign(measure=lambda data: data["measure"].astype(str))
    shares = pd.concat(
        [share_by(known, WORK, level=level), share_by(known, WORK, ["measure"], level=level)], ignore_index=True
    )
    keys: Row = {"term": AFTER_START, "sample": REGISTER}
    by_measure = shares[shares["measure"].notna()]
    p_value = equal_shares_p(by_measure["count"], by_measure["n"])
    nothing_known = [
        row("nothing_known", 1, group=group_of(support=str(measure)), **keys)
        for measure, part in starters.groupby("measure", sort=False)
        if part[WORK].isna().all()
    ]
    groups = [group_of(support=name) if isinstance(name, str) else "" for name in shares["measure"]]
    numbers = shares[["value", "n", "std_error", "low", "high"]]
    equal = row("p_value", p_value, group=group_of(test="equal_shares"), n=len(known), **keys)
    return pd.concat(
        [
            numbers.assign(statistic="share", group=groups, unit="fraction", **keys),
            pd.DataFrame([equal, *nothing_known]),
        ]
    )


def supported_employment_dimensions(study: Study) -> pd.DataFrame:
    """What one step more on each of the job specialists' ways of working goes with, as a difference in shares."""
    model = ways_model(study)
    effects = [effect_row(name, model.average_effect(name), model.n, "") for name in ways_of_working(study)]
    return pd.concat(effects).assign(sample=REGISTER)


def job_specialist_answers(study: Study) -> pd.DataFrame:
    """The job specialists' mean answers by measure, and how many answered."""
    specialists = table_of(study, "specialists")
    means = [
        row("mean", part[name].mean(), group=group_of(support=str(measure)), term=name, sample=SURVEY, n=len(part))
        for measure, part in specialists.groupby("measure", sort=False)
        for name in ways_of_working(study)
    ]
    answered = row("count", len(specialists), term="respondents", sample=SURVEY, unit="job_specialists")
    return pd.DataFrame([*means, answered])
