"""Sentences of the composition chapter: how the difference divides, and for whom the schemes differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.extremes import from_lowest
from helpers.chapters.common.phrases import printed, with_interval
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import inside_sentence, or_not_shown
from helpers.chapters.composition.terms import POOLED, STAGES, TESTS, UNEXPLAINED
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

SIGNIFICANT: Final = 0.05
"""A p-value below this is taken as a sign that the groups differ."""

WHOLE: Final = {
    WOMEN: MESSAGES.by_side("whole.women"),
    "all": MESSAGES.by_side("whole.all"),
}


def composition(sample: str) -> Callable[[Page], str]:
    """How much of the difference of one sample background at entry explains."""

    def finding(page: Page) -> str:
        words, gap = page.words, _gap(page, sample)
        whole = WHOLE[sample].text(words, gap, **printed(words, gap))
        if side(gap) not in ("above", "below"):
            return whole
        parts = _parts(page, sample, "coefficients=pooled;known=entry")
        shown = _numbers(words, parts)
        if not shown:
            return f"{whole} {words.text(MESSAGES.by_side('explained').hidden)}"
        rest = MESSAGES.by_side("rest").text(words, parts[UNEXPLAINED]) if sample == WOMEN else ""
        return " ".join(filter(None, [whole, MESSAGES.by_side("explained").text(words, parts["entry"], **shown), rest]))

    return finding


def composition_later(sample: str) -> Callable[[Page], str]:
    """How the difference of one sample divides when what came after entry is included, too."""

    def finding(page: Page) -> str:
        words, gap = page.words, _gap(page, sample)
        if side(gap) not in ("above", "below"):
            return WHOLE[sample].text(words, gap, **printed(words, gap))
        shown = _numbers(words, _parts(page, sample, "coefficients=pooled"))
        return words.text(MESSAGES.choices("later")[sample] if shown else MESSAGES["later_hidden"], **shown)

    return finding


def _gap(page: Page, sample: str) -> pd.Series:
    return lookup(page.rows, statistic="difference", sample=sample)


def _parts(page: Page, sample: str, group: str) -> dict[str, pd.Series]:
    """The stages and what is unexplained, seen from the scheme in which more reach the goal."""
    rows = page.rows[(page.rows["sample"] == sample) & (page.rows["group"] == group)]
    found = {str(part["term"]): part for _, part in rows.iterrows() if part["term"] in (*STAGES, UNEXPLAINED)}
    behind = side(_gap(page, sample)) == "below"
    return {term: _turned(part) if behind else part for term, part in found.items()}


def _numbers(words: Wording, parts: Mapping[str, pd.Series]) -> dict[str, Any]:
    """The printed parts; none where any is hidden."""
    if any(part["suppressed"] for part in parts.values()):
        return {}
    return {term: with_interval(words, part) for term, part in parts.items()}


def _turned(part: pd.Series) -> pd.Series:
    """The same number seen from the other scheme."""
    return pd.Series({**part, "value": -part["value"], "low": -part["high"], "high": -part["low"]})


def part(term: str, group: str) -> Callable[[Page], str]:
    """One part of the difference among women, with its interval, in one way of calculating it."""
    keys = {"sample": WOMEN, "term": term, "group": group}
    return lambda page: or_not_shown(page.words, with_interval(page.words, lookup(page.rows, **keys)))


def for_whom_finding(page: Page) -> str:
    """Whether the difference depends on education and Norwegian, by the tests."""
    tests = _tests(page)
    if not tests and (page.rows["statistic"] == "p_value").any():
        return page.words.text(MESSAGES["for_whom_finding.hidden"])
    if not tests:
        return page.words.text(MESSAGES["for_whom_finding.too_few"])
    messages = [
        (MESSAGES.choices("groups_differ") if p < SIGNIFICANT else MESSAGES.choices("not_shown_to_differ"))[name]
        for name, p in tests.items()
    ]
    return " ".join(page.words.text(message) for message in messages)


def for_whom_tests(page: Page) -> str:
    """The p-value of each test that the difference is the same in all groups."""
    words, tests = page.words, _tests(page)
    if not tests and (page.rows["statistic"] == "p_value").any():
        return words.text(MESSAGES["for_whom_tests.hidden"])
    if not tests:
        return words.text(MESSAGES["for_whom_tests.none"])
    listed = ", ".join(
        f"{words.text(MESSAGES.choices('tested')[name])} {words.p_value(p)}" for name, p in tests.items()
    )
    return words.text(MESSAGES["for_whom_tests.tests"], tests=listed)


def groups_named(page: Page) -> str:
    """In which groups more, and in which fewer reach the goal, by the pooled estimates."""
    words, rows = page.words, page.rows[page.rows["group"] != ""]
    sizes = rows[rows["statistic"] == "rounded_count"].groupby("group")["value"].min()
    pooling = rows[rows["statistic"] == POOLED]
    named = from_lowest(pooling.assign(smaller=pooling["group"].map(sizes)), "smaller")
    if named.empty:
        return words.text(MESSAGES["groups_named"])
    found = {
        message: [_with_size(words, row) for _, row in named.iterrows() if side(row) == where]
        for message, where in ((MESSAGES["more"], "above"), (MESSAGES["fewer"], "below"))
    }
    texts = [words.text(message, groups=words.list(groups)) for message, groups in found.items() if groups]
    return " ".join(texts) or words.text(MESSAGES["no_group"])


def _with_size(words: Wording, row: pd.Series) -> str:
    ends = (row["low"], row["high"]) if row["value"] > 0 else (-row["high"], -row["low"])
    return words.text(
        "{group} ({size}, {interval})",
        group=inside_sentence(words.label(row["group"])),
        size=words.points(abs(row["value"])),
        interval=words.interval(*ends, "points"),
    )


def _tests(page: Page) -> dict[str, float]:
    """The p-values that are shown, in the order of `TESTS`."""
    shown = page.rows[(page.rows["statistic"] == "p_value") & ~page.rows["suppressed"]].set_index("term")["value"]
    return {name: float(shown[term]) for name, term in TESTS.items() if term in shown}
