"""The exhibit on imputation: the individual model on complete cases, and on all leavers with the gaps imputed."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.comparison import term_blocks
from helpers.chapters.common.model_rows import coefficient_rows
from helpers.chapters.common.version_rows import MAIN, version_rows
from helpers.study.fits.imputation import PooledModel, pooled_individual_model
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

COMPLETE = "model=individual"
IMPUTED = "model=individual;version=imputed"
GROSS = "all_gross"


@exhibit(
    "imputation",
    phrases="imputation_finding n_imputations n_imputed n_with_imputed scheme_information_lost most_information_lost",
)
def imputation(desk: Desk) -> Exhibit:
    """The individual model on complete cases and on all leavers with missing values imputed."""
    words = desk.wording
    study = desk.study

    def numbers() -> pd.DataFrame:
        model = pooled_individual_model(study)
        complete = study.individual_model
        return pd.concat(
            [
                coefficient_rows(complete.terms, complete.n, COMPLETE),
                version_rows(study, "main").drop(columns="family")[lambda r: r["unit"] == "percentage points"],
                _imputed_rows(model),
                version_rows(study, "missing").drop(columns="family")[lambda r: r["unit"] == "percentage points"],
            ]
        )

    rows = desk.rows("imputation", numbers)
    lost = rows[rows["statistic"] == "fraction_missing_information"]
    effects = {
        name: lookup(rows, statistic="average_marginal_effect", group=group)
        for name, group in (("complete", MAIN), ("imputed", IMPUTED))
    }
    return Exhibit(
        key="imputation",
        rows=rows,
        caption=words.text(
            "Coefficients (log-odds) with standard errors in brackets: complete cases, and all leavers with missing "
            "values imputed. The last column is the fraction of the information about the term that the missing "
            "values take away."
        ),
        table=_imputation_table(desk, rows),
        phrases={
            "imputation_finding": imputation_finding(words, effects["complete"], effects["imputed"]),
            "n_imputations": words.count(study.cohort.analysis.n_imputations),
            "n_imputed": words.count(lookup(rows, statistic="count", term="imputed")["value"]),
            "n_with_imputed": words.count(lookup(lost, term="scheme")["n"]),
            "scheme_information_lost": words.percent(lookup(lost, term="scheme")["value"], 1),
            "most_information_lost": words.percent(lost["value"].max()),
        },
    )


def imputation_finding(words: Wording, complete: pd.Series, imputed: pd.Series) -> str:
    """What imputing the missing values does to the scheme's effect, as sentences that follow the numbers."""
    change = imputed["value"] - complete["value"]
    narrower = imputed["high"] - imputed["low"] < complete["high"] - complete["low"]
    values = {
        "complete": words.signed_points(complete["value"] / 100, 1),
        "imputed": words.signed_points(imputed["value"] / 100, 1),
        "interval": words.interval(imputed["low"], imputed["high"], decimals=1),
        "change": words.points(abs(change) / 100, 1),
    }
    width = words.text("a narrower interval") if narrower else words.text("an interval that is no narrower")
    within = complete["low"] <= imputed["value"] <= complete["high"]
    sentence = words.text(
        "With the missing values imputed the difference is {imputed} ({interval}), against {complete} among the "
        "complete cases: a change of {change}, with {width}.",
        **values,
        width=width,
    )
    verdict = (
        words.text("The change lies within the uncertainty of the complete cases.")
        if within
        else words.text("The change is larger than the uncertainty of the complete cases.")
    )
    return f"{sentence} {verdict}"


def _imputed_rows(model: PooledModel) -> pd.DataFrame:
    """Ledger rows of the pooled coefficients, and of the information that is lost about each."""
    terms = model.terms.rename(columns={"value": "coefficient"})
    lost = pd.DataFrame(
        {
            "statistic": "fraction_missing_information",
            "group": IMPUTED,
            "term": terms.index.astype(str),
            "value": terms["missing_information"].to_numpy(),
            "n": model.n,
            "unit": "fraction",
        }
    )
    filled = pd.DataFrame([row("count", model.n_imputed, term="imputed", group=IMPUTED, unit="records")])
    return pd.concat([coefficient_rows(terms, model.n, IMPUTED), lost, filled]).assign(sample=GROSS)


def _imputation_table(desk: Desk, rows: pd.DataFrame) -> Table:
    words = desk.wording
    columns = [
        Column(words.text("Term"), numeric=False),
        Column(words.text("Complete cases")),
        Column(words.text("Missing values imputed")),
        Column(words.text("Information lost")),
    ]
    known = set(rows["term"])
    blocks = {heading: [t for t in terms if t in known] for heading, terms in term_blocks(desk).items()}
    blocks[words.text("The model")] = ["constant"]
    lines: list[list[str]] = []
    starts: dict[int, str] = {}
    for heading, terms in blocks.items():
        if terms:
            starts[len(lines)] = heading
            lines += [_line(words, rows[rows["term"] == term], term) for term in terms]
    return Table(columns, lines, group_rows=starts, note=hidden_note(rows, words))


def _line(words: Wording, rows: pd.DataFrame, term: str) -> list[str]:
    estimates = [lookup(rows, statistic="coefficient", group=group) for group in (COMPLETE, IMPUTED)]
    lost = lookup(rows, statistic="fraction_missing_information")
    return [
        words.label(term),
        *(f"{words.coefficient(e['value'])} ({words.coefficient(e['std_error'])})" for e in estimates),
        words.percent(lost["value"]),
    ]
