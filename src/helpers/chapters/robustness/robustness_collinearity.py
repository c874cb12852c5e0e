"""Terms that go together: variance inflation in the three models, and correlations of the municipal statistics."""

from __future__ import annotations

import pandas as pd

from helpers.study.specification import origin_terms
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import coefficient_inflation
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

SAMPLES = {"individual": "all", "municipality": "municipality_years_10plus", "project": "projects_10plus"}
"""The published tables' names for the rows of each model."""
EDUCATION = {"education_dichotomised": ["education_some_schooling", "education_good_general"]}
SMALL_BELOW, LARGE_FROM = 5.0, 10.0
"""The 2022 report's reading: below 5 is no problem, above 10 has to be handled."""
PAIRS = (("immigrant_share", "population"), ("selected_industries_share", "immigrant_share"))


@exhibit("variance_inflation", phrases="vif_finding vif_scheme vif_small_below vif_large_from")
def variance_inflation(desk: Desk) -> Exhibit:
    """Variance inflation factors of the individual model and the two reduced multilevel models (table 18)."""
    words = desk.wording
    rows = desk.rows("variance_inflation", lambda: _inflation_rows(desk.study))
    return Exhibit(
        key="variance_inflation",
        rows=rows,
        caption=words.text(
            "Variance inflation factors, the largest first: how many times larger the variance of a coefficient is "
            "than if its term were unrelated to the others. Terms of several columns have the generalised factor."
        ),
        table=from_rows(
            rows.sort_values("value", ascending=False, kind="stable"),
            words,
            index="term",
            columns="model",
            cell="number",
            decimals=2,
            headers={"term": words.text("Term")},
        ),
        phrases={
            "vif_finding": vif_finding(words, rows),
            "vif_scheme": words.number(lookup(rows, term="scheme", group="model=individual")["value"], 1),
            "vif_small_below": words.number(SMALL_BELOW),
            "vif_large_from": words.number(LARGE_FROM),
        },
    )


def vif_finding(words: Wording, factors: pd.DataFrame) -> str:
    """Which terms have a factor above the limits, as sentences."""
    terms = [words.label(t) for t in factors.loc[factors["value"] > LARGE_FROM, "term"].unique()]
    limit = words.number(LARGE_FROM)
    if terms:
        large = words.text("Above {limit} lie: {terms}.", limit=limit, terms=words.list(terms))
    else:
        large = words.text("No term lies above {limit}.", limit=limit)
    rest = factors[factors["value"] <= LARGE_FROM]["value"].max()
    return large + " " + words.text("Of the others the largest is {rest}.", rest=words.number(rest, 1))


@exhibit(
    "municipal_correlations",
    phrases="correlation_immigrant_share_population correlation_selected_industries_share_immigrant_share",
)
def municipal_correlations(desk: Desk) -> Exhibit:
    """Correlations of the municipal statistics over the municipality-years of the municipality model."""
    words = desk.wording
    rows = desk.rows("municipal_correlations", lambda: _correlation_rows(desk.study))
    lines = [
        [words.label(first), words.label(second), words.number(found["value"], 2), words.count(found["n"])]
        for first, second in PAIRS
        for found in [lookup(rows, term=f"{first}~{second}")]
    ]
    columns = [
        Column(words.text("Statistic"), numeric=False),
        Column(words.text("and"), numeric=False),
        Column(words.text("Correlation")),
        Column(words.text("Municipality-years")),
    ]
    return Exhibit(
        key="municipal_correlations",
        rows=rows,
        caption=words.text("Correlations of municipal statistics."),
        table=Table(columns, lines, row_headers=2, note=hidden_note(rows, words)),
        phrases={
            f"correlation_{first}_{second}": words.number(lookup(rows, term=f"{first}~{second}")["value"], 2)
            for first, second in PAIRS
        },
    )


def _inflation_rows(study: Study) -> pd.DataFrame:
    individual, choices = study.individual_model, study.cohort.analysis
    models = {
        "individual": (individual.cov_params(), {"origin": origin_terms(choices)}, individual.n),
        "municipality": (
            study.municipality_model.results.cov_params(),
            EDUCATION,
            study.municipality_model.results.nobs,
        ),
        "project": (study.project_model.results.cov_params(), EDUCATION, study.project_model.results.nobs),
    }
    rows = [
        row("vif", value, group=f"model={name}", term=str(term), sample=SAMPLES[name], n=n)
        for name, (cov, factors, n) in models.items()
        for term, value in coefficient_inflation(cov.iloc[1:, 1:], factors)["gvif"].items()
    ]
    return pd.DataFrame(rows)


def _correlation_rows(study: Study) -> pd.DataFrame:
    """Over municipality-years with enough leavers, each counted once."""
    years = study.registers.municipality_years.set_index(["municipality", "year"])
    leavers = study.participants.groupby(["municipality", "end_year"], observed=True).size()
    large = leavers.index[leavers >= study.cohort.analysis.multilevel_min_participants]
    used = years[years.index.isin(large)]
    return pd.DataFrame(
        [
            row(
                "correlation",
                used[first].corr(used[second]),
                group="model=municipality",
                term=f"{first}~{second}",
                sample=SAMPLES["municipality"],
                n=int(used[[first, second]].notna().all(axis=1).sum()),
                unit="municipality_years",
            )
            for first, second in PAIRS
        ]
    )
