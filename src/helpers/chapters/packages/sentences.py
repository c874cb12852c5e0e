"""Sentences of the packages chapter: which packages lie above others, and where the schemes differ."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import from_lowest
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.tell import inside_sentence, labelled, quoted
from helpers.chapters.packages.terms import ADULT_PRIMARY, REST, REST_TOGETHER
from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import ByNumber, side
from resultatbok.release.rounding import STATISTIC
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.words.wording import msgid

DIFFER: Final = msgid(
    "Goal attainment differs between the packages by more than chance accounts for: from {worst_share} ({worst}) to "
    "{best_share} ({best})."
)
MAY_NOT_DIFFER: Final = msgid(
    "Goal attainment runs from {worst_share} ({worst}) to {best_share} ({best}), but the packages cannot be told "
    "apart: chance alone could spread them as much."
)
NOT_TESTED: Final = msgid("Goal attainment runs from {worst_share} ({worst}) to {best_share} ({best}).")
ADJUSTED: Final = {
    (True, True): msgid(
        "With participants made alike, goal attainment is higher than in the largest package, {reference}, in "
        "{above}, and lower in {below}."
    ),
    (True, False): msgid(
        "With participants made alike, goal attainment is higher than in the largest package, {reference}, in {above}."
    ),
    (False, True): msgid(
        "With participants made alike, goal attainment is lower than in the largest package, {reference}, in {below}."
    ),
    (False, False): msgid("With participants made alike, no package can be told apart from the largest, {reference}."),
}
"""By whether any package lies above the largest, and any below."""
NONE_SHOWN_APART: Final = msgid(
    "With participants made alike, none of the packages whose difference is shown can be told apart from the largest, "
    "{reference}."
)

COMPARED: Final = ByNumber(
    none="There is no package in which both schemes have participants enough to be compared.",
    one="Only one package can be compared: Jobbsjansen's goal attainment lies above that of the introduction programme "
    "in {above} and below it in {below}; in {neither} the schemes cannot be told apart.",
    several="Among participants with the same package, Jobbsjansen's goal attainment lies above that of the "
    "introduction programme in {above} of {n} packages and below it in {below}; in {neither} the schemes cannot be "
    "told apart.",
)


def packages_finding(page: Page) -> str:
    """How far apart the highest and the lowest attainment are, and whether the packages differ at all."""
    words, shares = page.words, page.rows[page.rows["statistic"] == "share"]
    named = from_lowest(shares[shares["group"] != group_of(package=REST)])
    if len(named) < 2:
        return words.text("There are not two packages whose goal attainment can be compared.")
    worst, best = named.iloc[0], named.iloc[-1]
    equal = lookup(page.rows, statistic="p_value")
    differ = equal["value"] < 1 - page.cohort.analysis.confidence_level
    return words.text(
        NOT_TESTED if equal["suppressed"] else DIFFER if differ else MAY_NOT_DIFFER,
        best=inside_sentence(package_name(page, best)),
        best_share=words.percent(best["value"]),
        worst=inside_sentence(package_name(page, worst)),
        worst_share=words.percent(worst["value"]),
    )


def adult_primary_finding(page: Page) -> str:
    """In which package most left for primary education for adults."""
    words, rows = page.words, page.rows
    shown = rows[(rows["statistic"] == STATISTIC) & (rows["term"] == ADULT_PRIMARY) & ~rows["suppressed"]]
    everyone, each = shown[shown["group"] == ""], from_lowest(shown[shown["group"] != ""])
    if everyone.empty or each.empty:
        return words.text("How many left for primary education for adults, which is not the goal, cannot be shown.")
    most = each.iloc[-1]
    if most["value"] <= everyone["value"].iloc[0]:
        return words.text("In no package did more than others leave for primary education for adults.")
    return words.text(
        "Leaving for primary education for adults does not count as reaching the goal: about {share} of those whose "
        "package was {package} did so, and about {everyone} of all.",
        share=words.percent(most["value"]),
        package=inside_sentence(package_name(page, most)),
        everyone=words.percent(everyone["value"].iloc[0]),
    )


def adjusted_packages_finding(page: Page) -> str:
    """Which packages can be told apart from the largest when participants are alike."""
    words, rows = page.words, page.rows
    adjusted = rows[rows["group"].map(lambda group: group_keys(group).get("version") == "adjusted")]
    if adjusted["suppressed"].all():
        return words.text("How the packages compare when participants are made alike is not shown.")
    names: dict[str, list[str]] = {"above": [], "below": [], "uncertain": [], "hidden": []}
    for _, row in adjusted.iterrows():
        names[side(row)].append(quoted(words, package_name(page, row)))
    apart = names["above"] or names["below"]
    return words.text(
        ADJUSTED[bool(names["above"]), bool(names["below"])] if apart or not names["hidden"] else NONE_SHOWN_APART,
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
        return words.text("There is no package that both schemes can be compared in.")
    label = str(apart.idxmax())
    return words.text(
        "Of the packages whose share is shown for both, the schemes differ most in {package}: {jobbsjansen} of "
        "Jobbsjansen's participants have it, and {introduction} of the introduction programme's.",
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
        "No package fits {introduction} of the introduction programme's participants and {jobbsjansen} of "
        "Jobbsjansen's: they are in the rest category.",
        **{scheme: page.words.percent(rest[scheme]) for scheme in SCHEMES},
    )


def attainment_together_finding(page: Page) -> str:
    """In how many packages the schemes' goal attainment can be told apart."""
    words, rows = page.words, page.rows
    gaps = rows[(rows["statistic"] == "difference") & ~rows["suppressed"] & (rows["group"] != REST_TOGETHER)]
    sides = [side(gap) for _, gap in gaps.iterrows()]
    return COMPARED.text(
        words,
        len(sides),
        above=words.count(sides.count("above")),
        below=words.count(sides.count("below")),
        neither=words.count(sides.count("uncertain")),
    )
