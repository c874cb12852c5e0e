"""Exhibits of the trial of individual job support: who was drawn for what, and whether the two arms were alike."""

from __future__ import annotations

from statistics import NormalDist
from typing import Any, Final

import pandas as pd

from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.balance import balance_table
from resultatbok.methods.trial.arms import TrialError
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

ARMS = ("intervention", "control")
SAMPLE = "trial"
BALANCE_LEVEL: Final = 0.05
"""Share of fair lots in which the largest difference between the arms is called unusual."""


def trial_data(desk: Desk) -> pd.DataFrame:
    """The trial's participants.

    Raises:
        TrialError: The cohort names no trial.
    """
    data = desk.study.registers.studies.trial
    if data is None:
        raise TrialError("the cohort file names no trial (studies.trial), so this chapter cannot be made")
    return data


@exhibit("trial_flow", phrases="trial_n trial_received")
def flow(desk: Desk) -> Exhibit:
    """How many were drawn for each arm, received the measure and were followed to the end.

    Whether somebody was followed says something of the records and not of the person, as in the sample flow.
    """
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = trial_data(desk)
        return pd.DataFrame(_flow_rows(data))

    rows = desk.rows("trial_flow", numbers)
    received = lookup(rows, group="arm=intervention", term="received", statistic="share")
    return Exhibit(
        key="trial_flow",
        rows=rows,
        caption=words.text("The participants of the trial, from the draw to the end of the follow-up."),
        table=from_rows(
            rows[rows["statistic"] == "count"],
            words,
            index="term",
            columns="group",
            cell="count",
            headers={"term": words.text("Participants")},
        ),
        phrases={
            "trial_n": words.count(sum(rows.loc[rows["term"] == "randomised", "value"])),
            "trial_received": words.percent(received["value"]),
        },
    )


@exhibit("trial_baseline", phrases="trial_largest_imbalance trial_largest_imbalance_in trial_balance_finding")
def baseline(desk: Desk) -> Exhibit:
    """What was known of both arms before the measure began."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data = trial_data(desk)
        return pd.DataFrame(_baseline_rows(data))

    rows = desk.rows("trial_baseline", numbers)
    differences = rows[rows["statistic"] == "standardised_difference"]
    largest = differences.sort_values("value", key=abs).iloc[-1]
    lines = [_baseline_line(desk, rows, str(term)) for term in differences["term"]]
    heads = [words.text("Before the measure"), *(words.label(f"arm={arm}") for arm in ARMS)]
    return Exhibit(
        key="trial_baseline",
        rows=rows,
        caption=words.text(
            "The two arms before the measure began: means and shares, and their difference in standard deviations."
        ),
        table=Table(
            [Column(heads[0], numeric=False), *map(Column, heads[1:]), Column(words.text("Standardised difference"))],
            lines,
            note=hidden_note(rows, words),
        ),
        phrases={
            "trial_largest_imbalance": words.number(abs(largest["value"]), 2),
            "trial_largest_imbalance_in": words.label(str(largest["term"])),
            "trial_balance_finding": balance_finding(words, rows),
        },
    )


def balance_finding(words: Wording, rows: pd.DataFrame) -> str:
    """Whether the largest difference between the arms is one that a fair lot gives, as a sentence.

    Each standardised difference is, by a fair lot, about normal with variance 1/n + 1/m. The largest of several
    passes the limit of Bonferroni in at most one trial of twenty.
    """
    differences = rows.loc[rows["statistic"] == "standardised_difference", "value"]
    sizes = rows[rows["group"] != ""].groupby("group")["n"].first()
    limit = NormalDist().inv_cdf(1 - BALANCE_LEVEL / (2 * len(differences))) * (1 / sizes).sum() ** 0.5
    if differences.abs().max() > limit:
        return words.text("So large a difference is more than a fair lot gives in one trial of twenty.")
    return words.text(
        "With {n} things compared, a largest difference of this size is nothing unusual in a trial this small.",
        n=words.count(len(differences)),
    )


def _flow_rows(data: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for arm in ARMS:
        part = data[data["arm"] == arm]
        counts = {
            "randomised": len(part),
            "received": int(part["received"].sum()),
        }
        keys: dict[str, Any] = {"group": group_of(arm=arm), "sample": SAMPLE}
        rows += [
            row("count", count, term=term, n=len(part), unit="participants", **keys) for term, count in counts.items()
        ]
        known = int(part["in_work_12_months"].notna().sum())
        rows.append(row("count", known, term="outcome_known", unit="records", **keys))
    offered = data[data["arm"] == ARMS[0]]
    share = offered["received"].mean()
    group = group_of(arm=ARMS[0])
    return [*rows, row("share", share, group=group, term="received", sample=SAMPLE, n=len(offered), unit="fraction")]


def characteristics(data: pd.DataFrame) -> pd.DataFrame:
    """What was known before the measure began, as numbers; shares where a column is 0/1."""
    return pd.DataFrame(
        {
            "woman": data["woman"],
            "age": data["age"],
            "months_in_norway": data["months_in_norway"],
            "education_at_least_some": (data["education"] >= 2).astype(float),
            "norwegian_a2_or_higher": data["norwegian"].isin(["a2", "b1", "b2"]).astype(float),
            "origin_syria": data["origin_syria"],
        }
    )


def _baseline_rows(data: pd.DataFrame) -> list[dict[str, Any]]:
    known = characteristics(data).dropna()
    offered = data["offered"].loc[known.index]
    sizes = {"intervention": int(offered.sum()), "control": int((1 - offered).sum())}
    rows = []
    for term, balance in balance_table(known, offered).iterrows():
        is_share = known[term].isin([0.0, 1.0]).all()
        kind: dict[str, Any] = {"statistic": "share" if is_share else "mean", "unit": "fraction" if is_share else ""}
        for arm, name in (("intervention", "treated_mean"), ("control", "untreated_mean")):
            group = group_of(arm=arm)
            rows.append(row(**kind, value=balance[name], group=group, term=str(term), sample=SAMPLE, n=sizes[arm]))
        rows.append(row("standardised_difference", balance["difference"], term=str(term), sample=SAMPLE, n=len(known)))
    return rows


def _baseline_line(desk: Desk, rows: pd.DataFrame, term: str) -> list[str]:
    words, own = desk.wording, rows[rows["term"] == term]
    cells = []
    for arm in ARMS:
        found = lookup(own, group=group_of(arm=arm))
        cells.append(
            words.percent(found["value"]) if found["statistic"] == "share" else words.number(found["value"], 1)
        )
    return [words.label(term), *cells, words.number(lookup(own, statistic="standardised_difference")["value"], 2)]
