"""Numbers of the individual chapter: one logistic model of who reaches the goal, and what it says of participants.

The prediction of a group is the mean of its participants' probabilities in the individual model, which knows all their
characteristics, their measures and their scheme (figures 22, 23 and 25-28 of the 2022 report).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import BREAKDOWNS, attainment_rows, difference_row
from helpers.chapters.common.grouping import with_groups
from helpers.chapters.common.model_rows import coefficient_rows, effect_row, fit_rows, odds_ratio_rows
from helpers.chapters.common.samples import REPORT_2022
from helpers.chapters.individual.terms import (
    AVERAGES,
    EXPECTED,
    MODEL,
    NUMBERS,
    STARTS,
    STEPS,
    TERMS,
    TO_THE_WHOLE,
    WITH_SCHEME,
    descriptions,
    start_group,
)
from helpers.cohort.settings import SCHEMES, Cohort
from helpers.cohort.variables import categories
from helpers.study.fits.step_models import step_model
from helpers.study.specification import CHARACTERISTICS, OUTCOME, origin_terms
from helpers.study.study import Study
from resultatbok.methods.contribution import QUADRANTS, contribution_indicators, quadrant
from resultatbok.release.ledger import group_of, row

BY_LEVEL: Final = ("education", "norwegian")
BY_BACKGROUND: Final = ("age", "absence", "years_in_norway_quantile", "duration_quantile")
LEVELS: Final = categories("norwegian")
"""Levels of Norwegian from the lowest, coded 1-5 (see `norwegian_scale` in the cohort file)."""
MIDDLE: Final = (0.25, 0.75)
"""Comparable are municipalities between these quantiles in both population and immigrant share."""


def odds_ratios(study: Study) -> pd.DataFrame:
    """Odds ratio of each term of the individual model, and the significance level that their intervals stand for."""
    model = study.individual_model
    level = row("threshold", round(1 - model.level, 6), group=MODEL, term="significance_level")
    return pd.concat([odds_ratio_rows(model.terms, model.n, MODEL), pd.DataFrame([level])])


def odds_in_words(study: Study) -> pd.DataFrame:
    """What the odds ratios of some terms make of a probability of 25, 50 and 75 per cent."""
    model = study.individual_model
    ratios = model.terms["odds_ratio"]
    rows = [row("odds_ratio", ratios[term], group=MODEL, term=term, n=model.n, unit="ratio") for term in TERMS]
    for term in TERMS:
        for start in STARTS:
            value, low, high = (
                moved(start, float(model.terms[f"odds_ratio{end}"][term])) for end in ("", "_low", "_high")
            )
            rows.append(
                row(
                    "probability",
                    value,
                    group=start_group(start),
                    term=term,
                    n=model.n,
                    low=low,
                    high=high,
                    unit="fraction",
                )
            )
    return pd.DataFrame(rows)


def moved(probability: float, odds_ratio: float) -> float:
    """The probability whose odds are those of `probability` times the odds ratio."""
    odds = odds_ratio * probability / (1 - probability)
    return odds / (1 + odds)


def individual_model(study: Study) -> pd.DataFrame:
    """The individual model in full: coefficients, odds ratios and average marginal effects."""
    model, origins = study.individual_model, origin_terms(study.cohort.analysis)
    clustered = study.individual_model_by_project
    effects = {t: clustered.average_effect(t, origins if t in origins else ()) for t in model.design.columns}
    return pd.concat(
        [
            coefficient_rows(model.terms, model.n, MODEL).assign(sample=REPORT_2022),
            odds_ratio_rows(model.terms, model.n, MODEL),
            *(effect_row(term, effect, model.n, MODEL) for term, effect in effects.items()),
            fit_rows(model, MODEL),
        ]
    )


def stepwise(study: Study) -> pd.DataFrame:
    """The average difference between the schemes as more is held equal."""
    models = {name: step_model(study, name) for name in WITH_SCHEME}
    return pd.concat(
        effect_row("scheme", study.by_project(model).average_effect("scheme"), model.n, f"model={name}")
        for name, model in models.items()
    )


def stepwise_terms(study: Study) -> pd.DataFrame:
    """Coefficients of the model step by step: characteristics, then measures, then the scheme."""
    models = {f"model={name}": step_model(study, name) for name in TO_THE_WHOLE}
    return pd.concat(
        part
        for group, model in models.items()
        for part in (
            coefficient_rows(model.terms, model.n, group).assign(sample=REPORT_2022),
            odds_ratio_rows(model.terms, model.n, group),
            fit_rows(model, group),
        )
    )


def described_participants(study: Study) -> pd.DataFrame:
    """What the described participants are in numbers: age, years in Norway, months in the programme."""
    del study  # they are described in a coding table
    return pd.DataFrame(
        [
            row(
                "profile_value",
                float(description[name]),
                scheme=scheme_of(str(profile)),
                group=group_of(profile=profile),
                term=name,
            )
            for profile, description in descriptions().iterrows()
            for name in NUMBERS
        ]
    )


def scheme_of(profile: str) -> str:
    """The scheme that a description is typical of; both where it fits either."""
    return profile.removeprefix("typical_") if profile.startswith("typical_") else "both"


def typical_participants(study: Study) -> pd.DataFrame:
    """Predicted probability of described and average participants in each scheme, and the gap between the schemes."""
    model = study.individual_model_by_project
    design = pd.concat([profile_design(study), average_design(study)])
    predicted = model.predict(design).reset_index().rename(columns={"probability": "value"})
    probabilities = predicted.assign(
        statistic="probability", group="profile=" + predicted["profile"], unit="fraction"
    ).drop(columns="profile")
    gaps = []
    for profile in design.index.get_level_values("profile").unique():
        gap = model.predicted_difference(design.loc[(profile, "jobbsjansen")], design.loc[(profile, "introduction")])
        gaps.append(difference_row("difference", gap, group=f"profile={profile}"))
    return pd.concat([probabilities, pd.DataFrame(gaps)]).assign(term="goal_attainment", n=model.n)


def profile_design(study: Study) -> pd.DataFrame:
    """The described participants as rows of the individual model, in each scheme.

    Measures, and what a description calls `mean`, are at their means over the complete cases.

    Returns:
        The individual model's columns, indexed by (`profile`, `scheme`).
    """
    means = study.individual_design.mean()
    rows = {}
    for profile, description in descriptions().iterrows():
        participant = means.copy()
        participant[origin_terms(study.cohort.analysis)] = 0.0
        if (origin := f"origin_{description['origin']}") in participant.index:
            participant[origin] = 1.0
        for name in CHARACTERISTICS:
            participant[name] = _value(name, description, means, study.cohort)
        rows[str(profile)] = participant
    return _in_each_scheme(rows)


def average_design(study: Study) -> pd.DataFrame:
    """The average participant of each scheme as rows of the individual model, in each scheme.

    Everything, measures and origins too, is at its mean over the scheme's complete cases.

    Returns:
        As `profile_design`, with the profiles `AVERAGES`.
    """
    means = study.individual_design.groupby(study.complete["scheme"], observed=True).mean().T
    return _in_each_scheme({profile: means[of] for profile, of in AVERAGES.items() if of in means})


def _in_each_scheme(participants: dict[str, pd.Series]) -> pd.DataFrame:
    rows = {
        (profile, scheme): participant.where(participant.index != "scheme", float(scheme == "jobbsjansen"))
        for profile, participant in participants.items()
        for scheme in SCHEMES
    }
    return pd.DataFrame(rows).T.rename_axis(["profile", "scheme"])


def _value(name: str, description: pd.Series, means: pd.Series, cohort: Cohort) -> float:
    if name != "norwegian_level":
        return float(description[name])
    level = str(description["norwegian"])
    if level == "mean":
        return float(means[name])
    lowest = 1 if cohort.coding.norwegian_scale == "five_levels" else 0
    return float(LEVELS.index(level) + lowest)


def predicted_by_level(study: Study) -> pd.DataFrame:
    """Predicted and actual goal attainment by education and by Norwegian, for each scheme."""
    return _predicted(study, BY_LEVEL)


def predicted_by_background(study: Study) -> pd.DataFrame:
    """Predicted and actual goal attainment by age, absence, years in Norway and duration, for each scheme."""
    return _predicted(study, BY_BACKGROUND)


def predicted_table(study: Study) -> pd.DataFrame:
    """Predicted and actual goal attainment of all these groups."""
    return _predicted(study, (*BY_LEVEL, *BY_BACKGROUND))


def _predicted(study: Study, breakdowns: Iterable[str]) -> pd.DataFrame:
    """Actual, predicted and the difference of the two, by scheme and the categories of characteristics.

    Returns:
        Ledger rows: `share` of `goal_attainment` and of `expected_goal_attainment`, and `difference` with the term
        `contribution`. The interval of the difference is that of chance around the predicted probabilities.
    """
    return pd.concat([_predicted_by(study, breakdown) for breakdown in breakdowns])


def _predicted_by(study: Study, breakdown: str) -> pd.DataFrame:
    level, people = study.cohort.analysis.confidence_level, with_groups(study.complete)
    groups = people["scheme"].astype(str) + ";" + people[BREAKDOWNS[breakdown]].astype(str)
    table = contribution_indicators(
        people[OUTCOME], study.individual_model.fitted, groups, min_participants=1, level=level
    )
    actual = attainment_rows(people, breakdown, level=level)
    names = (actual["scheme"] + ";" + actual["group"].str.removeprefix(f"{breakdown}=")).tolist()
    found = table.loc[names].reset_index(drop=True)
    keys = {name: actual[name].to_numpy() for name in ("scheme", "group", "n")}
    expected = pd.DataFrame({**keys, "statistic": "share", "term": EXPECTED, "value": found["expected"]})
    beyond = found[["contribution", "std_error", "low", "high"]].rename(columns={"contribution": "value"})
    contribution = pd.DataFrame({**keys, "statistic": "difference", "term": "contribution", **beyond})
    return pd.concat([actual, pd.concat([expected, contribution]).assign(unit="fraction")], ignore_index=True)


def case_selection(study: Study) -> pd.DataFrame:
    """How many municipalities each step of the 2022 report's choice of places to visit leaves, never which (table 2).

    A case runs both schemes; its introduction programme lies above the average and does better than its participants
    lead one to expect, or below and worse; and it is comparable with the others in size and immigrant share.
    """
    candidates = candidate_municipalities(study)
    comparable = candidates["comparable"]
    kept = dict(zip(STEPS, (comparable | True, comparable, comparable & candidates["jobbsjansen_above"]), strict=True))
    rows = [
        row(
            "count",
            int((chosen & (candidates["quadrant"] == name)).sum()),
            group=";".join(filter(None, [group_of(quadrant=name), step])),
            term="municipalities_with_both_schemes",
            sample=f"projects_{study.cohort.analysis.project_min_participants}plus",
            unit="municipalities",
        )
        for name in reversed(QUADRANTS)
        for step, chosen in kept.items()
    ]
    return pd.DataFrame(rows)


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
