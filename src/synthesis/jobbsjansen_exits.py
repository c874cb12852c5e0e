"""Why Jobbsjansen's participants left, and the work that some of them left to."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Bools, Floats, Streams, dealt, highest, nearest, proportionate
from synthesis.jobbsjansen_parameters import Exits
from synthesis.jobbsjansen_traits import EVALUATED

_PRIMARY, _WORK = "adult_primary", "paid_work"
_KEYS = ("education", "primary", "other", "known", "type", "hours")


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
    # Everybody's own numbers, drawn whatever comes of them: one outcome more or less moves no others
    key = pd.DataFrame({name: rng.random(len(people)) for name in _KEYS}, index=people.index)
    table = pd.DataFrame({"exit_reason": None, "work_type": None, "over_29_hours": np.nan}, index=people.index)
    table = table.astype({"exit_reason": object, "work_type": object})
    left = people["status"] == "left"
    for (part, _), group in people[left].groupby(["part", "year"]):
        attained, to_work = group["attained"] == 1, group["to_work"].astype(bool)
        table.loc[group.index[attained & to_work], "exit_reason"] = _WORK
        learning = group.index[attained & ~to_work]
        table.loc[learning, "exit_reason"] = dealt(settings.education[str(part)], _of(key, "education", learning))
        rows = group[~attained]
        table.loc[rows.index, "exit_reason"] = _others(settings, str(part), rows, group, key.loc[rows.index])
    work = (table["exit_reason"] == _WORK).to_numpy()
    known = _known(settings, work, people["year"].isin(EVALUATED).to_numpy(), scale, key["known"].to_numpy())
    table.loc[known, "work_type"] = dealt(settings.work_types, key.loc[known, "type"].to_numpy())
    for kind in settings.work_types:
        here = known & (table["work_type"] == kind).to_numpy()
        share = settings.over_29_hours.get(kind, 0.0)
        long = dealt({"no": 1 - share, "yes": share}, key.loc[here, "hours"].to_numpy()) == "yes"
        table.loc[here, "over_29_hours"] = long.astype(float)
    return table


def _of(key: pd.DataFrame, name: str, rows: pd.Index) -> Floats:
    return np.asarray(key.loc[rows, name], dtype=np.float64)


def _others(settings: Exits, part: str, rows: pd.DataFrame, group: pd.DataFrame, key: pd.DataFrame) -> np.ndarray:
    """Reasons of those who did not attain the goal; the school package goes to primary school more often."""
    shares = settings.other[part]
    counts = dict(zip(shares, proportionate(len(rows), list(shares.values())), strict=True))
    school = (rows["package"] == "school").to_numpy()
    wanted = nearest(settings.school_to_adult_primary * int((group["package"] == "school").sum()))
    order = np.argsort(key["primary"].to_numpy(), kind="stable")
    order = np.concatenate([order[school[order]][:wanted], order[~school[order]], order[school[order]][wanted:]])
    reason = np.empty(len(rows), dtype=object)
    primary = order[: int(counts.pop(_PRIMARY))]
    reason[primary] = _PRIMARY
    rest = np.setdiff1d(np.arange(len(rows)), primary)
    if len(rest):
        reason[rest] = dealt({name: float(count) for name, count in counts.items()}, key["other"].to_numpy()[rest])
    return reason


def _known(settings: Exits, work: Bools, evaluated: Bools, scale: float, key: Floats) -> Bools:
    of_evaluated = highest(np.where(work & evaluated, key, -1.0), nearest(settings.work_type_known * scale))
    return np.asarray((work & ~evaluated) | (of_evaluated & work & evaluated))
