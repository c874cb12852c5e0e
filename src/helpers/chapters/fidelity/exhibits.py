"""Exhibits of the fidelity page: how close the numbers of a synthetic cohort come to the published ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import pandas as pd

from helpers.chapters.common.tell import named_values
from helpers.chapters.fidelity import numbers, sentences
from helpers.chapters.fidelity.sentences import exhibit_label, nothing, number_text, span_text
from helpers.fidelity.check import Yardstick
from helpers.fidelity.findings import contradictions
from helpers.fidelity.report import ALL
from resultatbok.charts.distribution import strip_plot
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.project import tables_root
from resultatbok.release.ledger import group_keys, lookup
from resultatbok.tables.table import Column
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import msgid

MESSAGES: Final = Messages(__name__)

FEWEST: Final = 4  # numbers for a row of its own in the drawing
TALLY_HEADERS: Final = (msgid("Compared"), msgid("Inside"), msgid("Not computed"), msgid("Share inside"))
MISS_HEADERS: Final = (msgid("Published"), msgid("Computed"), msgid("Allowed"))
LIMITS: Final = (-3.0, 3.0)
BAND: Final = (-1.0, 1.0)


def captioned(caption: str, otherwise: str = MESSAGES["nothing_counted"]) -> Callable[[Page], str]:
    """A caption, or why there is nothing below it."""
    return lambda page: nothing(page, otherwise) or page.words.text(caption)


def sentence_table(page: Page, otherwise: str = MESSAGES["nothing_counted"]) -> Cells | None:
    """A table that only says why there is nothing to show, if so."""
    sentence = nothing(page, otherwise)
    column = Column(page.words.text("Published numbers"), numeric=False)
    return Cells([column], [[sentence]], row_headers=0) if sentence else None


def unless_nothing(
    make: Callable[[Page], Cells], otherwise: str = MESSAGES["nothing_counted"]
) -> Callable[[Page], Cells]:
    """A table, or why there is none."""
    return lambda page: sentence_table(page, otherwise) or make(page)


def columns(page: Page, first: str, headers: Sequence[str], *, numeric: bool = True) -> list[Column]:
    """Columns with a first one of names."""
    names = [Column(page.words.text(header), numeric=numeric) for header in headers]
    return [Column(page.words.text(first), numeric=False), *names]


def tally_table(page: Page) -> Cells:
    """How many numbers were compared and how many are inside, by where they were published and in all."""
    words = page.words
    lines: list[list[str]] = []
    total: list[list[str]] = []
    for group in dict.fromkeys(page.rows["group"]):
        name = group_keys(group).get("published_in", ALL)
        rows = page.rows[page.rows["group"] == group]
        counts = [lookup(rows, term=term)["value"] for term in ("compared", "inside", "not_computed")]
        if counts[0]:
            share = words.percent(lookup(rows, statistic="share_inside")["value"])
            label = (
                words.text(MESSAGES.choices("kinds")[name])
                if name in MESSAGES.choices("kinds")
                else exhibit_label(words, name)
            )
            (total if name in MESSAGES.choices("kinds") else lines).append([label, *map(words.count, counts), share])
    headings = {len(lines): words.text("Together")}
    return Cells(columns(page, msgid("Published in"), TALLY_HEADERS), [*lines, *total], group_rows=headings)


fidelity_by_exhibit = Table(
    key="fidelity_by_exhibit",
    numbers=numbers.fidelity_by_exhibit,
    about_released=True,
    table=unless_nothing(tally_table),
    caption=captioned(MESSAGES["fidelity_by_exhibit.caption"]),
    phrases={
        ("n_published", "n_comparable"): sentences.counts,
        "fidelity_brief": sentences.brief,
        "fidelity_targets": sentences.by_aim,
    },
)


def deviations(page: Page) -> pd.DataFrame:
    """The deviations by where the number was published; exhibits with few numbers share a row at the bottom."""
    words, yardstick = page.words, Yardstick.of(page.cohort.compare_with)
    ids = [group_keys(group)["published"] for group in page.rows["group"]]
    places = {number.id: number.exhibit for number in yardstick.published}
    sizes = pd.Series([places[name] for name in ids]).value_counts()
    others = words.text(MESSAGES["others"])
    kinds = ["targets" if name in yardstick.targets else "not targets" for name in ids]
    return page.rows.assign(
        label=[exhibit_label(words, places[n]) if sizes[places[n]] >= FEWEST else others for n in ids],
        series=kinds,
        series_label=[words.text(MESSAGES.choices("kinds")[kind]) for kind in kinds],
    ).sort_values("label", key=lambda labels: labels == others, kind="stable")


def deviations_chart(page: Page) -> Drawing:
    """A dot for each number, around the band of the tolerance."""
    return strip_plot(
        deviations(page),
        x_label=page.words.text("Computed minus published number, in tolerances"),
        format=page.words.number,
        limits=LIMITS,
        band=BAND,
    )


def deviations_alt(page: Page) -> str:
    """How many numbers of each exhibit are within the tolerance."""
    words = page.words
    inside = (deviations(page).set_index("label")["value"].abs() <= 1).groupby(level=0, sort=False)
    counts = [
        words.text("{n} of {total}", n=words.count(part.sum()), total=words.count(len(part))) for _, part in inside
    ]
    return words.text(
        MESSAGES["fidelity_deviations.alt"], counts=named_values([str(label) for label, _ in inside], counts)
    )


fidelity_deviations = Figure(
    key="fidelity_deviations",
    numbers=numbers.fidelity_deviations,
    about_released=True,
    chart=deviations_chart,
    caption=captioned(MESSAGES["fidelity_deviations.caption"], MESSAGES["nothing_drawn"]),
    alt=deviations_alt,
    instead=lambda page: sentence_table(page, MESSAGES["nothing_drawn"]),
)


def misses_table(page: Page) -> Cells:
    """Published and computed number with the span allowed; those not computed come last."""
    words, lines, outside = page.words, [], 0
    published = {number.id: number for number in Yardstick.of(page.cohort.compare_with).published}
    for group, rows in page.rows.groupby("group", sort=False):
        printed, found = lookup(rows, statistic="published_value"), rows[rows["statistic"] == "computed_value"]
        name = sentences.number_label(words, published[group_keys(str(group))["published"]])
        computed = [
            text for _, row in found.iterrows() for text in (number_text(words, row["value"]), span_text(words, row))
        ]
        texts = computed or ["", ""]
        lines.append([name, number_text(words, printed["value"]), *texts])
        outside += bool(texts[1])
    headings = {0: words.text("Outside their tolerance")} if outside else {}
    if outside < len(lines):
        headings[outside] = words.text("Comparable, and not computed")
    return Cells(columns(page, msgid("Number"), MISS_HEADERS), lines, group_rows=headings)


fidelity_misses = Table(
    key="fidelity_misses",
    numbers=numbers.fidelity_misses,
    about_released=True,
    table=unless_nothing(misses_table, MESSAGES["no_miss"]),
    caption=captioned(MESSAGES["fidelity_misses.caption"], MESSAGES["no_miss"]),
)


def reasons_table(header: str) -> Callable[[Page], Cells]:
    """How many numbers or findings are left out for each reason."""

    def table(page: Page) -> Cells:
        words, rows = page.words, page.rows
        names = [words.text(MESSAGES.choices("kinds")[group_keys(group)["reason"]]) for group in rows["group"]]
        lines = [[name, words.count(n)] for name, n in zip(names, rows["value"], strict=True)]
        return Cells(columns(page, msgid("Reason"), [header]), lines)

    return unless_nothing(table)


fidelity_not_compared = Table(
    key="fidelity_not_compared",
    numbers=numbers.fidelity_not_compared,
    about_released=True,
    table=reasons_table(msgid("Published numbers")),
    caption=captioned(MESSAGES["fidelity_not_compared.caption"]),
)

findings_left_out = Table(
    key="findings_left_out",
    numbers=numbers.findings_left_out,
    about_released=True,
    table=reasons_table(msgid("Findings")),
    caption=captioned(MESSAGES["findings_left_out.caption"]),
)


def finding_counts_table(page: Page) -> Cells:
    """How many findings of each strength were judged, hold and have no number."""
    words, lines = page.words, []
    for group, rows in page.rows.groupby("group", sort=False):
        name = words.text(MESSAGES.choices("strengths")[group_keys(str(group))["findings"]])
        counts = [lookup(rows, term=term)["value"] for term in ("compared", "inside", "not_computed")]
        lines.append([name, *map(words.count, counts)])
    headers = (msgid("Judged"), msgid("Hold"), msgid("No number in the book"))
    return Cells(columns(page, msgid("Findings"), headers), lines)


finding_counts = Table(
    key="finding_counts",
    numbers=numbers.finding_counts,
    about_released=True,
    table=unless_nothing(finding_counts_table),
    caption=captioned(MESSAGES["finding_counts.caption"]),
    phrases={"findings_brief": sentences.findings_brief},
)


def claims(page: Page) -> dict[str, str]:
    """What each finding of the report says, in the reader's language."""
    return {f.id: f.claim[page.words.language] for f in Yardstick.of(page.cohort.compare_with).findings}


def finding_misses_table(page: Page) -> Cells:
    """Findings with the number that decides each and where it would have to lie."""
    words, claim, lines = page.words, claims(page), []
    for _, row in page.rows.iterrows():
        found = row["statistic"] == "computed_value"
        computed = number_text(words, row["value"]) if found else words.text("none")
        lines.append([claim[group_keys(row["group"])["published"]], computed, span_text(words, row)])
    return Cells(columns(page, msgid("Finding"), (msgid("Computed"), msgid("Would hold"))), lines)


finding_misses = Table(
    key="finding_misses",
    numbers=numbers.finding_misses,
    about_released=True,
    table=unless_nothing(finding_misses_table, MESSAGES["all_hold"]),
    caption=captioned(MESSAGES["finding_misses.caption"], MESSAGES["all_hold"]),
)


def contradictions_table(page: Page) -> Cells:
    """Pairs of findings that cannot both hold, each with what came of it."""
    claim = claims(page)
    verdict = {
        group_keys(group)["findings"]: page.words.text(MESSAGES.choices("verdicts")[term])
        for group, term in zip(page.rows["group"], page.rows["term"], strict=True)
    }
    pairs = [pair for pair in contradictions(tables_root()) if pair[0] in verdict]
    lines = [[text for name in pair for text in (claim[name], verdict[name])] for pair in pairs]
    headers = (msgid("Here"), msgid("Against it"), msgid("Here"))
    return Cells(columns(page, msgid("Finding"), headers, numeric=False), lines)


contradictory_findings = Table(
    key="contradictory_findings",
    numbers=numbers.contradictory_findings,
    about_released=True,
    table=unless_nothing(contradictions_table),
    caption=captioned(MESSAGES["contradictory_findings.caption"]),
)
