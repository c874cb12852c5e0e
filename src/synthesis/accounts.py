"""The projects' wage costs: which project-years have usable accounts, and what they say."""

from __future__ import annotations

import numpy as np
import pandas as pd

from synthesis.draws import Streams, highest, nearest, settled
from synthesis.parameters import Accounts, SchemeAccounts

_ENOUGH_LEAVERS = 10  # accounts are used for projects with ten or more leavers in the year
_PARTICIPANTS_LOG_SD = 0.2


def draw_accounts(
    settings: Accounts,
    leavers: pd.DataFrame,
    projects: pd.DataFrame,
    streams: Streams,
    share: dict[str, float],
) -> pd.DataFrame:
    """Draw the accounts of the project-years that have any.

    Args:
        settings: Counts and medians by scheme.
        leavers: As from `place_leavers`.
        projects: As from `draw_projects`; `wage_z` is what lasts of a project's wages per participant.
        streams: Random numbers.
        share: Each scheme's participants against the published number; the number of project-years changes with it,
            from one to the project-years there are.

    Returns:
        Columns scheme, year, municipality, participants (everyone during the year), wages (1000 NOK).
    """
    tables = []
    for scheme, own in (("introduction", settings.introduction), ("jobbsjansen", settings.jobbsjansen)):
        rows = leavers[leavers["scheme"] == scheme]
        enough = rows[rows["leavers"] >= _ENOUGH_LEAVERS]
        here = enough if len(enough) else rows  # in a small draw there may be none, but every delivery has accounts
        here = here.merge(projects[["scheme", "municipality", "wage_z"]], on=["scheme", "municipality"])
        tables.append(_scheme(settings, own, here, streams.of(f"accounts {scheme}"), share[scheme]))
    return pd.concat(tables, ignore_index=True)


def _scheme(
    settings: Accounts, own: SchemeAccounts, here: pd.DataFrame, rng: np.random.Generator, share: float
) -> pd.DataFrame:
    distance = np.log(here["leavers"] / own.picked_around).to_numpy() / own.picked_log_sd
    appeal = -(distance**2) / 2 + rng.gumbel(size=len(here))
    rows = here[highest(appeal, max(nearest(own.project_years * share), 1))].copy()
    n = len(rows)
    ratio = settled(own.participants_per_leaver * np.exp(_PARTICIPANTS_LOG_SD * rng.standard_normal(n)))
    rows["participants"] = np.maximum(np.round(rows["leavers"] * ratio), rows["leavers"]).astype(np.int64)
    wage = settings.lasting_log_sd * rows["wage_z"] + settings.yearly_log_sd * rng.standard_normal(n)
    wage = settled(np.exp(wage - wage.median()) * own.wage_per_participant)
    rows["wages"] = np.round(wage * rows["participants"]).astype(np.int64)
    return rows[["scheme", "year", "municipality", "participants", "wages"]]
