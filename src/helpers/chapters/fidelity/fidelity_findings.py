"""Exhibits of the fidelity page about the findings that a report states in words."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.fidelity.fidelity import judged, nothing_to_say, only_a_sentence
from helpers.chapters.fidelity.fidelity_words import kind_label, number_text, span_text
from helpers.fidelity.check import Yardstick
from helpers.fidelity.findings import Finding, contradictions
from helpers.fidelity.judge import Judgement, Verdict
from helpers.fidelity.report import findings, misses, tally
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.project import tables_root
from resultatbok.release.ledger import row
from resultatbok.tables.table import Column, Table
from resultatbok.words.wording import Wording, msgid

STRENGTHS: Final = {
    "main_finding": msgid("Main findings"),
    "text": msgid("Findings in the text"),
    "footnote": msgid("Findings in footnotes"),
}
VERDICTS: Final[dict[Verdict, str]] = {
    "inside": msgid("holds here"),
    "outside": msgid("does not hold here"),
    "missing": msgid("no number here"),
    "not_comparable": msgid("not judged"),
}


@exhibit("finding_counts", phrases="findings_brief")
def finding_counts(desk: Desk) -> Exhibit:
    """How many findings can be judged, and how many of them hold."""
    words, found = desk.wording, findings(judged(desk))
    if sentence := nothing_to_say(desk):
        nothing = words.text("Nor is any finding judged.")
        return Exhibit(**only_a_sentence("finding_counts", desk, sentence), phrases={"findings_brief": nothing})
    stated = _findings(desk)
    parts = [tally(s, [j for j in found if stated[j.id].strength == s]) for s in STRENGTHS]
    shown = [part for part in parts if part.compared]
    every = tally("all", found)
    rows = desk.rows(
        "finding_counts",
        lambda: pd.DataFrame(
            row("count", n, group=f"findings={part.name}", term=term, unit="rows")
            for part in [*shown, every]
            for term, n in {"compared": part.compared, "inside": part.inside, "not_computed": part.missing}.items()
        ),
    )
    counts = [words.count(n) for n in rows["value"]]
    names = [*(words.text(STRENGTHS[part.name]) for part in shown), words.text("All findings")]
    headers = (msgid("Judged"), msgid("Hold"), msgid("No number in the book"))
    return Exhibit(
        key="finding_counts",
        rows=rows,
        caption=words.text("Findings of the report, and how many of them the book's numbers bear out."),
        table=Table(
            [Column(words.text("Findings"), numeric=False), *(Column(words.text(h)) for h in headers)],
            [[name, *counts[3 * n : 3 * n + 3]] for n, name in enumerate(names)],
        ),
        phrases={
            "findings_brief": words.text(
                "The report also states {n} findings in words. {judged} of them can be judged, and {hold}, or "
                "{share}, hold in the invented registers.",
                n=words.count(len(found)),
                judged=words.count(every.compared),
                hold=words.count(every.inside),
                share=words.percent(every.share, 1),
            )
        },
    )


@exhibit("finding_misses")
def finding_misses(desk: Desk) -> Exhibit:
    """Every finding that does not hold, or that no number in the book tells of."""
    words = desk.wording
    if sentence := nothing_to_say(desk):
        return Exhibit(**only_a_sentence("finding_misses", desk, sentence))
    listed = misses(findings(judged(desk)))
    if not listed:
        return Exhibit(**only_a_sentence("finding_misses", desk, words.text("Every finding that can be judged holds.")))
    rows = desk.rows("finding_misses", lambda: pd.DataFrame([_miss_row(j) for j in listed]))
    stated = _findings(desk)
    headers = (msgid("Computed"), msgid("Would hold"))
    return Exhibit(
        key="finding_misses",
        rows=rows,
        caption=words.text(
            "Every finding that the book's numbers do not bear out, with the share, difference, coefficient or p-value "
            "that decides it and where that would have to lie."
        ),
        table=Table(
            [Column(words.text("Finding"), numeric=False), *(Column(words.text(h)) for h in headers)],
            [_miss_line(words, j, stated[j.id]) for j in listed],
        ),
    )


@exhibit("contradictory_findings")
def contradictory_findings(desk: Desk) -> Exhibit:
    """Pairs of findings that cannot both hold, and which of them the registers keep."""
    words = desk.wording
    if sentence := nothing_to_say(desk):
        return Exhibit(**only_a_sentence("contradictory_findings", desk, sentence))
    verdicts, stated = {j.id: j.verdict for j in findings(judged(desk))}, _findings(desk)
    pairs = [pair for pair in contradictions(tables_root()) if pair[0] in verdicts]
    kept = [sum(verdicts[name] == "inside" for name in pair) for pair in pairs]
    rows = desk.rows(
        "contradictory_findings",
        lambda: pd.DataFrame(
            row("count", n, group=f"findings={first}&{second}", term="inside", unit="rows")
            for n, (first, second) in zip(kept, pairs, strict=True)
        ),
    )
    lines = [
        [text for name in pair for text in (stated[name].claim[words.language], words.text(VERDICTS[verdicts[name]]))]
        for pair in pairs
    ]
    headers = (msgid("Finding"), msgid("Here"), msgid("Against it"), msgid("Here"))
    return Exhibit(
        key="contradictory_findings",
        rows=rows,
        caption=words.text("Findings of the report that cannot hold together, and which of them hold here."),
        table=Table([Column(words.text(header), numeric=False) for header in headers], lines),
    )


@exhibit("findings_left_out")
def findings_left_out(desk: Desk) -> Exhibit:
    """Why findings are not judged, and how many."""
    words = desk.wording
    if sentence := nothing_to_say(desk):
        return Exhibit(**only_a_sentence("findings_left_out", desk, sentence))
    kinds = [j.reason.partition(":")[0] for j in findings(judged(desk)) if not j.compared]
    counts = pd.Series(kinds).value_counts()
    rows = desk.rows(
        "findings_left_out",
        lambda: pd.DataFrame(
            row("count", n, group=f"reason={kind}", term="findings", unit="rows") for kind, n in counts.items()
        ),
    )
    lines = [[kind_label(words, str(k)), words.count(n)] for k, n in zip(counts.index, rows["value"], strict=True)]
    return Exhibit(
        key="findings_left_out",
        rows=rows,
        caption=words.text("Why findings are not judged."),
        table=Table([Column(words.text("Reason"), numeric=False), Column(words.text("Findings"))], lines),
    )


def _findings(desk: Desk) -> dict[str, Finding]:
    compared = desk.study.cohort.compare_with
    return {} if compared == "none" else {finding.id: finding for finding in Yardstick.of(compared).findings}


def _miss_row(judgement: Judgement) -> dict[str, object]:
    group = f"published={judgement.id}"
    if judgement.computed is None:
        return row("count", 0, group=group, term="not_computed", unit="rows")
    return row("computed_value", judgement.computed, group=group)


def _miss_line(words: Wording, judgement: Judgement, finding: Finding) -> list[str]:
    computed = words.text("none") if judgement.computed is None else number_text(words, judgement.computed)
    return [finding.claim[words.language], computed, span_text(words, judgement)]
