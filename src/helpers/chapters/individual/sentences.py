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
from resultatbok.exhibits.messages import BySide, Messages, side
from resultatbok.release.ledger import group_keys, group_of, lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

EACH: Final = 2
"""How many cases the report has of each kind."""
BETTER, WORSE = "above_mean_positive", "below_mean_negative"
CUT: Final = {"years_in_norway_quantile": "years_in_norway", "duration_quantile": "duration_months"}
"""The characteristics that are cut into quarters or fifths, and what is cut."""

BEYOND: Final = {
    (True, True): MESSAGES["beyond.both"],
    (True, False): MESSAGES["beyond.above"],
    (False, True): MESSAGES["beyond.below"],
    (False, False): MESSAGES["beyond.neither"],
}
"""By whether any group lies above what is expected, and any below."""


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
    return MESSAGES.by_side("left_after_steps").text(
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
        finding = words.text(MESSAGES["origins_finding.the_same"], reference=reference, names=without)
    else:
        finding = words.text(
            MESSAGES["origins_finding.other"], reference=reference, without=without, with_measures=with_measures
        )
    return f"{finding} {words.text(MESSAGES['origins_finding.hidden'])}" if origins["suppressed"].any() else finding


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
        BEYOND[bool(above), bool(below)] if len(large) else MESSAGES["too_small"],
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
        return words.text(MESSAGES["cases_finding"])
    better, worse = (row["value"] for row in found)
    return words.text(
        MESSAGES["enough" if min(better, worse) >= EACH else "too_few"],
        better=words.count(better),
        worse=words.count(worse),
        each=words.count(EACH),
    )
