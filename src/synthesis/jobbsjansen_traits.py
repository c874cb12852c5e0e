"""What the 2019 evaluation knows about the participants of part A beyond the common traits."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import pandas as pd

from helpers.registers.coding import coding_tables
from synthesis.draws import Floats, Ints, Streams, nearest, proportionate, settled, share_out
from synthesis.jobbsjansen_parameters import Details

EVALUATED = (2017, 2018)
"""Years of leaving that the 2019 evaluation covers; what it prints is met in these years, and in the others apart."""
_LEVELS = {1: (1, 2, 3), 2: (4, 5, 6, 7)}  # detailed education within the two lower levels
_HIGHER, _STARTED_HIGHER, _UPPER_SECONDARY = 10, 9, 8


def blocks(year: pd.Series) -> list[np.ndarray]:
    """Positions of those who left in the years of the evaluation, and of all others."""
    evaluated = year.isin(EVALUATED).to_numpy()
    return [rows for rows in (np.flatnonzero(evaluated), np.flatnonzero(~evaluated)) if len(rows)]


def draw_traits(settings: Details, people: pd.DataFrame, streams: Streams) -> pd.DataFrame:
    """Draw the traits of participants of part A, with exact shares in the evaluation's years and in the others.

    Args:
        settings: Shares.
        people: Participants, with year, male, age, origin, education, norwegian and absence_high.
        streams: Random numbers.

    Returns:
        Columns country, world_region, education_detailed (1-10), norwegian_start (0-5, unknown NaN), absence_level
        (1-5), reduced_work_capacity, work_home_country (0-5), work_norway, children_under_18, care, reunified_nordic,
        income_before; rows as in `people`.
    """
    rng = streams.of("jobbsjansen traits")
    parts = [_block(settings, people.iloc[rows], rng) for rows in blocks(people["year"])]
    return pd.concat(parts).reindex(people.index) if parts else pd.DataFrame(index=people.index)


def _block(settings: Details, people: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    n, table = len(people), pd.DataFrame(index=people.index)
    table["country"] = _countries(settings, people["origin"], rng)
    table["world_region"] = table["country"].map(world_regions())
    table["education_detailed"] = _education(settings, people["education"].to_numpy(), table, rng)
    shift = table["country"].map(settings.norwegian_by_country).fillna(0.0).to_numpy()
    table["norwegian_start"] = norwegian_start(settings, people["norwegian"].to_numpy() + shift, rng)
    table["absence_level"] = np.where(
        people["absence_high"], spread_out(people["absence_high"].to_numpy(), settings.absence, rng) + 2, 1
    )
    table["reduced_work_capacity"] = ranked(rng.random(n), _yes(settings.reduced_work_capacity))
    work = settings.work_home_country
    score = work.education * _standard(table["education_detailed"]) + work.age * _standard(people["age"])
    table["work_home_country"] = ranked(score + rng.standard_normal(n), work.shares)
    table["work_norway"] = ranked(rng.random(n), _yes(settings.work_norway))
    table["children_under_18"] = ranked(rng.random(n), settings.children)
    table["care"] = _care(settings, table["children_under_18"].to_numpy() > 0, rng)
    table["reunified_nordic"] = _reunified(settings, table["country"], people["male"].to_numpy(), rng)
    first = np.where(table["care"] == "sole", 1.0, 0.0) + 0.5 * rng.random(n)
    table["income_before"] = incomes(settings.income, first, rng)
    return table


@cache
def world_regions() -> dict[str, str]:
    """World region of each country's Norwegian name."""
    countries = coding_tables()["countries"]
    return dict(zip(countries["country"], countries["world_region"], strict=True))


@cache
def _countries_of(origin: str) -> list[str]:
    countries = coding_tables()["countries"]
    return countries.loc[(countries["origin"] == origin) & (countries["iso"] != ""), "country"].tolist()


def country_shares(settings: Details, origin: str) -> dict[str, float]:
    """Weights of the countries of one origin: those named, and equal ones for as many others as there are."""
    named, more = settings.countries[origin], settings.other_countries.get(origin, 0)
    others = [name for name in _countries_of(origin) if name not in named][:more]
    rest = (1 - sum(named.values())) / more if more else 0.0
    return named | dict.fromkeys(others, rest)


def _countries(settings: Details, origin: pd.Series, rng: np.random.Generator) -> pd.Series:
    country = pd.Series("", index=origin.index, dtype=object)
    for name in settings.countries:
        here = (origin == name).to_numpy()
        country[here] = share_out(country_shares(settings, name), int(here.sum()), rng)
    return country


def _education(settings: Details, level: Ints, table: pd.DataFrame, rng: np.random.Generator) -> Ints:
    detailed = np.full(len(level), _UPPER_SECONDARY)
    for one, shares in ((1, settings.little_schooling), (2, settings.some_schooling)):
        drawn = spread_out(level == one, shares, rng)
        detailed = np.where(level == one, np.array(_LEVELS[one])[np.minimum(drawn, len(shares) - 1)], detailed)
    higher = settings.higher_education
    by_region = table["world_region"].map(higher).fillna(higher["others"])
    wanted = table["country"].map(higher).fillna(by_region)
    for share in sorted(wanted.unique()):
        group = (wanted == share).to_numpy()
        able = group & (level == len(_LEVELS) + 1)
        count = min(nearest(share * int(group.sum())), int(able.sum()))
        chosen = rng.permutation(np.flatnonzero(able))[:count]
        completed = share_out(
            {str(_HIGHER): settings.higher_completed, str(_STARTED_HIGHER): 1 - settings.higher_completed}, count, rng
        )
        detailed[chosen] = completed.astype(int)
    return np.asarray(detailed, dtype=np.int64)


def norwegian_start(settings: Details, level_at_end: Floats, rng: np.random.Generator) -> Floats:
    """Norwegian at the start, mostly at or below the level at the end; NaN where it is not known."""
    start = settings.norwegian_start
    score = level_at_end + start.spread * rng.standard_normal(len(level_at_end))
    level = ranked(score, start.shares).astype(float)
    unknown = ranked(rng.random(len(level)), _yes(start.unknown)) == 1
    return np.where(unknown, np.nan, level)


def _care(settings: Details, has_children: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    names = np.array(["none", "with_partner", "sole"], dtype=object)
    care = settings.care
    having = spread_out(has_children, care.with_children, rng)
    return np.asarray(names[np.where(has_children, having, spread_out(~has_children, care.without, rng))])


def _reunified(settings: Details, country: pd.Series, male: np.ndarray, rng: np.random.Generator) -> Ints:
    share = country.map(settings.reunified).fillna(settings.reunified["others"]).to_numpy()
    share = np.where(male, settings.reunified["men"], share)
    reunified = np.zeros(len(country), dtype=np.int64)
    for one in np.unique(share):
        here = share == one
        reunified[here] = spread_out(here, _yes(float(one)), rng)[here]
    return reunified


def incomes(shares: dict[str, float], first_for_transitional: Floats, rng: np.random.Generator) -> np.ndarray:
    """Main income before the start; the transitional benefit goes to those with the highest values."""
    n = len(first_for_transitional)
    counts = dict(zip(shares, proportionate(n, list(shares.values())), strict=True))
    income = np.empty(n, dtype=object)
    order = np.argsort(-first_for_transitional, kind="stable")
    most = int(counts.pop("transitional_benefit"))
    income[order[:most]] = "transitional_benefit"
    income[rng.permutation(order[most:])] = np.repeat(list(counts), list(counts.values()))
    return income


def ranked(score: Floats, shares: Sequence[float]) -> Ints:
    """Levels 0, 1, ... in the order of the scores (equal ones as they come), each as often as its share says."""
    level = np.empty(len(score), dtype=np.int64)
    counts = proportionate(len(score), shares)
    level[np.argsort(settled(score), kind="stable")] = np.repeat(np.arange(len(shares)), counts)
    return level


def spread_out(here: np.ndarray, shares: Sequence[float], rng: np.random.Generator) -> Ints:
    """Levels 0, 1, ... in random order among those who are `here`, each as often as its share says; 0 for others."""
    level = np.zeros(len(here), dtype=np.int64)
    level[here] = ranked(rng.random(int(here.sum())), shares)
    return level


def _yes(share: float) -> list[float]:
    return [1 - share, share]


def _standard(values: pd.Series) -> Floats:
    return np.asarray((values - values.mean()) / max(float(values.std(ddof=0)), 1e-9), dtype=np.float64)
