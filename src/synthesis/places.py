"""Where and when people leave: the number of leavers of each scheme by municipality and year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Floats, Ints, Streams, highest, nearest, proportionate, settled
from synthesis.municipalities import valid_in
from synthesis.parameters import Parameters, for_year

_JOBBSJANSEN_CYCLE = 4  # years in the published period; other years repeat its pattern
_CYCLE_START = 2017
_TYPICAL_QUANTILE = 0.66  # of all municipalities' sizes: about the median of those with ten or more leavers a year


def place_leavers(
    parameters: Parameters, municipalities: pd.DataFrame, streams: Streams, scale: float, years: list[int]
) -> pd.DataFrame:
    """Count the leavers of each scheme, municipality and year; a leaver is filed where the municipality then was.

    Returns:
        Rows with at least one leaver: scheme, year, municipality, leavers; sorted in that order.
    """
    sites = jobbsjansen_sites(parameters, municipalities, streams, scale)
    tables = []
    for year in years:
        tables.append(_introduction(parameters, municipalities, streams, scale, year))
        tables.append(_jobbsjansen(parameters, sites, streams, scale, year))
    table = pd.concat(tables, ignore_index=True)
    table = table[table["leavers"] > 0].sort_values(["scheme", "year", "municipality"], kind="stable")
    return table.reset_index(drop=True)


def jobbsjansen_sites(
    parameters: Parameters, municipalities: pd.DataFrame, streams: Streams, scale: float
) -> pd.DataFrame:
    """The municipalities with a Jobbsjansen project and the years of the cycle in which people leave it.

    They lie around the median population of table 3, take no part in mergers, and include the largest municipality.

    Returns:
        Index municipality number, largest first: weight, large (bool), and a bool column per year of the cycle.
    """
    rng = streams.of("jobbsjansen sites")
    settings, population = parameters.municipalities.jobbsjansen, parameters.statistics.population
    lasting = municipalities[municipalities["valid_to"].isna() & (municipalities["parts"].str.len() == 0)]
    lasting = lasting.sort_values("weight", ascending=False, kind="stable")
    active = proportionate(max(3, nearest(sum(settings.by_years_active) * min(scale, 1.0))), settings.by_years_active)
    relative = np.log(lasting["weight"] / lasting["weight"].quantile(_TYPICAL_QUANTILE))
    target = np.log(population["jobbsjansen_median"] / population["median"])
    distance = population["size_exponent"] * relative - target
    appeal = -((distance / settings.population_log_sd) ** 2) / 2 + rng.gumbel(size=len(lasting))
    appeal.iloc[0] = np.inf
    sites = lasting.loc[highest(appeal.to_numpy(), int(active.sum())), ["weight"]].copy()
    spells = np.repeat(np.arange(_JOBBSJANSEN_CYCLE, 0, -1), active)
    starts = np.array([rng.integers(0, _JOBBSJANSEN_CYCLE - spell + 1) for spell in spells])
    sites["large"] = highest(rng.random(len(sites)), nearest(settings.large_share * len(sites)))
    for year in range(_JOBBSJANSEN_CYCLE):
        sites[year] = (starts <= year) & (year < starts + spells)
    return sites


def _introduction(
    parameters: Parameters, municipalities: pd.DataFrame, streams: Streams, scale: float, year: int
) -> pd.DataFrame:
    rng = streams.of(f"introduction leavers {year}")
    here = valid_in(municipalities, year)
    weights = here["weight"].to_numpy() * np.exp(parameters.municipalities.year_log_sd * rng.standard_normal(len(here)))
    total = nearest(for_year(parameters.leavers["introduction"], year) * scale)
    counts = rng.multinomial(total, _shares(weights))
    return _table("introduction", year, here.index, counts)


def _jobbsjansen(
    parameters: Parameters, sites: pd.DataFrame, streams: Streams, scale: float, year: int
) -> pd.DataFrame:
    rng = streams.of(f"jobbsjansen leavers {year}")
    settings = parameters.municipalities.jobbsjansen
    here = sites[sites[(year - _CYCLE_START) % _JOBBSJANSEN_CYCLE]]
    here = here if len(here) else sites
    total = nearest(for_year(parameters.leavers["jobbsjansen"], year) * scale)
    fewest = min(settings.fewest_leavers, total // len(here))
    weights = here["weight"].to_numpy() ** settings.size_exponent * np.where(here["large"], settings.large_factor, 1.0)
    counts = fewest + rng.multinomial(total - fewest * len(here), _shares(weights))
    return _table("jobbsjansen", year, here.index, counts)


def _shares(weights: Floats) -> Floats:
    shares = settled(weights / weights.sum())
    return np.asarray(shares / shares.sum())


def _table(scheme: str, year: int, municipality: pd.Index, counts: Ints) -> pd.DataFrame:
    return pd.DataFrame({"scheme": scheme, "year": year, "municipality": municipality.to_numpy(), "leavers": counts})
