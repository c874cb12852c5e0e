"""Exhibits of the composition chapter: what the difference between the schemes is made of, and for whom they differ."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import FEWEST
from helpers.chapters.common.kinds import differences, in_blocks, values_alt
from helpers.chapters.common.phrases import interval_of, with_interval
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import coverage_note, intervals_note, with_intervals
from helpers.chapters.composition import numbers, sentences
from helpers.chapters.composition.terms import (
    MIN_OF_EACH_OUTCOME,
    MIN_PARTICIPANTS,
    POOLED,
    ROUND_TO,
    STAGES,
    UNEXPLAINED,
)
from helpers.cohort.settings import SCHEMES
from resultatbok.charts.bars import waterfall
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

ENTRY: Final = "coefficients=pooled;known=entry"
COLUMNS: Final = tuple((sample, group) for group in (ENTRY, "coefficients=pooled") for sample in (WOMEN, "all"))
"""Sample and group of the columns of the table."""


def parts(page: Page) -> pd.DataFrame:
    """The difference and its parts with their names and printed numbers; not the sum of several parts."""
    words, rows = page.words, page.rows[~page.rows["term"].isin(STAGES)]
    whole = rows["statistic"] == "difference"
    names = ("part=" + rows["term"]).mask(whole, "")
    return rows.assign(
        kind=["whole" if not name else "rest" if name == f"part={UNEXPLAINED}" else "step" for name in names],
        label=[words.label(name) if name else words.text("Difference between the schemes") for name in names],
        text=[with_interval(words, row) for _, row in rows.iterrows()],
    )


def parts_chart(page: Page) -> Drawing:
    """The difference, and below it the parts, each from where the one above it ends."""
    words = page.words
    return waterfall(
        parts(page),
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.in_points,
        value_header=words.text("Points (interval)"),
    )


gap_parts = Figure(
    key="gap_parts",
    numbers=numbers.gap_parts,
    chart=parts_chart,
    caption=with_intervals(MESSAGES["gap_parts.caption"]),
    alt=values_alt(MESSAGES["gap_parts.alt"], parts),
    phrases={"composition_women": sentences.composition(WOMEN)},
)


def parts_table(page: Page) -> Cells:
    """Blocks under the heading of their stage, then the stage; a column per sample and covariates."""
    words, rows = page.words, page.rows
    blocks = {}
    for stage, parts in STAGES.items():
        several = [part for part in parts if part != stage]
        together = words.text("Together") if several else words.text("Municipality and project")
        blocks[words.label(f"part={stage}")] = [
            *(part_line(page, part, words.label(f"part={part}")) for part in several),
            part_line(page, stage, together),
        ]
    gaps = rows[rows["statistic"] == "difference"]
    cells = [with_interval(words, lookup(gaps, sample=sample), 1) for sample, _ in COLUMNS]
    blocks[words.text("The difference")] = [
        part_line(page, UNEXPLAINED, words.label(f"part={UNEXPLAINED}")),
        [words.text("Difference between the schemes"), *cells],
    ]
    heads = words.texts("Part", "Women, background at entry", "All, background at entry")
    return in_blocks(page, heads + words.texts("Women, the programme too", "All, the programme too"), blocks)


def part_line(page: Page, term: str, label: str) -> list[str]:
    """One part in each column; blank where a column does not have it."""
    found = {(row["sample"], row["group"]): row for _, row in page.rows[page.rows["term"] == term].iterrows()}
    return [label, *(with_interval(page.words, found[key], 1) if key in found else "" for key in COLUMNS)]


gap_table = Table(
    key="gap_table",
    numbers=numbers.gap_table,
    table=parts_table,
    phrases={
        "entry_introduction": sentences.part("entry", "coefficients=introduction;known=entry"),
        "unexplained_introduction": sentences.part(UNEXPLAINED, "coefficients=introduction;known=entry"),
        "unexplained_introduction_coverage": lambda page: coverage_note(page, "unexplained_introduction"),
        "entry_jobbsjansen": sentences.part("entry", "coefficients=jobbsjansen;known=entry"),
        "unexplained_jobbsjansen": sentences.part(UNEXPLAINED, "coefficients=jobbsjansen;known=entry"),
        "composition_all": sentences.composition("all"),
        "composition_women_later": sentences.composition_later(WOMEN),
        "composition_all_later": sentences.composition_later("all"),
    },
)


def effects(page: Page) -> pd.DataFrame:
    """The differences with heading and label, and the participants of each scheme."""
    words, rows = page.words, page.rows[page.rows["statistic"] == POOLED]
    own = page.rows[page.rows["statistic"] == "average_marginal_effect"].set_index("group")
    counts = page.rows[page.rows["statistic"] == "rounded_count"]
    sizes = {
        scheme: [words.count(lookup(counts, group=group, scheme=scheme)["value"]) for group in rows["group"]]
        for scheme in SCHEMES
    }
    return rows.assign(
        heading=[heading(words, group) for group in rows["group"]],
        label=[label(words, group) for group in rows["group"]],
        own=[with_interval(words, own.loc[group]) for group in rows["group"]],
        people=[" / ".join(pair) for pair in zip(*sizes.values(), strict=True)],
        **sizes,
    )


def heading(words: Wording, group: str) -> str:
    """What stands above a group: what the women are divided by."""
    keys = group_keys(group)
    if len(keys) > 1:
        education = words.label(group_of(education=keys["education"]))
        return words.text("{education}, by level of Norwegian", education=education)
    return words.label(next(iter(keys))) if keys else ""


def label(words: Wording, group: str) -> str:
    """What a group is called under its heading."""
    return words.label(group.split(";")[-1]) if group else words.text("All women")


def named_effects(page: Page) -> pd.DataFrame:
    """The same, each group named as it is without a heading above it."""
    names = {group: page.words.label(group) for group in page.rows["group"] if group}
    return effects(page).assign(label=lambda rows: rows["group"].map(names).fillna(rows["label"]))


def effects_caption(page: Page) -> str:
    """What the figure shows, how participants are rounded, and what its lines are."""
    caption = page.words.text(MESSAGES["effects_by_group.caption"], rounding=page.words.count(ROUND_TO))
    return f"{caption} {intervals_note(page)}"


effects_by_group = Figure(
    key="effects_by_group",
    numbers=numbers.effects_by_group,
    chart=differences(
        lambda page: effects(page).assign(text=lambda rows: rows["people"]),
        msgid("Jobbsjansen minus the introduction programme, percentage points"),
        group="heading",
        value_header=msgid("Participants: introduction programme / Jobbsjansen"),
    ),
    caption=effects_caption,
    alt=values_alt(MESSAGES["effects_by_group.alt"], named_effects),
    phrases={
        "for_whom_finding": sentences.for_whom_finding,
        "for_whom_tests": sentences.for_whom_tests,
        "groups_named": sentences.groups_named,
        "named_participants": lambda page: page.words.count(FEWEST),
        "cell_participants": lambda page: page.words.count(MIN_PARTICIPANTS),
        "cell_outcomes": lambda page: page.words.count(MIN_OF_EACH_OUTCOME),
    },
)


def groups_table(page: Page) -> Cells:
    """The numbers behind the figure, with the participants of each scheme."""
    words, rows = page.words, effects(page)
    blocks: dict[str, list[list[str]]] = {}
    for _, row in rows.iterrows():
        cells = [*row[list(SCHEMES)], words.in_points(row["value"]), interval_of(words, row), row["own"]]
        blocks.setdefault(row["heading"], []).append([row["label"], *cells])
    heads = [words.text("Group"), *map(words.label, SCHEMES)]
    return in_blocks(page, heads + words.texts("Difference, points", "Interval", "Not pooled"), blocks)


effects_by_group_table = Table(
    key="effects_by_group_table",
    numbers=numbers.effects_by_group,
    table=groups_table,
    caption=lambda page: page.words.text(
        MESSAGES["effects_by_group_table.caption"], rounding=page.words.count(ROUND_TO)
    ),
)
