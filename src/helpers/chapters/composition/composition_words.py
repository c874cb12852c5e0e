"""What the parts of the difference between the schemes say, as sentences that follow the numbers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.chapters.common.tell import told_apart
from helpers.chapters.composition.gap_blocks import STAGES
from resultatbok.methods.decomposition import UNEXPLAINED
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording


def composition_phrases(words: Wording, rows: pd.DataFrame, sample: str) -> dict[str, str]:
    """The phrases of one sample.

    Args:
        words: The reader's language.
        rows: Ledger rows of the difference and of its stages, one of each for the sample.
        sample: `women` or `all`.

    Returns:
        `gap_<sample>` and `<stage>_<sample>` with intervals, and the sentences `composition_<sample>`.
    """
    mine = rows[rows["sample"] == sample]
    gap = lookup(mine, statistic="difference_pp")
    terms = [term for term in (*STAGES, UNEXPLAINED) if (mine["term"] == term).any()]
    parts = {term: lookup(mine, statistic="decomposition", term=term) for term in terms}
    return (
        {f"whole_gap_{sample}": _points(words, gap)}
        | {f"{term}_{sample}": _number(words, part) for term, part in parts.items()}
        | {f"composition_{sample}": composition_finding(words, gap, parts, sample)}
    )


def composition_finding(words: Wording, gap: pd.Series, parts: Mapping[str, pd.Series], sample: str) -> str:
    """How the difference divides, and what is odd about it, as sentences.

    Args:
        words: The reader's language.
        gap: The difference, Jobbsjansen minus the introduction programme, in percentage points.
        parts: The stages and what stays, in the same direction.
        sample: `women` or `all`.
    """
    if gap["suppressed"]:
        return words.text("The difference is not shown, because it rests on few participants.")
    side = told_apart(gap)
    if side == "not_distinguishable":
        return " ".join([_no_gap(words, gap, sample), _apart(words, parts)])
    turned = {term: part if side == "above" else _turned(part) for term, part in parts.items()}
    size = gap if side == "above" else _turned(gap)
    return " ".join([_lead(words, size, turned, sample, side), *_remarks(words, size, turned), _rest(words, turned)])


def _lead(words: Wording, gap: pd.Series, parts: Mapping[str, pd.Series], sample: str, side: str) -> str:
    values = {"size": _points(words, gap)} | {term: _number(words, part) for term, part in parts.items()}
    messages = {
        ("women", "above"): words.text(
            "Women in Jobbsjansen reach the goal more often than women in the introduction programme: the difference "
            "is {size}.",
            **values,
        ),
        ("women", "below"): words.text(
            "Women in Jobbsjansen reach the goal less often than women in the introduction programme: the difference "
            "is {size}.",
            **values,
        ),
        ("all", "above"): words.text(
            "With men included, participants in Jobbsjansen reach the goal more often than those in the introduction "
            "programme: the difference is {size}.",
            **values,
        ),
        ("all", "below"): words.text(
            "With men included, participants in Jobbsjansen reach the goal less often than those in the introduction "
            "programme: the difference is {size}.",
            **values,
        ),
    }
    return " ".join(
        [
            messages[sample, side],
            words.text(
                "Of these points, {entry} are accounted for by who the participants were when they entered, "
                "{after_entry} by what came after entry, {context} by the municipality and the project's resources; "
                "{unexplained} stay.",
                **values,
            ),
        ]
    )


def _no_gap(words: Wording, gap: pd.Series, sample: str) -> str:
    interval = _interval(words, gap)
    if sample == "women":
        return words.text(
            "The goal attainment of women in the two schemes cannot be told apart (the interval of the difference is "
            "{interval} percentage points), so there is no difference to account for.",
            interval=interval,
        )
    return words.text(
        "With men included, the goal attainment in the two schemes cannot be told apart (the interval of the "
        "difference is {interval} percentage points), so there is no difference to account for.",
        interval=interval,
    )


def _apart(words: Wording, parts: Mapping[str, pd.Series]) -> str:
    """Parts that pull to one side where the whole does not."""
    pulls = {
        "above": [_named(words, t, p) for t, p in parts.items() if told_apart(p) == "above"],
        "below": [_named(words, t, p) for t, p in parts.items() if told_apart(p) == "below"],
    }
    sentences = []
    if pulls["above"]:
        sentences.append(words.text("Towards Jobbsjansen pull: {parts}.", parts=words.list(pulls["above"])))
    if pulls["below"]:
        sentences.append(
            words.text("Towards the introduction programme pull: {parts}.", parts=words.list(pulls["below"]))
        )
    return " ".join(sentences) or words.text("None of its parts can be told apart from zero either.")


def _remarks(words: Wording, gap: pd.Series, parts: Mapping[str, pd.Series]) -> list[str]:
    """What a reader should know of parts that are unclear, pull the other way or exceed the whole."""
    stages = {term: part for term, part in parts.items() if term != UNEXPLAINED}
    sides = {term: told_apart(part) for term, part in stages.items()}
    unclear = [_name(words, t) for t, side in sides.items() if side == "not_distinguishable"]
    against = [_name(words, t) for t, side in sides.items() if side == "below"]
    beyond = [_name(words, t) for t, side in sides.items() if side == "above" and parts[t]["value"] > gap["value"]]
    remarks = []
    if beyond:
        remarks.append(
            words.text("More than the whole difference would come from this alone: {parts}.", parts=words.list(beyond))
        )
    if against:
        remarks.append(
            words.text(
                "Pulling the other way, and so making the difference smaller: {parts}.", parts=words.list(against)
            )
        )
    if unclear:
        remarks.append(
            words.text(
                "Whether this accounts for any of the difference cannot be said: {parts}.", parts=words.list(unclear)
            )
        )
    return remarks


def _rest(words: Wording, parts: Mapping[str, pd.Series]) -> str:
    messages = {
        "above": words.text(
            "What stays may come from the scheme, from differences between the participants that the registers do not "
            "hold, or from the form of the model."
        ),
        "below": words.text(
            "What the registers tell accounts for more than the difference: among participants who are alike in it, "
            "the schemes change places."
        ),
        "not_distinguishable": words.text(
            "What stays cannot be told apart from zero: what the registers tell can account for the whole difference."
        ),
    }
    return messages[told_apart(parts[UNEXPLAINED])]


def projects_note(words: Wording, rest: pd.Series) -> str:
    """What stays, with its interval when projects are drawn instead of participants."""
    interval = _interval(words, rest)
    if told_apart(rest) == "not_distinguishable":
        return words.text(
            "If whole projects are drawn anew instead of participants, the interval of what stays is {interval} "
            "percentage points: it includes zero, so nothing certain can be said of other projects of the same kind.",
            interval=interval,
        )
    return words.text(
        "If whole projects are drawn anew instead of participants, the interval of what stays is {interval} "
        "percentage points: it does not include zero.",
        interval=interval,
    )


def _name(words: Wording, term: str) -> str:
    """A part inside a sentence."""
    names = {
        "entry": words.text("who the participants were when they entered"),
        "after_entry": words.text("what came after entry"),
        "context": words.text("the municipality and the project's resources"),
        UNEXPLAINED: words.text("what stays"),
    }
    return names[term]


def _named(words: Wording, term: str, part: pd.Series) -> str:
    return f"{_name(words, term)}, {_number(words, part)}"


def _turned(entry: pd.Series) -> pd.Series:
    """The same number seen from the other scheme."""
    return pd.Series({**entry, "value": -entry["value"], "low": -entry["high"], "high": -entry["low"]})


def _points(words: Wording, entry: pd.Series) -> str:
    if entry["suppressed"]:
        return words.text("a difference that is not shown")
    return f"{words.points(entry['value'] / 100)} ({_interval(words, entry)})"


def _number(words: Wording, entry: pd.Series) -> str:
    return f"{words.number(entry['value'])} ({_interval(words, entry)})"


def _interval(words: Wording, entry: pd.Series) -> str:
    return words.interval(entry["low"] / 100, entry["high"] / 100, "points")
