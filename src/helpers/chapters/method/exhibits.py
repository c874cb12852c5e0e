"""Exhibits of the data chapter: from the registers to the analyses, what is not known, and what is to be answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import shares
from helpers.chapters.method import numbers
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.diagram import Box, diagram
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.rows import BOTH, lookup
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import msgid

MESSAGES: Final = Messages(__name__)

CALLED: Final = {"male": "gender", "absence_high": "absence"}
"""What is not known when a 0/1 variable is missing."""
ATTAINED: Final = {"statistic": "share", "term": "goal_attainment"}
LEFT_OUT: Final = {"statistic": "share", "term": "missing_education_or_norwegian"}


def steps_table(page: Page) -> Cells:
    """How many are left after each step, by scheme."""
    return counts_table(page, page.words.text("Step"), lambda term: page.words.text(MESSAGES.choices("steps")[term]))


def missing_table(page: Page) -> Cells:
    """How many lack each variable, by scheme."""

    def label(term: str) -> str:
        name = term.removeprefix("missing_")
        return page.words.label(CALLED.get(name, name))

    return counts_table(page, page.words.text("Variable"), label)


def counts_table(page: Page, header: str, label: Callable[[str], str]) -> Cells:
    """The counts, a line per term and a column per scheme."""
    counts = page.rows[page.rows["statistic"] == "count"]
    return from_rows(
        counts,
        page.words,
        index="term",
        columns="scheme",
        cell="count",
        headers={"term": header},
        labels={term: label(term) for term in counts["term"]},
    )


def leavers(name: str, term: str) -> Callable[[Page], dict[str, str]]:
    """How many leavers there are at a step, as `<name>_<scheme>`."""
    return lambda page: {
        f"{name}_{scheme}": page.words.count(lookup(page.rows, term=term, scheme=scheme)["value"])
        for scheme in (*SCHEMES, BOTH)
    }


sample_flow = Table(
    key="sample_flow",
    numbers=numbers.sample_flow,
    table=steps_table,
    phrases={
        ("n_all_introduction", "n_all_jobbsjansen", "n_all_both"): leavers("n_all", "participants"),
        ("n_complete_introduction", "n_complete_jobbsjansen", "n_complete_both"): leavers(
            "n_complete", "complete_cases"
        ),
    },
)

missing_values = Table(
    key="missing_values",
    numbers=numbers.missing_values,
    table=missing_table,
    phrases={
        ("attainment_known_introduction", "attainment_known_jobbsjansen"): shares(**ATTAINED, group="missing=no"),
        ("attainment_unknown_introduction", "attainment_unknown_jobbsjansen"): shares(**ATTAINED, group="missing=yes"),
        ("left_out_introduction", "left_out_jobbsjansen"): shares(**LEFT_OUT),
    },
)

BOXES: Final = {
    "background": Box(0, 0, msgid("Background at entry"), MESSAGES["boxes.background"], filled=True),
    "unrecorded": Box(
        2, 0, msgid("Not recorded"), msgid("Motivation, health, care for children, work experience"), dashed=True
    ),
    "scheme": Box(0, 1, msgid("Scheme"), msgid("Jobbsjansen or the introduction programme")),
    "goal": Box(2, 1, msgid("Goal attainment"), msgid("Paid work or education when leaving")),
    "programme": Box(
        1, 2, msgid("What happened in the programme"), msgid("Norwegian at the end, measures, duration, absence")
    ),
}
"""What is thought to act on the goal; what is adjusted for is filled."""
ARROWS: Final = (
    ("background", "scheme"),
    ("background", "goal"),
    ("background", "programme"),
    ("unrecorded", "scheme"),
    ("unrecorded", "goal"),
    ("unrecorded", "programme"),
    ("scheme", "goal"),
    ("scheme", "programme"),
    ("programme", "goal"),
)


def causal_chart(page: Page) -> Drawing:
    """The boxes with their arrows, in the reader's language."""
    words = page.words
    boxes = {k: replace(b, heading=words.text(b.heading), text=words.text(b.text)) for k, b in BOXES.items()}
    return diagram(boxes, ARROWS)


causal_diagram = Figure(
    key="causal_diagram",
    decisions=lambda _: pd.DataFrame(ARROWS, columns=["from", "to"]),
    chart=causal_chart,
)
