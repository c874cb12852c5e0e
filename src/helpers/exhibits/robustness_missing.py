"""Exhibits on missing values: who lacks them, how they differ, and what imputing them changes."""

from __future__ import annotations

import pandas as pd

from helpers.exhibits.breakdowns import SCHEMES
from helpers.exhibits.comparison import term_blocks
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.exhibits.missing_rows import LACKING, attainment_by_missing_rows, lacking_rows, mean_by_missing_rows
from helpers.exhibits.model_rows import coefficient_rows
from helpers.exhibits.tell import group_label, percent_phrases, scheme_group
from helpers.exhibits.version_rows import version_rows
from helpers.imputation import PooledModel, pooled_individual_model
from helpers.presentation.ledger import group_keys, lookup, row
from helpers.presentation.pivot import from_rows
from helpers.presentation.tables import Column, Table, hidden_note
from helpers.presentation.wording import Wording
from helpers.specification import REQUIRED

GROUPS = ("gender", "absence", "origin")
IMPUTED = "model=individual;version=imputed"
GROSS = "all_gross"


def missing_by_group(desk: Desk) -> Exhibit:
    """Share of all leavers who lack education or Norwegian, by scheme and characteristics (table 15)."""
    words, people = desk.wording, desk.study.participants
    level = desk.study.cohort.analysis.confidence_level
    rows = desk.ledger.record(
        "missing_by_group",
        pd.concat([_sizes(people), *(lacking_rows(people, by, level=level) for by in ("scheme", *GROUPS))]),
    )
    shares = rows[rows["term"] == LACKING].reset_index(drop=True)
    labels = [
        group_label(words, group) if group else words.label(scheme)
        for group, scheme in zip(shares["group"], shares["scheme"], strict=True)
    ]
    kinds = [next(iter(group_keys(group)), "scheme") for group in shares["group"]]
    headings = {"scheme": words.header("scheme")} | {name: words.label(name) for name in GROUPS}
    cells = [
        [label, words.percent(value, 1), words.interval(low, high, "percent"), words.count(n)]
        for label, value, low, high, n in zip(
            labels, shares["value"], shares["low"], shares["high"], shares["n"], strict=True
        )
    ]
    columns = [
        Column(words.text("Group"), numeric=False),
        Column(words.text("Lack education or Norwegian")),
        Column(words.text("Interval")),
        Column(words.text("Leavers")),
    ]
    starts = {i: headings[kind] for i, kind in enumerate(kinds) if i == 0 or kind != kinds[i - 1]}
    return Exhibit(
        key="missing_by_group",
        rows=rows,
        caption=words.text("Share of all leavers whose level of education or of Norwegian is not known, by group."),
        table=Table(columns, cells, group_rows=starts, note=hidden_note(rows, words)),
        phrases=percent_phrases(words, shares, {f"lacking_{s}": scheme_group(s) for s in SCHEMES})
        | {
            "n_leavers": words.count(lookup(rows, term="participants", sample=GROSS, scheme="both")["value"]),
            "n_analysed": words.count(lookup(rows, term="participants", sample="all", scheme="both")["value"]),
        },
    )


def missing_means(desk: Desk) -> Exhibit:
    """How the leavers who are left out of the analyses differ from the complete cases (table 16)."""
    words, people = desk.wording, desk.study.participants
    level = desk.study.cohort.analysis.confidence_level
    attained = attainment_by_missing_rows(people, level=level)
    rows = desk.ledger.record("missing_means", pd.concat([attained, mean_by_missing_rows(people, level=level)]))

    def label(entry: pd.Series) -> str:
        name = words.label(entry["term"])
        return name if entry["scheme"] == "both" else f"{name}, {words.label(entry['scheme'])}"

    keyed = rows.assign(term=rows["scheme"].astype(str) + " " + rows["term"])
    labels = {key: label(rows.iloc[i]) for i, key in enumerate(keyed["term"])}
    return Exhibit(
        key="missing_means",
        rows=rows,
        caption=words.text(
            "Complete cases and those who are left out because something is not known: goal attainment by scheme, and "
            "means of age, years in Norway and months in the programme."
        ),
        table=from_rows(
            keyed,
            words,
            index="term",
            columns="missing",
            cell=lambda r: words.percent(r["value"], 1) if r["statistic"] == "share" else words.number(r["value"], 1),
            headers={"term": words.text("Characteristic")},
            labels=labels,
        ),
    )


def imputation(desk: Desk) -> Exhibit:
    """The individual model on complete cases and on all leavers with missing values imputed."""
    words, study = desk.wording, desk.study
    model, complete = pooled_individual_model(study), study.individual_model
    rows = desk.ledger.record(
        "imputation",
        pd.concat(
            [
                coefficient_rows(complete.terms, complete.n, "model=individual"),
                version_rows(study, "main").drop(columns="family")[lambda r: r["unit"] == "percentage points"],
                _imputed_rows(model),
                version_rows(study, "missing").drop(columns="family")[lambda r: r["unit"] == "percentage points"],
            ]
        ),
    )
    lost = rows[rows["statistic"] == "fraction_missing_information"]
    effects = {
        name: lookup(rows, statistic="average_marginal_effect", group=group)
        for name, group in (("complete", "model=individual"), ("imputed", IMPUTED))
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
            "n_with_imputed": words.count(model.n),
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


def _sizes(people: pd.DataFrame) -> pd.DataFrame:
    """How many left and how many are complete cases, by scheme and in all, and Jobbsjansen's share of the leavers."""
    complete = people[list(REQUIRED)].notna().all(axis=1)
    samples = {GROSS: people, "all": people[complete]}
    counts = [
        row(
            "count",
            len(part) if scheme == "both" else int((part["scheme"] == scheme).sum()),
            scheme=scheme,
            term="participants",
            sample=sample,
            unit="records",
        )
        for sample, part in samples.items()
        for scheme in (*SCHEMES, "both")
    ]
    share = (people["scheme"] == "jobbsjansen").mean()
    return pd.DataFrame(
        [
            *counts,
            row(
                "share",
                share,
                scheme="jobbsjansen",
                term="participant_share",
                sample=GROSS,
                n=len(people),
                unit="fraction",
            ),
        ]
    )


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
    estimates = [lookup(rows, statistic="coefficient", group=group) for group in ("model=individual", IMPUTED)]
    lost = lookup(rows, statistic="fraction_missing_information")
    return [
        words.label(term),
        *(f"{words.coefficient(e['value'])} ({words.coefficient(e['std_error'])})" for e in estimates),
        words.percent(lost["value"]),
    ]
