"""Sentences of the summary: the answer in one paragraph that follows the numbers, and that of report 13/2022."""

from __future__ import annotations

from typing import Final

from helpers.chapters.common.phrases import printed
from helpers.chapters.summary.terms import TARGETS
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages, side
from resultatbok.release.ledger import group_of, lookup

MESSAGES: Final = Messages(__name__)


def main_finding(page: Page) -> str:
    """The answer to the book's question, as a paragraph: observed, as declared, and by the comparisons beside it."""
    words, observed = page.words, lookup(page.rows, group="gender=female")
    answer, *others = (page.rows[page.rows["group"] == group_of(target=target)] for target in TARGETS)
    declared = answer.iloc[0]
    sentences = [
        message.text(words, row, **printed(words, row))
        for message, row in ((MESSAGES.by_side("observed"), observed), (MESSAGES.by_side("declared"), declared))
    ]
    found: dict[str, list[str]] = {}
    for target, rows in zip(TARGETS[1:], others, strict=True):
        if target in MESSAGES.choices("comparisons") and len(rows) and side(rows.iloc[0]) != "hidden":
            effect = rows.iloc[0]
            named = words.text(MESSAGES.choices("comparisons")[target], **printed(words, effect))
            found.setdefault(side(effect), []).append(named)
    for where in sorted(found, key=lambda where: where != side(declared)):
        message = MESSAGES["same"] if where == side(declared) else MESSAGES.choices("other")[where]
        sentences.append(words.text(message, comparisons=words.list(found[where])))
    return " ".join(sentences)


def report_finding(page: Page) -> str:
    """What the model of report 13/2022 finds among all participants."""
    effect = lookup(page.rows, group="model=individual")
    return MESSAGES.by_side("report").text(page.words, effect, **printed(page.words, effect))
