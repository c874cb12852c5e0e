"""The exhibit of what is not measured: how strong it would have to be, beside what is measured."""

from __future__ import annotations

from typing import Final

import numpy as np
import pandas as pd

from helpers.chapters.common.tell import inside_sentence
from helpers.study.fits.programme_effect.benchmarks import Sensitivity, sensitivity
from helpers.study.fits.programme_effect.data import COVARIATES
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

SAMPLE: Final = "women"
RATIOS: Final = ("risk_ratio_scheme", "risk_ratio_goal")


@exhibit("unmeasured_difference", phrases="unmeasured_entry unmeasured_all largest_change largest_change_of")
def unmeasured(desk: Desk) -> Exhibit:
    """E-values of the scheme's effect among women, and how strong each measured block is on the same scale."""
    words = desk.wording
    rows = desk.rows("unmeasured_difference", lambda: sensitivity_rows(desk))
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for covariates in COVARIATES:
        headings[len(lines)] = words.label(f"covariates={covariates}")
        lines += _lines(words, _of(rows, covariates))
    columns = [
        Column(words.text("What is not held equal"), numeric=False),
        Column(words.text("More common in a scheme, times")),
        Column(words.text("The goal is more likely, times")),
        Column(words.text("Can shift the ratio by at most, times")),
        Column(words.text("Effect without it, points")),
        Column(words.text("Change, points")),
    ]
    return Exhibit(
        key="unmeasured_difference",
        rows=rows,
        caption=words.text(
            "How strong an unmeasured difference would have to be to explain the effect among women away (E-values), "
            "and how strong the measured ones are, with everything else in the model held equal."
        ),
        table=Table(columns, lines, group_rows=headings, note=hidden_note(rows, words)),
        phrases={f"unmeasured_{c}": sensitivity_finding(words, _of(rows, c)) for c in COVARIATES}
        | _strongest_phrases(words, _of(rows, "entry")),
    )


def sensitivity_rows(desk: Desk) -> pd.DataFrame:
    """Ledger rows: effect, risk ratio and E-values of the scheme, and the benchmarks by block of covariates."""
    return pd.DataFrame([entry for c in COVARIATES for entry in _rows(sensitivity(desk.study, c), c)])


def sensitivity_finding(words: Wording, rows: pd.DataFrame) -> str:
    """What an unmeasured difference would have to do, in words that follow the numbers.

    Args:
        words: The reader's language.
        rows: Ledger rows of one set of covariates.
    """
    e_values = lookup(rows, statistic="e_value")
    needed = lookup(rows, statistic="risk_ratio", term="scheme")
    if needed["low"] <= 1 <= needed["high"]:
        return words.text(
            "The interval already includes zero: the difference is uncertain without anything unmeasured."
        )
    # the limit nearer to no effect has the smaller E-value, and is kept as `low`
    sentence = words.text(
        "To explain the whole difference away, something unmeasured, such as motivation or good health, would have to "
        "be {e} times as common in one scheme as in the other, and make reaching the goal {e} times as likely, beyond "
        "everything that is held equal. To make the sign of the effect uncertain, {limit} times is enough.",
        e=words.number(e_values["value"], 1),
        limit=words.number(e_values["low"], 1),
    )
    return f"{sentence} {_benchmark_sentence(words, rows, needed)}".strip()


def _benchmark_sentence(words: Wording, rows: pd.DataFrame, needed: pd.Series) -> str:
    factors = rows[(rows["statistic"] == "bias_factor") & (rows["group"].str.contains("block="))]
    if factors.empty:
        return ""
    strongest = factors.sort_values("value").iloc[-1]
    nearer = min(max(needed["low"], 1 / needed["low"]), max(needed["high"], 1 / needed["high"]))
    whole = max(needed["value"], 1 / needed["value"])
    block = inside_sentence(words.label(strongest["group"].split(";")[-1]))
    if strongest["value"] >= whole:
        return words.text(
            "Of what is measured, {block} is the strongest, and something as strong could account for all of it.",
            block=block,
        )
    if strongest["value"] >= nearer:
        return words.text(
            "Of what is measured, {block} is the strongest. Something as strong could not account for all of it, but "
            "could make it uncertain.",
            block=block,
        )
    return words.text(
        "Of what is measured, {block} is the strongest, and something as strong could not even make it uncertain.",
        block=block,
    )


def _strongest_phrases(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    """Which measured block moves the effect most when it is left out, and by how much."""
    changes = rows[rows["statistic"] == "effect_change"]
    largest = changes.assign(size=changes["value"].abs()).sort_values("size").iloc[-1]
    return {
        "largest_change": words.signed_points(largest["value"] / 100),
        "largest_change_of": inside_sentence(words.label(largest["group"].split(";")[-1])),
    }


def _rows(found: Sensitivity, covariates: str) -> list[dict[str, object]]:
    group, n = group_of(covariates=covariates), found.n
    estimate, low, high = found.risk_ratios
    rows = [
        row(
            "average_effect",
            100 * found.effect,
            group=group,
            term="scheme",
            sample=SAMPLE,
            n=n,
            unit="percentage points",
        ),
        row("risk_ratio", estimate, group=group, term="scheme", sample=SAMPLE, n=n, low=low, high=high, unit="ratio"),
        row(
            "e_value", found.e_values.estimate, group=group, term="scheme", sample=SAMPLE, n=n, low=found.e_values.limit
        ),
    ]
    for block, entry in found.blocks.iterrows():
        own = group_of(covariates=covariates, block=block)
        rows += [
            row("average_effect", 100 * entry["effect"], group=own, term="scheme", sample=SAMPLE, n=n),
            row("effect_change", 100 * entry["change"], group=own, term="scheme", sample=SAMPLE, n=n),
        ]
        if np.isfinite(entry["bias_factor"]):
            rows += [
                row(
                    "risk_ratio", entry["treatment_ratio"], group=own, term=RATIOS[0], sample=SAMPLE, n=n, unit="ratio"
                ),
                row("risk_ratio", entry["outcome_ratio"], group=own, term=RATIOS[1], sample=SAMPLE, n=n, unit="ratio"),
                row("bias_factor", entry["bias_factor"], group=own, term="scheme", sample=SAMPLE, n=n, unit="ratio"),
            ]
    return rows


def _of(rows: pd.DataFrame, covariates: str) -> pd.DataFrame:
    """The rows of one set of covariates."""
    prefix = group_of(covariates=covariates)
    return rows[(rows["group"] == prefix) | rows["group"].str.startswith(f"{prefix};")]


def _lines(words: Wording, rows: pd.DataFrame) -> list[list[str]]:
    """What is needed to explain the effect away and to make it uncertain; then each block."""
    e_values = lookup(rows, statistic="e_value")
    ratio = lookup(rows, statistic="risk_ratio", term="scheme")
    effect = lookup(rows[~rows["group"].str.contains("block=")], statistic="average_effect")
    needed = words.coefficient(e_values["value"])
    lines = [
        [
            words.text("Unmeasured, to explain it away"),
            needed,
            needed,
            words.coefficient(max(ratio["value"], 1 / ratio["value"])),
            "",
            "",
        ],
    ]
    if not ratio["low"] <= 1 <= ratio["high"]:
        limit = words.coefficient(e_values["low"])
        nearer = ratio["low"] if ratio["low"] > 1 else 1 / ratio["high"]
        lines.append([words.text("Unmeasured, to make it uncertain"), limit, limit, words.coefficient(nearer), "", ""])
    lines.append([words.text("The effect as estimated"), "", "", "", words.number(effect["value"], 1), ""])
    blocks = dict.fromkeys(group for group in rows["group"] if "block=" in group)
    return lines + [_block_line(words, rows[rows["group"] == group], group) for group in blocks]


def _block_line(words: Wording, rows: pd.DataFrame, group: str) -> list[str]:
    found = {(r["statistic"], r["term"]): r["value"] for r in rows.to_dict("records")}
    keys = [("risk_ratio", RATIOS[0]), ("risk_ratio", RATIOS[1]), ("bias_factor", "scheme")]
    ratios = [words.coefficient(found[key]) if key in found else "–" for key in keys]
    points = [words.number(found[key, "scheme"], 1) for key in ("average_effect", "effect_change")]
    return [words.label(group.split(";")[-1]), *ratios, *points]
