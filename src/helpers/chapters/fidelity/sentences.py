"""Sentences of the fidelity page: names of published exhibits, numbers of any kind, and what came of all of them."""

from __future__ import annotations

import re
from typing import Final

import pandas as pd

from helpers.chapters.common.tell import inside_sentence
from helpers.chapters.fidelity.terms import NOT_BUILT, NOTHING
from helpers.fidelity.check import Yardstick
from helpers.fidelity.published import Published
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

_PLACE: Final = re.compile(r"((?:prose )?(?:table|figure|ch|footnote)) ?(.+)")
_UNSAID: Final = frozenset(
    {"both", "all", "all_gross", "external", "unstated", "projects_10plus", "municipality_years_10plus"}
)
"""Keys that say nothing a reader needs: what is common to most numbers of the report."""
_DECIMAL_BELOW: Final = (1.0, 10.0, 100.0)  # numbers below each of these have a decimal more


def exhibit_label(words: Wording, exhibit: str) -> str:
    """Where a number stands in the report, in the reader's words: `prose ch4` is the text of chapter 4."""
    if exhibit in MESSAGES.choices("whole"):
        return words.text(MESSAGES.choices("whole")[exhibit])
    match = _PLACE.fullmatch(exhibit)
    if match is None:
        raise ValueError(f"exhibit {exhibit!r}: expected a table, a figure or prose")
    return words.text(MESSAGES.choices("places")[match[1]], number=match[2])


def number_label(words: Wording, number: Published) -> str:
    """What a published number is, in the reader's words: `Table 21, project model, absence, women, p-value`.

    What has no label of its own is told by its key, with blanks.
    """
    groups = [part for part in number.group.split(";") if part]
    keys = [*groups, number.term, number.scheme, number.sample, number.statistic]
    labels = [_inside(words, key) for key in keys if key and key not in _UNSAID]
    return ", ".join(dict.fromkeys([exhibit_label(words, number.exhibit), *labels]))


def _inside(words: Wording, key: str) -> str:
    try:
        return inside_sentence(words.label(key))
    except KeyError:
        return key.replace("_", " ").replace("=", " ")


def number_text(words: Wording, number: float) -> str:
    """A number of any kind: with three decimals below one, two below ten, one below a hundred, none from there on."""
    number = float(number)  # a number of numpy's counts with numbers of its own
    return words.number(number, 0 if number.is_integer() else sum(abs(number) < limit for limit in _DECIMAL_BELOW))


def span_text(words: Wording, computed: pd.Series) -> str:
    """The span in which a number counts as inside: the limits of its row, missing where the span has no end."""
    low, high = (number_text(words, _plain(computed[end])) for end in ("low", "high"))
    if pd.isna(computed["low"]) and pd.isna(computed["high"]):
        return ""
    if pd.isna(computed["high"]):
        return words.text("above {number}", number=low)
    if pd.isna(computed["low"]):
        return words.text("below {number}", number=high)
    return words.text("{low} to {high}", low=low, high=high)


def _plain(number: float) -> float:
    """A number, or zero for one that only says which side of zero it is on."""
    return 0.0 if abs(number) < 1e-12 else number


def nothing(page: Page, otherwise: str) -> str:
    """Why there is nothing to show, or an empty text.

    Args:
        page: The page.
        otherwise: The message where there are verdicts, and nothing of this kind among them.
    """
    words, first = page.words, page.rows.iloc[0]
    if page.cohort.compare_with == "none":
        return words.text(MESSAGES["nothing.no_report"])
    if first["term"] == NOT_BUILT:
        return words.text(MESSAGES["nothing.not_built"])
    return words.text(otherwise) if (first["term"], first["group"]) == (NOTHING, "") else ""


def counts(page: Page) -> dict[str, str]:
    """How many numbers the report has, and how many of them can be compared."""
    report = page.cohort.compare_with
    entries = [] if report == "none" else list(Yardstick.of(report).crosswalk.values())
    comparable = sum(entry.comparable for entry in entries)
    return {"n_published": page.words.count(len(entries)), "n_comparable": page.words.count(comparable)}


def brief(page: Page) -> str:
    """How many numbers come out, in a sentence; or why there are none."""
    if said := nothing(page, MESSAGES["nothing_counted"]):
        return said
    count = {t: lookup(page.rows, group="", term=t)["value"] for t in ("compared", "inside")}
    return page.words.text(
        MESSAGES["brief"],
        report=page.words.text(MESSAGES.choices("reports")[page.cohort.compare_with]),
        n=counts(page)["n_published"],
        compared=page.words.count(count["compared"]),
        inside=page.words.count(count["inside"]),
        share=page.words.percent(lookup(page.rows, statistic="share_inside", group="")["value"], 1),
    )


def by_aim(page: Page) -> str:
    """The shares inside of the numbers that the generator was fitted to, and of the others, as sentences."""
    words, parts = page.words, []
    for name, message in MESSAGES.choices("shares").items():
        rows = page.rows[page.rows["group"] == f"published_in={name}"].set_index("statistic")
        if "share_inside" in rows.index:
            n = rows.loc[rows["term"] == "compared", "value"].iloc[0]
            parts.append(words.text(message, share=words.percent(rows["value"]["share_inside"], 1), n=words.count(n)))
    return " ".join(parts) or words.text(MESSAGES["nothing_counted"])


def findings_brief(page: Page) -> str:
    """How many findings hold, in a sentence."""
    words = page.words
    if nothing(page, MESSAGES["nothing_counted"]):
        return words.text(MESSAGES["findings_brief.none"])
    judged, hold = (lookup(page.rows, group="findings=all", term=t)["value"] for t in ("compared", "inside"))
    return words.text(
        MESSAGES["findings_brief.judged"],
        n=words.count(len(Yardstick.of(page.cohort.compare_with).findings)),
        judged=words.count(judged),
        hold=words.count(hold),
        share=words.percent(hold / judged, 1),
    )
