"""Numbers of the descriptive chapter: who the participants are, and the municipalities and projects they come from.

A municipality counts once for every year in which enough of its participants left (tables 3 and 4 of the 2022 report).
The limit is that of the multilevel models (`analysis.multilevel_min_participants`): chapter 3 of the report says more
than ten leavers, its footnote 16 ten or more.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import composition_rows, either_rows, mean_rows
from helpers.chapters.common.grouping import grouped_people
from helpers.cohort.settings import SCHEMES
from helpers.study.study import Study
from resultatbok.methods.shares import quantiles_by
from resultatbok.release.rows import group_of, lookup, row

COMPOSITION: Final = ("gender", "age", "education", "norwegian", "absence", "origin")
IN_ONE_FIGURE: Final = ("gender", "age", "absence", "origin")
"""The characteristics whose composition has no figure of its own."""
TOGETHER: Final = (
    ("norwegian", ("b1", "b2"), "b1_or_higher"),
    ("origin", ("west_asia", "sub_saharan_africa"), "west_asia|sub_saharan_africa"),
    ("origin", ("north_africa", "sub_saharan_africa", "stateless"), "north_africa|sub_saharan_africa|stateless"),
)
"""Categories that the 2022 report takes together, and what the ledger calls them."""
MEANS: Final = ("age", "years_in_norway", "duration_months")
PEAKS_APART: Final = 6  # months: two common durations that lie nearer are one peak
STATISTICS: Final = {
    "population": "population",
    "immigrant_share": "immigrant_share",
    "immigrant_share_all_countries": "immigrant_share_all_countries",
    "selected_industries_share": "selected_industries_share",
    "net_in_migration_per_1000": "net_in_migration_per_1000",
    "employed_share": "employment_share_25_66",
    "disability_share": "disability_pension_share",
    "centrality": "centrality",
}
"""Term of table 3, and the column of the municipal statistics that it is the median of."""
COSTS: Final = {
    "participants_per_project": "leavers",
    "wage_costs_per_project_1000_nok": "wage_costs_1000_nok",
    "wage_costs_per_participant_1000_nok": "wage_costs_per_participant_1000_nok",
}
"""Term of table 4, and the column that it is the median of."""


def composition(study: Study) -> pd.DataFrame:
    """Who the participants of each scheme are: shares and means."""
    people, level = grouped_people(study)
    means = mean_rows(people, MEANS, level=level)
    together = [either_rows(people, *categories) for categories in TOGETHER]
    return pd.concat([_composition_by(study, *COMPOSITION), *together, means, age_gap_row(means)])


def age_gap_row(means: pd.DataFrame) -> pd.DataFrame:
    """The mean age in Jobbsjansen minus that in the introduction programme, as a ledger row."""
    age = means[means["term"] == "age"]
    introduction, jobbsjansen = (float(lookup(age, scheme=scheme)["value"]) for scheme in SCHEMES)
    error = float((age["std_error"] ** 2).sum() ** 0.5)
    gap = row("difference", jobbsjansen - introduction, term="age", n=age["n"].min(), std_error=error, unit="years")
    return pd.DataFrame([gap])


def composition_education(study: Study) -> pd.DataFrame:
    """Levels of education among each scheme's participants."""
    return _composition_by(study, "education")


def composition_norwegian(study: Study) -> pd.DataFrame:
    """Levels of Norwegian at the end among each scheme's participants."""
    return _composition_by(study, "norwegian")


def composition_background(study: Study) -> pd.DataFrame:
    """Gender, age, absence and country background of each scheme's participants, and the men of the last year."""
    people, _ = grouped_people(study)
    return pd.concat([_composition_by(study, *IN_ONE_FIGURE), men_row(people, study.cohort.years.last)])


def _composition_by(study: Study, *breakdowns: str) -> pd.DataFrame:
    people, level = grouped_people(study)
    return pd.concat([composition_rows(people, breakdown, level=level) for breakdown in breakdowns])


def men_row(participants: pd.DataFrame, year: int) -> pd.DataFrame:
    """How many men left Jobbsjansen in one year, as a ledger row.

    Args:
        participants: Participants with `with_labels`.
        year: The year of leaving.
    """
    chosen = (participants["scheme"] == "jobbsjansen") & (participants["gender"] == "male")
    count = int((chosen & (participants["end_year"] == year)).sum())
    group = group_of(gender="male", year=year)
    return pd.DataFrame([row("count", count, scheme="jobbsjansen", group=group, term="participants")])


def age_and_residence(study: Study) -> pd.DataFrame:
    """Percentiles of age and of years in Norway, by scheme."""
    return pd.concat([_percentiles(study, term) for term in ("age", "years_in_norway")])


def duration(study: Study) -> pd.DataFrame:
    """Percentiles of the time in the programme, by scheme, and its most common lengths."""
    months, schemes = study.complete["duration_months"], study.complete["scheme"]
    common = [peak_rows(months[schemes == scheme], scheme) for scheme in SCHEMES]
    return pd.concat([_percentiles(study, "duration_months"), *common])


def _percentiles(study: Study, term: str) -> pd.DataFrame:
    table = quantiles_by(study.complete, term, ["scheme"], level=study.cohort.analysis.confidence_level)
    return pd.DataFrame(
        {
            "statistic": "percentile",
            "scheme": table["scheme"].astype(str),
            "group": [group_of(percentile=round(100 * p)) for p in table["probability"]],
            "term": term,
            **{name: table[name] for name in ("value", "n", "low", "high")},
        }
    )


def peak_rows(months: pd.Series, scheme: str) -> pd.DataFrame:
    """The most common duration of a scheme, and its two peaks, as ledger rows.

    The peaks are the most common duration and the most common one at least `PEAKS_APART` months from it; they have the
    groups `peak=first` (the shorter one) and `peak=second`.

    Args:
        months: Whole months in the programme.
        scheme: The scheme they are of.
    """
    found = peaks(months)
    named = dict(zip(("peak=first", "peak=second"), sorted(found), strict=False))
    most_common = {"": found[0]} if found else {}
    return pd.DataFrame(
        [
            row(
                "mode",
                value,
                scheme=scheme,
                group=group,
                term="duration_months",
                n=int((months == value).sum()),
                unit="months",
            )
            for group, value in (most_common | named).items()
        ]
    )


def peaks(months: pd.Series) -> list[float]:
    """The most common duration, and the most common one far enough from it if there is any."""
    known = months.dropna()
    if known.empty:
        return []
    first = float(known.mode().iloc[0])
    far = known[(known - first).abs() >= PEAKS_APART]
    return [first] if far.empty else [first, float(far.mode().iloc[0])]


def municipality_years(study: Study) -> pd.DataFrame:
    """Medians of the municipal statistics, for municipalities with each scheme."""
    choices = study.cohort.analysis
    limit = choices.multilevel_min_participants
    counted = large_municipality_years(study.participants, limit)
    known = counted.merge(study.registers.municipality_years, on=["municipality", "year"], validate="many_to_one")
    medians = _medians(known, STATISTICS, choices.confidence_level, "municipality_years")
    return pd.concat([_count_rows(counted, limit), medians]).assign(sample=f"municipality_years_{limit}plus")


def project_years(study: Study) -> pd.DataFrame:
    """Medians of the projects' size and wage costs, by scheme, over project-years whose costs are known."""
    leavers = study.participants.groupby(["project", "end_year"], observed=True).size().rename("leavers")
    known = study.registers.project_years.dropna(subset=["wage_costs_per_participant_1000_nok"]).merge(
        leavers, left_on=["project", "year"], right_index=True, validate="one_to_one"
    )
    count = partial(row, "count", term="project_years", unit="project_years")
    counts = [count(int((known["scheme"] == scheme).sum()), scheme=scheme) for scheme in SCHEMES]
    medians = _medians(known, COSTS, study.cohort.analysis.confidence_level, "project_years")
    return pd.concat([pd.DataFrame(counts), medians, _relative_row(medians)]).assign(sample="project_years")


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


def _count_rows(counted: pd.DataFrame, limit: int) -> pd.DataFrame:
    """Municipality-years per scheme, municipalities per year, and how many run both schemes in a year, on average."""
    per_year = counted.groupby("year")["municipality"].nunique()
    schemes = counted.groupby(["municipality", "year"])["scheme"].nunique()
    both = int((schemes == len(SCHEMES)).sum()) / max(len(per_year), 1)
    count = partial(row, "count", unit="municipalities")
    rows = [count(int((counted["scheme"] == s).sum()), scheme=s, term="municipality_years") for s in SCHEMES]
    rows += [count(int(n), group=group_of(year=year), term="municipalities") for year, n in per_year.items()]
    rows.append(count(both, term="municipalities_with_both_schemes"))
    rows.append(row("threshold", limit, term="leavers_per_municipality_year"))
    return pd.DataFrame(rows)


def _medians(units: pd.DataFrame, columns: Mapping[str, str], level: float, unit: str) -> pd.DataFrame:
    parts = [
        quantiles_by(units, column, ["scheme"], probabilities=[0.5], level=level).assign(term=term)
        for term, column in columns.items()
    ]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(statistic="median", scheme=table["scheme"].astype(str), unit=unit)[
        ["statistic", "scheme", "term", "value", "n", "low", "high", "unit"]
    ]


def _relative_row(medians: pd.DataFrame) -> pd.DataFrame:
    """By what fraction Jobbsjansen's median wage costs per participant exceed the introduction programme's."""
    costs = medians[medians["term"] == "wage_costs_per_participant_1000_nok"]
    if len(costs) < len(SCHEMES):
        return pd.DataFrame()
    introduction, jobbsjansen = (float(lookup(costs, scheme=scheme)["value"]) for scheme in SCHEMES)
    fraction = jobbsjansen / introduction - 1
    term = "relative_difference_of_medians"
    return pd.DataFrame([row("relative_difference", fraction, term=term, n=costs["n"].min(), unit="fraction")])
