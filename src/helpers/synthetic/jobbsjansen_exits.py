"""Why Jobbsjansen's participants left, and the work that some of them left to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.synthetic.draws import Bools, Streams, proportionate, share_out
from helpers.synthetic.jobbsjansen_parameters import Exits
from helpers.synthetic.jobbsjansen_traits import EVALUATED, spread_out

_PRIMARY, _WORK = "adult_primary", "paid_work"


def draw_exits(settings: Exits, people: pd.DataFrame, scale: float, streams: Streams) -> pd.DataFrame:
    """Draw the reasons for leaving by part and year, and the type of work.

    Args:
        settings: Shares.
        people: All who were reported, with part, status, year, package, attained (missing unless left) and to_work.
        scale: Participants against the published number.
        streams: Random numbers.

    Returns:
        Columns exit_reason (missing unless left), work_type (missing unless known) and over_29_hours.
    """
    rng = streams.of("exits")
    table = pd.DataFrame({"exit_reason": None, "work_type": None, "over_29_hours": np.nan}, index=people.index)
    table = table.astype({"exit_reason": object, "work_type": object})
    left = people["status"] == "left"
    for (part, _), group in people[left].groupby(["part", "year"]):
        attained, to_work = group["attained"] == 1, group["to_work"].astype(bool)
        table.loc[group.index[attained & to_work], "exit_reason"] = _WORK
        learning = group.index[attained & ~to_work]
        table.loc[learning, "exit_reason"] = share_out(settings.education[str(part)], len(learning), rng)
        rows = group[~attained]
        table.loc[rows.index, "exit_reason"] = _others(settings, str(part), rows, group, rng)
    work = (table["exit_reason"] == _WORK).to_numpy()
    known = _known(settings, work, people["year"].isin(EVALUATED).to_numpy(), scale, rng)
    table.loc[known, "work_type"] = share_out(settings.work_types, int(known.sum()), rng)
    for kind in settings.work_types:
        here = known & (table["work_type"] == kind).to_numpy()
        share = settings.over_29_hours.get(kind, 0.0)
        table.loc[here, "over_29_hours"] = spread_out(here, [1 - share, share], rng)[here].astype(float)
    return table


def _others(
    settings: Exits, part: str, rows: pd.DataFrame, group: pd.DataFrame, rng: np.random.Generator
) -> np.ndarray:
    """Reasons of those who did not attain the goal; the school package goes to primary school more often."""
    shares = settings.other[part]
    counts = dict(zip(shares, proportionate(len(rows), list(shares.values())), strict=True))
    school = (rows["package"] == "school").to_numpy()
    wanted = round(settings.school_to_adult_primary * int((group["package"] == "school").sum()))
    order = rng.permutation(len(rows))
    order = np.concatenate([order[school[order]][:wanted], order[~school[order]], order[school[order]][wanted:]])
    reason = np.empty(len(rows), dtype=object)
    primary = int(counts.pop(_PRIMARY))
    reason[order[:primary]] = _PRIMARY
    reason[rng.permutation(order[primary:])] = np.repeat(list(counts), list(counts.values()))
    return reason


def _known(settings: Exits, work: Bools, evaluated: Bools, scale: float, rng: np.random.Generator) -> Bools:
    known = work & ~evaluated
    known[rng.permutation(np.flatnonzero(work & evaluated))[: round(settings.work_type_known * scale)]] = True
    return known
