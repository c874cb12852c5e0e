"""What the registers lack: exact counts of missing education and Norwegian, and a few other blanks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Bools, Floats, Streams, highest, logistic_noise, nearest
from synthesis.parameters import Missing

_OTHERS = {
    "introduction": ("end_reason", "absence", "start_date", "birth_year"),
    "jobbsjansen": ("jobbsjansen_absence", "jobbsjansen_years"),
}


def draw_missing(settings: Missing, people: pd.DataFrame, streams: Streams, share: dict[str, float]) -> pd.DataFrame:
    """Decide what is missing for each participant.

    Args:
        settings: Counts, and the log odds of lacking education or Norwegian.
        people: Participants of both schemes.
        streams: Random numbers.
        share: Each scheme's participants against the published number; the counts change with it.

    Returns:
        Bool columns education, norwegian, end_reason, absence, start_date, birth_year, jobbsjansen_absence and
        jobbsjansen_years, rows as in `people`.
    """
    columns = ["education", "norwegian", *(kind for kinds in _OTHERS.values() for kind in kinds)]
    missing = pd.DataFrame(False, index=people.index, columns=columns)
    rng = streams.of("missing")
    places, place = np.unique(people["municipality"].to_numpy(dtype=str), return_inverse=True)
    habit = settings.municipality_sd * rng.standard_normal(len(places))[place]
    scores = habit + _tilt(settings, people) + logistic_noise(len(people), rng)
    for scheme, counts in (("introduction", settings.introduction), ("jobbsjansen", settings.jobbsjansen)):
        here = (people["scheme"] == scheme).to_numpy()
        wanted = {kind: nearest(count * share[scheme]) for kind, count in counts.items()}
        _education_and_norwegian(missing, here, scores, wanted, rng)
        _others(settings, missing, here, _OTHERS[scheme], share[scheme], rng)
    return missing


def _others(
    settings: Missing,
    missing: pd.DataFrame,
    here: Bools,
    kinds: tuple[str, ...],
    share: float,
    rng: np.random.Generator,
) -> None:
    """A few other blanks, never two of them for one participant."""
    incomplete = (missing["education"] | missing["norwegian"]).to_numpy()
    for counts, rows in ((settings.complete, ~incomplete), (settings.incomplete, incomplete)):
        free = rows & here
        for kind in kinds:
            scores = np.where(free, rng.random(len(free)), -1.0)
            chosen = highest(scores, nearest(counts[kind] * share)) & free
            missing.loc[chosen, kind] = True
            free &= ~chosen


def _tilt(settings: Missing, people: pd.DataFrame) -> Floats:
    shares = people["origin"].map(settings.introduction_by_origin).to_numpy(dtype=float)
    tilt = np.log(shares / (1 - shares))
    for name, slope in settings.slopes.items():
        value = people[name].to_numpy(dtype=float)
        tilt = tilt + slope * (value - value.mean())
    years = people["year"].map(settings.jobbsjansen_by_year).fillna(0.0)
    return np.asarray(tilt + years.where(people["scheme"] == "jobbsjansen", 0.0).to_numpy())


def _education_and_norwegian(
    missing: pd.DataFrame, here: Bools, scores: Floats, counts: dict[str, int], rng: np.random.Generator
) -> None:
    """The highest scores lack something; which of the two, or both, is drawn with exact counts."""
    either = counts["education"] + counts["norwegian"] - counts["both"]
    rows = rng.permutation(np.flatnonzero(highest(np.where(here, scores, -np.inf), either) & here))
    missing.loc[rows[: counts["education"]], "education"] = True
    missing.loc[rows[counts["education"] - counts["both"] :], "norwegian"] = True
