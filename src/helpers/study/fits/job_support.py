"""The data of the studies of job support, and the model of how the job specialists work."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from helpers.study.study import Study
from resultatbok.methods.logit import LogitFit, fit_logit

SETTINGS = {"trial": "trial", "starters": "supported_employment", "specialists": "job_specialists"}
"""The table of a study, and the setting of a cohort that names its file."""
IN_WORK = "in_work_12_months"


class StudyMissing(LookupError):  # noqa: N818 - says what is missing
    """The cohort file does not name the files this chapter needs."""


def table_of(study: Study, name: Literal["trial", "starters", "specialists"]) -> pd.DataFrame:
    """A table of the studies of job support, as `helpers.registers.studies.StudyTables` describes it.

    Raises:
        StudyMissing: The cohort names no file for it.
    """
    table: pd.DataFrame | None = getattr(study.registers.studies, name)
    if table is None:
        raise StudyMissing(f"the cohort file does not name studies.{SETTINGS[name]}, which this chapter needs")
    return table


def ways_of_working(study: Study) -> list[str]:
    """What the job specialists were asked about, by column."""
    return [str(name) for name in table_of(study, "specialists") if name not in ("specialist", "measure")]


def ways_model(study: Study) -> LogitFit:
    """In work on the specialist's answers and the measure, with errors clustered by specialist."""
    names = ways_of_working(study)
    specialists = table_of(study, "specialists")[["specialist", *names]]
    linked = table_of(study, "starters").merge(specialists, on="specialist")
    linked = linked[linked[IN_WORK].notna()].reset_index(drop=True)
    measures = pd.get_dummies(linked["measure"].astype(str), prefix="measure", drop_first=True, dtype=float)
    design = pd.concat([linked[names].astype(float), measures], axis=1)
    return fit_logit(linked[IN_WORK], design, level=study.cohort.analysis.confidence_level, groups=linked["specialist"])
