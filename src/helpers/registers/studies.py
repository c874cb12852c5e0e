"""Reading other studies: a trial of job support, and supported-employment measures with their specialists."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import pandera.pandas as pa

from helpers.cohort.settings import Studies
from helpers.cohort.variables import categories
from helpers.registers.contracts import AGES, Contract, identifier, text_in
from helpers.registers.flat_files import one_of, read_flat, whole_number
from helpers.registers.problems import Problems
from helpers.registers.survey import Survey, read_survey

MEASURES = (
    "oppfolging",
    "supported_employment_trial",
    "aap_as_wage_subsidy_trial",
    "kin_core_tasks_trial",
    "snart_ansatt",
    "ips",
)
DIMENSIONS = (
    "close_follow_up",
    "job_development",
    "employer_contact",
    "ordinary_work_first",
    "support_at_the_workplace",
)
ANSWERS = (1, 5)
FOLLOW_UP_MONTHS = 12
_YES_NO = {"yes": 1.0, "no": 0.0}


@dataclass(frozen=True)
class StudyTables:
    """The tables of the studies, None where the cohort names no file; yes and no are 1 and 0, NaN is not known.

    Attributes:
        trial: One row per participant: arm (intervention, control), offered and received (0/1), in_work_12_months
            (0/1), months_in_employment, and what was known before: woman, origin_syria (0/1), age,
            months_in_norway, education (1-3), norwegian.
        starters: One row per person who started in a measure: measure, specialist, in_work_12_months (0/1).
        specialists: One row per job specialist who answered: specialist, measure and the five dimensions (1-5).
        survey: The survey of Jobbsjansen's projects.
    """

    trial: pd.DataFrame | None = None
    starters: pd.DataFrame | None = None
    specialists: pd.DataFrame | None = None
    survey: Survey | None = None


def read_studies(sources: Studies, problems: Problems) -> StudyTables:
    """Read and check the files that a cohort names; what is wrong is reported."""
    trial = read_flat(sources.trial, _TRIAL, problems)
    starters = read_flat(sources.supported_employment, _STARTERS, problems)
    specialists = read_flat(sources.job_specialists, _SPECIALISTS, problems)
    _note_oddities(trial, starters, specialists, problems)
    return StudyTables(
        trial=None if trial is None else _trial(trial.reset_index(drop=True)),
        starters=None if starters is None else _answered(starters.reset_index(drop=True), ["in_work_12_months"]),
        specialists=None if specialists is None else specialists.reset_index(drop=True),
        survey=read_survey(sources.survey_statements, sources.survey_answers, problems),
    )


def _note_oddities(
    trial: pd.DataFrame | None, starters: pd.DataFrame | None, specialists: pd.DataFrame | None, problems: Problems
) -> None:
    """What is possible, but worth knowing before the numbers are read."""
    if trial is not None:
        crossed = int(((trial["arm"] == "control") & (trial["received"] == "yes")).sum())
        if crossed:
            problems.note(f"Trial: {crossed} of the control arm received the measure; they count with their arm.")
    if starters is None or specialists is None:
        return
    measure = starters["specialist"].map(specialists.drop_duplicates("specialist").set_index("specialist")["measure"])
    unanswered, other = int(measure.isna().sum()), int((measure.notna() & (measure != starters["measure"])).sum())
    if unanswered:
        problems.note(
            f"Supported employment: the job specialist of {unanswered:,} of {len(starters):,} persons is not in the "
            "survey; they are left out where ways of working are compared."
        )
    if other:
        problems.note(f"Supported employment: {other:,} persons have another measure than their job specialist.")


def _trial(read: pd.DataFrame) -> pd.DataFrame:
    data = _answered(read, ["origin_syria", "received", "in_work_12_months"])
    data["offered"] = (data["arm"] == "intervention").astype(float)
    data["woman"] = (data["gender"] == "woman").astype(float)
    return data


def _answered(read: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Yes and no as 1 and 0; an empty cell as missing."""
    return read.assign(**{name: read[name].map(_YES_NO).astype(float) for name in names})


_TRIAL: Contract = {
    "id": identifier(),
    "arm": one_of(["intervention", "control"]),
    "gender": text_in(["woman", "man"]),
    "age": whole_number(*AGES, "years of age"),
    "months_in_norway": whole_number(0, 600, "months"),
    "education": whole_number(1, 3, "(1 none or primary, 2 some, 3 good general)"),
    "norwegian": text_in(categories("norwegian")),
    "origin_syria": text_in(_YES_NO),
    "received": one_of(_YES_NO),
    "in_work_12_months": text_in(_YES_NO),
    "months_in_employment": whole_number(0, FOLLOW_UP_MONTHS, "months"),
}
_STARTERS: Contract = {
    "id": identifier(),
    "measure": one_of(MEASURES),
    "specialist": pa.Column(),
    "in_work_12_months": text_in(_YES_NO),
}
_SPECIALISTS: Contract = {
    "specialist": identifier("job specialist", "name"),
    "measure": one_of(MEASURES),
    **{name: whole_number(*ANSWERS, "as the answer") for name in DIMENSIONS},
}
