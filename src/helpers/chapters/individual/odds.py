"""Odds ratios put into words: what multiplying the odds does to a probability, from three starting points."""

from __future__ import annotations

from typing import Final

import pandas as pd

from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.table import Column, Table
from resultatbok.words.wording import Wording

TERMS: Final = ("scheme", "education_level", "norwegian_level", "male", "measure_ordinary_work", "absence_high")
STARTS: Final = (0.25, 0.50, 0.75)
"""Probabilities to start from: the same odds ratio moves each of them differently."""


@exhibit("odds_in_words", phrases="odds_start odds_scheme_from_half")
def odds_in_words(desk: Desk) -> Exhibit:
    """What the odds ratios of some terms make of a probability of 25, 50 and 75 per cent."""
    words = desk.wording
    rows = desk.rows("odds_in_words", lambda: _rows(desk))
    lines = [[words.label(term), *_cells(words, rows[rows["term"] == term])] for term in TERMS]
    heads = [words.text("{start} becomes", start=words.percent(start)) for start in STARTS]
    columns = [Column(words.text("Term"), numeric=False), Column(words.label("odds_ratio")), *map(Column, heads)]
    scheme = rows[rows["term"] == "scheme"]
    return Exhibit(
        key="odds_in_words",
        rows=rows,
        caption=words.text(
            "What an odds ratio does to a probability of reaching the goal, all else equal, from three starting points."
        ),
        table=Table(columns, lines),
        phrases={
            "odds_start": words.percent(STARTS[1]),
            "odds_scheme_from_half": words.percent(lookup(scheme, group=_group(STARTS[1]))["value"]),
        },
    )


def moved(probability: float, odds_ratio: float) -> float:
    """The probability whose odds are those of `probability` times the odds ratio."""
    odds = odds_ratio * probability / (1 - probability)
    return odds / (1 + odds)


def _rows(desk: Desk) -> pd.DataFrame:
    model = desk.study.individual_model
    ratios = model.terms["odds_ratio"]
    rows = [
        row("odds_ratio", ratios[term], group="model=individual", term=term, n=model.n, unit="ratio") for term in TERMS
    ]
    for term in TERMS:
        low, high = (float(model.terms[f"odds_ratio_{end}"][term]) for end in ("low", "high"))
        rows += [
            row(
                "probability",
                moved(start, ratios[term]),
                group=_group(start),
                term=term,
                n=model.n,
                low=moved(start, low),
                high=moved(start, high),
                unit="fraction",
            )
            for start in STARTS
        ]
    return pd.DataFrame(rows)


def _group(start: float) -> str:
    return group_of(model="individual", start=f"{start:.2f}")


def _cells(words: Wording, rows: pd.DataFrame) -> list[str]:
    starts = [lookup(rows, statistic="probability", group=_group(start)) for start in STARTS]
    return [
        words.coefficient(lookup(rows, statistic="odds_ratio")["value"]),
        *(words.percent(found["value"]) for found in starts),
    ]
