"""The two school measures: who had one, the other or both, and the model with each treated in another way."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.model_rows import coefficient_rows, effect_row
from helpers.chapters.common.tell import told_apart
from helpers.chapters.common.version_rows import MAIN, named, version_label
from helpers.study.fits.alternatives import PRIMARY, UPPER_SECONDARY, school_models
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import LogitFit, likelihood_ratio_test
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

COMBINED = "measure_school_subjects"
TERMS = (PRIMARY, UPPER_SECONDARY, COMBINED)
EITHER = "measure=primary_school_subjects|upper_secondary_subjects"
EFFECT = "average_marginal_effect"


@exhibit("school_overlap", phrases="school_overlap")
def school_overlap(desk: Desk) -> Exhibit:
    """How many had one of the two school measures, the other, or both."""
    words = desk.wording
    rows = desk.rows("school_overlap", lambda: _overlap_rows(desk.study))
    counts = rows[rows["statistic"] == "count"]
    share = lookup(rows, statistic="share")
    lines = [[words.label(group), words.count(n)] for group, n in zip(counts["group"], counts["value"], strict=True)]
    columns = [Column(words.text("Measure"), numeric=False), Column(words.text("Participants"))]
    return Exhibit(
        key="school_overlap",
        rows=rows,
        caption=words.text("Participants who had primary education, upper secondary education, or both."),
        table=Table(columns, lines, note=hidden_note(rows, words)),
        phrases={"school_overlap": words.percent(share["value"])},
    )


@exhibit("school_measures", phrases="school_finding school_effects")
def school_measures(desk: Desk) -> Exhibit:
    """The individual model with each school measure left out, with both left out, and with one for both."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        versions = {named(name): fit for name, fit in school_models(desk.study).items()}
        return _school_rows({MAIN: desk.study.individual_model_by_project} | versions)

    rows = desk.rows("school_measures", numbers)
    effects = rows[rows["statistic"] == EFFECT]["value"]
    columns = [
        Column(words.text("Version"), numeric=False),
        *(Column(words.label(term)) for term in (PRIMARY, UPPER_SECONDARY)),
        Column(words.text("Either")),
        Column(words.text("Scheme, percentage points")),
        Column(words.text("Test against the model with both")),
    ]
    return Exhibit(
        key="school_measures",
        rows=rows,
        caption=words.text(
            "Coefficients (log-odds) of the two school measures with standard errors in brackets, when one or both "
            "are left out, and the scheme's effect. The last column is the p-value of a likelihood-ratio test."
        ),
        table=Table(
            columns,
            [_line(words, rows, group) for group in dict.fromkeys(rows["group"])],
            note=hidden_note(rows, words),
        ),
        phrases={
            "school_finding": school_finding(words, rows),
            "school_effects": words.text(
                "{low} and {high}", low=words.number(effects.min(), 1), high=words.number(effects.max(), 1)
            ),
        },
    )


def school_finding(words: Wording, rows: pd.DataFrame) -> str:
    """The direction of each measure's coefficient with the other in the model and without it, as sentences."""
    said = {
        PRIMARY: (MAIN, named("without_upper_secondary")),
        UPPER_SECONDARY: (MAIN, named("without_primary")),
    }
    sentences = []
    for term, groups in said.items():
        both, alone = (_direction(words, rows, group, term) for group in groups)
        sentences.append(
            words.text(
                "{measure}: {both} with the other measure in the model, {alone} without it.",
                measure=words.label(term),
                both=both,
                alone=alone,
            )
        )
    return " ".join(sentences)


def _direction(words: Wording, rows: pd.DataFrame, group: str, term: str) -> str:
    found = told_apart(lookup(rows, statistic="coefficient", group=group, term=term))
    names = {
        "above": words.text("a positive coefficient"),
        "below": words.text("a negative coefficient"),
        "not_distinguishable": words.text("a coefficient that cannot be told apart from zero"),
    }
    return names[found]


def _overlap_rows(study: Study) -> pd.DataFrame:
    people = study.complete
    primary, upper = people[PRIMARY] == 1, people[UPPER_SECONDARY] == 1
    parts = {
        "measure=only_primary_school_subjects": primary & ~upper,
        "measure=only_upper_secondary_subjects": upper & ~primary,
        "measure=primary_school_subjects&upper_secondary_subjects": primary & upper,
    }
    counts = [
        row("count", int(had.sum()), group=group, term="participants", n=int(had.sum()), unit="participants")
        for group, had in parts.items()
    ]
    either = people[primary | upper].assign(both=(primary & upper).astype(float))
    level = study.cohort.analysis.confidence_level
    share = share_rows(share_by(either, "both", level=level), "both", EITHER, "has_both_given_any")
    return pd.concat([pd.DataFrame(counts), share])


def _school_rows(fits: dict[str, LogitFit]) -> pd.DataFrame:
    parts = []
    for group, fit in fits.items():
        terms = fit.terms.loc[[name for name in (*TERMS, "scheme") if name in fit.terms.index]]
        parts += [
            coefficient_rows(terms, fit.n, group),
            effect_row("scheme", fit.average_effect("scheme"), fit.n, group),
        ]
        if group != MAIN and COMBINED not in fit.terms.index:
            test = likelihood_ratio_test(fit, fits[MAIN])
            parts.append(
                pd.DataFrame(
                    [
                        row("chi2", test.statistic, term="likelihood_ratio", group=group, n=fit.n),
                        row("p_value", test.p_value, term="likelihood_ratio", group=group, n=fit.n),
                    ]
                )
            )
    return pd.concat(parts)


def _line(words: Wording, rows: pd.DataFrame, group: str) -> list[str]:
    own = rows[rows["group"] == group]
    cells = {
        term: f"{words.coefficient(value)} ({words.coefficient(error)})"
        for term, value, error in own.loc[own["statistic"] == "coefficient", ["term", "value", "std_error"]].to_numpy()
    }
    effect = lookup(own, statistic=EFFECT)
    test = own[(own["statistic"] == "p_value") & (own["term"] == "likelihood_ratio")]["value"]
    return [
        version_label(words, group, "all"),
        *(cells.get(term, "") for term in TERMS),
        f"{words.number(effect['value'], 1)} ({words.interval(effect['low'], effect['high'], decimals=1)})",
        words.p_value(test.item(), named=False) if len(test) else "",
    ]
