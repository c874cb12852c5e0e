"""The participants: sex, age, time in Norway and in the programme, Norwegian, education, origin and absence."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from synthesis.draws import Bools, Floats, Streams, correlated_normals, gamma_shaped, levels, normal_scores, yes
from synthesis.parameters import Missing, Parameters, SchemeParticipants

TRAITS = ("norwegian", "education", "age", "years_in_norway", "duration_months", "male", "absence", "origin")
_MINIMUM_YEARS_ABROAD = 15  # nobody in the generated data came to Norway as a small child


def draw_participants(
    parameters: Parameters, scheme: str, leavers: pd.DataFrame, latents: Sequence[str], streams: Streams
) -> pd.DataFrame:
    """Draw the participants of one scheme.

    Args:
        parameters: Margins and correlations.
        scheme: `introduction` or `jobbsjansen`.
        leavers: As from `place_leavers`.
        latents: Further normal variables to draw along with the traits, for the measures.
        streams: Random numbers.

    Returns:
        One row per participant: scheme, year, municipality, male (bool), age, years_in_norway, duration_months
        (whole months), norwegian and education (levels 1, 2, ...), origin, absence_high (bool), and a column
        `latent_<name>` for each further variable.
    """
    here = leavers[leavers["scheme"] == scheme]
    margins, rng = parameters.participants[scheme], streams.of(f"participants {scheme}")
    people = here.loc[here.index.repeat(here["leavers"]), ["scheme", "year", "municipality"]].reset_index(drop=True)
    drawn = correlated_normals([*TRAITS, *latents], parameters.correlations[scheme], len(people), rng)
    z = {name: normal_scores(values) for name, values in drawn.items()}
    by_size = _place(here, margins)
    for name in ("education", "norwegian"):
        z[name] = normal_scores(z[name] + by_size)
    people["male"] = yes(z["male"], _male_share(margins, people["year"].to_numpy()))
    people["age"] = np.floor(gamma_shaped(z["age"], **margins.age.model_dump())).astype(np.int64)
    years = gamma_shaped(z["years_in_norway"], **margins.years_in_norway.model_dump())
    people["years_in_norway"] = np.minimum(years, people["age"] - _MINIMUM_YEARS_ABROAD)
    people["duration_months"] = _months(z["duration_months"], margins, people["year"], rng)
    people["norwegian"] = levels(z["norwegian"], margins.norwegian)
    people["education"] = levels(z["education"], margins.education)
    people["absence_high"] = yes(z["absence"], margins.absence_high)
    people["origin"] = _origin(z["origin"], _origins(margins, scheme, parameters.missing))
    for name in latents:
        people[f"latent_{name}"] = z[name]
    return people


def _place(leavers: pd.DataFrame, margins: SchemeParticipants) -> Floats:
    """How far education and Norwegian lie above the mean in larger municipalities, in standard deviations."""
    size = np.log(leavers.groupby("municipality")["leavers"].transform("sum").to_numpy(dtype=float))
    return np.repeat(margins.by_log_size * (size - np.average(size, weights=leavers["leavers"])), leavers["leavers"])


def _origin(latent: Floats, shares: dict[str, float]) -> np.ndarray:
    """Origins in the order of the shares along a normal variable, from the one that goes with its lowest values."""
    return np.array(list(shares), dtype=object)[levels(latent, list(shares.values())) - 1]


def _male_share(margins: SchemeParticipants, year: Floats) -> Floats:
    share = np.full(len(year), margins.male)
    for one, value in margins.male_by_year.items():
        share[year == one] = value
    return share


def _months(latent: Floats, margins: SchemeParticipants, year: pd.Series, rng: np.random.Generator) -> Floats:
    """Whole months, many of them moved to the length that the programme is granted for."""
    months = gamma_shaped(latent, **margins.duration_months.model_dump())
    months = months + year.map(margins.longer).fillna(0.0).to_numpy()
    for peak, width, share in margins.heaps:
        near = np.abs(months - peak) <= width
        moved: Bools = near & (rng.random(len(months)) < share)
        months = np.where(moved, peak, months)
    return np.asarray(np.maximum(np.floor(months + 0.5), 1.0))


def _origins(margins: SchemeParticipants, scheme: str, missing: Missing) -> dict[str, float]:
    """Shares among all leavers from those of the complete cases: an origin with many missing has more leavers."""
    if scheme == "jobbsjansen":
        return margins.origin
    return {k: share / (1 - missing.introduction_by_origin[k]) for k, share in margins.origin.items()}
