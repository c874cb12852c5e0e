"""What the outcomes are drawn from: the participants, what is missing, and the place and project of each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from synthesis.draws import Bools, Floats

LARGE = 10  # leavers of a municipality or project in a year, from which the multilevel models count it
_MUNICIPAL = {
    "municipality_immigrant_share": "immigrant_share",
    "municipality_net_in_migration": "net_in_migration_per_1000",
    "municipality_labour_market": "selected_industries_share",
}
_TRIED = {
    "municipality_population": "population",
    "municipality_employed_share": "employment_share_25_66",
    "municipality_disability_share": "disability_pension_share",
    "municipality_centrality": "centrality",
}


@dataclass(frozen=True)
class Scene:
    """A draw before its outcomes.

    Attributes:
        people: Participants of both schemes with traits and measures.
        missing: As from `draw_missing`, same rows.
        projects: As from `draw_projects`.
        statistics: As from `draw_statistics`.
        accounts: As from `draw_accounts`.
    """

    people: pd.DataFrame
    missing: pd.DataFrame
    projects: pd.DataFrame
    statistics: pd.DataFrame
    accounts: pd.DataFrame

    def without_jobbsjansen(self) -> Scene:
        """The same participants as if all of them had been in the introduction programme."""
        return replace(self, people=self.people.assign(scheme="introduction", project_scheme=self._real_scheme))

    @cached_property
    def jobbsjansen(self) -> Bools:
        """Who is in Jobbsjansen."""
        return np.asarray(self.people["scheme"] == "jobbsjansen")

    @cached_property
    def women(self) -> Bools:
        """Who is a woman."""
        return ~self.people["male"].to_numpy(dtype=bool)

    @cached_property
    def complete(self) -> Bools:
        """The complete cases: whoever the registers lack nothing about."""
        return np.asarray(~self.missing.any(axis=1), dtype=bool)

    @cached_property
    def incomplete(self) -> Bools:
        """Whoever lacks education or Norwegian but has an outcome."""
        lacks = self.missing["education"] | self.missing["norwegian"]
        return np.asarray(lacks & ~self.missing["end_reason"])

    @cached_property
    def _effects(self) -> pd.DataFrame:
        columns = ["effect", "women", "from_place", "from_wages"]
        effects = self.projects.set_index(["scheme", "municipality"])[columns]
        rows = effects.loc[pd.MultiIndex.from_arrays([self._real_scheme, self.people["municipality"]])]
        return rows.assign(effect=rows["effect"] + np.where(self.women, rows["women"], 0.0))

    @property
    def _real_scheme(self) -> pd.Series:
        return self.people["project_scheme"] if "project_scheme" in self.people else self.people["scheme"]

    @cached_property
    def project_effect(self) -> Floats:
        """What each participant's project adds to the log odds."""
        return self._effects["effect"].to_numpy(dtype=float)

    @cached_property
    def apart_from_wages(self) -> Floats:
        """What the project adds for other reasons than its wages per participant."""
        return (self._effects["effect"] - self._effects["from_wages"]).to_numpy(dtype=float)

    @cached_property
    def municipality_effect(self) -> Floats:
        """Mean of what the projects of a municipality add for other reasons than its immigrants and migration."""
        apart = (self._effects["effect"] - self._effects["from_place"]).to_numpy(dtype=float)
        return pd.Series(apart).groupby(self.people["municipality"].to_numpy()).transform("mean").to_numpy()

    def totals(self, shares: dict[str, float], counted: Bools) -> list[tuple[Bools, float]]:
        """The published total of each scheme that anybody counted is in; by way of women and men in introduction."""
        found = []
        introduction = counted & ~self.jobbsjansen
        if introduction.any():
            women = float(self.women[introduction].mean())
            total = women * shares["introduction_women"] + (1 - women) * shares["introduction_men"]
            found.append((~self.jobbsjansen, total))
        if (counted & self.jobbsjansen).any():
            found.append((self.jobbsjansen, shares["jobbsjansen_complete"]))
        return found

    @cached_property
    def municipal(self) -> pd.DataFrame:
        """The municipal variables of each participant's municipality and year, by the term in the models."""
        return self._of_municipality(_MUNICIPAL)

    @cached_property
    def tried(self) -> pd.DataFrame:
        """The municipal variables that the report tried and left out (ch5), in the same form."""
        return self._of_municipality(_TRIED)

    def _of_municipality(self, names: dict[str, str]) -> pd.DataFrame:
        keys = ["municipality", "year"]
        rows = self.people[keys].merge(self.statistics[[*keys, *names.values()]], how="left", on=keys)
        return rows[list(names.values())].set_axis(list(names), axis=1)

    @cached_property
    def wages(self) -> Floats:
        """Wages per participant of each participant's project and year; NaN without usable accounts."""
        return (self._accounts["wages"] / self._accounts["participants"]).to_numpy(dtype=float)

    @cached_property
    def total_wages(self) -> Floats:
        """Wages of each participant's project and year."""
        return self._accounts["wages"].to_numpy(dtype=float)

    @cached_property
    def _accounts(self) -> pd.DataFrame:
        keys = ["scheme", "municipality", "year"]
        return self.people[keys].merge(self.accounts, how="left", on=keys)

    def with_both_schemes(self, counted: Bools) -> Bools:
        """Who is in a municipality where people of both schemes are counted."""
        place = self.people["municipality"]  # not numpy's isin, which compares every text with every other
        ours, others = (place.isin(place[counted & rows]) for rows in (self.jobbsjansen, ~self.jobbsjansen))
        return np.asarray(ours & others)

    def in_large(self, unit: list[str]) -> Bools:
        """Who is in a unit with enough leavers in the year."""
        return np.asarray(self.people.groupby(unit)["year"].transform("size") >= LARGE)
