"""What Jobbsjansen's projects answer in the evaluation's survey, and which of them answer.

The evaluation found that most of what the survey asked does not matter for the goal. With some thirty projects it
would by chance in any one draw; so of many draws one is taken that has little to do with the projects' effects.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from statistics import NormalDist

import numpy as np
import pandas as pd

from synthesis.draws import Floats, nearest, settled
from synthesis.jobbsjansen_parameters import Survey
from synthesis.jobbsjansen_sets import projects_near

_ALWAYS = "refugee_service"  # its projects are few, and a term of table 7.5
_SAME = 1e-9  # spread of an answer that all projects gave
_DRAWS = 25  # draws of an answer, of which the one least related to the projects' effects is taken


def survey_answers(survey: Survey, projects: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw the projects' answers.

    Args:
        survey: The questions, and how many answer.
        projects: Index project_name, with participants, agency and effect (log odds, mean 0).
        rng: Random numbers.

    Returns:
        Index project_name, a column per answer, missing where the project did not answer.
    """
    answers = _all_answers(survey, projects, rng)
    return answers.where(_responding(survey, projects, rng))


def _all_answers(survey: Survey, projects: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    sizes, table = projects["participants"], pd.DataFrame(index=projects.index)

    def unrelated(spread: Callable[[Floats], Floats]) -> Floats:
        return _unrelated([spread(rng.standard_normal(len(sizes))) for _ in range(_DRAWS)], projects)

    for name, asked in survey.answers.items():
        table[name] = unrelated(partial(_answer, asked))
    table["n_partners"] = unrelated(partial(_answer, survey.partners, ends=(0, 20)))
    few = NormalDist().inv_cdf(survey.practice_internal)
    table["practice_internal"] = unrelated(lambda z: (z < few).astype(float))
    mean, log_sd = survey.participants_per_staff
    size = sizes.to_numpy(dtype=float)
    table["project_staff"] = unrelated(lambda z: np.round(settled(size / mean * np.exp(log_sd * z) + 0.25), 2))
    return table


def _answer(asked: tuple[float, float], z: Floats, ends: tuple[int, int] = (1, 5)) -> Floats:
    return np.asarray(np.clip(np.round(settled(asked[0] + asked[1] * z)), *ends), dtype=np.float64)


def _unrelated(draws: list[Floats], projects: pd.DataFrame) -> Floats:
    """The draw that goes least with the projects' effects, each project counting by its participants."""
    weight = projects["participants"].to_numpy(dtype=float)
    effect = weight * projects["effect"].to_numpy(dtype=float)  # their sum is 0

    def related(draw: Floats) -> float:
        mean = np.average(draw, weights=weight) if weight.sum() else 0.0
        spread = float(np.sqrt(weight @ (draw - mean) ** 2))
        return float(settled(abs(float(effect @ draw)) / spread)) if spread > _SAME else 0.0

    return min(draws, key=related)


def _responding(survey: Survey, projects: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Which projects answer the survey: as many as did, with as many participants, and all of the refugee services."""
    sizes = projects["participants"]
    always = (projects["agency"] == _ALWAYS) & (sizes > 0)
    wanted = survey.answered / 916 * float(sizes.sum()) - float(sizes[always].sum())
    count = nearest(survey.answered_projects * int((sizes > 0).sum())) - int(always.sum())
    return always | projects_near(sizes.mask(always, 0), wanted, max(count, 1), projects["effect"], rng)
