"""A drawn world as the harmonised registers that its files would give, without writing and reading them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from helpers.cohort.settings import Cohort
from helpers.registers import Registers
from helpers.study.study import Study
from synthesis import World
from synthesis.report_models import MEASURES

_MEASURES = (*MEASURES, "other_norwegian", "other_work", "other_society", "other_education")
_STATISTICS = (
    "municipality",
    "year",
    "population",
    "immigrant_share",
    "immigrant_share_all_countries",
    "selected_industries_share",
    "net_in_migration_per_1000",
    "employment_share_25_66",
    "disability_pension_share",
    "unemployment_rate",
    "centrality",
)


def study_of(world: World, cohort: Cohort) -> Study:
    """The study of a drawn world: what `Study.open` would give if the world were written and read again."""
    study = Study(cohort)
    study.__dict__["registers"] = registers_of(world)
    return study


def registers_of(world: World) -> Registers:
    """The harmonised tables of a world; the single measures and the list of municipalities are left empty."""
    return Registers(
        participants=_participants(world.people, world.missing),
        single_measures=pd.DataFrame(),
        municipality_years=world.statistics[list(_STATISTICS)],
        project_years=_project_years(world.accounts),
        municipalities=pd.DataFrame(),
    )


def _participants(people: pd.DataFrame, missing: pd.DataFrame) -> pd.DataFrame:
    rows = pd.DataFrame({"participant_id": np.arange(len(people)).astype(str)})
    rows["scheme"] = pd.Categorical(people["scheme"], ["introduction", "jobbsjansen"])
    rows["end_year"] = people["year"].to_numpy(dtype=np.int64)
    rows["municipality"] = people["municipality"].to_numpy()
    rows["project"] = (people["scheme"] + ":" + people["municipality"]).to_numpy()
    rows["goal_attained"] = _known(people["attained"], missing["end_reason"])
    rows["male"] = people["male"].to_numpy(dtype=float)
    rows["age"] = _known(people["age"], missing["birth_year"])
    rows["years_in_norway"] = _known(people["years_in_norway"], missing["jobbsjansen_years"])
    rows["duration_months"] = _known(people["duration_months"], missing["start_date"])
    rows["norwegian_level"] = _known(people["norwegian_level"], missing["norwegian"])
    rows["norwegian"] = _levels(rows["norwegian_level"], ["under_a1", "a1", "a2", "b1", "b2"])
    rows["education_level"] = _known(people["education"], missing["education"])
    rows["education"] = _levels(rows["education_level"], ["little_or_none", "some_schooling", "good_general"])
    rows["origin"] = pd.Categorical(people["origin"])
    rows["absence_high"] = _known(people["absence_high"], missing["absence"] | missing["jobbsjansen_absence"])
    for name in _MEASURES:
        rows[f"measure_{name}"] = people[name].to_numpy(dtype=float)
    return rows


def _known(values: pd.Series, missing: pd.Series) -> pd.Series:
    return values.astype(float).where(~missing).reset_index(drop=True)


def _levels(values: pd.Series, names: list[str]) -> pd.Series:
    rounded: pd.Series = np.floor(values + 0.5)
    return rounded.map(dict(enumerate(names, start=1))).astype(pd.CategoricalDtype(names, ordered=True))


def _project_years(accounts: pd.DataFrame) -> pd.DataFrame:
    rows = accounts.rename(columns={"wages": "wage_costs_1000_nok"})
    rows = rows.assign(project=rows["scheme"] + ":" + rows["municipality"])
    return rows.assign(wage_costs_per_participant_1000_nok=rows["wage_costs_1000_nok"] / rows["participants"])
