"""Exhibits of the data chapter: how many leavers there are, who is left out of the models, and why.

Counts here are of register records that lack something. They describe the register and not persons, and carry the
unit `records`, which disclosure control lets pass.
"""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.missing_rows import (
    EDUCATION_OR_NORWEGIAN,
    LACKING,
    attainment_by_missing_rows,
    lacking_rows,
)
from helpers.chapters.common.tell import percent_phrases, scheme_group
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import REQUIRED
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.pivot import from_rows

ALL = "all_gross"
"""Name of the sample that is everyone who left."""
CALLED = {"male": "gender", "absence_high": "absence"}
"""What is not known when a 0/1 variable is missing."""


@exhibit(
    "sample_flow",
    phrases="n_all_introduction n_all_jobbsjansen n_all_both n_complete_introduction n_complete_jobbsjansen "
    "n_complete_both",
)
def sample_flow(desk: Desk) -> Exhibit:
    """From all leavers to the complete cases, by scheme."""
    words = desk.wording
    rows = desk.rows("sample_flow", lambda: _flow_rows(desk.study.participants))
    steps = {
        "participants": words.text("Everyone who left in the period"),
        "missing_education_or_norwegian": words.text("Left out: education or Norwegian not known"),
        "missing_other": words.text("Left out: another characteristic not known"),
        "complete_cases": words.text("Participants in the analyses"),
    }
    return Exhibit(
        key="sample_flow",
        rows=rows,
        caption=words.text("From the registers to the analyses: number of participants."),
        table=from_rows(
            rows,
            words,
            index="term",
            columns="scheme",
            cell="count",
            headers={"term": words.text("Step")},
            labels=steps,
        ),
        phrases={
            f"{name}_{scheme}": words.count(lookup(rows, term=term, scheme=scheme)["value"])
            for name, term in (("n_all", "participants"), ("n_complete", "complete_cases"))
            for scheme in (*SCHEMES, "both")
        },
    )


@exhibit(
    "missing_values",
    phrases="attainment_known_introduction attainment_known_jobbsjansen attainment_unknown_introduction "
    "attainment_unknown_jobbsjansen left_out_introduction left_out_jobbsjansen",
)
def missing_values(desk: Desk) -> Exhibit:
    """How many lack each variable, and whether those left out reach the goal as often."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        level = desk.study.cohort.analysis.confidence_level
        return _missing_rows(desk.study.participants, level)

    rows = desk.rows("missing_values", numbers)
    counts = rows[rows["statistic"] == "count"]
    names = {f"missing_{name}": words.label(CALLED.get(name, name)) for name in REQUIRED}
    shares = rows[rows["statistic"] == "share"]
    keys = {
        f"attainment_{name}_{scheme}": scheme_group(scheme, missing=value)
        for name, value in (("known", "no"), ("unknown", "yes"))
        for scheme in SCHEMES
    }
    attained = shares[shares["term"] == "goal_attainment"]
    left_out = shares[shares["term"] == LACKING]
    return Exhibit(
        key="missing_values",
        rows=rows,
        caption=words.text("Number of participants for whom each variable is not known."),
        table=from_rows(
            counts,
            words,
            index="term",
            columns="scheme",
            cell="count",
            headers={"term": words.text("Variable")},
            labels=names,
        ),
        phrases=percent_phrases(words, attained, keys)
        | percent_phrases(words, left_out, {f"left_out_{s}": scheme_group(s) for s in SCHEMES}),
    )


def _flow_rows(participants: pd.DataFrame) -> pd.DataFrame:
    known = participants[list(EDUCATION_OR_NORWEGIAN)].notna().all(axis=1)
    complete = participants[list(REQUIRED)].notna().all(axis=1)
    steps = {
        "participants": known | ~known,
        "missing_education_or_norwegian": ~known,
        "missing_other": known & ~complete,
        "complete_cases": complete,
    }
    rows = [
        row(
            "count",
            int((kept & in_scheme).sum()),
            scheme=scheme,
            term=term,
            sample=ALL,
            unit="records",
        )
        for scheme, in_scheme in _by_scheme(participants).items()
        for term, kept in steps.items()
    ]
    return pd.DataFrame(rows)


def _missing_rows(participants: pd.DataFrame, level: float) -> pd.DataFrame:
    counts = [
        row(
            "count",
            int((participants[name].isna() & in_scheme).sum()),
            scheme=scheme,
            term=f"missing_{name}",
            sample=ALL,
            unit="records",
        )
        for name in REQUIRED
        for scheme, in_scheme in _by_scheme(participants).items()
    ]
    return pd.concat(
        [
            pd.DataFrame(counts),
            attainment_by_missing_rows(participants, level=level),
            lacking_rows(participants, "scheme", level=level),
        ]
    )


def _by_scheme(participants: pd.DataFrame) -> dict[str, pd.Series]:
    masks = {scheme: participants["scheme"] == scheme for scheme in SCHEMES}
    return masks | {"both": participants["scheme"].notna()}
