"""Sentences of the contribution chapter: how many projects are placed, whether they differ, and what lasts."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.contribution.terms import KINDS, WITH_MEANS
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import ByNumber, BySide, side
from resultatbok.release.rows import group_keys, group_of, lookup
from resultatbok.words.wording import msgid

if TYPE_CHECKING:
    from resultatbok.charts.scatter import Corner

UNCERTAIN: Final = CLASSES[1]
MEANINGS: Final[dict[Corner, str]] = {
    "top_left": msgid(
        "Participants with a weaker background reach the goal more often than others with the same background. The "
        "result alone does not show it."
    ),
    "top_right": msgid("Many reach the goal, and more than expected."),
    "bottom_left": msgid("Few reach the goal, and fewer than expected."),
    "bottom_right": msgid(
        "Participants with a strong background: many reach the goal, but fewer than others with the same background."
    ),
}
PLACED: Final = ByNumber(
    none="Of {all} projects, none is above expected and {below} below; for {uncertain} it is uncertain.",
    one="Of {all} projects, one is above expected and {below} below; for {uncertain} it is uncertain.",
    several="Of {all} projects, {n} are above expected and {below} below; for {uncertain} it is uncertain.",
)
WRONG: Final = ByNumber(
    none="Of the {placed} projects above or below expected, fewer than one is expected to be on the wrong side.",
    one="Of the {placed} projects above or below expected, about one is expected to be on the wrong side.",
    several="Of the {placed} projects above or below expected, about {n} are expected to be on the wrong side.",
)
DISCOVERED: Final = ByNumber(
    none="With the false discovery rate held at {rate}, the exact test places no project above or below expected.",
    one="With the false discovery rate held at {rate}, the exact test places one project above or below expected. "
    "The class is the same for {agreed} of the {placed} that this book places.",
    several="With the false discovery rate held at {rate}, the exact test places {n} projects above or below expected. "
    "The class is the same for {agreed} of the {placed} that this book places.",
)
DIVIDED: Final = {
    ("project_size", True): msgid(
        "Small projects differ more from each other than large ones (standard deviations {first} and {second}, {p}). "
        "Therefore smaller and larger projects each have their own spread."
    ),
    ("project_size", False): msgid(
        "Small projects differ less from each other than large ones (standard deviations {first} and {second}, {p}). "
        "Therefore smaller and larger projects each have their own spread."
    ),
    ("scheme", True): msgid(
        "Jobbsjansen projects differ more from each other than introduction programmes (standard deviations {first} "
        "and {second}, {p}). Therefore each scheme has its own spread."
    ),
    ("scheme", False): msgid(
        "Jobbsjansen projects differ less from each other than introduction programmes (standard deviations {first} "
        "and {second}, {p}). Therefore each scheme has its own spread."
    ),
}
"""By what the spread is divided by, and whether the first of `FIRST` is the larger."""
FIRST: Final = {"project_size": ("smaller", "larger"), "scheme": ("jobbsjansen", "introduction")}
LASTS: Final = BySide(
    above="Without chance, {share} of what a project contributes in one year is there in the next ({interval}). As "
    "measured, the correlation is {measured}.",
    below="Without chance, what a project contributes in one year is reversed in the next. The correlation is "
    "{lasting}.",
    uncertain="Whether contributions last from one year to the next is uncertain. Without chance, the "
    "correlation is {lasting}.",
    hidden="Whether contributions last from one year to the next is not shown.",
)


def projects_placed(page: Page) -> str:
    """How many projects are above expected, below and uncertain."""
    shares = [lookup(page.rows, statistic="share", scheme="both", group=group_of(contribution=c)) for c in CLASSES]
    words = page.words
    if any(row["suppressed"] for row in shares):
        return words.text("How many projects are above or below expected is not shown.")
    above, uncertain, below = (round(row["value"] * row["n"]) for row in shares)
    counts = {"below": words.count(below), "uncertain": words.count(uncertain), "all": words.count(shares[0]["n"])}
    return PLACED.text(words, above, **counts)


def project_finding(page: Page) -> str:
    """Whether projects differ by more than chance, and by how much for a participant with an even chance."""
    words = page.words
    test, spread = lookup(page.rows, statistic="p_value"), lookup(page.rows, statistic="group_sd")
    if test["suppressed"] or spread["suppressed"]:
        return words.text("Whether projects differ by more than chance would give is not shown.")
    if test["value"] >= 1 - page.cohort.analysis.confidence_level:
        return words.text("Whether projects differ by more than chance would give is uncertain.")
    return words.text(
        "Projects differ by more than chance would give: a participant with a probability of {half} in an average "
        "project would have {share} in one that is better than five out of six.",
        half=words.percent(0.5),
        share=words.percent(1 / (1 + exp(-spread["value"]))),
    )


def own_cutoff(page: Page) -> str:
    """The group of the cut-off in force."""
    return group_of(cutoff=f"{page.cohort.analysis.probability_cutoff:g}")


def wrong_side(page: Page) -> str:
    """How many of the projects that are placed are expected to be on the wrong side."""
    words, group = page.words, own_cutoff(page)
    wrong = lookup(page.rows, statistic="expected_wrong", group=group)
    counts = [lookup(page.rows, group=f"{group};contribution={c}") for c in CLASSES if c != UNCERTAIN]
    if wrong["suppressed"] or any(row["suppressed"] for row in counts):
        return words.text("How many of the projects are expected to be on the wrong side is not shown.")
    placed, n = sum(row["value"] for row in counts), wrong["value"]
    if placed == 0:
        return words.text("No project is above or below expected.")
    return WRONG.text(words, 0 if n < 1 else round(n), placed=words.count(placed))


def discovery_finding(page: Page) -> str:
    """How many projects the exact test places with the false discovery rate controlled, and how far that agrees."""
    words = page.words
    keys = [group_keys(group) for group in page.rows["group"]]
    rows = page.rows.assign(**{key: [k.get(key, "") for k in keys] for key in ("method", "own", "contribution")})
    rows = rows[(rows["method"] == "false_discovery") & (rows["own"] != "")]
    if rows["suppressed"].any():
        return words.text("How many projects are placed with the false discovery rate controlled is not shown.")
    counts = rows["value"].groupby([rows["own"], rows["contribution"]]).sum()
    found, placed = (counts.drop(UNCERTAIN, level=level).sum() for level in ("own", "contribution"))
    agreed = sum(counts[c, c] for c in CLASSES if c != UNCERTAIN)
    rate = words.percent(1 - page.cohort.analysis.confidence_level)
    return DISCOVERED.text(words, found, rate=rate, placed=words.count(placed), agreed=words.count(agreed))


def spread_finding(page: Page) -> str:
    """What the spread of the projects is divided by, and why."""
    words, rows = page.words, page.rows[page.rows["term"] == "project"]
    used = group_keys(lookup(rows, statistic="rule")["group"])["spread"]
    tests = rows[(rows["statistic"] == "p_value") & rows["group"].isin([group_of(spread=name) for name in KINDS])]
    if tests["suppressed"].any():
        return words.text("Whether some projects differ more from each other than others is not shown.")
    if used == "one" and tests.empty:
        return words.text("All projects have one spread.")
    if used == "one":
        return words.text(
            "That some projects differ more from each other than others, by scheme or by size, is not statistically "
            "significant ({tests}). Therefore all projects have one spread.",
            tests=words.list([words.p_value(p) for p in tests["value"]]),
        )
    sds = [lookup(rows, group=group_of(spread=used, kind=kind))["value"] for kind in FIRST[used]]
    return words.text(
        DIVIDED[used, sds[0] > sds[1]],
        first=words.coefficient(sds[0]),
        second=words.coefficient(sds[1]),
        p=words.p_value(lookup(tests, group=group_of(spread=used))["value"]),
    )


def means_finding(page: Page) -> str:
    """Whether contributions are related to who the participants of a project are on average."""
    words, test = page.words, lookup(page.rows, statistic="p_value", group=WITH_MEANS)
    if test["suppressed"]:
        return words.text("Whether contributions are associated with the composition of participants is not shown.")
    if test["value"] < 1 - page.cohort.analysis.confidence_level:
        return words.text(
            "Contributions are associated with the composition of participants ({p}), so the assumption does not hold.",
            p=words.p_value(test["value"]),
        )
    return words.text("The test does not reject the assumption ({p}).", p=words.p_value(test["value"]))


def stability_finding(page: Page) -> str:
    """How much of a project's contribution in one year is there in the next."""
    words, rows = page.words, page.rows[page.rows["group"] == "years=consecutive"]
    if rows.empty:
        return words.text("Too few projects have enough participants in two years to say whether contributions last.")
    lasting, measured = (lookup(rows, statistic=name) for name in ("stability", "correlation"))
    found = LASTS.text(
        words,
        lasting,
        share=words.percent(lasting["value"]),
        interval=words.interval(lasting["low"], lasting["high"], "percent"),
        lasting=words.coefficient(lasting["value"]),
        measured=words.coefficient(measured["value"]),
    )
    if page.cohort.synthetic and side(lasting) != "hidden":
        invented = words.text(
            "The registers are invented, so this shows the method and says nothing of the real schemes."
        )
        return f"{found} {invented}"
    return found
