"""Exhibits on missing values: who lacks education or Norwegian, and how those who are left out differ."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.missing_rows import LACKING, attainment_by_missing_rows, lacking_rows, mean_by_missing_rows
from helpers.chapters.common.tell import group_label, percent_phrases, scheme_group
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import REQUIRED
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_keys, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Column, Table, hidden_note

GROUPS = ("gender", "absence", "origin")
GROSS = "all_gross"


@exhibit("missing_by_group", phrases="lacking_introduction lacking_jobbsjansen n_leavers n_analysed")
def missing_by_group(desk: Desk) -> Exhibit:
    """Share of all leavers who lack education or Norwegian, by scheme and characteristics (table 15)."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people = desk.study.participants
        level = desk.study.cohort.analysis.confidence_level
        return pd.concat([_sizes(people), *(lacking_rows(people, by, level=level) for by in ("scheme", *GROUPS))])

    rows = desk.rows("missing_by_group", numbers)
    shares = rows[rows["term"] == LACKING].reset_index(drop=True)
    labels = [
        group_label(words, group) if group else words.label(scheme)
        for group, scheme in zip(shares["group"], shares["scheme"], strict=True)
    ]
    kinds = [next(iter(group_keys(group)), "scheme") for group in shares["group"]]
    headings = {"scheme": words.header("scheme")} | {name: words.label(name) for name in GROUPS}
    cells = [
        [label, words.percent(value, 1), words.interval(low, high, "percent", 1), words.count(n)]
        for label, value, low, high, n in zip(
            labels, shares["value"], shares["low"], shares["high"], shares["n"], strict=True
        )
    ]
    columns = [
        Column(words.text("Group"), numeric=False),
        Column(words.text("Lack education or Norwegian")),
        Column(words.text("Interval")),
        Column(words.text("Leavers")),
    ]
    starts = {i: headings[kind] for i, kind in enumerate(kinds) if i == 0 or kind != kinds[i - 1]}
    return Exhibit(
        key="missing_by_group",
        rows=rows,
        caption=words.text("Share of all leavers whose level of education or of Norwegian is not known, by group."),
        table=Table(columns, cells, group_rows=starts, note=hidden_note(rows, words)),
        phrases=percent_phrases(words, shares, {f"lacking_{s}": scheme_group(s) for s in SCHEMES})
        | {
            "n_leavers": words.count(lookup(rows, term="participants", sample=GROSS, scheme="both")["value"]),
            "n_analysed": words.count(lookup(rows, term="participants", sample="all", scheme="both")["value"]),
        },
    )


@exhibit("missing_means")
def missing_means(desk: Desk) -> Exhibit:
    """How the leavers who are left out of the analyses differ from the complete cases (table 16)."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people = desk.study.participants
        level = desk.study.cohort.analysis.confidence_level
        attained = attainment_by_missing_rows(people, level=level)
        return pd.concat([attained, mean_by_missing_rows(people, level=level)])

    rows = desk.rows("missing_means", numbers)

    def label(entry: pd.Series) -> str:
        name = words.label(entry["term"])
        return name if entry["scheme"] == "both" else f"{name}, {words.label(entry['scheme'])}"

    keyed = rows.assign(term=rows["scheme"].astype(str) + " " + rows["term"])
    labels = {key: label(rows.iloc[i]) for i, key in enumerate(keyed["term"])}
    return Exhibit(
        key="missing_means",
        rows=rows,
        caption=words.text(
            "Complete cases and those who are left out because something is not known: goal attainment by scheme, and "
            "means of age, years in Norway and months in the programme."
        ),
        table=from_rows(
            keyed,
            words,
            index="term",
            columns="missing",
            cell=lambda r: words.percent(r["value"], 1) if r["statistic"] == "share" else words.number(r["value"], 1),
            headers={"term": words.text("Characteristic")},
            labels=labels,
        ),
    )


def _sizes(people: pd.DataFrame) -> pd.DataFrame:
    """How many left and how many are complete cases, by scheme and in all, and Jobbsjansen's share of the leavers."""
    complete = people[list(REQUIRED)].notna().all(axis=1)
    samples = {GROSS: people, "all": people[complete]}
    counts = [
        row(
            "count",
            len(part) if scheme == "both" else int((part["scheme"] == scheme).sum()),
            scheme=scheme,
            term="participants",
            sample=sample,
            unit="records",
        )
        for sample, part in samples.items()
        for scheme in (*SCHEMES, "both")
    ]
    share = (people["scheme"] == "jobbsjansen").mean()
    return pd.DataFrame(
        [
            *counts,
            row(
                "share",
                share,
                scheme="jobbsjansen",
                term="participant_share",
                sample=GROSS,
                n=len(people),
                unit="fraction",
            ),
        ]
    )
