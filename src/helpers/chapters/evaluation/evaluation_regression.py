"""Exhibits of the evaluation's model: who reaches the goal in Jobbsjansen (table 7.5, figure 7.4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from helpers.chapters.common.model_rows import coefficient_rows, effect_row, odds_ratio_rows
from helpers.chapters.common.tell import in_words, inside_sentence, intervals_note, odds_ratio_chart
from helpers.chapters.evaluation.evaluation_rows import SCHEME, details, sample, term_label
from helpers.study.fits.evaluation_model import EvaluationModel, Leavers, evaluation_model
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

GROUP = "model=evaluation_2019"
NEEDED = ("world_region", "agency", "reduced_work_capacity", "work_home_country", "followup_need")
SIGNIFICANT = 0.05
LEAVERS = {
    "n": ("leavers", "participants"),
    "projects": ("projects_of_leavers", "projects"),
    "n_unanswered": ("leavers_of_silent_projects", "participants"),
    "projects_unanswered": ("silent_projects", "projects"),
}
"""Term and unit of the ledger for each count of those who left."""


@exhibit(
    "evaluation_odds",
    phrases="n_regression n_regression_left n_regression_projects left_out_finding regression_r2",
)
def odds_of_the_goal(desk: Desk) -> Exhibit:
    """Odds ratios of the terms of table 7.5, with errors clustered by project."""
    words = desk.wording
    rows = desk.rows("evaluation_odds", lambda: _rows(desk))
    ratios = rows[rows["statistic"] == "odds_ratio"]
    told = ratios.assign(label=[term_label(words, t) for t in ratios["term"]], heading="")
    listed = in_words(told["label"], told["value"].map(words.coefficient))
    n = lookup(rows, statistic="count", term="observations")
    leavers = _leavers(rows)
    return Exhibit(
        key="evaluation_odds",
        rows=rows,
        caption=words.text("Odds ratios of the evaluation's model of who reaches the goal.")
        + " "
        + intervals_note(desk),
        svg=odds_ratio_chart(desk, told, words.text("Odds ratio (logarithmic scale)")),
        alt=words.text("Odds ratios. {values}.", values=listed),
        phrases={
            "n_regression": words.count(n["value"]),
            "n_regression_left": words.count(leavers.n),
            "n_regression_projects": words.count(lookup(rows, statistic="count", term="clusters")["value"]),
            "left_out_finding": left_out_finding(words, leavers, int(n["value"])),
            "regression_r2": words.number(lookup(rows, statistic="adjusted_r2")["value"], 2),
        },
    )


@exhibit("evaluation_effects", phrases="n_effects_apart n_effects")
def effects_on_the_goal(desk: Desk) -> Exhibit:
    """The same model in percentage points."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        model = evaluation(desk)
        frames = [effect_row(str(t), model.fit.average_effect(str(t)), model.fit.n, GROUP) for t in model.fit.design]
        return pd.concat(frames).assign(scheme=SCHEME, sample=sample("a"))

    rows = desk.rows("evaluation_effects", numbers)
    lines = [
        [term_label(words, str(entry["term"])), words.number(entry["value"], 1), _limits(desk, entry)]
        for _, entry in rows.iterrows()
    ]
    apart = [term_label(words, str(e["term"])) for _, e in rows.iterrows() if e["low"] > 0 or e["high"] < 0]
    return Exhibit(
        key="evaluation_effects",
        rows=rows,
        caption=words.text(
            "The evaluation's model in percentage points: the average difference in the probability of reaching the "
            "goal for one step more, with {level} confidence intervals.",
            level=words.percent(desk.study.cohort.analysis.confidence_level),
        ),
        table=Table(
            [
                Column(words.text("Variable"), numeric=False),
                Column(words.text("Percentage points")),
                Column(words.text("Interval")),
            ],
            lines,
            note=hidden_note(rows, words),
        ),
        phrases={"n_effects_apart": words.count(len(apart)), "n_effects": words.count(len(rows))},
    )


@exhibit("evaluation_tested", phrases="tested_finding search_note selected_terms")
def tested_beside(desk: Desk) -> Exhibit:
    """What was tested and left out: the p-value of each when it is added to the model."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        model = evaluation(desk)
        about: dict[str, Any] = {"scheme": SCHEME, "group": GROUP, "sample": sample("a")}
        tested = [
            row("p_value", p, term=str(term), n=float(model.beside_n[str(term)]), **about)
            for term, p in model.beside.sort_values().items()
        ]
        kept = [row("selected", place, term=term, **about) for place, term in enumerate(model.selection.kept, 1)]
        return pd.DataFrame([*tested, *kept])

    both = desk.rows("evaluation_tested", numbers)
    rows, selected = both[both["statistic"] == "p_value"], both.loc[both["statistic"] == "selected", "term"]
    below = rows[rows["value"] < SIGNIFICANT]["term"]
    return Exhibit(
        key="evaluation_tested",
        rows=both,
        caption=words.text(
            "What was tested beside the terms of the model: the p-value of each variable when it is added to them."
        ),
        table=Table(
            [Column(words.text("Variable"), numeric=False), Column(words.text("p-value"))],
            [[term_label(words, str(e["term"])), words.p_value(e["value"], named=False)] for _, e in rows.iterrows()],
        ),
        phrases={
            "tested_finding": beside_finding(words, len(rows), [inside_sentence(term_label(words, t)) for t in below]),
            "search_note": search_note(words, synthetic=desk.study.cohort.synthetic),
            "selected_terms": "; ".join(inside_sentence(term_label(words, t)) for t in selected) or words.text("none"),
        },
    )


def left_out_finding(words: Wording, leavers: Leavers, n: int) -> str:
    """How many of those left out are so because their project did not answer the survey, as a sentence.

    Args:
        words: The reader's language.
        leavers: Participants who left and their projects.
        n: Participants in the model.
    """
    if leavers.n == n:
        return words.text("Nobody is left out.")
    return words.text(
        "The other {others} are left out; {silent} of them were in the {projects} of {all} projects that did not "
        "answer the survey.",
        others=words.count(leavers.n - n),
        silent=words.count(leavers.n_unanswered),
        projects=words.count(leavers.projects_unanswered),
        all=words.count(leavers.projects),
    )


def beside_finding(words: Wording, n: int, apart: Sequence[str]) -> str:
    """Which of the variables that were left out can be told apart from no association, as a sentence."""
    if not apart:
        return words.text(
            "Of {n} such variables, none can be told apart from no association at the five per cent level here.",
            n=words.count(n),
        )
    return words.text(
        "Of {n} such variables, {k} can be told apart from no association at the five per cent level here: {names}.",
        n=words.count(n),
        k=words.count(len(apart)),
        names=words.list(list(apart)),
    )


def search_note(words: Wording, *, synthetic: bool) -> str:
    """What to make of the list that the search finds."""
    if synthetic:
        return words.text(
            "The outcomes of these invented participants were drawn to meet the evaluation's table and what it found "
            "to have no effect. That the search finds nearly the same list is therefore no evidence for it."
        )
    return words.text(
        "Such a search in a few hundred participants finds partly chance, so its list need not be that of 2019."
    )


def evaluation(desk: Desk) -> EvaluationModel:
    """The model.

    Raises:
        DetailsMissing: The register lacks a variable it needs.
    """
    details(desk, *NEEDED)
    return evaluation_model(desk.study)


def _leavers(rows: pd.DataFrame) -> Leavers:
    counts = rows[rows["statistic"] == "count"].set_index("term")["value"]
    return Leavers(**{name: counts[term] for name, (term, _) in LEAVERS.items()})


def _rows(desk: Desk) -> pd.DataFrame:
    model = evaluation(desk)
    fit = model.fit
    about = {"scheme": SCHEME, "group": GROUP, "sample": sample("a")}
    frames = [coefficient_rows(fit.terms, fit.n, GROUP), odds_ratio_rows(fit.terms, fit.n, GROUP)]
    more = pd.DataFrame(
        [
            row("count", fit.n, term="observations", n=fit.n, unit="participants"),
            row("adjusted_r2", fit.r2_mcfadden_adjusted, n=fit.n),
            row("r2", fit.r2_mcfadden, n=fit.n),
            row("count", fit.n_groups or np.nan, term="clusters", n=fit.n, unit="projects"),
            *(row("count", getattr(model.leavers, name), term=t, unit=unit) for name, (t, unit) in LEAVERS.items()),
        ]
    )
    return pd.concat([*frames, more], ignore_index=True).assign(**about)


def _limits(desk: Desk, entry: pd.Series) -> str:
    return desk.wording.interval(entry["low"], entry["high"], "number", 1)
