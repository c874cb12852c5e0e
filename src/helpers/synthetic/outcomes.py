"""Goal attainment and what it consisted in: the individual model, the projects' effects and the published totals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.synthetic.draws import Bools, Floats, Streams, balanced_bernoulli, logistic, share_out
from helpers.synthetic.parameters import Outcome, Parameters, Slopes, for_year

_ROUNDS = 40  # of fitting the constants to the totals; they settle within 1e-6


def draw_goal_attained(
    settings: Outcome, people: pd.DataFrame, project_effect: Floats, incomplete: Bools, streams: Streams
) -> tuple[Bools, Floats]:
    """Draw who attains the goal.

    Args:
        settings: Coefficients and totals.
        people: Participants of both schemes, with traits, `norwegian_level` and measures.
        project_effect: Log odds that each participant's project adds.
        incomplete: Who lacks education or Norwegian; they have totals of their own.
        streams: Random numbers.

    Returns:
        Whether each attains the goal, and the probability it was drawn with.
    """
    eta = settings.conditional * linear_predictor(settings, people) + project_effect
    probability = _with_totals(eta, _totals(settings, people, incomplete))
    rng = streams.of("goal attainment")
    if not settings.balanced:
        return rng.random(len(people)) < probability, probability
    keys = (rng.random(len(people)), people["male"], people["year"], incomplete, people["scheme"])
    return balanced_bernoulli(probability, np.lexsort(keys), rng), probability


def linear_predictor(settings: Outcome, people: pd.DataFrame) -> Floats:
    """Log odds of goal attainment without a constant, by the coefficients of each sex and what each scheme adds."""
    jobbsjansen = (people["scheme"] == "jobbsjansen").to_numpy()
    traits = people.assign(some_schooling=people["education"] == 2, good_general=people["education"] == 3)
    men = _sum(traits, settings.men | settings.measures_men, settings.origin_men)
    women = _sum(traits, settings.women | settings.measures_women, settings.origin_women)
    eta = np.where(people["male"], men, women) + np.where(jobbsjansen, _sum(traits, settings.jobbsjansen, {}), 0.0)
    for scheme, (months, log_odds) in settings.long_duration.items():
        long = (people["scheme"] == scheme) & (people["duration_months"] >= months)
        eta = eta + log_odds * long.to_numpy(dtype=float)
    return np.asarray(eta)


def draw_transition(parameters: Parameters, people: pd.DataFrame, attained: Bools, streams: Streams) -> Bools:
    """Whether each participant who attains the goal goes to work; the others of them go to education."""
    slopes = parameters.transition.slopes
    eta = _sum(people, slopes, {})
    eta = eta - eta.mean()
    totals = []
    for scheme, shares in parameters.transition.work_share.items():
        for year in sorted(people["year"].unique()):
            rows = attained & ((people["scheme"] == scheme) & (people["year"] == year)).to_numpy()
            totals.append((rows, for_year(shares, int(year))))
    rng = streams.of("transition")
    probability = _with_totals(eta, totals)
    keys = (rng.random(len(people)), people["year"], attained, people["scheme"])
    return attained & balanced_bernoulli(probability, np.lexsort(keys), rng)


def draw_end_reasons(
    parameters: Parameters, attained: Bools, to_work: Bools, not_counted: Bools, streams: Streams
) -> np.ndarray:
    """The introduction programme's end reasons as the register has them."""
    rng = streams.of("end reasons")
    groups = {
        "not_counted": not_counted,
        "not_attained": ~attained & ~not_counted,
        "work": attained & to_work & ~not_counted,
        "education": attained & ~to_work & ~not_counted,
    }
    reasons = np.empty(len(attained), dtype=object)
    for name, rows in groups.items():
        reasons[rows] = share_out(parameters.end_reasons[name], int(rows.sum()), rng)
    return reasons


def _sum(people: pd.DataFrame, slopes: Slopes, origins: Slopes) -> Floats:
    total = np.zeros(len(people))
    for name, slope in slopes.items():
        total += slope * people[_COLUMNS.get(name, name)].to_numpy(dtype=float)
    if origins:
        total += people["origin"].map(origins).to_numpy(dtype=float)
    return total


_COLUMNS = {"education_level": "education"}


def _totals(settings: Outcome, people: pd.DataFrame, incomplete: Bools) -> list[tuple[Bools, float]]:
    """Groups of participants and the share of each that attains the goal, in the order of fitting."""
    totals = settings.totals
    introduction, male = (people["scheme"] == "introduction").to_numpy(), people["male"].to_numpy()
    left_out = introduction & incomplete
    women, men = totals["introduction_women"], totals["introduction_men"]
    # No figure is published for the left out by sex: they differ by as much as the others, around their own total.
    men_among_them = float(male[left_out].mean()) if left_out.any() else 0.0
    shift = totals["introduction_incomplete"] - (men_among_them * men + (1 - men_among_them) * women)
    groups = [
        (introduction & ~incomplete & ~male, women),
        (introduction & ~incomplete & male, men),
        (left_out & ~male, women + shift),
        (left_out & male, men + shift),
        (~introduction & ~incomplete, totals["jobbsjansen_complete"]),
        (~introduction & incomplete, totals["jobbsjansen_incomplete"]),
    ]
    return [*_year_totals(settings, people, groups), *groups]


def _year_totals(
    settings: Outcome, people: pd.DataFrame, groups: list[tuple[Bools, float]]
) -> list[tuple[Bools, float]]:
    expected = np.zeros(len(people))
    for rows, total in groups:
        expected[rows] = total
    found = []
    for scheme, by_year in settings.by_year.items():
        here = (people["scheme"] == scheme).to_numpy()
        published = people["year"].map(lambda year, by_year=by_year: for_year(by_year, year)).to_numpy()
        shift = expected[here].mean() - published[here].mean() if here.any() else 0.0
        for year in sorted(people.loc[here, "year"].unique()):
            rows = here & (people["year"] == year).to_numpy()
            found.append((rows, float(published[rows][0] + shift)))
    return found


def _with_totals(eta: Floats, totals: list[tuple[Bools, float]]) -> Floats:
    """Probabilities that meet each group's share: a constant per group, fitted in turn by Newton steps."""
    eta = eta - eta.mean()
    positions = [(np.flatnonzero(rows), share) for rows, share in totals if rows.any()]
    for _ in range(_ROUNDS):
        for rows, share in positions:
            p = logistic(eta[rows])
            step = (share - p.mean()) / (p * (1 - p)).mean()
            eta[rows] += np.clip(step, -1.0, 1.0)
    return logistic(eta)
