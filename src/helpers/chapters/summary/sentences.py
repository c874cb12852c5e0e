"""Sentences of the summary: the answer in one paragraph that follows the numbers, and that of report 13/2022."""

from __future__ import annotations

from typing import Final

from helpers.chapters.common.phrases import printed
from helpers.chapters.summary.terms import TARGETS
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, side
from resultatbok.release.ledger import group_of, lookup
from resultatbok.words.wording import msgid

OBSERVED: Final = BySide(
    above="More women reach the goal in Jobbsjansen than in the introduction programme: the observed difference is "
    "{size} ({interval}).",
    below="Fewer women reach the goal in Jobbsjansen than in the introduction programme: the observed difference is "
    "{size} ({interval}).",
    uncertain="The observed difference between women in the two schemes is uncertain: {size} ({interval}). There is no "
    "clear difference to explain.",
    hidden="The observed difference between women in the two schemes is not shown.",
)
DECLARED: Final = BySide(
    above="Among women with the same background at entry, more reach the goal in Jobbsjansen: {size} ({interval}).",
    below="Among women with the same background at entry, fewer reach the goal in Jobbsjansen: {size} ({interval}).",
    uncertain="Among women with the same background at entry, the difference is uncertain: {size} ({interval}).",
    hidden="The difference among women with the same background at entry is not shown.",
)
SAME: Final = msgid("The same holds {comparisons}.")
OTHER: Final = {
    "above": msgid("More women reach the goal in Jobbsjansen {comparisons}."),
    "below": msgid("Fewer women reach the goal in Jobbsjansen {comparisons}."),
    "uncertain": msgid("The difference is uncertain {comparisons}."),
}
"""Where a comparison beside the declared one finds something else."""
COMPARISONS: Final = {
    "comparable": msgid("among those with comparable women in the other scheme ({size}, {interval})"),
    "within_municipality": msgid("within municipalities ({size}, {interval})"),
}
REPORT: Final = BySide(
    above="The model of report 13/2022 is about all participants and adjusts for measures and the level of Norwegian "
    "at the end, too. By it, more reach the goal in Jobbsjansen: {size} ({interval}).",
    below="The model of report 13/2022 is about all participants and adjusts for measures and the level of Norwegian "
    "at the end, too. By it, fewer reach the goal in Jobbsjansen: {size} ({interval}).",
    uncertain="The model of report 13/2022 is about all participants and adjusts for measures and the level of "
    "Norwegian at the end, too. By it, the difference is uncertain: {size} ({interval}).",
    hidden="What the model of report 13/2022 finds is not shown.",
)


def main_finding(page: Page) -> str:
    """The answer to the book's question, as a paragraph: observed, as declared, and by the comparisons beside it."""
    words, observed = page.words, lookup(page.rows, group="gender=female")
    answer, *others = (page.rows[page.rows["group"] == group_of(target=target)] for target in TARGETS)
    declared = answer.iloc[0]
    sentences = [
        message.text(words, row, **printed(words, row)) for message, row in ((OBSERVED, observed), (DECLARED, declared))
    ]
    found: dict[str, list[str]] = {}
    for target, rows in zip(TARGETS[1:], others, strict=True):
        if target in COMPARISONS and len(rows) and side(rows.iloc[0]) != "hidden":
            effect = rows.iloc[0]
            named = words.text(COMPARISONS[target], **printed(words, effect))
            found.setdefault(side(effect), []).append(named)
    for where in sorted(found, key=lambda where: where != side(declared)):
        message = SAME if where == side(declared) else OTHER[where]
        sentences.append(words.text(message, comparisons=words.list(found[where])))
    return " ".join(sentences)


def report_finding(page: Page) -> str:
    """What the model of report 13/2022 finds among all participants."""
    effect = lookup(page.rows, group="model=individual")
    return REPORT.text(page.words, effect, **printed(page.words, effect))
