"""Municipal statistics: population, immigrants, labour market, migration, welfare and centrality by year."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.optimize import brentq

from synthesis.draws import Floats, Streams, settled
from synthesis.municipalities import valid_in
from synthesis.parameters import Statistics, for_year

_ENOUGH_LEAVERS = 10  # table 3 covers municipality-years with ten or more
_SPREADS = (0.01, 1.0)  # of log immigrant shares around their slope, between which the published correlation is sought
_MIGRATION_SLOPES = (-5.0, 8.0)  # per 1000 and unit of log population, between which that of migration is sought
_DECIMALS = 6  # of numbers of persons and rates per 1000 before they are made whole
_FIRST = 2017  # growth is counted from the first published year


def draw_statistics(
    settings: Statistics,
    municipalities: pd.DataFrame,
    leavers: pd.DataFrame,
    streams: Streams,
    years: list[int],
) -> pd.DataFrame:
    """Draw the statistics of every municipality and year, in the structure of that year.

    Args:
        settings: Medians, spreads and slopes.
        municipalities: As from `draw_municipalities`.
        leavers: As from `place_leavers`; decides the municipality-years that the medians hold for.
        streams: Random numbers.
        years: The years to cover.

    Returns:
        One row per municipality and year (columns `municipality`, `year`): population and net migration in persons,
        shares as fractions, `net_in_migration_per_1000`, and `centrality` 1 (least) to 6 (most central).
    """
    rows = pd.concat([_year(municipalities, year) for year in years], ignore_index=True)
    rows["typical"] = _typical(rows, leavers, "introduction")
    rows["jobbsjansen"] = _typical(rows, leavers, "jobbsjansen")
    traits = _lasting_traits(municipalities, streams)
    for name in traits:
        rows[name] = traits[name].loc[rows["municipality"]].to_numpy()
    rng = streams.of("statistics by year")
    _population(rows, settings)
    _immigrants(rows, settings)
    _work(rows, settings)
    _migration(rows, settings, rng)
    _unemployment(rows, settings)
    rows = rows.drop(columns=[*traits.columns, "typical", "jobbsjansen", "weight", "distance", "grown"])
    measured = rows.select_dtypes("float").columns
    return rows.assign(**{name: settled(rows[name]) for name in measured})


def _year(municipalities: pd.DataFrame, year: int) -> pd.DataFrame:
    here = valid_in(municipalities, year)
    return pd.DataFrame({"municipality": here.index, "year": year, "weight": here["weight"].to_numpy()})


def _typical(rows: pd.DataFrame, leavers: pd.DataFrame, scheme: str) -> Floats:
    """Whether the municipality-year has enough leavers of the scheme to be in table 3; all if none has."""
    here = leavers[leavers["scheme"] == scheme]
    counts = rows.merge(here, how="left", on=["municipality", "year"])["leavers"].fillna(0).to_numpy()
    enough = counts >= _ENOUGH_LEAVERS
    return np.asarray(enough if enough.any() else np.ones(len(rows), dtype=bool))


def _lasting_traits(municipalities: pd.DataFrame, streams: Streams) -> pd.DataFrame:
    """Standard normal traits of each municipality; a merged one has the weighted mean of its parts'."""
    rng = streams.of("municipal traits")
    names = [
        "size",
        "immigrants",
        "all",
        "industries",
        "migration",
        "employed",
        "disability",
        "jobless",
        "central",
    ]
    traits = pd.DataFrame(
        rng.standard_normal((len(municipalities), len(names))), index=municipalities.index, columns=names
    )
    for number, parts in municipalities["parts"].items():
        if parts:
            weights = municipalities.loc[list(parts), "weight"]
            traits.loc[number] = traits.loc[list(parts)].mul(weights, axis=0).sum() / weights.sum()
    return traits


def _population(rows: pd.DataFrame, settings: Statistics) -> None:
    s = settings.population
    relative = np.exp(s["size_exponent"] * np.log(rows["weight"]) + s["log_sd"] * rows["size"])
    relative *= (1 + s["yearly_growth"]) ** (rows["year"] - _FIRST)
    population = relative * s["median"] / relative[rows["typical"]].median()
    if rows["jobbsjansen"].any():
        sites = rows["municipality"].isin(rows.loc[rows["jobbsjansen"], "municipality"])
        population = population.where(
            ~sites, population * s["jobbsjansen_median"] / population[rows["jobbsjansen"]].median()
        )
    rows["population"] = np.maximum(settled(population, _DECIMALS).round(), 200).astype(np.int64)
    rows["distance"] = settled(np.log(rows["population"] / s["median"]))


def _immigrants(rows: pd.DataFrame, settings: Statistics) -> None:
    """The share falls off around its slope on log population so far that the correlation is the published one."""
    s, typical = settings.immigrant_share, rows["typical"]
    place = s["slope"] * rows["distance"].clip(upper=s["level_from"])
    own = np.exp(-s["narrowing"] * rows["distance"]) * rows["immigrants"]
    rows["grown"] = (1 + s["yearly_growth"]) ** (rows["year"] - _FIRST)

    def shares(spread: float) -> pd.Series:
        relative = np.exp(place + spread * own) * rows["grown"]
        return pd.Series(relative * s["median"] / relative[typical].median()).clip(0.005, 0.45)

    def excess(spread: float) -> float:
        population = rows.loc[typical, "population"].to_numpy(dtype=float)
        found = np.corrcoef(shares(spread)[typical].to_numpy(dtype=float), population)[0, 1]
        return float(found) - s["correlation_with_population"]

    rows["immigrant_share"] = shares(_root(excess, _SPREADS))
    extra = settings.immigrant_share_all
    rows["immigrant_share_all_countries"] = rows["immigrant_share"] + extra["extra"] * np.exp(
        extra["log_sd"] * rows["all"]
    )


def _root(excess: Callable[[float], float], ends: tuple[float, float]) -> float:
    """Where the excess is 0 between the ends; the better end if it is nowhere."""
    if settled(excess(ends[0]) * excess(ends[1])) < 0:
        return float(settled(brentq(excess, *ends)))
    return min(ends, key=lambda end: float(settled(abs(excess(end)))))


def _median_gap(values: pd.Series, rows: pd.DataFrame) -> float:
    """Jobbsjansen's median minus that of the introduction programme."""
    return float(values[rows["jobbsjansen"]].median() - values[rows["typical"]].median())


def _work(rows: pd.DataFrame, settings: Statistics) -> None:
    s, typical = settings.selected_industries, rows["typical"]
    share = rows["immigrant_share"]
    z = (share - share[typical].median()) / share[typical].std()
    own = rows["industries"] - np.cov(rows["industries"][typical], z[typical])[0, 1] * z
    r = s["correlation_with_immigrants"]
    value = s["median"] + s["sd"] * (r * z + np.sqrt(1 - r**2) * own * np.exp(s["widening"] * rows["distance"]))
    rows["selected_industries_share"] = (value - value[typical].median() + s["median"]).clip(0.25, 0.70)
    for column, trait, group in (
        ("employment_share_25_66", "employed", settings.employed),
        ("disability_pension_share", "disability", settings.disability),
        ("centrality", "central", settings.centrality),
    ):
        value = group["slope"] * rows["distance"] + group["sd"] * rows[trait]
        rows[column] = value - value[typical].median() + group["median"]
    rows["disability_pension_share"] = rows["disability_pension_share"].clip(lower=0.02)
    rows["centrality"] = settled(rows["centrality"]).round().clip(1, settings.centrality["classes"]).astype(np.int64)


def _migration(rows: pd.DataFrame, settings: Statistics, rng: np.random.Generator) -> None:
    s = settings.net_in_migration
    shape = 4 / s["skewness"] ** 2
    yearly = (rng.gamma(shape, size=len(rows)) - shape) / np.sqrt(shape)
    own = np.exp(-s["narrowing"] * rows["distance"]) * (s["lasting_sd"] * rows["migration"] + s["yearly_sd"] * yearly)
    wanted = s["jobbsjansen_median"] - s["median"]

    def rates(slope: float) -> pd.Series:
        rate = own + slope * rows["distance"]
        return pd.Series(rate - rate[rows["typical"]].median() + s["median"])

    rate = rates(_root(lambda slope: _median_gap(rates(slope), rows) - wanted, _MIGRATION_SLOPES))
    rows["net_in_migration"] = (settled(rate, _DECIMALS) * rows["population"] / 1000).round().astype(np.int64)
    rows["net_in_migration_per_1000"] = rows["net_in_migration"] / rows["population"] * 1000


def _unemployment(rows: pd.DataFrame, settings: Statistics) -> None:
    s = settings.unemployment
    level = rows["year"].map(lambda year: for_year(settings.unemployment_by_year, year))
    rows["unemployment_rate"] = ((s["median"] + s["sd"] * rows["jobless"]) * level).clip(0.004, 0.15)
