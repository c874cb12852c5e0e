"""Sentences of the contribution chapter: how many projects are placed, whether they differ, and what lasts."""

from __future__ import annotations

from math import exp
from typing import Final

from helpers.chapters.common.project_classes import CLASSES
from helpers.chapters.common.tell import keys_of
from helpers.chapters.contribution.terms import KINDS, WITH_MEANS
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.rows import group_keys, group_of, lookup

MESSAGES: Final = Messages(__name__)

UNCERTAIN: Final = CLASSES[1]
DIVIDED: Final = {
    ("project_size", True): MESSAGES["divided.size_more"],
    ("project_size", False): MESSAGES["divided.size_less"],
    ("scheme", True): MESSAGES["divided.scheme_more"],
    ("scheme", False): MESSAGES["divided.scheme_less"],
}
"""By what the spread is divided by, and whether the first of `FIRST` is the larger."""
FIRST: Final = {"project_size": ("smaller", "larger"), "scheme": ("jobbsjansen", "introduction")}


def projects_placed(page: Page) -> str:
    """How many projects are above expected, below and uncertain."""
    shares = [lookup(page.rows, statistic="share", scheme="both", group=group_of(contribution=c)) for c in CLASSES]
    words = page.words
    if any(row["suppressed"] for row in shares):
        return words.text(MESSAGES["projects_placed"])
    above, uncertain, below = (round(row["value"] * row["n"]) for row in shares)
    counts = {"below": words.count(below), "uncertain": words.count(uncertain), "all": words.count(shares[0]["n"])}
    return MESSAGES.by_number("placed").text(words, above, **counts)


def project_finding(page: Page) -> str:
    """Whether projects differ by more than chance, and by how much for a participant with an even chance."""
    words = page.words
    test, spread = lookup(page.rows, statistic="p_value"), lookup(page.rows, statistic="group_sd")
    if test["suppressed"] or spread["suppressed"]:
        return words.text(MESSAGES["project_finding.hidden"])
    if test["value"] >= 1 - page.cohort.analysis.confidence_level:
        return words.text(MESSAGES["project_finding.uncertain"])
    return words.text(
        MESSAGES["project_finding.chance"],
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
        return words.text(MESSAGES["wrong_side.hidden"])
    placed, n = sum(row["value"] for row in counts), wrong["value"]
    if placed == 0:
        return words.text(MESSAGES["wrong_side.none"])
    return MESSAGES.by_number("wrong").text(words, 0 if n < 1 else round(n), placed=words.count(placed))


def discovery_finding(page: Page) -> str:
    """How many projects the exact test places with the false discovery rate controlled, and how far that agrees."""
    words = page.words
    rows = page.rows.join(keys_of(page.rows))
    rows = rows[(rows["method"] == "false_discovery") & (rows["own"] != "")]
    if rows["suppressed"].any():
        return words.text(MESSAGES["discovery_finding"])
    counts = rows["value"].groupby([rows["own"], rows["contribution"]]).sum()
    found, placed = (counts.drop(UNCERTAIN, level=level).sum() for level in ("own", "contribution"))
    agreed = sum(counts[c, c] for c in CLASSES if c != UNCERTAIN)
    rate = words.percent(1 - page.cohort.analysis.confidence_level)
    return MESSAGES.by_number("discovered").text(
        words, found, rate=rate, placed=words.count(placed), agreed=words.count(agreed)
    )


def spread_finding(page: Page) -> str:
    """What the spread of the projects is divided by, and why."""
    words, rows = page.words, page.rows[page.rows["term"] == "project"]
    used = group_keys(lookup(rows, statistic="rule")["group"])["spread"]
    tests = rows[(rows["statistic"] == "p_value") & rows["group"].isin([group_of(spread=name) for name in KINDS])]
    if tests["suppressed"].any():
        return words.text(MESSAGES["spread_finding.hidden"])
    if used == "one" and tests.empty:
        return words.text(MESSAGES["spread_finding.one"])
    if used == "one":
        return words.text(
            MESSAGES["spread_finding.not_shown"], tests=words.list([words.p_value(p) for p in tests["value"]])
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
        return words.text(MESSAGES["means_finding.hidden"])
    if test["value"] < 1 - page.cohort.analysis.confidence_level:
        return words.text(MESSAGES["means_finding.associated"], p=words.p_value(test["value"]))
    return words.text(MESSAGES["means_finding.not_refused"], p=words.p_value(test["value"]))


def stability_finding(page: Page) -> str:
    """How much of a project's contribution in one year is there in the next."""
    words, rows = page.words, page.rows[page.rows["group"] == "years=consecutive"]
    if rows.empty:
        return words.text(MESSAGES["stability_finding.too_few"])
    lasting, measured = (lookup(rows, statistic=name) for name in ("stability", "correlation"))
    found = MESSAGES.by_side("lasts").text(
        words,
        lasting,
        share=words.percent(lasting["value"]),
        interval=words.interval(lasting["low"], lasting["high"], "percent"),
        lasting=words.coefficient(lasting["value"]),
        measured=words.coefficient(measured["value"]),
    )
    if page.cohort.synthetic and side(lasting) != "hidden":
        invented = words.text(MESSAGES["stability_finding.invented"])
        return f"{found} {invented}"
    return found
