"""The projects: how much each adds to its participants' chances, and what it spends per participant."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.special import gammaincinv, ndtr

from synthesis.draws import Floats, Streams, logistic, normal_scores, settled
from synthesis.parameters import Parameters, ProjectSpread

_CONTEXT = ["immigrant_share", "net_in_migration_per_1000", "selected_industries_share"]
_TRIED = ["population", "employment_share_25_66", "disability_pension_share", "centrality"]  # ch5: they tell nothing
_MANY = 100  # projects from which their effects can be kept apart from all that was tried
_REFERENCE_SIZE = 60.0  # leavers of the project whose spread is the scheme's `sd`
_HALF_KNOWN = 15.0  # leavers of a project that a multilevel model gives half of the weight of a large one
_SAME = 1e-9  # of the largest singular value, below which columns say the same
_FARTHEST = 10.0  # log odds that the effects can be moved
_DECIMALS = 6  # of the effects; what is drawn from them must not hang on a processor's last digits
_INHERITED = 0.75  # share of the variance that a merged municipality's project has from those it was merged of


def draw_projects(
    parameters: Parameters,
    municipalities: pd.DataFrame,
    leavers: pd.DataFrame,
    statistics: pd.DataFrame,
    streams: Streams,
) -> pd.DataFrame:
    """Draw one row per project, that is scheme and municipality.

    A merged municipality's project continues those it was merged of: their weighted mean, and something new.

    Returns:
        Columns scheme, municipality, leavers, wage_z (standardised log wages per participant), and in log odds
        residual, from_place (immigrants and migration), from_wages and their sum, effect; women: what is added for
        women.
    """
    rows = leavers.groupby(["scheme", "municipality"])["leavers"].sum().reset_index()
    means = statistics.groupby("municipality")[[*_CONTEXT, *_TRIED]].mean()
    effects = parameters.projects
    here = means.loc[rows["municipality"].tolist()].to_numpy(dtype=float)
    standardised = (here - here.mean(axis=0)) / np.maximum(here.std(axis=0), 1e-9)
    part = standardised[:, :2] @ np.array([effects.immigrant_share, effects.net_in_migration])
    rows["residual"], rows["women"], rows["wage_z"] = 0.0, 0.0, 0.0
    for scheme, spread in (("introduction", effects.introduction), ("jobbsjansen", effects.jobbsjansen)):
        mine = rows["scheme"] == scheme
        noise = _shared_noise(rows[mine], municipalities, streams.of(f"project effects {scheme}"), spread.skewness)
        size = rows.loc[mine, "leavers"].to_numpy(dtype=float)
        women = _shared_noise(rows[mine], municipalities, streams.of(f"project effects on women {scheme}"), 0.0)
        rows.loc[mine, "wage_z"] = _shared_noise(rows[mine], municipalities, streams.of(f"wages {scheme}"), 0.0)
        context = standardised[mine] if mine.sum() >= _MANY else standardised[mine][:, : len(_CONTEXT)]
        known = np.column_stack([context, rows.loc[mine, "wage_z"]])
        women, noise = (_apart_from(known, values, size) for values in (women, noise))
        rows.loc[mine, "women"] = spread.women_sd * women
        rows.loc[mine, "residual"] = _centred(noise * _sd(spread, size) + _size_part(spread, size), size)
    rows["from_place"], rows["from_wages"] = part, effects.wage_per_participant * rows["wage_z"]
    rows["effect"] = rows["from_place"] + rows["from_wages"] + rows["residual"]
    totals = parameters.outcome.totals
    for scheme, share, share_of_women in (
        ("introduction", totals["introduction_men"], totals["introduction_women"]),
        ("jobbsjansen", totals["jobbsjansen_complete"], totals["jobbsjansen_complete"]),
    ):
        mine = rows["scheme"] == scheme
        size = rows.loc[mine, "leavers"].to_numpy(dtype=float)
        shift = _neutral(rows.loc[mine, "effect"].to_numpy(dtype=float), size, share)
        rows.loc[mine, ["residual", "effect"]] += shift
        on_women = (rows.loc[mine, "effect"] + rows.loc[mine, "women"]).to_numpy(dtype=float)
        if rows.loc[mine, "women"].any():
            rows.loc[mine, "women"] += _neutral(on_women, size, share_of_women)
    for name in ("residual", "women", "wage_z", "from_place", "from_wages", "effect"):
        rows[name] = settled(rows[name], _DECIMALS)
    return rows


def _neutral(effect: Floats, size: Floats, total: float) -> float:
    """What to add to the effects so that, at a total share, they raise as many chances as they lower."""
    start = np.log(total / (1 - total))

    def excess(shift: float) -> float:
        return float(np.average(logistic(start + shift + effect), weights=size)) - total

    return float(settled(brentq(excess, -_FARTHEST, _FARTHEST))) if len(effect) else 0.0


def _apart_from(known: Floats, noise: Floats, size: Floats) -> Floats:
    """The noise without what it happens to share with what is known of the projects, with its own spread."""
    if len(noise) <= 2 * known.shape[1]:
        return noise
    weight = np.sqrt(size / (size + _HALF_KNOWN))
    design = np.column_stack([np.ones(len(noise)), known])
    slopes = np.linalg.lstsq(design * weight[:, None], noise * weight, rcond=_SAME)[0]
    rest = noise - design @ slopes
    return np.asarray(rest * noise.std() / rest.std())


def _sd(spread: ProjectSpread, size: Floats) -> Floats:
    return np.asarray(spread.sd * (size / _REFERENCE_SIZE) ** -spread.size_exponent)


def _size_part(spread: ProjectSpread, size: Floats) -> Floats:
    return np.asarray(spread.size_slope * np.log(size / _REFERENCE_SIZE))


def _centred(values: Floats, size: Floats) -> Floats:
    return np.asarray(values - np.average(values, weights=size))


def _shared_noise(
    rows: pd.DataFrame, municipalities: pd.DataFrame, rng: np.random.Generator, skewness: float
) -> Floats:
    """Standard noise per project, of which a merged municipality's project inherits three quarters of the variance."""
    own = pd.Series(rng.standard_normal(len(municipalities)), index=municipalities.index)
    noise = own.copy()
    for number, parts in zip(municipalities.index, municipalities["parts"], strict=True):
        if parts:
            weights = municipalities.loc[list(parts), "weight"].to_numpy(dtype=float)
            inherited = np.average(own.loc[list(parts)].to_numpy(), weights=weights)
            scale = np.sqrt(np.sum((weights / weights.sum()) ** 2))
            new = np.sqrt(1 - _INHERITED) * own.loc[number]
            noise.loc[number] = np.sqrt(_INHERITED) * inherited / scale + new
    return _spread_out(np.asarray(noise.loc[rows["municipality"]], dtype=np.float64), skewness)


def _spread_out(noise: Floats, skewness: float) -> Floats:
    """Values of a normal variable or a skewed one (gamma), evenly spread over it, in the order of the noise.

    With 31 projects, percentiles of plain draws would differ by more than table 6 tells of.
    """
    even = normal_scores(noise)
    if skewness == 0:
        return even
    shape = 4 / skewness**2
    drawn = gammaincinv(shape, ndtr(np.sign(skewness) * even))
    return np.asarray(settled(np.sign(skewness) * (drawn - shape) / np.sqrt(shape)))
