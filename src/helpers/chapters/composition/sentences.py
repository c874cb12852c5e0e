"""Sentences of the composition chapter: how the difference divides, and for whom the schemes differ."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import from_lowest
from helpers.chapters.common.phrases import interval_of, with_interval
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import inside_sentence, or_not_shown
from helpers.chapters.composition.terms import POOLED, STAGES, TESTS, UNEXPLAINED
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, side
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording, msgid

SIGNIFICANT: Final = 0.05
"""A p-value below this is taken as a sign that the groups differ."""

WHOLE: Final = {
    WOMEN: BySide(
        above="Women in Jobbsjansen reach the goal more often than women in the introduction programme: the difference "
        "is {size}.",
        below="Women in Jobbsjansen reach the goal less often than women in the introduction programme: the difference "
        "is {size}.",
        uncertain="The goal attainment of women in the two schemes cannot be told apart (the interval of the "
        "difference is {interval} percentage points), so there is no difference to account for.",
        hidden="The difference is not shown, because it rests on few participants.",
    ),
    "all": BySide(
        above="With men included, participants in Jobbsjansen reach the goal more often than those in the introduction "
        "programme: the difference is {size}.",
        below="With men included, participants in Jobbsjansen reach the goal less often than those in the introduction "
        "programme: the difference is {size}.",
        uncertain="With men included, the goal attainment in the two schemes cannot be told apart (the interval of the "
        "difference is {interval} percentage points), so there is no difference to account for.",
        hidden="The difference is not shown, because it rests on few participants.",
    ),
}
REST: Final = BySide(
    above="What stays may come from the scheme, from differences between the participants that the registers do not "
    "hold, or from the form of the model.",
    below="What the registers tell accounts for more than the difference: among participants who are alike in it, "
    "the schemes change places.",
    uncertain="What stays cannot be told apart from zero: what the registers tell can account for the whole "
    "difference.",
    hidden="",
)
PROJECTS: Final = BySide(
    above="If whole projects are drawn anew instead of participants, the interval of what stays is {interval} "
    "percentage points: it does not include zero.",
    below="If whole projects are drawn anew instead of participants, the interval of what stays is {interval} "
    "percentage points: it does not include zero.",
    uncertain="If whole projects are drawn anew instead of participants, the interval of what stays is {interval} "
    "percentage points: it includes zero, so nothing certain can be said of other projects of the same kind.",
    hidden="If whole projects are drawn anew instead of participants, the interval of what stays is not shown.",
)
PARTS: Final = {
    "entry": msgid("who the participants were when they entered"),
    "after_entry": msgid("what came after entry"),
    "context": msgid("the municipality and the project's resources"),
    UNEXPLAINED: msgid("what stays"),
}
"""The parts of the difference inside a sentence."""

GROUPS_DIFFER: Final = {
    "education": msgid("The difference between the schemes depends on education."),
    "norwegian": msgid("The difference between the schemes depends on the level of Norwegian."),
    "both": msgid("Taken together, the groups by education and Norwegian differ from each other."),
}
NOT_SHOWN_TO_DIFFER: Final = {
    "education": msgid("That the difference between the schemes depends on education cannot be shown."),
    "norwegian": msgid("That the difference between the schemes depends on the level of Norwegian cannot be shown."),
    "both": msgid("Taken together, the groups by education and Norwegian cannot be told apart from each other."),
}
TESTED: Final = {
    "education": msgid("education"),
    "norwegian": msgid("the level of Norwegian"),
    "both": msgid("both together"),
}

MORE: Final = msgid(
    "More women reach the goal in Jobbsjansen than in the introduction programme in these groups: {groups}."
)
FEWER: Final = msgid(
    "Fewer women reach the goal in Jobbsjansen than in the introduction programme in these groups: {groups}."
)
NO_GROUP: Final = msgid("In every group that is large enough to be named, the difference is uncertain.")


def composition(sample: str) -> Callable[[Page], str]:
    """How the difference of one sample divides, and what is odd about it."""

    def finding(page: Page) -> str:
        words, rows = page.words, page.rows[page.rows["sample"] == sample]
        gap = lookup(rows, statistic="difference")
        found = rows[(rows["group"] == "coefficients=pooled") & rows["term"].isin([*STAGES, UNEXPLAINED])]
        parts = {str(part["term"]): part for _, part in found.iterrows()}
        where = side(gap)
        if where == "below":
            parts = {term: _turned(part) for term, part in parts.items()}
        size = _turned(gap) if where == "below" else gap
        interval = interval_of(words, size)
        whole = WHOLE[sample].text(words, gap, size=f"{words.points(size['value'])} ({interval})", interval=interval)
        if where == "hidden":
            return whole
        rest = [_apart(words, parts)] if where == "uncertain" else _divided(words, size, parts)
        return " ".join(filter(None, [whole, *rest]))

    return finding


def _divided(words: Wording, gap: pd.Series, parts: Mapping[str, pd.Series]) -> list[str]:
    """How much each part accounts for, and what to know of those that are unclear, pull back or exceed the whole."""
    sides = {term: side(part) for term, part in parts.items() if term != UNEXPLAINED}
    against, unclear = (
        [words.text(PARTS[term]) for term, found in sides.items() if found == where] for where in ("below", "uncertain")
    )
    beyond = [
        words.text(PARTS[term]) for term in sides if sides[term] == "above" and parts[term]["value"] > gap["value"]
    ]
    remarks = {
        msgid("More than the whole difference would come from this alone: {parts}."): beyond,
        msgid("Pulling the other way, and so making the difference smaller: {parts}."): against,
        msgid("Whether this accounts for any of the difference cannot be said: {parts}."): unclear,
    }
    return [
        words.text(
            "Of these points, {entry} are accounted for by who the participants were when they entered, {after_entry} "
            "by what came after entry, {context} by the municipality and the project's resources; {unexplained} stay.",
            **{term: _number(words, part) for term, part in parts.items()},
        ),
        *(words.text(remark, parts=words.list(names)) for remark, names in remarks.items() if names),
        REST.text(words, parts[UNEXPLAINED]),
    ]


def _apart(words: Wording, parts: Mapping[str, pd.Series]) -> str:
    """Parts that pull to one side where the whole does not."""
    sides = {term: side(part) for term, part in parts.items()}
    above, below = (
        [f"{words.text(PARTS[t])}, {_number(words, parts[t])}" for t in parts if sides[t] == where]
        for where in ("above", "below")
    )
    pulls = {
        msgid("Towards Jobbsjansen pull: {parts}."): above,
        msgid("Towards the introduction programme pull: {parts}."): below,
    }
    if set(sides.values()) == {"uncertain"}:
        return words.text("None of its parts can be told apart from zero either.")
    return " ".join(words.text(message, parts=words.list(names)) for message, names in pulls.items() if names)


def _number(words: Wording, part: pd.Series) -> str:
    return words.text("a hidden part") if part["suppressed"] else with_interval(words, part)


def _turned(part: pd.Series) -> pd.Series:
    """The same number seen from the other scheme."""
    return pd.Series({**part, "value": -part["value"], "low": -part["high"], "high": -part["low"]})


def part(term: str, group: str) -> Callable[[Page], str]:
    """One part of the difference among women, with its interval, in one way of calculating it."""
    keys = {"sample": WOMEN, "term": term, "group": group}
    return lambda page: or_not_shown(page.words, with_interval(page.words, lookup(page.rows, **keys)))


def projects_note(page: Page) -> str:
    """What stays, with its interval when projects are drawn instead of participants."""
    rest = lookup(page.rows, term=UNEXPLAINED, group="coefficients=pooled;drawn=projects")
    return PROJECTS.text(page.words, rest, interval=interval_of(page.words, rest))


def for_whom_finding(page: Page) -> str:
    """Whether the difference depends on education and Norwegian, by the tests."""
    tests = _tests(page)
    if not tests and (page.rows["statistic"] == "p_value").any():
        return page.words.text("Whether the groups differ is not shown.")
    if not tests:
        return page.words.text("No two groups are large enough to be compared.")
    messages = [(GROUPS_DIFFER if p < SIGNIFICANT else NOT_SHOWN_TO_DIFFER)[name] for name, p in tests.items()]
    return " ".join(page.words.text(message) for message in messages)


def for_whom_tests(page: Page) -> str:
    """The p-value of each test that the difference is the same in all groups."""
    words, tests = page.words, _tests(page)
    if not tests and (page.rows["statistic"] == "p_value").any():
        return words.text("The tests are not shown.")
    if not tests:
        return words.text("No test was made.")
    listed = ", ".join(f"{words.text(TESTED[name])} {words.p_value(p)}" for name, p in tests.items())
    return words.text("The tests that the difference is the same in all groups: {tests}.", tests=listed)


def groups_named(page: Page) -> str:
    """In which groups more, and in which fewer reach the goal, by the pooled estimates."""
    words, rows = page.words, page.rows[page.rows["group"] != ""]
    sizes = rows[rows["statistic"] == "rounded_count"].groupby("group")["value"].min()
    pooling = rows[rows["statistic"] == POOLED]
    named = from_lowest(pooling.assign(smaller=pooling["group"].map(sizes)), "smaller")
    if named.empty:
        return words.text("No group is large enough to be named.")
    found = {
        message: [_with_size(words, row) for _, row in named.iterrows() if side(row) == where]
        for message, where in ((MORE, "above"), (FEWER, "below"))
    }
    texts = [words.text(message, groups=words.list(groups)) for message, groups in found.items() if groups]
    return " ".join(texts) or words.text(NO_GROUP)


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
