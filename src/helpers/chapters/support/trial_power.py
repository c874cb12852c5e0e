"""What a trial of this size could have shown: its power, and the smallest difference it would probably find."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from helpers.chapters.common.tell import in_words
from helpers.chapters.support.trial import ARMS, SAMPLE, trial_data
from resultatbok.charts.lines import trend
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.trial import exact_power, smallest_detectable_difference
from resultatbok.release.ledger import group_of, lookup, row

WANTED_POWER = 0.8
"""The probability of finding a true difference that trials are commonly planned for."""
STEP = 0.1
HYPOTHETICAL = 0.2
"""The difference whose probability of being found the text tells."""
LARGEST = 0.5
"""Differences drawn: from none to this, in these steps."""
LARGER = (1, 2, 4)
"""How many times as many participants the curves are drawn for."""


@exhibit("trial_power", phrases="trial_smallest trial_wanted_power trial_hypothetical trial_power")
def power_curve(desk: Desk) -> Exhibit:
    """The probability of finding a difference, by its true size and by the size of the trial."""
    words = desk.wording
    rows = desk.rows("trial_power", lambda: pd.DataFrame(_rows(desk)))
    told = _told(desk, rows)
    figure = trend(
        told,
        x="difference",
        series="series",
        y_label=words.text("Probability of finding it"),
        x_label=words.text("True difference between the arms, percentage points"),
        format=words.percent,
        x_format=lambda x: words.number(x, 0),
        limits=(0.0, 1.0),
    )
    smallest = rows[rows["statistic"] == "smallest_detectable_difference"]
    texts = [words.points(value) for value in smallest["value"]]
    group = group_of(times=1, difference_points=round(100 * HYPOTHETICAL))
    labels = [_participants(desk, int(n)) for n in smallest["n"]]
    return Exhibit(
        key="trial_power",
        rows=rows,
        caption=words.text(
            "What the trial could have found: the probability that an exact test tells the arms apart, by the true "
            "difference in the share in work, for a trial of this size and for larger ones."
        ),
        svg=to_svg(figure),
        alt=words.text(
            "Smallest difference found with a probability of {power}. {values}.",
            power=words.percent(WANTED_POWER),
            values=in_words(labels, texts),
        ),
        phrases={
            "trial_smallest": texts[0],
            "trial_wanted_power": words.percent(WANTED_POWER),
            "trial_hypothetical": words.points(HYPOTHETICAL),
            "trial_power": words.percent(lookup(rows, statistic="power", group=group)["value"]),
        },
    )


def _rows(desk: Desk) -> list[dict[str, Any]]:
    data = trial_data(desk)
    known = data[data["in_work_12_months"].notna()]
    sizes = (int((known["arm"] == ARMS[0]).sum()), int((known["arm"] == ARMS[1]).sum()))
    control = float(known.loc[known["arm"] == ARMS[1], "in_work_12_months"].mean())
    rows: list[dict[str, Any]] = []
    for times in LARGER:
        n = (times * sizes[0], times * sizes[1])
        for difference in np.arange(0, min(LARGEST, 1 - control) + STEP / 2, STEP):
            points = round(100 * difference)
            group = group_of(times=times, difference_points=points)
            value = exact_power(control, float(difference), n)
            rows.append(row("power", value, group=group, term="power", sample=SAMPLE, n=sum(n)))
        smallest = smallest_detectable_difference(control, n, power=WANTED_POWER)
        if math.isfinite(smallest):
            keys: dict[str, Any] = {"group": group_of(times=times), "term": "power", "sample": SAMPLE}
            rows.append(row("smallest_detectable_difference", smallest, n=sum(n), **keys))
    return rows


def _told(desk: Desk, rows: pd.DataFrame) -> pd.DataFrame:
    power = rows[rows["statistic"] == "power"]
    keys = power["group"].str.extract(r"times=(?P<times>\d+);difference_points=(?P<difference>\d+)")
    return power.assign(
        series="times_" + keys["times"],
        difference=keys["difference"].astype(float),
        series_label=[_participants(desk, int(n)) for n in power["n"]],
    )


def _participants(desk: Desk, n: int) -> str:
    return desk.wording.plural("{n} participant", "{n} participants", n)
