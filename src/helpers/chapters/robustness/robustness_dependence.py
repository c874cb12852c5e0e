"""Participants of one project share its staff and its town: what becomes of the effect when the model knows that."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import told_apart
from helpers.chapters.common.version_rows import MAIN, version_label, version_rows
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

EFFECT = "average_marginal_effect"
INDEPENDENT = "model=individual;version=independent"


@exhibit("dependence", phrases="dependence_finding")
def dependence(desk: Desk) -> Exhibit:
    """The scheme's coefficient and effect: pooled, with clustered errors, with dummies and with random intercepts."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        made = pd.concat([version_rows(desk.study, family) for family in ("main", "dependence")])
        return made.drop(columns="family")

    rows = desk.rows("dependence", numbers)
    clustered = _of(rows, EFFECT, MAIN)
    return Exhibit(
        key="dependence",
        rows=rows,
        caption=words.text(
            "Jobbsjansen compared with the introduction programme, with the same terms and several ways of treating "
            "participants who share a project or a municipality."
        ),
        table=versions_table(words, rows),
        phrases={
            "dependence_finding": dependence_finding(words, _of(rows, EFFECT, INDEPENDENT), clustered),
        },
    )


def dependence_finding(words: Wording, independent: pd.Series, clustered: pd.Series) -> str:
    """How much wider the interval is than with independent participants, and whether zero is in it, as sentences."""
    ratio = clustered["std_error"] / independent["std_error"]
    values = {
        "ratio": words.number(ratio, 1),
        "interval": words.interval(clustered["low"], clustered["high"], decimals=1),
    }
    if ratio > 1:
        first = words.text(
            "Allowing for participants who share a project makes the standard error {ratio} times as large.", **values
        )
    else:
        first = words.text("Allowing for participants who share a project does not make the standard error larger.")
    if told_apart(clustered) == "not_distinguishable":
        return first + " " + words.text("The interval, {interval} percentage points, then contains zero.", **values)
    return first + " " + words.text("The interval, {interval} percentage points, still excludes zero.", **values)


def versions_table(words: Wording, rows: pd.DataFrame) -> Table:
    """A line per version: effect with interval, coefficient with standard error, p-value, participants."""
    columns = [
        Column(words.text("Version"), numeric=False),
        Column(words.text("Effect, percentage points")),
        Column(words.text("Interval")),
        Column(words.text("Coefficient")),
        Column(words.text("p-value")),
        Column(words.text("Participants")),
    ]
    return Table(
        columns, [_line(words, rows, group) for group in rows["group"].unique()], note=hidden_note(rows, words)
    )


def _line(words: Wording, rows: pd.DataFrame, group: str) -> list[str]:
    effect, coefficient, p_value = (_of(rows, name, group) for name in (EFFECT, "coefficient", "p_value"))
    return [
        version_label(words, group, effect["sample"]),
        words.number(effect["value"], 1),
        words.interval(effect["low"], effect["high"], decimals=1),
        f"{words.coefficient(coefficient['value'])} ({words.coefficient(coefficient['std_error'])})",
        words.p_value(p_value["value"], named=False),
        words.count(effect["n"]),
    ]


def _of(rows: pd.DataFrame, statistic: str, group: str) -> pd.Series:
    return lookup(rows, statistic=statistic, group=group)
