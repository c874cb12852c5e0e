"""How the fidelity page speaks: names of published exhibits, numbers of any kind, and the sentences in brief."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Final

from helpers.chapters.common.tell import inside_sentence
from helpers.fidelity.judge import Judgement
from helpers.fidelity.published import Published
from helpers.fidelity.report import ALL, by_target
from resultatbok.words.wording import Wording, msgid

KINDS: Final = {
    ALL: msgid("All numbers"),
    "targets": msgid("Numbers that the generator was fitted to"),
    "not targets": msgid("Numbers that nobody aimed at"),
    "external": msgid("Cited from other statistics or studies"),
    "setting": msgid("A rule, a code or an assumed value"),
    "ambiguous": msgid("Not clear what the number is"),
    "contradicted": msgid("Another number for the same thing stands elsewhere in the report"),
    "no_data": msgid("About something that the registers do not hold"),
    "not_covered": msgid("About what the book does not describe"),
    "hand_picked": msgid("About an example picked by hand"),
}
_PLACES: Final = {
    "table": msgid("Table {number}"),
    "figure": msgid("Figure {number}"),
    "prose table": msgid("Text on table {number}"),
    "prose figure": msgid("Text on figure {number}"),
    "prose ch": msgid("Text of chapter {number}"),
    "footnote": msgid("Footnote {number}"),
}
_WHOLE: Final = {
    "prose summary": msgid("Summary"),
    "prose appendix": msgid("Appendix"),
    "figure 25 (ch5)": msgid("Figure 25 of chapter 5"),  # the report uses the number twice
}
_PLACE: Final = re.compile(r"((?:prose )?(?:table|figure|ch|footnote)) ?(.+)")
_NUMBERED: Final = re.compile(r"([^\d]+)(\d*)")
_UNSAID: Final = frozenset(
    {"both", "all", "all_gross", "external", "unstated", "projects_10plus", "municipality_years_10plus"}
)
"""Keys that say nothing a reader needs: what is common to most numbers of the report."""
_DECIMAL_BELOW: Final = (1.0, 10.0, 100.0)  # numbers below each of these have a decimal more


def kind_label(words: Wording, kind: str) -> str:
    """A kind of number, or a reason why it is not compared, in the reader's words."""
    return words.text(KINDS[kind])


def exhibit_label(words: Wording, exhibit: str) -> str:
    """Where a number stands in the report, in the reader's words: `prose ch4` is the text of chapter 4."""
    if exhibit in _WHOLE:
        return words.text(_WHOLE[exhibit])
    match = _PLACE.fullmatch(exhibit)
    if match is None:
        raise ValueError(f"exhibit {exhibit!r}: expected a table, a figure or prose")
    return words.text(_PLACES[match[1]], number=match[2])


def exhibit_order(exhibit: str) -> tuple[tuple[str, int], ...]:
    """Sorts exhibits by what they are and then by their numbers: figure 3 before figure 10."""
    return tuple((text, int(number or 0)) for text, number in _NUMBERED.findall(exhibit))


def number_label(words: Wording, number: Published) -> str:
    """What a published number is, in the reader's words: `Table 21, project model, absence, women, p-value`.

    What has no label of its own is told by its key, with blanks.
    """
    groups = [part for part in number.group.split(";") if part]
    keys = [*groups, number.term, number.scheme, number.sample, number.statistic]
    told = [_inside(words, key) for key in keys if key and key not in _UNSAID]
    return ", ".join(dict.fromkeys([exhibit_label(words, number.exhibit), *told]))


def _inside(words: Wording, key: str) -> str:
    try:
        label = words.label(key)
    except KeyError:
        return key.replace("_", " ").replace("=", " ")
    return label if key.startswith("origin") else inside_sentence(label)


def number_text(words: Wording, number: float) -> str:
    """A number of any kind: with three decimals below one, two below ten, one below a hundred, none from there on."""
    whole = float(number).is_integer()
    return words.number(number, 0 if whole else sum(abs(number) < limit for limit in _DECIMAL_BELOW))


def span_text(words: Wording, judgement: Judgement) -> str:
    """The span in which a number counts as inside."""
    low, high = judgement.low, judgement.high
    if low is None or high is None:
        return ""
    if math.isinf(high):
        return words.text("above {number}", number=number_text(words, _plain(low)))
    if math.isinf(low):
        return words.text("below {number}", number=number_text(words, _plain(high)))
    return words.text("{low} to {high}", low=number_text(words, _plain(low)), high=number_text(words, _plain(high)))


def no_report(words: Wording) -> str:
    """What the page says of a cohort without a report to be compared with."""
    return words.text("The numbers of this cohort are not held against a published report.")


def not_built(words: Wording) -> str:
    """What the page says when there is no book yet whose numbers it could judge."""
    return words.text("The book has not been built yet, so there are no numbers to hold against the published ones.")


def brief(words: Wording, found: Sequence[Judgement], report: str, instead: str = "") -> dict[str, str]:
    """The phrases of the page: counts, shares and the sentences in brief.

    Args:
        words: The reader's language.
        found: The verdicts.
        report: The report that they are about, as `compare_with` names it.
        instead: What to say where there is nothing to tell of them.
    """
    every, targets, others = by_target(found)
    counts = {
        "n_published": len(found),
        "n_comparable": every.compared,
        "n_not_comparable": len(found) - every.compared,
    }
    phrases = {name: words.count(n) for name, n in counts.items()}
    if instead or not every.compared:
        return phrases | {
            "fidelity_brief": instead or no_report(words),
            "fidelity_targets": words.text("Nothing is counted here."),
        }
    sentence = words.text(
        "Of {n} numbers printed in {report}, {compared} can be compared. {inside} of them, or {share}, come out of the "
        "invented registers within their tolerances.",
        report=words.text(_REPORTS[report]),
        n=phrases["n_published"],
        compared=phrases["n_comparable"],
        inside=words.count(every.inside),
        share=words.percent(every.share, 1),
    )
    parts = [
        words.text(_SHARES[t.name], share=words.percent(t.share, 1), n=words.count(t.compared))
        for t in (targets, others)
        if t.compared
    ]
    return phrases | {"fidelity_brief": sentence, "fidelity_targets": " ".join(parts)}


_REPORTS: Final = {
    "report_2022": msgid("report 13/2022"),
    "evaluation_2019": msgid("the evaluation of Jobbsjansen from 2019"),
}
_SHARES: Final = {
    "targets": msgid("Of the {n} that the generator was fitted to, {share} are inside."),
    "not targets": msgid("Of the {n} that nobody aimed at, {share} are inside."),
}


def _plain(number: float) -> float:
    """A number, or zero for one that only says which side of zero it is on."""
    return 0.0 if abs(number) < 1e-12 else number
