"""Sentences of the robustness chapter: what becomes of the difference when decisions are taken differently."""

from __future__ import annotations

from typing import Final

import pandas as pd

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
from resultatbok.exhibits.messages import ByNumber, BySide, side
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.words.wording import Wording, msgid

ZERO_IN_CLUSTERED: Final = BySide(
    above="The interval, {interval} percentage points, still excludes zero.",
    below="The interval, {interval} percentage points, still excludes zero.",
    uncertain="The interval, {interval} percentage points, then contains zero.",
    hidden="",
)
COEFFICIENT: Final = BySide(
    above="a positive coefficient",
    below="a negative coefficient",
    uncertain="a coefficient that cannot be told apart from zero",
    hidden="a coefficient that is not shown",
)
AMONG_WOMEN: Final = {
    "above": msgid("Among women Jobbsjansen lies ahead in: {models}."),
    "below": msgid("Among women Jobbsjansen lies behind in: {models}."),
    "uncertain": msgid("Among women the schemes cannot be told apart in: {models}."),
    "hidden": msgid("Among women the difference is not shown in: {models}."),
}
CODINGS: Final = ByNumber(
    none="No other coding is tried.",
    one="Another coding changes the difference by {change} ({coding}).",
    several="Of {n} codings the one that matters most changes the difference by {change} ({coding}).",
)
TERMS_ABOVE: Final = ByNumber(
    none="No term lies above {limit}. The largest is {rest}.",
    one="Above {limit} lies: {terms}.",
    several="Above {limit} lie: {terms}.",
)


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
        return words.text("What it means for the interval that participants share a project is not shown.")
    ratio = clustered["std_error"] / independent["std_error"]
    if ratio > 1:
        wider = words.text(
            "Allowing for participants who share a project makes the standard error {ratio} times as large.",
            ratio=words.number(ratio, 1),
        )
    else:
        wider = words.text("Allowing for participants who share a project does not make the standard error larger.")
    interval = words.interval(clustered["low"], clustered["high"], "points", 1)
    return f"{wider} {ZERO_IN_CLUSTERED.text(words, clustered, interval=interval)}"


def coding_finding(page: Page) -> str:
    """How many codings were tried, and which of them changes the difference most."""
    words, effects = page.words, page.rows[page.rows["statistic"] == EFFECT]
    main, others = lookup(effects, group=MAIN), effects[effects["group"] != MAIN]
    changes = (others["value"] - main["value"]).abs()
    if len(others) and changes.isna().all():
        return words.text("How much another coding changes the difference is not shown.")
    if others.empty:
        return CODINGS.text(words, 0)
    largest = changes.idxmax()
    change, coding = words.points(changes[largest], 1), version_label(words, others.loc[largest])
    return CODINGS.text(words, changes.notna().sum(), change=change, coding=coding)


def imputation_finding(page: Page) -> str:
    """What imputing the missing values does to the scheme's effect."""
    words = page.words
    complete, imputed = (lookup(page.rows, statistic=EFFECT, group=group) for group in (MAIN, IMPUTED))
    if complete["suppressed"] or imputed["suppressed"]:
        return words.text("What becomes of the difference with the missing values imputed is not shown.")
    narrower = imputed["high"] - imputed["low"] < complete["high"] - complete["low"]
    sentence = words.text(
        "With the missing values imputed the difference is {imputed} ({interval}), against {complete} among the "
        "complete cases: a change of {change}, with {width}.",
        complete=words.signed_points(complete["value"], 1),
        imputed=words.signed_points(imputed["value"], 1),
        interval=words.interval(imputed["low"], imputed["high"], "points", 1),
        change=words.points(abs(imputed["value"] - complete["value"]), 1),
        width=words.text("a narrower interval") if narrower else words.text("an interval that is no narrower"),
    )
    if complete["low"] <= imputed["value"] <= complete["high"]:
        return f"{sentence} {words.text('The change lies within the uncertainty of the complete cases.')}"
    return f"{sentence} {words.text('The change is larger than the uncertainty of the complete cases.')}"


def n_with_imputed(page: Page) -> str:
    """How many participants the model has when missing values are imputed."""
    lost = lookup(page.rows, statistic=FRACTION_LOST, term="scheme")
    return page.words.text("a number that is not shown") if lost["suppressed"] else page.words.count(lost["n"])


def most_information_lost(page: Page) -> str:
    """The largest fraction of the information about a term that the missing values take away."""
    lost = page.rows.loc[page.rows["statistic"] == FRACTION_LOST, "value"].max()
    return page.words.text("a share that is not shown") if pd.isna(lost) else page.words.percent(lost)


def vif_finding(page: Page) -> str:
    """Which terms have a factor above the limit, and how large the others are."""
    words, shown = page.words, _shown(page.rows)
    if shown.empty:
        return words.text("How much terms that go together widen the intervals is not shown.")
    limit, above = words.number(LARGE_FROM), shown["value"] > LARGE_FROM
    terms = [words.label(term) for term in shown.loc[above, "term"].unique()]
    rest = words.number(shown.loc[~above, "value"].max(), 1)
    parts = [
        TERMS_ABOVE.text(words, len(terms), limit=limit, terms=words.list(terms), rest=rest),
        words.text("Of the others the largest is {rest}.", rest=rest) if terms and not above.all() else "",
        words.text("Some are not shown.") if len(shown) < len(page.rows) else "",
    ]
    return " ".join(filter(None, parts))


def school_finding(page: Page) -> str:
    """The direction of each measure's coefficient with the other in the model and without it."""
    groups = {PRIMARY_SCHOOL: named("without_upper_secondary"), UPPER_SECONDARY: named("without_primary")}
    return " ".join(
        page.words.text(
            "{measure}: {both} with the other measure in the model, {alone} without it.",
            measure=page.words.label(term),
            both=_coefficient(page, MAIN, term),
            alone=_coefficient(page, without, term),
        )
        for term, without in groups.items()
    )


def _coefficient(page: Page, group: str, term: str) -> str:
    return COEFFICIENT.text(page.words, lookup(page.rows, statistic="coefficient", group=group, term=term))


def school_effects(page: Page) -> str:
    """Between which values the scheme's effect lies, however the school measures are treated."""
    words, effects = page.words, _shown(page.rows[page.rows["statistic"] == EFFECT])["value"]
    if effects.empty:
        return words.text("What the scheme's effect is in these versions is not shown.")
    low, high = words.in_points(effects.min(), 1), words.in_points(effects.max(), 1)
    if low == high:
        return words.text("Across these versions the scheme's effect is {size} percentage points.", size=low)
    return words.text(
        "Across these versions the scheme's effect lies between {low} and {high} percentage points.", low=low, high=high
    )


def women_finding(page: Page) -> str:
    """In which of the models the schemes can be told apart among women."""
    words, effects = page.words, page.rows[page.rows["statistic"] == EFFECT]
    sides = [side(effect) for _, effect in effects.iterrows()]
    named = {
        way: [words.label(group) for group, found in zip(effects["group"], sides, strict=True) if found == way]
        for way in AMONG_WOMEN
    }
    return " ".join(words.text(AMONG_WOMEN[way], models=words.list(models)) for way, models in named.items() if models)
