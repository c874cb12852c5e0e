"""What participants leave to, year by year, and what the denominator means: who counts among those who left.

The directorate counts everyone who left: a leaver whose end reason is not registered has not reached the goal. The
2022 report leaves those out, and also those who died, moved or stay at home with small children
(`coding.end_reason_not_counted`). Rows with the sample `external` have the directorate's denominator, those with
`all_gross` the report's.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import attainment_rows, gap_row, share_rows
from helpers.chapters.common.tell import percent_phrases, points_phrases, scheme_group
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import OUTCOME
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import group_of, row
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

EVERYONE: Final = "external"
"""Sample with the directorate's denominator: the name of the published statistics it is compared with."""
REGISTERED: Final = "all_gross"
"""Sample of those whose outcome is counted."""
KINDS: Final = ("transition_to_work", "transition_to_education", OUTCOME)


@exhibit("transitions", phrases="gap_everyone gap_everyone_interval")
def transitions(desk: Desk) -> Exhibit:
    """Transition to work and to education by year and scheme, of everyone who left (table 1 of the 2022 report)."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        level = desk.study.cohort.analysis.confidence_level
        leavers = everyone(desk.study.participants)
        yearly = [_kind_rows(leavers, kind, ["scheme", "end_year"], level) for kind in KINDS]
        gaps = [gap_row(part, group_of(year=year), level=level) for year, part in leavers.groupby("end_year")]
        return pd.concat([*yearly, pd.concat([gap_row(leavers, level=level), *gaps]).assign(sample=EVERYONE)])

    rows = desk.rows("transitions", numbers)
    shares = rows[rows["statistic"] == "share"]
    return Exhibit(
        key="transitions",
        rows=rows,
        caption=words.text(
            "What participants leave to, by year of leaving: share of everyone who left, also those whose reason for "
            "leaving is not registered."
        ),
        table=from_rows(
            shares.sort_values("scheme", key=lambda names: names.map(SCHEMES.index), kind="stable"),
            words,
            index=["scheme", "term"],
            columns="year",
            cell="percent",
            headers={"term": words.text("Left to")},
            labels={"goal_attainment": words.text("Work or education")},
        ),
        phrases=points_phrases(words, rows, {"gap_everyone": {"statistic": "difference_pp", "group": ""}}),
    )


@exhibit(
    "denominators",
    phrases="attainment_everyone_introduction attainment_everyone_jobbsjansen attainment_counted_introduction "
    "attainment_counted_jobbsjansen denominator_finding",
)
def denominators(desk: Desk) -> Exhibit:
    """Goal attainment with the directorate's denominator and with the report's, side by side."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        level = desk.study.cohort.analysis.confidence_level
        people = desk.study.participants
        counted = people.assign(year=people["end_year"])
        all_leavers = everyone(people)
        return pd.concat(
            [
                *(attainment_rows(counted, by, level=level).assign(sample=REGISTERED) for by in (None, "year")),
                *(_kind_rows(all_leavers, OUTCOME, by, level) for by in (["scheme"], ["scheme", "end_year"])),
                _not_counted_rows(people),
            ]
        )

    rows = desk.rows("denominators", numbers)
    shares = rows[rows["statistic"] == "share"]
    ordered = shares.sort_values("scheme", key=lambda names: names.map(SCHEMES.index), kind="stable")
    labels = {
        EVERYONE: words.text("everyone who left"),
        REGISTERED: words.text("those whose outcome counts"),
    }
    keys = {
        f"attainment_{name}_{scheme}": {**scheme_group(scheme), "sample": sample}
        for name, sample in (("everyone", EVERYONE), ("counted", REGISTERED))
        for scheme in SCHEMES
    }
    return Exhibit(
        key="denominators",
        rows=rows,
        caption=words.text(
            "Goal attainment with two denominators. Of everyone who left, a leaver whose outcome does not count has "
            "not reached the goal; of those whose outcome counts, such leavers are left out."
        ),
        table=from_rows(
            ordered, words, index="year", columns=["scheme", "sample"], cell="percent", decimals=1, labels=labels
        ),
        phrases=percent_phrases(words, shares, keys) | {"denominator_finding": denominator_finding(words, rows)},
    )


def everyone(participants: pd.DataFrame) -> pd.DataFrame:
    """All leavers with 0/1 columns for each kind of transition; an outcome that is not counted is not attained."""
    return participants.assign(
        **{OUTCOME: participants[OUTCOME].fillna(0.0)},
        transition_to_work=(participants["transition"] == "work").astype(float),
        transition_to_education=(participants["transition"] == "education").astype(float),
    )


def denominator_finding(words: Wording, rows: pd.DataFrame) -> str:
    """What the choice of denominator means, as sentences that follow the numbers."""
    counts = rows[rows["term"] == "outcome_not_counted"].set_index("scheme")["value"]
    left_out = counts.sum()
    if not left_out:
        return words.text("In this edition every leaver's outcome counts, so the two denominators are the same.")
    n = words.count(left_out)
    if counts["jobbsjansen"] == 0:
        return words.text("The outcome of {n} leavers does not count, all of them in the introduction programme.", n=n)
    if counts["introduction"] == 0:
        return words.text("The outcome of {n} leavers does not count, all of them in Jobbsjansen.", n=n)
    return words.text(
        "The outcome of {n} leavers does not count, {introduction} of them in the introduction programme and "
        "{jobbsjansen} in Jobbsjansen.",
        n=n,
        **{scheme: words.count(counts[scheme]) for scheme in SCHEMES},
    )


def _kind_rows(leavers: pd.DataFrame, kind: str, by: list[str], level: float) -> pd.DataFrame:
    shares = share_by(leavers, kind, by, level=level)
    groups = "year=" + shares["end_year"].astype(str) if "end_year" in by else ""
    term = "goal_attainment" if kind == OUTCOME else kind
    return share_rows(shares, shares["scheme"], groups, term, sample=EVERYONE)


def _not_counted_rows(participants: pd.DataFrame) -> pd.DataFrame:
    """How many leavers have an outcome that does not count: register records, not a trait of persons."""
    unknown = participants[OUTCOME].isna()
    return pd.DataFrame(
        [
            row(
                "count",
                int((unknown & (participants["scheme"] == scheme)).sum()),
                scheme=scheme,
                term="outcome_not_counted",
                sample=REGISTERED,
                unit="records",
            )
            for scheme in SCHEMES
        ]
    )
