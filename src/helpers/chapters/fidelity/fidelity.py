"""Exhibits of the fidelity page: how close the numbers of a synthetic cohort come to the published ones."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.tell import in_words
from helpers.chapters.fidelity.fidelity_words import (
    brief,
    exhibit_label,
    exhibit_order,
    kind_label,
    no_report,
    not_built,
    number_label,
    number_text,
    span_text,
)
from helpers.fidelity.check import Yardstick
from helpers.fidelity.judge import Judgement
from helpers.fidelity.report import ALL, Tally, by_exhibit, by_target, misses, numbers
from resultatbok.charts.distribution import strip_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.project import project_root
from resultatbok.release import ledger
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.table import Column, Table
from resultatbok.words.wording import Wording, msgid

OWN_ROWS: Final = "fidelity"  # name of this chapter's rows, which it does not judge
FEWEST: Final = 4  # numbers for a row of its own in the drawing
TALLY_HEADERS: Final = (msgid("Compared"), msgid("Inside"), msgid("Not computed"), msgid("Share inside"))
MISS_HEADERS: Final = (msgid("Published"), msgid("Computed"), msgid("Allowed"))
OTHERS: Final = msgid("All others")
LIMITS: Final = (-3.0, 3.0)
BAND: Final = (-1.0, 1.0)


def judgements(desk: Desk) -> list[Judgement]:
    """The verdict on each published number."""
    return numbers(judged(desk))


def judged(desk: Desk) -> list[Judgement]:
    """The verdict on each published number and each finding; none where the cohort is compared with no report.

    In a build they are about the numbers of the chapters that have run, and else about the book as it was built last.
    Where it has never been built, every comparable number is missing.
    """
    compared = desk.study.cohort.compare_with
    if compared == "none":
        return []
    folder = _rows_folder(desk)
    rows = _book_rows(folder) if folder else pd.DataFrame(columns=list(ledger.LEDGER_COLUMNS))
    return Yardstick.of(compared).judge(rows)


def _rows_folder(desk: Desk) -> Path | None:
    built = project_root() / "build" / desk.study.cohort.name / "results" / "rows"
    return desk.results or (built if built.is_dir() else None)


def _book_rows(folder: Path) -> pd.DataFrame:
    """The rows of the other chapters; what one hides and another shows is for the control over the whole book."""
    files = [file for file in sorted(folder.glob("*.json")) if file.stem != OWN_ROWS]
    rows = pd.concat([ledger.read(file) for file in files], ignore_index=True)
    return rows.drop_duplicates(list(ledger.KEY))


def _number_labels(desk: Desk) -> dict[str, str]:
    """What each published number is, by its id; none where the cohort is compared with no report."""
    compared = desk.study.cohort.compare_with
    if compared == "none":
        return {}
    return {number.id: number_label(desk.wording, number) for number in Yardstick.of(compared).published}


def nothing_to_say(desk: Desk) -> str:
    """Why there is nothing to show, or an empty text."""
    if desk.study.cohort.compare_with == "none":
        return no_report(desk.wording)
    return "" if _rows_folder(desk) else not_built(desk.wording)


@exhibit("fidelity_by_exhibit", phrases="n_published n_comparable n_not_comparable fidelity_brief fidelity_targets")
def by_published_exhibit(desk: Desk) -> Exhibit:
    """How many numbers were compared and how many are inside, for each figure and table of the report."""
    words, found = desk.wording, judgements(desk)
    if sentence := nothing_to_say(desk):
        return _sentence("fidelity_by_exhibit", desk, sentence)
    parts, exhibits = by_target(found), sorted(by_exhibit(found), key=lambda tally: exhibit_order(tally.name))
    rows = desk.rows("fidelity_by_exhibit", lambda: pd.DataFrame(_tally_rows([*exhibits, *parts])))
    lines = [_tally_line(words, rows, t.name, exhibit_label(words, t.name)) for t in exhibits]
    total = [_tally_line(words, rows, t.name, kind_label(words, t.name)) for t in parts if t.compared]
    headers = [words.text(header) for header in TALLY_HEADERS]
    return Exhibit(
        key="fidelity_by_exhibit",
        rows=rows,
        caption=words.text(
            "Published numbers that were compared, and how many of them the computed number comes close enough to."
        ),
        table=Table(
            [Column(words.text("Published in"), numeric=False), *(Column(h) for h in headers)],
            [*lines, *total],
            group_rows={len(lines): words.text("Together")},
        ),
        phrases=brief(words, found, desk.study.cohort.compare_with),
    )


@exhibit("fidelity_deviations")
def deviations(desk: Desk) -> Exhibit:
    """Computed minus published number, in tolerances, by figure and table."""
    words = desk.wording
    if sentence := nothing_to_say(desk):
        return _sentence("fidelity_deviations", desk, sentence)
    found = sorted(
        (j for j in judgements(desk) if j.distance is not None), key=lambda judgement: exhibit_order(judgement.exhibit)
    )
    if not found:
        return _sentence("fidelity_deviations", desk, words.text("No number that can be compared was computed."))
    rows = desk.rows(
        "fidelity_deviations",
        lambda: pd.DataFrame(
            row("deviation_in_tolerances", j.distance, group=f"published={j.id}", unit="tolerances")
            for j in found
            if j.distance is not None
        ),
    )
    told = rows.assign(
        label=_row_labels(words, found),
        series=["targets" if j.target else "not targets" for j in found],
    ).sort_values("label", key=lambda labels: labels == words.text(OTHERS), kind="stable")
    told["series_label"] = told["series"].map({name: kind_label(words, name) for name in set(told["series"])})
    near = [int((part["value"].abs() <= 1).sum()) for _, part in told.groupby("label", sort=False)]
    sizes = [len(part) for _, part in told.groupby("label", sort=False)]
    figure = strip_plot(
        told,
        x_label=words.text("Computed minus published number, in tolerances"),
        format=words.number,
        limits=LIMITS,
        band=BAND,
    )
    counts = [
        words.text("{n} of {total}", n=words.count(n), total=words.count(t)) for n, t in zip(near, sizes, strict=True)
    ]
    return Exhibit(
        key="fidelity_deviations",
        rows=rows,
        caption=words.text(
            "How far each computed number lies from the published one. In the shaded band it is within its tolerance; "
            "arrowheads lie farther out. Directions and levels in words are not drawn."
        ),
        svg=to_svg(figure),
        alt=words.text(
            "One dot for each published number, by where it was published. Within the tolerance: {counts}.",
            counts=in_words(dict.fromkeys(told["label"]), counts),
        ),
    )


@exhibit("fidelity_misses")
def all_misses(desk: Desk) -> Exhibit:
    """Every number outside its tolerance or not computed, the farthest first."""
    words = desk.wording
    if sentence := nothing_to_say(desk):
        return _sentence("fidelity_misses", desk, sentence)
    listed = misses(judgements(desk))
    if not listed:
        return _sentence(
            "fidelity_misses", desk, words.text("Every number that can be compared is within its tolerance.")
        )
    rows = desk.rows("fidelity_misses", lambda: pd.DataFrame([r for j in listed for r in _miss_rows(j)]))
    labels = _number_labels(desk)
    outside = [j for j in listed if j.verdict == "outside"]
    headings = {0: words.text("Outside their tolerance")} if outside else {}
    if len(outside) < len(listed):
        headings[len(outside)] = words.text("Comparable, and not computed")
    headers = [words.text(header) for header in MISS_HEADERS]
    return Exhibit(
        key="fidelity_misses",
        rows=rows,
        caption=words.text("Every published number that the computed one misses, the farthest first."),
        table=Table(
            [Column(words.text("Number"), numeric=False), *(Column(header) for header in headers)],
            [_miss_line(words, j, labels[j.id]) for j in listed],
            group_rows=headings,
        ),
    )


@exhibit("fidelity_not_compared")
def not_compared(desk: Desk) -> Exhibit:
    """Why numbers of the report are not compared, and how many."""
    words = desk.wording
    if sentence := nothing_to_say(desk):
        return _sentence("fidelity_not_compared", desk, sentence)
    kinds = [j.reason.partition(":")[0] for j in judgements(desk) if not j.compared]
    counts = pd.Series(kinds).value_counts()
    rows = desk.rows(
        "fidelity_not_compared",
        lambda: pd.DataFrame(
            row("count", n, group=f"reason={kind}", term="published_numbers", unit="rows") for kind, n in counts.items()
        ),
    )
    lines = [
        [kind_label(words, str(kind)), words.count(n)] for kind, n in zip(counts.index, rows["value"], strict=True)
    ]
    return Exhibit(
        key="fidelity_not_compared",
        rows=rows,
        caption=words.text("Why published numbers are not compared."),
        table=Table([Column(words.text("Reason"), numeric=False), Column(words.text("Published numbers"))], lines),
    )


def _row_labels(words: Wording, found: Sequence[Judgement]) -> list[str]:
    """The exhibit of each number; those with few numbers share a row at the bottom."""
    sizes = pd.Series([j.exhibit for j in found]).value_counts()
    others = words.text(OTHERS)
    return [exhibit_label(words, j.exhibit) if sizes[j.exhibit] >= FEWEST else others for j in found]


def _tally_rows(tallies: Sequence[Tally]) -> list[dict[str, Any]]:
    rows = []
    for t in tallies:
        group = "" if t.name == ALL else f"published_in={t.name}"
        counts = {"compared": t.compared, "inside": t.inside, "not_computed": t.missing}
        rows += [row("count", n, group=group, term=term, unit="rows") for term, n in counts.items()]
        if t.compared:
            rows.append(row("share_inside", t.share, group=group, unit="fraction"))
    return rows


def _tally_line(words: Wording, rows: pd.DataFrame, name: str, label: str) -> list[str]:
    group = "" if name == ALL else f"published_in={name}"
    counts = [
        lookup(rows, statistic="count", group=group, term=t)["value"] for t in ("compared", "inside", "not_computed")
    ]
    share = lookup(rows, statistic="share_inside", group=group)["value"]
    return [label, *(words.count(n) for n in counts), words.percent(share)]


def _miss_rows(judgement: Judgement) -> list[dict[str, Any]]:
    group = f"published={judgement.id}"
    rows = [row("published_value", float(judgement.published), group=group)]
    if judgement.computed is not None:
        rows.append(row("computed_value", judgement.computed, group=group))
    return rows


def _miss_line(words: Wording, judgement: Judgement, label: str) -> list[str]:
    computed = "" if judgement.computed is None else number_text(words, judgement.computed)
    return [
        label,
        number_text(words, float(judgement.published)),
        computed,
        span_text(words, judgement),
    ]


def _sentence(key: str, desk: Desk, sentence: str) -> Exhibit:
    phrases = brief(desk.wording, judgements(desk), desk.study.cohort.compare_with, sentence)
    return Exhibit(**only_a_sentence(key, desk, sentence), phrases=phrases if key == "fidelity_by_exhibit" else {})


def only_a_sentence(key: str, desk: Desk, sentence: str) -> dict[str, Any]:
    """What an exhibit is made of that only says something, where there is nothing to show."""
    rows = desk.rows(key, lambda: pd.DataFrame([row("count", 0, term="published_numbers", unit="rows")]))
    table = Table([Column(desk.wording.text("Published numbers"), numeric=False)], [[sentence]], row_headers=0)
    return {"key": key, "rows": rows, "caption": sentence, "table": table}
