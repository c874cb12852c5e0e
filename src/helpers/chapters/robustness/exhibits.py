"""Exhibits of the robustness chapter: the scheme's effect by every version of the analysis, and what is behind it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from helpers.chapters.common.comparison import comparison_table
from helpers.chapters.common.kinds import having, lined, pivoted
from helpers.chapters.common.phrases import A_NUMBER, A_SHARE, number, points, share, with_error, with_interval
from helpers.chapters.robustness import numbers, sentences
from helpers.chapters.robustness.terms import (
    COMBINED,
    EFFECT,
    EITHER,
    LARGE_FROM,
    MODELS,
    PAIRS,
    PRIMARY_SCHOOL,
    SMALL_BELOW,
    UPPER_SECONDARY,
)
from resultatbok.exhibits.declaration import Page, Table
from resultatbok.release.rows import lookup
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording, msgid


def versions_table(page: Page) -> Cells:
    """A line per version: effect with interval, coefficient with standard error, p-value, participants."""
    words = page.words
    heads = words.texts("Version", "Effect, percentage points", "Interval", "Coefficient", "p-value", "Participants")
    return lined(page, heads, [version_line(words, part) for _, part in page.rows.groupby("group", sort=False)])


def version_line(words: Wording, rows: pd.DataFrame) -> list[str]:
    """The line of one version."""
    effect, coefficient, p_value = (lookup(rows, statistic=name) for name in (EFFECT, "coefficient", "p_value"))
    return [
        sentences.version_label(words, effect),
        words.in_points(effect["value"], 1),
        words.interval(effect["low"], effect["high"], "points", 1),
        with_error(words, coefficient),
        words.p_value(p_value["value"], named=False),
        words.count(effect["n"]),
    ]


dependence = Table(
    key="dependence",
    numbers=numbers.dependence,
    table=versions_table,
    phrases={"dependence_finding": sentences.dependence_finding},
)

coding_versions = Table(
    key="coding_versions",
    numbers=numbers.coding_versions,
    table=versions_table,
    phrases={"coding_finding": sentences.coding_finding},
)


def share_of(words: Wording, row: pd.Series) -> str:
    """Goal attainment with the leavers counted in brackets."""
    return f"{words.percent(row['value'], 1)} ({words.count(row['n'])})"


def attainment_of_leavers(scheme: str) -> Callable[[Page], str]:
    """A scheme's goal attainment of all leavers, as counted in this report."""
    return number(Wording.percent, A_SHARE, decimals=1, group="", scheme=scheme)


denominator_versions = Table(
    key="denominator_versions",
    numbers=numbers.denominator_versions,
    table=pivoted(
        having("share"),
        share_of,
        {"version": msgid("Coding")},
        "scheme",
        labels={"version=": msgid("As counted in this report")},
    ),
    phrases={
        "attainment_of_leavers_introduction": attainment_of_leavers("introduction"),
        "attainment_of_leavers_jobbsjansen": attainment_of_leavers("jobbsjansen"),
    },
)

women_models = Table(
    key="women_models",
    numbers=numbers.women_models,
    table=lambda page: comparison_table(page, MODELS),
    phrases={
        ("women_effect_individual", "women_effect_individual_interval"): points(
            "women_effect_individual", statistic=EFFECT, group="model=individual"
        ),
        "n_women_individual": number(
            Wording.count, A_NUMBER, statistic="count", term="observations", group="model=individual"
        ),
        "women_finding": sentences.women_finding,
    },
)


variance_inflation = Table(
    key="variance_inflation",
    numbers=numbers.variance_inflation,
    table=pivoted(
        lambda page: page.rows.sort_values("value", ascending=False, kind="stable"),
        "number",
        {"term": msgid("Term")},
        "model",
        2,
    ),
    phrases={
        "vif_finding": sentences.vif_finding,
        "vif_scheme": number(Wording.number, A_NUMBER, decimals=1, term="scheme", group="model=individual"),
        "vif_small_below": lambda page: page.words.number(SMALL_BELOW),
        "vif_large_from": lambda page: page.words.number(LARGE_FROM),
    },
)


def correlations_table(page: Page) -> Cells:
    """A line for each pair of statistics."""
    words = page.words
    lines = [
        [words.label(first), words.label(second), words.number(found["value"], 2), words.count(found["n"])]
        for first, second in PAIRS
        for found in [lookup(page.rows, term=f"{first}~{second}")]
    ]
    return lined(page, words.texts("Statistic", "and", "Correlation", "Municipality-years"), lines, named=2)


def correlation(term: str) -> Callable[[Page], str]:
    """The correlation of two statistics."""
    return number(Wording.number, A_NUMBER, decimals=2, term=term)


municipal_correlations = Table(
    key="municipal_correlations",
    numbers=numbers.municipal_correlations,
    table=correlations_table,
    phrases={
        "correlation_immigrant_share_population": correlation("immigrant_share~population"),
        "correlation_selected_industries_share_immigrant_share": correlation(
            "selected_industries_share~immigrant_share"
        ),
    },
)


def overlap_table(page: Page) -> Cells:
    """How many had each school measure, and how many both."""
    words, counts = page.words, page.rows[page.rows["statistic"] == "count"]
    lines = [[words.label(group), words.count(n)] for group, n in zip(counts["group"], counts["value"], strict=True)]
    return lined(page, words.texts("Measure", "Participants"), lines)


school_overlap = Table(
    key="school_overlap",
    numbers=numbers.school_overlap,
    table=overlap_table,
    phrases={"school_overlap": share(statistic="share", group=EITHER)},
)


def school_table(page: Page) -> Cells:
    """A line for each way of treating the school measures."""
    words = page.words
    heads = [words.text("Version"), *map(words.label, (PRIMARY_SCHOOL, UPPER_SECONDARY))]
    heads += words.texts("Either", "Scheme, percentage points", "Test against the model with both")
    return lined(page, heads, [school_line(words, part) for _, part in page.rows.groupby("group", sort=False)])


def school_line(words: Wording, rows: pd.DataFrame) -> list[str]:
    """The line of one way; blank where it has no such term or test."""
    coefficients = rows[rows["statistic"] == "coefficient"]
    cells = {row["term"]: with_error(words, row) for _, row in coefficients.iterrows()}
    effect = lookup(rows, statistic=EFFECT)
    test = rows[(rows["statistic"] == "p_value") & (rows["term"] == "likelihood_ratio")]["value"]
    return [
        sentences.version_label(words, effect),
        *(cells.get(term, "") for term in (PRIMARY_SCHOOL, UPPER_SECONDARY, COMBINED)),
        with_interval(words, effect, 1),
        words.p_value(test.item(), named=False) if len(test) else "",
    ]


school_measures = Table(
    key="school_measures",
    numbers=numbers.school_measures,
    table=school_table,
    phrases={"school_finding": sentences.school_finding, "school_effects": sentences.school_effects},
)
