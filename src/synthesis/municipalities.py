"""Invented municipalities: names, numbers, counties, sizes and mergers.

Numbers lie in 6001-9899, where no real Norwegian municipality has its number, and no name is a real municipality's.
"""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
from scipy.special import ndtri

from synthesis.draws import Floats, Streams, nearest, settled
from synthesis.parameters import Municipalities

# Beginnings and endings of the invented names; tests compare every combination with the real municipalities.
BEGINNINGS = (
    "Alder",
    "Bremd",
    "Draum",
    "Elder",
    "Fjøl",
    "Grimel",
    "Hulder",
    "Isbrek",
    "Jermund",
    "Kvarn",
    "Lunder",
    "Mjølk",
    "Nøkke",
    "Orme",
    "Perle",
    "Ravne",
    "Skarl",
    "Tyrn",
    "Ulver",
    "Varg",
    "Ymse",
    "Åmyr",
    "Blåne",
    "Durme",
    "Falke",
    "Gjerm",
    "Hegre",
    "Kolbu",
    "Myrke",
    "Rimfro",
    "Solve",
    "Tranma",
    "Vinder",
    "Øgle",
)
ENDINGS = (
    "bekken",
    "bygda",
    "eng",
    "feste",
    "gjerdet",
    "grend",
    "hamna",
    "klev",
    "lykkja",
    "nuten",
    "osen",
    "rabben",
    "skogen",
    "stad",
    "stølen",
    "tange",
    "vollen",
    "åker",
)
_SMALLEST_COUNTRY = 12


def possible_names() -> list[str]:
    """Every name the generator can give a municipality."""
    return [begin + end for begin, end in product(BEGINNINGS, ENDINGS)]


def draw_municipalities(settings: Municipalities, streams: Streams, scale: float) -> pd.DataFrame:
    """The country's municipalities over time.

    Returns:
        One row per municipality, index `number` (text): name, county, valid_from, valid_to and successor (missing
        while it exists), weight (expected share of all leavers), parts (tuple of the numbers it was merged of).
    """
    rng = streams.of("municipalities")
    n = max(_SMALLEST_COUNTRY, nearest(settings.base * min(scale, 1.0)))
    county = rng.permutation(np.arange(n) % len(settings.counties))
    rows = pd.DataFrame(
        {
            "county": county,
            "valid_from": settings.first_year,
            "valid_to": np.nan,
            "successor": "",
            "weight": _weights(settings, n),
            "parts": [()] * n,
        }
    )
    share = n / settings.base
    for year, (pairs, triples) in settings.mergers.items():
        sizes = [2] * nearest(pairs * share) + [3] * nearest(triples * share)
        rows = _merge(rows, year, sizes, len(settings.largest_shares), rng)
    return _with_names(rows, settings, rng)


def valid_in(municipalities: pd.DataFrame, year: int) -> pd.DataFrame:
    """The municipalities that exist in a year."""
    ended = municipalities["valid_to"].fillna(np.inf)
    return municipalities[(municipalities["valid_from"] <= year) & (ended >= year)]


def _weights(settings: Municipalities, n: int) -> Floats:
    largest = np.array(settings.largest_shares)[: n // 3]
    quantiles = ndtri((np.arange(n - len(largest)) + 0.5) / (n - len(largest)))
    rest = np.exp(settings.size_log_sd * quantiles[::-1])
    rest[len(rest) - nearest(settings.small["share"] * len(rest)) :] *= settings.small["factor"]
    return np.asarray(settled(np.concatenate([largest, rest / rest.sum() * (1 - largest.sum())])))


def _merge(rows: pd.DataFrame, year: int, sizes: list[int], largest: int, rng: np.random.Generator) -> pd.DataFrame:
    """Merge neighbours of one county; the largest municipalities, and those merged before, are left as they are."""
    for size in sizes:
        free = rows[rows["valid_to"].isna() & (rows["parts"].str.len() == 0) & (rows.index >= largest)]
        counties = free["county"].value_counts(sort=False).sort_index()
        enough = counties.index[counties >= size].to_numpy()
        if len(enough) == 0:
            return rows
        here = free.index[free["county"] == rng.choice(enough)].to_numpy()
        parts = sorted(int(i) for i in rng.choice(here, size, replace=False))
        new = len(rows)
        rows.loc[parts, "valid_to"] = year - 1
        rows.loc[parts, "successor"] = str(new)
        merged = {
            "county": rows.loc[parts[0], "county"],
            "valid_from": year,
            "valid_to": np.nan,
            "successor": "",
            "weight": settled(rows.loc[parts, "weight"].sum()),
            "parts": tuple(parts),
        }
        rows = pd.concat([rows, pd.DataFrame([merged])], ignore_index=True)
    return rows


def _with_names(rows: pd.DataFrame, settings: Municipalities, rng: np.random.Generator) -> pd.DataFrame:
    rows["name"] = rng.permutation(possible_names())[: len(rows)]
    serial = rows.groupby("county").cumcount() + 1
    number = (np.array(settings.county_codes)[rows["county"].astype(int)] * 100 + serial).astype(str)
    rows["county"] = np.array(settings.counties)[rows["county"].astype(int)]
    rows["successor"] = [number[int(s)] if s else "" for s in rows["successor"]]
    rows["parts"] = [tuple(number[i] for i in parts) for parts in rows["parts"]]
    return rows.set_index(pd.Index(number, name="number"))
