"""Those reported to Jobbsjansen who did not leave part A: part C, those still in the programme, those phased out."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.registers.coding import coding_tables
from synthesis.draws import Floats, Streams, nearest, proportionate, settled, share_out
from synthesis.jobbsjansen import start_years
from synthesis.jobbsjansen_parameters import Others
from synthesis.jobbsjansen_traits import EVALUATED, incomes, ranked, world_regions
from synthesis.parameters import Parameters

_LEVEL_OF_DETAILED = (1, 1, 1, 2, 2, 2, 2, 3, 3, 3)
_YEARS_ABROAD = 15
_LEAST_SCHOOLED = ("Somalia", "Eritrea")  # prose of figure 2.2: hardly anyone has higher education


def draw_others(p: Parameters, leavers: pd.DataFrame, streams: Streams) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Draw them, so that with those who left part A the evaluation's tables 2.1-2.3 come out.

    Args:
        p: Parameters; counts change with the number who left part A in the evaluation's years.
        leavers: Those who left part A, completed.
        streams: Random numbers.

    Returns:
        Rows as those who left, with part, status, attained and to_work (missing unless left), norwegian_known (at the
        end); and the single measures of those who left part C, same index.
    """
    rng = streams.of("other participants")
    here = leavers[leavers["year"].isin(EVALUATED)]
    scale = len(here) / sum(p.leavers["jobbsjansen"][year] for year in EVALUATED)
    if not len(here):
        return leavers.iloc[:0].assign(part="", status=""), pd.DataFrame()
    a = _still_in_a(p, here, scale, rng)
    c = _part_c(p, here, scale, rng)
    others = pd.concat([a, c], ignore_index=True)
    return others, _measures_c(p, others, rng)


def _rows(settings: Others, part: str, scale: float) -> pd.DataFrame:
    """Year and status of those of one part."""
    found = []
    tables = {"in_programme": settings.still_in, "phased_out": settings.phased_out}
    if part == "c":
        tables["left"] = {year: {"c": count} for year, count in settings.left_c.items()}
    for status, by_year in tables.items():
        for year, counts in by_year.items():
            found.append(pd.DataFrame({"year": year, "status": status}, index=range(nearest(counts[part] * scale))))
    return pd.concat(found, ignore_index=True).assign(part=part)


def _still_in_a(p: Parameters, here: pd.DataFrame, scale: float, rng: np.random.Generator) -> pd.DataFrame:
    """Like those who left, but of the ages that all have together, and with as many men as all have."""
    settings, rows = p.others, _rows(p.others, "a", scale)
    women = here[~here["male"].to_numpy(dtype=bool)]
    drawn = _of_regions(settings, women, here["world_region"], len(rows), rng)
    drawn = drawn.drop(columns=["year"]).join(rows)
    everybody = len(here) + len(drawn)
    men = max(nearest(settings.men["a"] * everybody) - int(here["male"].sum()), 0)
    drawn["male"] = _men(drawn["world_region"], men, rng)
    known = np.histogram(here["age"], [*settings.ages[:-1], 200])[0]
    wanted = proportionate(everybody, settings.age_shares["a"]) - known
    drawn["age"] = _ages(settings, np.maximum(wanted, 0), len(drawn), rng)
    drawn["years_in_norway"] = np.minimum(drawn["years_in_norway"], drawn["age"] - _YEARS_ABROAD)
    first = (drawn["care"] == "sole").to_numpy(dtype=float) + 0.5 * rng.random(len(drawn))
    drawn["income_before"] = incomes(p.details.income, first, rng)
    started = settings.participants[EVALUATED[0]]["a"] * scale - _in_first_year(here)
    drawn["start_year"] = _starts(drawn, nearest(started), rng)
    drawn["duration_months"] = np.round((EVALUATED[1] + 1 - drawn["start_year"] - rng.random(len(drawn))) * 12).clip(1)
    return drawn.assign(norwegian_known=False)


def _of_regions(
    settings: Others, women: pd.DataFrame, leavers: pd.Series, n: int, rng: np.random.Generator
) -> pd.DataFrame:
    """Copies of women who left, so many of each world region that all participants have the printed shares."""
    region = women["world_region"].where(women["world_region"].isin(list(settings.regions_a)), "others")
    shares = settings.regions_a | {"others": 1 - sum(settings.regions_a.values())}
    left = leavers.where(leavers.isin(list(settings.regions_a)), "others").value_counts()
    wanted = {name: max(share * (len(leavers) + n) - left.get(name, 0), 0.0) for name, share in shares.items()}
    drawn = []
    for name, count in zip(wanted, proportionate(n, list(wanted.values())), strict=True):
        pool = women[region == name]
        if len(pool):
            drawn.append(pool.sample(int(count), replace=int(count) > len(pool), random_state=rng))
    table = pd.concat([*drawn, women.sample(n - sum(map(len, drawn)), replace=True, random_state=rng)])
    return table.sample(frac=1, random_state=rng).reset_index(drop=True)


def _in_first_year(people: pd.DataFrame) -> int:
    first = EVALUATED[0]
    return int(((people["start_year"] <= first) & (people["year"] >= first)).sum())


def _starts(people: pd.DataFrame, in_first_year: int, rng: np.random.Generator) -> np.ndarray:
    """Years of starting, as many before the end of the first year as it needs, all the others in the second."""
    start = np.full(len(people), EVALUATED[1])
    start[rng.permutation(len(people))[: max(in_first_year, 0)]] = EVALUATED[0]
    return start


def _men(region: pd.Series, count: int, rng: np.random.Generator) -> np.ndarray:
    """Men from elsewhere than Asia (ch2.2: few of the men of both parts are from there)."""
    score = np.where(region == "africa", 0.03, np.where(region == "asia", -1.0, 0.0)) + rng.random(len(region))
    male = np.zeros(len(region), dtype=bool)
    male[np.argsort(-score, kind="stable")[:count]] = True
    return male


def _ages(settings: Others, wanted: Floats, n: int, rng: np.random.Generator) -> np.ndarray:
    group = rng.permutation(np.repeat(np.arange(len(wanted)), proportionate(n, wanted)))
    low, high = np.array(settings.ages[:-1])[group], np.array(settings.ages[1:])[group]
    return np.asarray(np.floor(low + rng.random(n) * (high - low)), dtype=np.int64)


def _part_c(p: Parameters, here: pd.DataFrame, scale: float, rng: np.random.Generator) -> pd.DataFrame:
    settings, rows = p.others, _rows(p.others, "c", scale)
    n, left = len(rows), (rows["status"] == "left").to_numpy()
    rows["country"] = share_out(settings.countries_c, n, rng)
    rows["world_region"] = rows["country"].map(world_regions())
    rows["origin"] = rows["country"].map(_origins())
    rows["male"] = _men_of_c(rows, settings, rng)
    places = here[["municipality"]].sample(n, replace=True, random_state=rng).reset_index(drop=True)
    rows["municipality"] = places["municipality"]
    rows["project_name"] = "Jobbsjansen C"
    rows["agency"] = share_out({"nav": 2, "adult_education": 1}, n, rng)
    rows["age"] = _ages(settings, np.array(settings.age_shares["c"]), n, rng)
    least = rows["country"].isin(_LEAST_SCHOOLED).to_numpy(dtype=float)
    rows["education_detailed"] = ranked(rng.random(n) - 0.4 * least, settings.education_c) + 1
    rows["education"] = np.array(_LEVEL_OF_DETAILED)[rows["education_detailed"] - 1]
    mean, sd = settings.years_in_norway_c
    rows["years_in_norway"] = np.minimum(_exact(mean, sd, 3.0, 12.0, n, rng), rows["age"] - _YEARS_ABROAD)
    mean, sd, longest = settings.duration_c
    rows["duration_months"] = np.round(_exact(mean, sd, 2.0, longest, n, rng))
    rows["income_before"] = incomes(settings.income_c, rng.random(n), rng)
    rows = _norwegian_of_c(settings, rows, left, scale, rng)
    rows["start_year"] = start_years(rows["year"], rows["duration_months"], rng)
    started = nearest(settings.participants[EVALUATED[0]]["c"] * scale) - _in_first_year(rows[left])
    rows.loc[~left, "start_year"] = _starts(rows[~left], started, rng)
    rows = rows.join(_family(p, n, rng))
    rows["attained"] = _attained_c(settings, rows, left, rng)
    to_work = np.zeros(n, dtype=bool)
    for year in sorted(settings.goal_c_by_year):
        reached = ((rows["attained"] == 1) & (rows["year"] == year)).to_numpy()
        to_work[reached] = ranked(rng.random(int(reached.sum())), [1 - p.exits.work_share_c, p.exits.work_share_c]) == 1
    return rows.assign(to_work=to_work)


def _origins() -> dict[str, str]:
    countries = coding_tables()["countries"]
    return dict(zip(countries["country"], countries["origin"], strict=True))


def _men_of_c(rows: pd.DataFrame, settings: Others, rng: np.random.Generator) -> np.ndarray:
    """As many men as all of part C and those who left it have, the latter in each year."""
    lean = rows["world_region"].map({"africa": 0.13, "asia": -0.2}).fillna(0.0).to_numpy()
    left = (rows["status"] == "left").to_numpy()
    male = np.zeros(len(rows), dtype=bool)
    for year in sorted(set(rows.loc[left, "year"])):
        here = left & (rows["year"] == year).to_numpy()
        share = settings.men["c_left"]
        male[here] = ranked(lean[here] + rng.random(int(here.sum())), [1 - share, share]) == 1
    here = ~left
    share = (settings.men["c"] * len(rows) - male.sum()) / max(int(here.sum()), 1)
    share = float(np.clip(share, 0.0, 1.0))
    male[here] = ranked(lean[here] + rng.random(int(here.sum())), [1 - share, share]) == 1
    return male


def _exact(mean: float, sd: float, low: float, high: float, n: int, rng: np.random.Generator) -> Floats:
    """Values between limits with exactly this mean, or nearly where the limits bind."""
    values = np.clip(mean + sd * rng.standard_normal(n), low, high)
    for _ in range(20):
        values = np.clip(values + mean - values.mean(), low, high)
    return np.asarray(settled(values, 6))


def _norwegian_of_c(
    settings: Others, rows: pd.DataFrame, left: np.ndarray, scale: float, rng: np.random.Generator
) -> pd.DataFrame:
    start = np.zeros(len(rows))
    known = np.ones(len(rows), dtype=bool)
    for here, n_known in ((left, settings.norwegian_known_c["start"]), (~left, None)):
        at = rng.permutation(np.flatnonzero(here))
        given = at[: nearest(n_known * scale)] if n_known is not None else at
        start[given] = ranked(rng.random(len(given)), settings.norwegian_start_c)
        known[np.setdiff1d(at, given)] = False
    end = np.minimum(np.maximum(start, 1) + rng.choice([0, 1], len(rows), p=[0.4, 0.6]), 5)
    at_end = np.zeros(len(rows), dtype=bool)
    at_end[rng.permutation(np.flatnonzero(left))[: nearest(settings.norwegian_known_c["end"] * scale)]] = True
    rows["norwegian"] = end.astype(int)
    return rows.assign(norwegian_start=np.where(known, start, np.nan), norwegian_known=at_end)


def _family(p: Parameters, n: int, rng: np.random.Generator) -> pd.DataFrame:
    """Traits about whose distribution in part C nothing is published."""
    details = p.details
    table = pd.DataFrame(index=range(n))
    table["absence_high"] = rng.random(n) < p.participants["jobbsjansen"].absence_high
    table["absence_level"] = np.where(table["absence_high"], ranked(rng.random(n), details.absence) + 2, 1)
    table["reduced_work_capacity"] = (rng.random(n) < details.reduced_work_capacity).astype(int)
    table["work_home_country"] = ranked(rng.random(n), details.work_home_country.shares)
    table["work_norway"] = (rng.random(n) < details.work_norway).astype(int)
    table["children_under_18"] = ranked(rng.random(n), details.children)
    table["care"] = np.where(table["children_under_18"] > 0, "with_partner", "none")
    table["reunified_nordic"] = 0
    return table


def _attained_c(settings: Others, rows: pd.DataFrame, left: np.ndarray, rng: np.random.Generator) -> Floats:
    """Each year's share, and within it men and women in the proportion of their shares."""
    attained = np.full(len(rows), np.nan)
    male = rows["male"].to_numpy(dtype=bool)
    for year, share in sorted(settings.goal_c_by_year.items()):
        here = left & (rows["year"] == year).to_numpy()
        cells = [here & male, here & ~male]
        expected = [settings.goal_c[sex] * cell.sum() for sex, cell in zip(("men", "women"), cells, strict=True)]
        if not here.any():
            continue
        for cell, count in zip(cells, proportionate(nearest(share * int(here.sum())), expected), strict=True):
            attained[cell] = 0.0
            attained[np.flatnonzero(cell)[np.argsort(rng.random(int(cell.sum())), kind="stable")[:count]]] = 1.0
    return attained


def _measures_c(p: Parameters, others: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    left = np.flatnonzero((others["status"] == "left").to_numpy())
    drawn = {
        field: ranked(rng.random(len(left)), [1 - share, share]) == 1 for field, _, _, _, _, share in p.single_measures
    }
    return pd.DataFrame(drawn, index=others.index[left])
