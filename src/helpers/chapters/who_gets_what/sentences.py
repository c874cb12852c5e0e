"""Sentences on who gets which package: projects dominated by one package, and how many traits go with each."""

from __future__ import annotations

from typing import Final

from helpers.chapters.common.packages import package_label
from helpers.chapters.common.tell import or_not_shown
from helpers.chapters.who_gets_what.terms import OVER_LIMIT, package_model
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.ledger import group_keys, lookup

MESSAGES: Final = Messages(__name__)


def dominated_projects(page: Page) -> str:
    """How many of the projects are dominated by one package."""
    words, row = page.words, lookup(page.rows, term=OVER_LIMIT)
    if row["suppressed"]:
        return words.text("A number of projects that is not shown")
    n = words.count(row["value"] * row["n"])
    return words.text("{n} of {all} projects", n=n, all=words.count(row["n"]))


def measures_in_dominated(page: Page) -> str:
    """Whether participants of dominated projects have fewer measures than the others."""
    words, gaps = page.words, page.rows[page.rows["statistic"] == "difference"]
    if gaps.empty:
        return words.text(MESSAGES["too_few"])
    gap = gaps.iloc[0]
    value = gap["value"] if side(gap) == "uncertain" else abs(gap["value"])
    interval = words.interval(gap["low"], gap["high"], "number", 1)
    return MESSAGES.by_side("measures_in_dominated").text(words, gap, size=words.number(value, 1), interval=interval)


def predictors_by_package(page: Page) -> str:
    """How many traits can be told apart from no association, package by package."""
    words = page.words
    counts = {name: lookup(page.rows, group=package_model(name), statistic="count") for name in packages(page)}
    texts = [
        words.text(
            "{package}: {n}", package=package_label(page, name), n=or_not_shown(words, words.count(row["value"]))
        )
        for name, row in counts.items()
    ]
    return words.list(texts)


def packages(page: Page) -> list[str]:
    """The packages that have a model of their own, in the order of the rows."""
    found = [group_keys(group) for group in page.rows["group"].unique()]
    return list(dict.fromkeys(keys["package"] for keys in found if "package" in keys))
