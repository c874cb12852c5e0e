"""The table that sets models side by side: a column per model, coefficients with standard errors, then the fit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from helpers.chapters.common.kinds import in_blocks
from helpers.chapters.common.phrases import with_error
from helpers.study.specification import BACKGROUND, CHARACTERISTICS, MEASURES, MUNICIPAL, RESOURCES, origin_terms
from resultatbok.exhibits.declaration import Page
from resultatbok.release.ledger import group_keys
from resultatbok.tables.table import Table
from resultatbok.words.wording import Wording


def comparison_table(page: Page, models: Sequence[str]) -> Table:
    """Models side by side.

    Args:
        page: With the rows of the models (`model_rows`).
        models: Names of the models, as in the group `model=`.
    """
    words, rows = page.words, page.rows
    blocks = {}
    for heading, terms in term_blocks(page).items():
        lines = [_coefficients(words, rows, models, term) for term in terms]
        blocks[heading] = [line for line in lines if any(line[1:])]
    blocks[words.text("The models")] = [
        _coefficients(words, rows, models, "constant"),
        *([label, *cells] for label, cells in _fit_lines(words, rows, models) if any(cells)),
    ]
    return in_blocks(page, [words.text("Term"), *(words.label(f"model={m}") for m in models)], blocks)


def term_blocks(page: Page) -> dict[str, Sequence[str]]:
    """The terms of all models, under the heading they stand below."""
    words, choices = page.words, page.cohort.analysis
    reference = words.label(f"origin={choices.reference_origin}")
    return {
        words.text("Scheme"): ["scheme"],
        words.text("Characteristics"): list(dict.fromkeys([*CHARACTERISTICS, *BACKGROUND])),
        words.text("Origin (compared with {reference})", reference=reference): origin_terms(choices),
        words.text("Measures"): MEASURES,
        words.text("Municipality and project"): [*MUNICIPAL, RESOURCES],
    }


def _coefficients(words: Wording, rows: pd.DataFrame, models: Sequence[str], term: str) -> list[str]:
    """A term's label and its coefficient in each model, blank where the model does not have it."""
    of_term = rows[(rows["statistic"] == "coefficient") & (rows["term"] == term)]
    cells = {row["group"]: with_error(words, row) for _, row in of_term.iterrows()}
    return [words.label(term), *(cells.get(f"model={model}", "") for model in models)]


def _fit_lines(words: Wording, rows: pd.DataFrame, models: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Observations, log-likelihood, pseudo R2, and the spread between units at each level."""
    lines = [
        (words.label("observations"), [_of(rows[rows["term"] == "observations"], "count", m) for m in models], "count"),
        (words.label("loglik"), [_of(rows, "loglik", m) for m in models], "number"),
        (words.text("McFadden's pseudo R²"), [_of(rows, "r2", m) for m in models], "coefficient"),
    ]
    for level in ("municipality", "project"):
        unit = words.label(level)
        lines += [
            (f"{words.label('group_sd')}: {unit}", [_of(rows, "group_sd", m, level) for m in models], "coefficient"),
            (f"{words.label('icc')}: {unit}", [_of(rows, "icc", m, level) for m in models], "percent"),
        ]
    return [(label, [_written(words, value, kind) for value in values]) for label, values, kind in lines]


def _of(rows: pd.DataFrame, statistic: str, model: str, level: str | None = None) -> float | None:
    """A number of a model, at a level if given, or None. A model with one level is named by that level."""
    for group, value in zip(rows["group"], rows["value"].where(rows["statistic"] == statistic), strict=True):
        keys = group_keys(str(group))
        if keys.get("model") == model and level in (None, keys.get("level", model)) and pd.notna(value):
            return float(value)
    return None


def _written(words: Wording, value: float | None, kind: str) -> str:
    if value is None:
        return ""
    if kind == "count":
        return words.count(value)
    if kind == "number":
        return words.number(value, 1)
    return words.percent(value, 1) if kind == "percent" else words.coefficient(value)
