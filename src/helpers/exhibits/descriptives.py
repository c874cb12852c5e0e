"""Exhibits of the descriptive chapter: who the participants are and how many reach the goal, scheme by scheme."""

from __future__ import annotations

import pandas as pd

from helpers.exhibits.breakdowns import (
    SCHEMES,
    attainment_rows,
    composition_rows,
    gap_row,
    mean_rows,
    measure_rows,
    with_labels,
)
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.tell import share_list, shares_chart
from helpers.presentation.charts.bars import stacked_shares
from helpers.presentation.charts.theme import to_svg
from helpers.presentation.ledger import lookup
from helpers.presentation.tables import Column, Table
from helpers.specification import MEASURES

COMPOSITION_TABLE = ("gender", "education", "norwegian", "absence", "origin")
MEANS = ("age", "years_in_norway", "duration_months")


def attainment_by_scheme(desk: Desk) -> Exhibit:
    """Goal attainment by scheme, for all and for women and men, with the gap between the schemes."""
    people, level = _people(desk)
    women = people[people["gender"] == "female"]
    rows = desk.ledger.record(
        "attainment_by_scheme",
        pd.concat(
            [
                attainment_rows(people, None, level=level),
                attainment_rows(people, "gender", level=level),
                gap_row(people, level=level),
                gap_row(women, "gender=female", level=level),
            ],
            ignore_index=True,
        ),
    )
    words = desk.wording
    shares = rows[rows["statistic"] == "share"]
    gap, gap_women = (lookup(rows, statistic="difference_pp", group=g) for g in ("", "gender=female"))
    phrases = {
        "attainment_jobbsjansen": words.percent(lookup(shares, scheme="jobbsjansen", group="")["value"]),
        "attainment_introduction": words.percent(lookup(shares, scheme="introduction", group="")["value"]),
        "attainment_women_jobbsjansen": words.percent(
            lookup(shares, scheme="jobbsjansen", group="gender=female")["value"]
        ),
        "attainment_women_introduction": words.percent(
            lookup(shares, scheme="introduction", group="gender=female")["value"]
        ),
        "gap": words.points(gap["value"] / 100),
        "gap_interval": words.interval(gap["low"] / 100, gap["high"] / 100, "points"),
        "gap_women": words.points(gap_women["value"] / 100),
        "gap_women_interval": words.interval(gap_women["low"] / 100, gap_women["high"] / 100, "points"),
    }
    return Exhibit(
        key="attainment_by_scheme",
        rows=rows,
        caption=words.text(
            "Goal attainment by scheme, for all participants and by gender. Lines show 95% confidence intervals."
        ),
        svg=shares_chart(desk, shares, words.text("Share who reached the goal")),
        alt=words.text("Share of participants who reached the goal. {values}.", values=share_list(desk, shares)),
        phrases=phrases,
    )
