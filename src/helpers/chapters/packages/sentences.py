"""Sentences of the packages chapter: which packages lie above others, and where the schemes differ."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import FEWEST, from_lowest
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.tell import inside_sentence, labelled, quoted
from helpers.chapters.packages.terms import ADULT_PRIMARY, REST, REST_TOGETHER
from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.rounding import STATISTIC
from resultatbok.release.rows import group_keys, group_of, lookup

MESSAGES: Final = Messages(__name__)

ADJUSTED: Final = {
    (True, True): MESSAGES["adjusted.both"],
    (True, False): MESSAGES["adjusted.above"],
    (False, True): MESSAGES["adjusted.below"],
    (False, False): MESSAGES["adjusted.neither"],
}
"""By whether any package lies above the largest, and any below."""


def packages_finding(page: Page) -> str:
    """How far apart the highest and the lowest attainment are, and whether the packages differ at all."""
    words, shares = page.words, page.rows[page.rows["statistic"] == "share"]
    named = from_lowest(shares[shares["group"] != group_of(package=REST)])
    if len(named) < 2:
        return words.text(MESSAGES["too_few"])
    worst, best = named.iloc[0], named.iloc[-1]
    equal = lookup(page.rows, statistic="p_value")
    differ = equal["value"] < 1 - page.cohort.analysis.confidence_level
    return words.text(
        MESSAGES["not_tested" if equal["suppressed"] else "differ" if differ else "may_not_differ"],
        fewest=words.count(FEWEST),
        best=quoted(words, package_name(page, best)),
        best_share=words.percent(best["value"]),
        worst=quoted(words, package_name(page, worst)),
        worst_share=words.percent(worst["value"]),
    )


def adult_primary_finding(page: Page) -> str:
    """In which package most left for primary education for adults."""
    words, rows = page.words, page.rows
    shown = rows[(rows["statistic"] == STATISTIC) & (rows["term"] == ADULT_PRIMARY) & ~rows["suppressed"]]
    everyone, each = shown[shown["group"] == ""], from_lowest(shown[shown["group"] != ""])
    if everyone.empty or each.empty:
        return words.text(MESSAGES["adult_primary_finding.hidden"])
    most = each.iloc[-1]
    if most["value"] <= everyone["value"].iloc[0]:
        return words.text(MESSAGES["adult_primary_finding.none"])
    return words.text(
        MESSAGES["adult_primary_finding.most"],
        share=words.percent(most["value"]),
        package=inside_sentence(package_name(page, most)),
        everyone=words.percent(everyone["value"].iloc[0]),
    )


def adjusted_packages_finding(page: Page) -> str:
    """Which packages can be told apart from the largest when participants are alike."""
    words, rows = page.words, page.rows
    adjusted = rows[rows["group"].map(lambda group: group_keys(group).get("version") == "adjusted")]
    if adjusted["suppressed"].all():
        return words.text(MESSAGES["adjusted.hidden"])
    names: dict[str, list[str]] = {"above": [], "below": [], "uncertain": [], "hidden": []}
    for _, row in adjusted.iterrows():
        names[side(row)].append(quoted(words, package_name(page, row)))
    apart = names["above"] or names["below"]
    return words.text(
        ADJUSTED[bool(names["above"]), bool(names["below"])]
        if apart or not names["hidden"]
        else MESSAGES["none_shown_apart"],
        reference=quoted(words, package_name(page, lookup(rows, statistic="reference_category"))),
        above=words.list(names["above"]),
        below=words.list(names["below"]),
    )


def package_name(page: Page, row: pd.Series) -> str:
    """What readers see the package of a row called."""
    return package_label(page, group_keys(row["group"])["package"])


def sizes_together_finding(page: Page) -> str:
    """The package whose share differs most between the schemes, and how many are in no package."""
    return f"{most_different(page)} {in_no_package(page)}".strip()


def most_different(page: Page) -> str:
    """The package whose share differs most between the schemes."""
    words, rows = page.words, labelled(page.words, page.rows)
    named = rows[~rows["suppressed"] & (rows["group"] != REST_TOGETHER)]
    shares = named.pivot_table(index="label", columns="scheme", values="value", sort=False).reindex(
        columns=list(SCHEMES)
    )
    apart = (shares["jobbsjansen"] - shares["introduction"]).abs().dropna()
    if apart.empty:
        return words.text(MESSAGES["most_different.none"])
    label = str(apart.idxmax())
    return words.text(
        MESSAGES["most_different.most"],
        package=inside_sentence(label),
        **{scheme: words.percent(shares[scheme][label]) for scheme in SCHEMES},
    )


def in_no_package(page: Page) -> str:
    """How many are in no package; empty where nobody is or it is not shown for both schemes."""
    rows = page.rows
    rest = rows[~rows["suppressed"] & (rows["group"] == REST_TOGETHER)].set_index("scheme")["value"]
    if not set(SCHEMES) <= set(rest.index):
        return ""
    return page.words.text(
        MESSAGES["in_no_package"], **{scheme: page.words.percent(rest[scheme]) for scheme in SCHEMES}
    )


def attainment_together_finding(page: Page) -> str:
    """In how many packages the schemes' goal attainment can be told apart."""
    words, rows = page.words, page.rows
    gaps = rows[(rows["statistic"] == "difference") & ~rows["suppressed"] & (rows["group"] != REST_TOGETHER)]
    sides = [side(gap) for _, gap in gaps.iterrows()]
    return MESSAGES.by_number("compared").text(
        words,
        len(sides),
        above=words.count(sides.count("above")),
        below=words.count(sides.count("below")),
        neither=words.count(sides.count("uncertain")),
    )
