"""The gap between the schemes group by group: where Jobbsjansen lies ahead, and where nothing can be told apart."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import gap_row, gap_rows
from helpers.chapters.common.grouping import with_groups
from helpers.chapters.common.tell import group_label, in_words, intervals_note, points_phrases, spoken, told_apart
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.intervals import normal_quantile
from resultatbok.release.ledger import group_keys, row
from resultatbok.words.wording import Wording

COMPARED: Final = ("gender", "age", "education", "norwegian", "origin", "absence")
"""Characteristics whose groups mean the same in both schemes."""
MIDDLE_LEVELS: Final = ("a1", "a2", "b1")
"""The levels of Norwegian that the 2022 report takes together beside figure 10."""
MIDDLE: Final = "norwegian=" + "|".join(MIDDLE_LEVELS)


@exhibit("attainment_gaps", phrases="gap_middle gap_middle_interval groups_finding")
def attainment_gaps(desk: Desk) -> Exhibit:
    """Jobbsjansen's goal attainment minus the introduction programme's in each group, in percentage points."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people = with_groups(desk.study.complete)
        level = desk.study.cohort.analysis.confidence_level
        gaps = pd.concat([gap_row(people, level=level), *(gap_rows(people, by, level=level) for by in COMPARED)])
        middle = mean_gap(
            gaps[gaps["group"].isin([f"norwegian={name}" for name in MIDDLE_LEVELS])], MIDDLE, level=level
        )
        return pd.concat([gaps, middle], ignore_index=True)

    rows = desk.rows("attainment_gaps", numbers)
    told = rows[rows["group"] != MIDDLE]
    labels = [group_label(words, group) for group in told["group"]]
    headings = [words.label(next(iter(group_keys(group)))) if group else "" for group in told["group"]]
    figure = interval_plot(
        told.assign(label=labels, heading=headings, text=[words.number(v) for v in told["value"]]),
        group="heading",
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
        value_text="text",
    )
    listed = in_words(labels, [spoken(words, words.points(v / 100)) for v in told["value"]])
    return Exhibit(
        key="attainment_gaps",
        rows=rows,
        caption=words.text("Difference in goal attainment between the schemes, group by group.")
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Jobbsjansen minus the introduction programme. {values}.", values=listed),
        phrases=points_phrases(words, rows, {"gap_middle": {"group": MIDDLE}})
        | {"groups_finding": groups_finding(words, told[told["group"] != ""])},
    )


def mean_gap(gaps: pd.DataFrame, group: str, *, level: float) -> pd.DataFrame:
    """The plain mean of the gaps of several groups, as a ledger row; groups share nobody, so errors add in squares.

    Args:
        gaps: Rows of `gap_row` for groups that share no participant.
        group: The ledger group of the mean.
        level: Coverage of the interval.
    """
    if gaps.empty:
        return pd.DataFrame()
    value = gaps["value"].mean()
    error = float(np.sqrt((gaps["std_error"] ** 2).sum()) / len(gaps))
    half = normal_quantile(level) * error
    return pd.DataFrame(
        [
            row(
                "difference_pp",
                value,
                group=group,
                term="goal_attainment",
                n=gaps["n"].min(),
                std_error=error,
                low=value - half,
                high=value + half,
                unit="percentage points",
            )
        ]
    )


def groups_finding(words: Wording, gaps: pd.DataFrame) -> str:
    """In how many groups each scheme lies ahead by more than chance explains, as sentences."""
    shown = gaps[~gaps["suppressed"]]
    classes = [told_apart(gap) for _, gap in shown.iterrows()]
    values = {
        "groups": words.count(len(shown)),
        "ahead": words.count(classes.count("above")),
        "behind": words.count(classes.count("below")),
        "neither": words.count(classes.count("not_distinguishable")),
    }
    return words.text(
        "Of the {groups} groups compared, Jobbsjansen lies ahead in {ahead} and behind in {behind}; in {neither} the "
        "schemes cannot be told apart.",
        **values,
    )
