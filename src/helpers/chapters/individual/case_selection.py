"""Choosing municipalities to visit, as the 2022 report did for its case studies (table 2): counts, never names.

A case is a municipality that runs both schemes, whose introduction programme lies above the average and does better
than its participants lead one to expect, or below and worse, and that is comparable with the others in size and
immigrant share.
"""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.cohort.settings import SCHEMES
from helpers.study.specification import OUTCOME
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.contribution import QUADRANTS, quadrant
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

MIDDLE: Final = (0.25, 0.75)
"""Comparable are municipalities between these quantiles in both population and immigrant share."""
EACH: Final = 2
"""How many cases the report has of each kind."""
BETTER, WORSE = "above_mean_positive", "below_mean_negative"
TERM: Final = "municipalities_with_both_schemes"
STEPS: Final = {"": "all", "comparable=yes": "comparable", "comparable=yes;jobbsjansen=above_mean": "jobbsjansen"}


@exhibit("case_selection", phrases="cases_both cases_comparable cases_finding")
def case_selection(desk: Desk) -> Exhibit:
    """How many municipalities each step of the choice leaves, by quadrant of their introduction programme."""
    words = desk.wording
    rows = desk.rows("case_selection", lambda: _rows(desk, candidate_municipalities(desk.study)))
    steps = rows["group"].map(_step)
    better, worse = (lookup(rows, group=group_of(quadrant=name, comparable="yes"))["value"] for name in (BETTER, WORSE))
    return Exhibit(
        key="case_selection",
        rows=rows,
        caption=words.text(
            "Municipalities that run both schemes, by the result of their introduction programme. Comparable: in the "
            "middle half of them by population and by immigrant share."
        ),
        table=from_rows(
            rows.assign(sample=steps),
            words,
            index="quadrant",
            columns="sample",
            cell="count",
            headers={"quadrant": words.text("Introduction programme")},
            labels={
                "all": words.text("Run both schemes"),
                "comparable": words.text("Of these comparable"),
                "jobbsjansen": words.text("Of these with Jobbsjansen above its average"),
            },
        ),
        phrases={
            "cases_both": words.count(rows.loc[steps == "all", "value"].sum(skipna=False)),
            "cases_comparable": words.count(rows.loc[steps == "comparable", "value"].sum(skipna=False)),
            "cases_finding": cases_finding(words, int(better), int(worse)),
        },
    )


def cases_finding(words: Wording, better: int, worse: int) -> str:
    """Whether there are enough municipalities of both kinds to choose from, as a sentence."""
    values = {"better": words.count(better), "worse": words.count(worse), "each": words.count(EACH)}
    if min(better, worse) >= EACH:
        return words.text(
            "The rule leaves {better} that do better and {worse} that do worse, enough to visit {each} of each kind.",
            **values,
        )
    return words.text(
        "The rule leaves {better} that do better and {worse} that do worse, too few to visit {each} of each kind.",
        **values,
    )


def candidate_municipalities(study: Study) -> pd.DataFrame:
    """Municipalities with a contribution indicator for both schemes.

    Returns:
        Indexed by municipality: `quadrant` of the introduction programme, `jobbsjansen_above` its average, `population`
        and `immigrant_share` (means over the cohort's years) and `comparable`.
    """
    indicators = study.contributions
    of = {scheme: _by_municipality(indicators[indicators["scheme"] == scheme]) for scheme in SCHEMES}
    attained = study.complete.groupby("scheme", observed=True)[OUTCOME].mean()
    known = study.registers.municipality_years.groupby("municipality")[["population", "immigrant_share"]].mean()
    both = of["introduction"].index.intersection(of["jobbsjansen"].index).intersection(known.index)
    candidates = known.loc[both]
    within = pd.DataFrame({name: in_the_middle(candidates[name]) for name in candidates.columns})
    return candidates.assign(
        quadrant=quadrant(of["introduction"].loc[both], float(study.complete[OUTCOME].mean())),
        jobbsjansen_above=of["jobbsjansen"].loc[both, "actual"] >= attained.get("jobbsjansen", 1.0),
        comparable=within.all(axis=1),
    )


def in_the_middle(values: pd.Series) -> pd.Series:
    """Whether each value lies in the middle half of them, both ends included."""
    low, high = values.quantile(MIDDLE[0]), values.quantile(MIDDLE[1])
    return values.between(low, high)


def _by_municipality(indicators: pd.DataFrame) -> pd.DataFrame:
    return indicators.set_axis(indicators.index.astype(str).str.partition(":").get_level_values(2))


def _rows(desk: Desk, candidates: pd.DataFrame) -> pd.DataFrame:
    sample = f"projects_{desk.study.cohort.analysis.project_min_participants}plus"
    comparable = candidates["comparable"]
    kept = dict(zip(STEPS, (comparable | True, comparable, comparable & candidates["jobbsjansen_above"]), strict=True))
    rows = [
        row(
            "count",
            int((chosen & (candidates["quadrant"] == name)).sum()),
            group=";".join(part for part in (group_of(quadrant=name), step) if part),
            term=TERM,
            sample=sample,
            unit="municipalities",
        )
        for name in reversed(QUADRANTS)
        for step, chosen in kept.items()
    ]
    return pd.DataFrame(rows)


def _step(group: str) -> str:
    """What a row's step of the choice is called, from its group without the quadrant."""
    return STEPS[";".join(part for part in group.split(";") if not part.startswith("quadrant="))]
