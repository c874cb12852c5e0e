"""Exhibits on composition: how much of the difference between the schemes goes with whom they have, block by block."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.breakdowns import gap_row
from helpers.chapters.common.tell import in_words, intervals_note, spoken
from helpers.chapters.composition.composition_words import composition_phrases, projects_note
from helpers.chapters.composition.gap_blocks import STAGES
from helpers.chapters.composition.gap_fits import gap_fits
from resultatbok.charts.bars import waterfall
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.decomposition import UNEXPLAINED, GapDecomposition
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

COEFFICIENTS: Final = {"pooled": "pooled", "own_second": "introduction", "own_first": "jobbsjansen"}
"""Rows of a decomposition whose first group is Jobbsjansen, and what the ledger calls them."""

COLUMNS: Final = (
    ("women", "coefficients=pooled"),
    ("women", "coefficients=introduction"),
    ("women", "coefficients=jobbsjansen"),
    ("all", "coefficients=pooled"),
)
"""Sample and group of the columns of the table."""


@exhibit(
    "gap_parts",
    phrases="whole_gap_women entry_women after_entry_women context_women unexplained_women composition_women",
)
def gap_parts(desk: Desk) -> Exhibit:
    """The difference between the schemes among women, and the parts it is made of."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        fit = gap_fits(desk.study)["women"]
        stages = _stage_rows(desk, fit, "women", "pooled")
        return pd.concat([_gap(desk, "women"), stages])

    rows = desk.rows("gap_parts", numbers)
    told = _told(words, rows)
    figure = waterfall(
        told,
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.number,
        value_header=words.text("Points (interval)"),
    )
    return Exhibit(
        key="gap_parts",
        rows=rows,
        caption=words.text(
            "What the difference in goal attainment between women in Jobbsjansen and in the introduction programme is "
            "made of. Each part begins where the one above it ends."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Parts of the difference, in percentage points. {values}.", values=_listed(words, told)),
        phrases=composition_phrases(words, rows, "women"),
    )


@exhibit(
    "gap_table",
    phrases="entry_introduction unexplained_introduction entry_jobbsjansen unexplained_jobbsjansen entry_projects "
    "unexplained_projects entry_at_entry unexplained_at_entry projects_note whole_gap_all entry_all "
    "after_entry_all context_all unexplained_all composition_all",
)
def gap_table(desk: Desk) -> Exhibit:
    """Every part of the difference: by whose coefficients, for women and for all, and with less known."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        fits = gap_fits(desk.study)
        women = fits["women"]
        everyone = fits["all"]
        return pd.concat(
            [
                *(_gap(desk, sample) for sample in ("women", "all")),
                *(_all_rows(desk, women, "women", name) for name in COEFFICIENTS),
                _all_rows(desk, everyone, "all", "pooled"),
                _stage_rows(desk, fits["women_projects"], "women", "pooled", drawn="projects"),
                _stage_rows(desk, fits["women_entry"], "women", "pooled", known="entry"),
            ]
        )

    rows = desk.rows("gap_table", numbers)
    return Exhibit(
        key="gap_table",
        rows=rows,
        caption=words.text(
            "Parts of the difference in goal attainment, Jobbsjansen minus the introduction programme, in percentage "
            "points with intervals."
        ),
        table=_table(words, rows),
        phrases=_variant_phrases(words, rows)
        | composition_phrases(words, rows[rows["group"].isin(["", "coefficients=pooled"])], "all"),
    )


def _gap(desk: Desk, sample: str) -> pd.DataFrame:
    """The difference itself among the complete cases of a sample."""
    people = desk.study.complete
    chosen = people[people["male"] == 0] if sample == "women" else people
    return gap_row(chosen, level=desk.study.cohort.analysis.confidence_level).assign(sample=sample)


def _stage_rows(desk: Desk, fit: GapDecomposition, sample: str, coefficients: str, **group: str) -> pd.DataFrame:
    """Ledger rows of the stages and of what stays."""
    stages = {name: [b for b in blocks if b in fit.blocks] for name, blocks in STAGES.items()}
    parts = {name: blocks for name, blocks in stages.items() if blocks} | {UNEXPLAINED: [UNEXPLAINED]}
    return _part_rows(desk, fit, parts, sample, coefficients, **group)


def _all_rows(desk: Desk, fit: GapDecomposition, sample: str, coefficients: str) -> pd.DataFrame:
    """Ledger rows of the blocks, of the stages that have several, and of what stays."""
    blocks = _part_rows(desk, fit, {b: [b] for b in fit.blocks if b not in STAGES}, sample, coefficients)
    return pd.concat([blocks, _stage_rows(desk, fit, sample, coefficients)])


def _part_rows(
    desk: Desk,
    fit: GapDecomposition,
    parts: Mapping[str, Iterable[str]],
    sample: str,
    coefficients: str,
    **group: str,
) -> pd.DataFrame:
    level, rows = desk.study.cohort.analysis.confidence_level, []
    for name, blocks in parts.items():
        part = fit.sum_of(list(blocks), coefficients, level)
        rows.append(
            row(
                "decomposition",
                100 * part.value,
                group=group_of(coefficients=COEFFICIENTS[coefficients], **group),
                term=name,
                sample=sample,
                n=fit.n_first + fit.n_second,
                std_error=100 * part.std_error,
                low=100 * part.low,
                high=100 * part.high,
                unit="percentage points",
            )
        )
    return pd.DataFrame(rows)


def _told(words: Wording, rows: pd.DataFrame) -> pd.DataFrame:
    whole = rows["statistic"] == "difference_pp"
    kinds = {UNEXPLAINED: "rest"}
    return rows.assign(
        kind=["whole" if w else kinds.get(term, "step") for w, term in zip(whole, rows["term"], strict=True)],
        label=[
            words.text("Difference between the schemes") if w else words.label(f"part={term}")
            for w, term in zip(whole, rows["term"], strict=True)
        ],
        text=[_cell(words, entry) for _, entry in rows.iterrows()],
    )


def _listed(words: Wording, told: pd.DataFrame) -> str:
    return in_words(told["label"], [spoken(words, text) for text in told["text"]])


def _cell(words: Wording, entry: pd.Series, decimals: int | None = None) -> str:
    if entry["suppressed"]:
        return words.number(entry["value"])
    interval = words.interval(entry["low"] / 100, entry["high"] / 100, "points", decimals)
    return f"{words.number(entry['value'], decimals or 0)} ({interval})"


def _table(words: Wording, rows: pd.DataFrame) -> Table:
    """Blocks under the heading of their stage, then the stage; a column per sample and coefficients."""
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for stage, blocks in STAGES.items():
        headings[len(lines)] = words.label(f"part={stage}")
        several = [block for block in blocks if block != stage]
        lines += [_line(words, rows, block, words.label(f"part={block}")) for block in several]
        label = words.text("Together") if several else words.text("Municipality and project")
        lines.append(_line(words, rows, stage, label))
    headings[len(lines)] = words.text("The difference")
    lines.append(_line(words, rows, UNEXPLAINED, words.label(f"part={UNEXPLAINED}")))
    gaps = rows[rows["statistic"] == "difference_pp"]
    cells = {sample: _cell(words, lookup(gaps, sample=sample), 1) for sample in ("women", "all")}
    lines.append([words.text("Difference between the schemes"), *(cells[sample] for sample, _ in COLUMNS)])
    columns = [
        Column(words.text("Part"), numeric=False),
        Column(words.text("Women, both schemes' coefficients")),
        Column(words.text("Women, those of the introduction programme")),
        Column(words.text("Women, those of Jobbsjansen")),
        Column(words.text("All, both schemes' coefficients")),
    ]
    return Table(columns, lines, group_rows=headings, note=hidden_note(rows, words))


def _line(words: Wording, rows: pd.DataFrame, term: str, label: str) -> list[str]:
    """One part in each column; blank where a column does not have it."""
    parts = rows[(rows["statistic"] == "decomposition") & (rows["term"] == term)]
    cells = []
    for sample, group in COLUMNS:
        found = parts[(parts["sample"] == sample) & (parts["group"] == group)]
        cells.append(_cell(words, found.iloc[0], 1) if len(found) else "")
    return [label, *cells]


def _variant_phrases(words: Wording, rows: pd.DataFrame) -> dict[str, str]:
    """Entry and what stays by other ways of calculating: number and interval."""
    wanted: dict[str, dict[str, Any]] = {
        f"{term}_{name}": {"sample": "women", "term": term, "group": group}
        for name, group in {
            "introduction": "coefficients=introduction",
            "jobbsjansen": "coefficients=jobbsjansen",
            "projects": "coefficients=pooled;drawn=projects",
            "at_entry": "coefficients=pooled;known=entry",
        }.items()
        for term in ("entry", UNEXPLAINED)
    }
    found = {name: lookup(rows, **keys) for name, keys in wanted.items()}
    return {name: _cell(words, entry) for name, entry in found.items()} | {
        "projects_note": projects_note(words, found[f"{UNEXPLAINED}_projects"])
    }
