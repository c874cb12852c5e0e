"""Exhibits on missing values: who lacks education or Norwegian, how they differ, and the model with them imputed."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from helpers.chapters.common.comparison import term_blocks
from helpers.chapters.common.kinds import in_blocks
from helpers.chapters.common.missing_rows import LACKING
from helpers.chapters.common.phrases import A_NUMBER, A_SHARE, number, shares, with_error
from helpers.chapters.common.tell import group_label
from helpers.chapters.robustness import numbers, sentences
from helpers.chapters.robustness.terms import COMPLETE, FRACTION_LOST, GROSS, IMPUTED, MISSING_BY
from resultatbok.exhibits.declaration import Page, Table
from resultatbok.release.rows import group_keys, lookup
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording


def lacking_table(page: Page) -> Cells:
    """A line for each scheme and group, under what they are divided by."""
    words, shares = page.words, page.rows[page.rows["term"] == LACKING]
    blocks = defaultdict(list)
    for _, row in shares.iterrows():
        kind = next(iter(group_keys(row["group"])), "scheme")
        heading = words.label(kind) if kind in MISSING_BY else words.header(kind)
        blocks[heading].append(
            [
                group_label(words, row["group"]) if row["group"] else words.label(row["scheme"]),
                words.percent(row["value"], 1),
                words.interval(row["low"], row["high"], "percent", 1),
                words.count(row["n"]),
            ]
        )
    return in_blocks(page, words.texts("Group", "Lack education or Norwegian", "Interval", "Leavers"), blocks)


missing_by_group = Table(
    key="missing_by_group",
    numbers=numbers.missing_by_group,
    table=lacking_table,
    phrases={
        ("lacking_introduction", "lacking_jobbsjansen"): shares(term=LACKING, group=""),
        "n_leavers": number(Wording.count, hidden=A_NUMBER, term="participants", sample=GROSS, scheme="both"),
        "n_analysed": number(Wording.count, hidden=A_NUMBER, term="participants", sample="all", scheme="both"),
    },
)


def means_table(page: Page) -> Cells:
    """Goal attainment by scheme, then means; a column for those left out and one for the complete cases."""
    words = page.words
    keyed = page.rows.assign(term=page.rows["scheme"] + " " + page.rows["term"])
    labels = {
        key: words.label(term) if scheme == "both" else f"{words.label(term)}, {words.label(scheme)}"
        for key, term, scheme in zip(keyed["term"], page.rows["term"], page.rows["scheme"], strict=True)
    }
    return from_rows(
        keyed,
        words,
        index="term",
        columns="missing",
        cell=lambda r: words.percent(r["value"], 1) if r["statistic"] == "share" else words.number(r["value"], 1),
        headers={"term": words.text("Characteristic")},
        labels=labels,
    )


missing_means = Table(key="missing_means", numbers=numbers.missing_means, table=means_table)


def imputation_table(page: Page) -> Cells:
    """A line for each term, under headings: its coefficient in both models, and what the gaps take away."""
    words, rows = page.words, page.rows
    heads = words.texts("Term", "Complete cases", "Missing values imputed", "Information lost")
    known = set(rows["term"])
    blocks = {
        heading: [term_line(words, rows[rows["term"] == term]) for term in terms if term in known]
        for heading, terms in {**term_blocks(page), words.text("The model"): ["constant"]}.items()
    }
    return in_blocks(page, heads, blocks)


def term_line(words: Wording, rows: pd.DataFrame) -> list[str]:
    """The line of one term."""
    lost = lookup(rows, statistic=FRACTION_LOST)
    estimates = [lookup(rows, statistic="coefficient", group=group) for group in (COMPLETE, IMPUTED)]
    return [
        words.label(lost["term"]),
        *(with_error(words, estimate) for estimate in estimates),
        words.percent(lost["value"]),
    ]


imputation = Table(
    key="imputation",
    numbers=numbers.imputation,
    table=imputation_table,
    phrases={
        "imputation_finding": sentences.imputation_finding,
        "n_imputations": lambda page: page.words.count(page.cohort.analysis.n_imputations),
        "n_imputed": number(Wording.count, hidden=A_NUMBER, statistic="count", term="imputed"),
        "n_with_imputed": sentences.n_with_imputed,
        "scheme_information_lost": number(Wording.percent, A_SHARE, decimals=1, statistic=FRACTION_LOST, term="scheme"),
        "most_information_lost": sentences.most_information_lost,
    },
)
