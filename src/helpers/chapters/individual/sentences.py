"""Sentences of the individual chapter: the scheme, the levels, the steps, the predictions and the places to visit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.extremes import from_lowest
from helpers.chapters.common.phrases import interval_of, size_of
from helpers.chapters.common.tell import inside_sentence
from helpers.chapters.individual.terms import TO_THE_WHOLE, WITH_SCHEME
from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import BySide, side
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.words.wording import Wording, msgid

EACH: Final = 2
"""How many cases the report has of each kind."""
BETTER, WORSE = "above_mean_positive", "below_mean_negative"
CUT: Final = {"years_in_norway_quantile": "years_in_norway", "duration_quantile": "duration_months"}
"""The characteristics that are cut into quarters or fifths, and what is cut."""

SCHEME: Final = BySide(
    above="Among participants with the same characteristics and measures, those in Jobbsjansen reach the goal "
    "more often: {size} on average ({interval}).",
    below="Among participants with the same characteristics and measures, those in Jobbsjansen reach the goal "
    "less often: {size} on average ({interval}).",
    uncertain="Among participants with the same characteristics and measures, the two schemes cannot be told apart: "
    "the interval of the difference, {interval} percentage points, includes zero.",
    hidden="How the two schemes differ among participants with the same characteristics and measures is not shown.",
)
LEVEL: Final = BySide(
    above="{subject} goes with a probability that is {size} higher ({interval}).",
    below="{subject} goes with a probability that is {size} lower ({interval}).",
    uncertain="{subject} makes no difference that can be told apart from zero ({interval} percentage points).",
    hidden="{subject} goes with a difference that is not shown.",
)
STEPWISE: Final = BySide(
    above="The difference is {raw} when nothing is held equal and {adjusted} ({interval}) when characteristics and "
    "measures are.",
    below="The difference is {raw} when nothing is held equal and {adjusted} ({interval}) when characteristics and "
    "measures are.",
    uncertain="The difference is {raw} when nothing is held equal; when characteristics and measures are, it cannot be "
    "told apart from zero ({interval} percentage points).",
    hidden="How the difference changes as more is held equal is not shown.",
)
BEYOND: Final = {
    (True, True): msgid("{scheme}: more reach the goal than expected for {above}, and fewer for {below}."),
    (True, False): msgid("{scheme}: more reach the goal than expected for {above}."),
    (False, True): msgid("{scheme}: fewer reach the goal than expected for {below}."),
    (False, False): msgid(
        "{scheme}: in every group large enough to be named, the difference from the expected is uncertain."
    ),
}
"""By whether any group lies above what is expected, and any below."""
TOO_SMALL: Final = msgid("{scheme}: the groups are too small to be compared with the expected.")
ENOUGH: Final = msgid(
    "The rule leaves {better} that do better and {worse} that do worse, enough to visit {each} of each kind."
)
TOO_FEW: Final = msgid(
    "The rule leaves {better} that do better and {worse} that do worse, too few to visit {each} of each kind."
)


def effect_finding(message: BySide, term: str, subject: str = "") -> Callable[[Page], str]:
    """What the individual model says of a term.

    Args:
        message: The sentence, by the side on which its average marginal effect lies.
        term: The term.
        subject: The message that names it in the sentence.
    """

    def finding(page: Page) -> str:
        words, effect = page.words, lookup(page.rows, statistic="average_marginal_effect", term=term)
        return message.text(
            words,
            effect,
            subject=words.text(subject) if subject else "",
            size=size_of(words, effect),
            interval=interval_of(words, effect),
        )

    return finding


def stepwise_finding(page: Page) -> str:
    """How much of the difference is left when all is held equal."""
    words = page.words
    raw, adjusted = (lookup(page.rows, group=f"model={name}") for name in (WITH_SCHEME[0], WITH_SCHEME[-1]))
    return STEPWISE.text(
        words,
        raw if raw["suppressed"] else adjusted,
        raw=words.points(raw["value"]),
        adjusted=words.points(adjusted["value"]),
        interval=interval_of(words, adjusted),
    )


def origins_finding(page: Page) -> str:
    """Which country backgrounds are told apart from the reference without the measures and with them."""
    words, terms = page.words, page.rows[page.rows["statistic"] == "coefficient"]
    origins = terms[terms["term"].str.startswith("origin_")]
    without, with_measures = (_apart(words, origins[origins["group"] == f"model={n}"]) for n in TO_THE_WHOLE[:2])
    reference = words.label(f"origin={page.cohort.analysis.reference_origin}")
    if without == with_measures:
        finding = words.text(
            "Whether or not measures are held equal, these country backgrounds can be told apart from {reference}: "
            "{names}.",
            reference=reference,
            names=without,
        )
    else:
        finding = words.text(
            "These country backgrounds can be told apart from {reference} when measures are not held equal: {without}. "
            "When they are: {with_measures}.",
            reference=reference,
            without=without,
            with_measures=with_measures,
        )
    return f"{finding} {words.text('Some are not shown.')}" if origins["suppressed"].any() else finding


def _apart(words: Wording, terms: pd.DataFrame) -> str:
    apart = [words.label(row["term"]) for _, row in terms.iterrows() if side(row) in ("above", "below")]
    return words.list(apart) if apart else words.text("none")


def predicted_finding(page: Page) -> str:
    """In which groups each scheme does better or worse than expected, one sentence per scheme."""
    rows = page.rows[page.rows["statistic"] == "difference"]
    return " ".join(_scheme_finding(page.words, scheme, rows[rows["scheme"] == scheme]) for scheme in SCHEMES)


def _scheme_finding(words: Wording, scheme: str, rows: pd.DataFrame) -> str:
    large = rows[rows.index.isin(from_lowest(rows).index)]
    above, below = (
        [_named(words, str(row["group"])) for _, row in large.iterrows() if side(row) == where]
        for where in ("above", "below")
    )
    return words.text(
        BEYOND[bool(above), bool(below)] if len(large) else TOO_SMALL,
        scheme=words.label(scheme),
        above=words.list(above),
        below=words.list(below),
    )


def _named(words: Wording, group: str) -> str:
    """A group with what it is a group of: `level of education (some schooling)`."""
    characteristic = next(iter(group_keys(group)))
    name = words.label(CUT.get(characteristic, characteristic))
    return f"{inside_sentence(name)} ({inside_sentence(words.label(group))})"


def cases_finding(page: Page) -> str:
    """Whether there are enough municipalities of both kinds to choose from."""
    words = page.words
    found = [lookup(page.rows, group=group_of(quadrant=name, comparable="yes")) for name in (BETTER, WORSE)]
    if any(row["suppressed"] for row in found):
        return words.text("How many municipalities the rule leaves is not shown.")
    better, worse = (row["value"] for row in found)
    return words.text(
        ENOUGH if min(better, worse) >= EACH else TOO_FEW,
        better=words.count(better),
        worse=words.count(worse),
        each=words.count(EACH),
    )
