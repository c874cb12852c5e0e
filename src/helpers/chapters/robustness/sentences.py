"""Sentences of the robustness chapter: what becomes of the difference when decisions are taken differently."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.phrases import A_NUMBER, A_SHARE
from helpers.chapters.robustness.terms import (
    EFFECT,
    FRACTION_LOST,
    IMPUTED,
    LARGE_FROM,
    MAIN,
    PRIMARY_SCHOOL,
    UPPER_SECONDARY,
    named,
)
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)


def version_label(words: Wording, version: pd.Series) -> str:
    """What a version of the individual model is called."""
    return words.label(group_of(version=group_keys(version["group"])["version"]))


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[~rows["suppressed"]]


def dependence_finding(page: Page) -> str:
    """How much wider the interval is than with independent participants, and whether zero is in it."""
    words = page.words
    independent, clustered = (lookup(page.rows, statistic=EFFECT, group=g) for g in (named("independent"), MAIN))
    if independent["suppressed"] or clustered["suppressed"]:
        return words.text(MESSAGES["dependence_finding.hidden"])
    ratio = clustered["std_error"] / independent["std_error"]
    if ratio > 1:
        wider = words.text(MESSAGES["dependence_finding.larger"], ratio=words.number(ratio, 1))
    else:
        wider = words.text(MESSAGES["dependence_finding.not_larger"])
    interval = words.interval(clustered["low"], clustered["high"], "points", 1)
    return f"{wider} {MESSAGES.by_side('zero_in_clustered').text(words, clustered, interval=interval)}"


def coding_finding(page: Page) -> str:
    """How many codings were tried, and which of them changes the difference most."""
    words, effects = page.words, page.rows[page.rows["statistic"] == EFFECT]
    main, others = lookup(effects, group=MAIN), effects[effects["group"] != MAIN]
    changes = (others["value"] - main["value"]).abs()
    if len(others) and changes.isna().all():
        return words.text(MESSAGES["coding_finding"])
    if others.empty:
        return MESSAGES.by_number("codings").text(words, 0)
    largest = changes.idxmax()
    change, coding = words.points(changes[largest], 1), version_label(words, others.loc[largest])
    return MESSAGES.by_number("codings").text(words, changes.notna().sum(), change=change, coding=coding)


def imputation_finding(page: Page) -> str:
    """What imputing the missing values does to the scheme's effect."""
    words = page.words
    complete, imputed = (lookup(page.rows, statistic=EFFECT, group=group) for group in (MAIN, IMPUTED))
    if complete["suppressed"] or imputed["suppressed"]:
        return words.text(MESSAGES["imputation_finding.hidden"])
    narrower = imputed["high"] - imputed["low"] < complete["high"] - complete["low"]
    sentence = words.text(
        MESSAGES["imputation_finding.both"],
        complete=words.signed_points(complete["value"], 1),
        imputed=words.signed_points(imputed["value"], 1),
        interval=words.interval(imputed["low"], imputed["high"], "points", 1),
        change=words.points(abs(imputed["value"] - complete["value"]), 1),
        width=words.text("a narrower interval") if narrower else words.text("an interval that is no narrower"),
    )
    if complete["low"] <= imputed["value"] <= complete["high"]:
        return f"{sentence} {words.text(MESSAGES['imputation_finding.within'])}"
    return f"{sentence} {words.text(MESSAGES['imputation_finding.larger'])}"


def n_with_imputed(page: Page) -> str:
    """How many participants the model has when missing values are imputed."""
    lost = lookup(page.rows, statistic=FRACTION_LOST, term="scheme")
    return page.words.text(A_NUMBER) if lost["suppressed"] else page.words.count(lost["n"])


def most_information_lost(page: Page) -> str:
    """The largest fraction of the information about a term that the missing values take away."""
    lost = page.rows.loc[page.rows["statistic"] == FRACTION_LOST, "value"].max()
    return page.words.text(A_SHARE) if pd.isna(lost) else page.words.percent(lost)


def vif_finding(page: Page) -> str:
    """Which terms have a factor above the limit, and how large the others are."""
    words, shown = page.words, _shown(page.rows)
    if shown.empty:
        return words.text(MESSAGES["vif_finding.hidden"])
    limit, above = words.number(LARGE_FROM), shown["value"] > LARGE_FROM
    terms = [words.label(term) for term in shown.loc[above, "term"].unique()]
    rest = words.number(shown.loc[~above, "value"].max(), 1)
    parts = [
        MESSAGES.by_number("terms_above").text(words, len(terms), limit=limit, terms=words.list(terms), rest=rest),
        words.text(MESSAGES["vif_finding.others"], rest=rest) if terms and not above.all() else "",
        words.text(MESSAGES["vif_finding.some_hidden"]) if len(shown) < len(page.rows) else "",
    ]
    return " ".join(filter(None, parts))


def school_finding(page: Page) -> str:
    """The direction of each measure's coefficient with the other in the model and without it."""
    groups = {PRIMARY_SCHOOL: named("without_upper_secondary"), UPPER_SECONDARY: named("without_primary")}
    return " ".join(
        page.words.text(
            MESSAGES["school_finding"],
            measure=page.words.label(term),
            both=_coefficient(page, MAIN, term),
            alone=_coefficient(page, without, term),
        )
        for term, without in groups.items()
    )


def _coefficient(page: Page, group: str, term: str) -> str:
    return MESSAGES.by_side("coefficient").text(
        page.words, lookup(page.rows, statistic="coefficient", group=group, term=term)
    )


def school_effects(page: Page) -> str:
    """Between which values the scheme's effect lies, however the school measures are treated."""
    words, effects = page.words, _shown(page.rows[page.rows["statistic"] == EFFECT])["value"]
    if effects.empty:
        return words.text(MESSAGES["school_effects.hidden"])
    low, high = words.in_points(effects.min(), 1), words.in_points(effects.max(), 1)
    if low == high:
        return words.text(MESSAGES["school_effects.the_same"], size=low)
    return words.text(MESSAGES["school_effects.between"], low=low, high=high)


def women_finding(page: Page) -> str:
    """In which of the models the schemes can be told apart among women."""
    words, effects = page.words, page.rows[page.rows["statistic"] == EFFECT]
    sides = [side(effect) for _, effect in effects.iterrows()]
    named = {
        way: [words.label(group) for group, found in zip(effects["group"], sides, strict=True) if found == way]
        for way in MESSAGES.choices("among_women")
    }
    return " ".join(
        words.text(MESSAGES.choices("among_women")[way], models=words.list(models))
        for way, models in named.items()
        if models
    )
