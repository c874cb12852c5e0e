"""The municipalities and projects behind the multilevel models: how many there are and their medians, by scheme.

A municipality counts once for every year in which enough of its participants left (tables 3 and 4 of the 2022 report).
The limit is that of the multilevel models (`analysis.multilevel_min_participants`): chapter 3 of the report says more
than ten leavers, its footnote 16 ten or more.
"""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from helpers.cohort.settings import SCHEMES
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import quantiles_by
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

PROJECT_YEARS: Final = "project_years"
TERMS: Final = {
    "population": "population",
    "immigrant_share": "immigrant_share",
    "immigrant_share_all_countries": "immigrant_share_all_countries",
    "selected_industries_share": "selected_industries_share",
    "net_in_migration_per_1000": "net_in_migration_per_1000",
    "employment_share_25_66": "employed_share",
    "disability_pension_share": "disability_share",
    "centrality": "centrality",
}
"""Column of the municipal statistics, and the term that table 3 has it under."""
SHARES: Final = tuple(term for term in TERMS.values() if term.endswith(("_share", "_countries")))
COSTS: Final = {
    "participants_per_project": "leavers",
    "wage_costs_per_project_1000_nok": "wage_costs_1000_nok",
    "wage_costs_per_participant_1000_nok": "wage_costs_per_participant_1000_nok",
}
"""Term of table 4, and the column it is the median of."""
ONE_DECIMAL: Final = ("net_in_migration_per_1000", "wage_costs_per_participant_1000_nok")


@exhibit("municipality_years", phrases="municipalities_by_year municipalities_with_both")
def municipality_years(desk: Desk) -> Exhibit:
    """Medians of the municipal statistics, for municipalities with each scheme."""
    words = desk.wording
    limit = desk.study.cohort.analysis.multilevel_min_participants

    def numbers() -> pd.DataFrame:
        level = desk.study.cohort.analysis.confidence_level
        sample = f"municipality_years_{limit}plus"
        counted = large_municipality_years(desk.study.participants, limit)
        known = counted.merge(
            desk.study.registers.municipality_years, on=["municipality", "year"], validate="many_to_one"
        )
        return pd.concat(
            [_count_rows(counted, limit, sample), _medians(known, TERMS, sample, level, "municipality_years")]
        )

    rows = desk.rows("municipality_years", numbers)
    counts = rows[rows["term"] == "municipalities"]
    yearly = zip(counts["group"], counts["value"], strict=True)
    both = lookup(rows, term="municipalities_with_both_schemes")["value"]
    return Exhibit(
        key="municipality_years",
        rows=rows,
        caption=words.text(
            "Municipalities with each scheme: medians over municipality-years with at least {limit} leavers.",
            limit=words.count(limit),
        ),
        table=from_rows(
            rows[rows["scheme"] != "both"],
            words,
            index="term",
            columns="scheme",
            cell=partial(_cell, words),
            headers={"term": words.text("Median of")},
            labels={"municipality_years": words.text("Number of municipality-years")},
        ),
        phrases={
            "municipalities_by_year": words.list([f"{words.count(n)} ({words.label(group)})" for group, n in yearly]),
            "municipalities_with_both": words.count(both),
        },
    )


@exhibit("project_years", phrases="cost_finding")
def project_years(desk: Desk) -> Exhibit:
    """Medians of the projects' size and wage costs, by scheme, over project-years whose costs are known."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        level = desk.study.cohort.analysis.confidence_level
        known = project_years_with_costs(desk)
        counts = [
            row(
                "count",
                int((known["scheme"] == scheme).sum()),
                scheme=scheme,
                term="project_years",
                sample=PROJECT_YEARS,
                unit="project_years",
            )
            for scheme in SCHEMES
        ]
        medians = _medians(
            known, {column: term for term, column in COSTS.items()}, PROJECT_YEARS, level, "project_years"
        )
        return pd.concat([pd.DataFrame(counts), medians, _relative_row(medians)])

    rows = desk.rows("project_years", numbers)
    return Exhibit(
        key="project_years",
        rows=rows,
        caption=words.text("Projects of each scheme: medians over project-years whose wage costs are known."),
        table=from_rows(
            rows[rows["scheme"] != "both"],
            words,
            index="term",
            columns="scheme",
            cell=partial(_cell, words),
            headers={"term": words.text("Median of")},
            labels={
                "project_years": words.text("Number of project-years"),
                "participants_per_project": words.text("Leavers per project"),
            },
        ),
        phrases={"cost_finding": cost_finding(words, rows)},
    )


def cost_finding(words: Wording, rows: pd.DataFrame) -> str:
    """Whose median wage costs per participant are higher, as a sentence that follows the numbers."""
    found = rows[rows["statistic"] == "relative_difference"]
    if found.empty or found["value"].isna().any():
        return words.text("Wage costs per participant are not known for both schemes.")
    relative = float(found["value"].iloc[0])
    size = words.percent(abs(relative))
    if relative >= 0:
        return words.text("The median wage costs per participant are {size} higher in Jobbsjansen.", size=size)
    return words.text("The median wage costs per participant are {size} lower in Jobbsjansen.", size=size)


def large_municipality_years(participants: pd.DataFrame, limit: int) -> pd.DataFrame:
    """The municipality-years with enough leavers, both schemes together, once for each scheme that runs there.

    Args:
        participants: Everyone who left.
        limit: The fewest leavers of a municipality-year that counts.

    Returns:
        Columns `scheme`, `municipality`, `year`.
    """
    unit = ["municipality", "end_year"]
    leavers = participants.groupby(unit, observed=True).size()
    large = leavers.index[leavers >= limit]
    runs = participants.drop_duplicates(["scheme", *unit])[["scheme", *unit]]
    kept = runs[pd.MultiIndex.from_frame(runs[unit]).isin(large)]
    return kept.rename(columns={"end_year": "year"}).reset_index(drop=True)


def project_years_with_costs(desk: Desk) -> pd.DataFrame:
    """Project-years whose wage costs per participant are known, with the number of leavers in `leavers`."""
    years = desk.study.registers.project_years.dropna(subset=["wage_costs_per_participant_1000_nok"])
    leavers = desk.study.participants.groupby(["project", "end_year"], observed=True).size().rename("leavers")
    return years.merge(leavers, left_on=["project", "year"], right_index=True, validate="one_to_one")


def _count_rows(counted: pd.DataFrame, limit: int, sample: str) -> pd.DataFrame:
    """Municipality-years per scheme, municipalities per year, and how many run both schemes in a year, on average."""
    per_year = counted.groupby("year")["municipality"].nunique()
    schemes = counted.groupby(["municipality", "year"])["scheme"].nunique()
    both = int((schemes == len(SCHEMES)).sum()) / max(len(per_year), 1)
    count = partial(row, "count", sample=sample, unit="municipalities")
    rows = [count(int((counted["scheme"] == s).sum()), scheme=s, term="municipality_years") for s in SCHEMES]
    rows += [count(int(n), group=group_of(year=year), term="municipalities") for year, n in per_year.items()]
    rows.append(count(both, term="municipalities_with_both_schemes"))
    rows.append(row("threshold", limit, term="leavers_per_municipality_year", sample=sample))
    return pd.DataFrame(rows)


def _medians(units: pd.DataFrame, terms: dict[str, str], sample: str, level: float, unit: str) -> pd.DataFrame:
    parts = [
        quantiles_by(units, column, ["scheme"], probabilities=[0.5], level=level).assign(term=term)
        for column, term in terms.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    return pd.DataFrame(
        {
            "statistic": "median",
            "scheme": table["scheme"].astype(str),
            "term": table["term"],
            "sample": sample,
            **{name: table[name] for name in ("value", "n", "low", "high")},
            "unit": unit,
        }
    )


def _relative_row(medians: pd.DataFrame) -> pd.DataFrame:
    """By what fraction Jobbsjansen's median wage costs per participant exceed the introduction programme's."""
    costs = medians[medians["term"] == "wage_costs_per_participant_1000_nok"]
    if len(costs) < len(SCHEMES):
        return pd.DataFrame()
    introduction, jobbsjansen = (float(lookup(costs, scheme=scheme)["value"]) for scheme in SCHEMES)
    return pd.DataFrame(
        [
            row(
                "relative_difference",
                jobbsjansen / introduction - 1,
                term="relative_difference_of_medians",
                sample=PROJECT_YEARS,
                n=costs["n"].min(),
                unit="fraction",
            )
        ]
    )


def _cell(words: Wording, entry: pd.Series) -> str:
    if entry["term"] in SHARES:
        return words.percent(entry["value"])
    return words.number(entry["value"], 1 if entry["term"] in ONE_DECIMAL else 0)
