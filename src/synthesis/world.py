"""Drawing the whole invented country: municipalities, projects, participants, what is missing and the outcomes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from synthesis.accounts import draw_accounts
from synthesis.draws import Streams
from synthesis.jobbsjansen import complete_jobbsjansen
from synthesis.jobbsjansen_others import draw_others
from synthesis.measures import introduction_measures, nir_fields
from synthesis.missing import draw_missing
from synthesis.municipalities import draw_municipalities
from synthesis.norwegian_tests import draw_tests
from synthesis.outcomes import draw_end_reasons, draw_goal_attained, draw_transition
from synthesis.parameters import SCHEMES, Parameters, load_parameters
from synthesis.participants import draw_participants
from synthesis.places import place_leavers
from synthesis.projects import draw_projects
from synthesis.scene import Scene
from synthesis.statistics import draw_statistics

DEFAULT_SEED = 202213  # report 13 of 2022; chosen among four with an early version of the generator, kept since
DEFAULT_YEARS = (2017, 2020)
SCALES = (0.01, 10.0)
"""Sizes against the published cohort that can be drawn: from some 300 people to as many as fit in memory."""
YEARS = (2010, 2030)
"""First and last year of leaving that can be drawn; nobody may have started before there was a programme."""
LARGEST = 40  # scale times years: ten times the published cohort


class ScopeError(ValueError):
    """A scale or years that cannot be drawn."""


@dataclass(frozen=True)
class World:
    """Everything that was drawn, before it is written as register files.

    `people` has both schemes, the introduction programme first; `tests`, `fields` are its rows, `singles` those of
    Jobbsjansen, `missing` both. `others` did not leave Jobbsjansen's part A, but were reported; `other_singles` are
    the single measures of those of them who left part C.
    """

    parameters: Parameters
    streams: Streams
    years: list[int]
    municipalities: pd.DataFrame
    statistics: pd.DataFrame
    leavers: pd.DataFrame
    projects: pd.DataFrame
    accounts: pd.DataFrame
    people: pd.DataFrame
    tests: pd.DataFrame
    fields: pd.DataFrame
    singles: pd.DataFrame
    missing: pd.DataFrame
    jobbsjansen_projects: pd.DataFrame
    others: pd.DataFrame
    other_singles: pd.DataFrame

    @property
    def scene(self) -> Scene:
        """What the outcomes were drawn from."""
        return Scene(self.people, self.missing, self.projects, self.statistics, self.accounts)


def draw_world(
    *,
    seed: int = DEFAULT_SEED,
    scale: float = 1.0,
    years: tuple[int, int] = DEFAULT_YEARS,
    parameters: Parameters | None = None,
    progress: Callable[[str], None] | None = None,
) -> World:
    """Draw everything without writing anything; arguments as for `synthesise`."""
    _check(scale, years)
    say, p = progress or (lambda step: None), parameters or load_parameters()
    streams, span = Streams(seed), list(range(years[0], years[1] + 1))
    say("municipalities")
    municipalities = draw_municipalities(p.municipalities, streams, scale)
    leavers = place_leavers(p, municipalities, streams, scale, span)
    statistics = draw_statistics(p.statistics, municipalities, leavers, streams, span)
    projects = draw_projects(p, municipalities, leavers, statistics, streams)
    share = {s: leavers.loc[leavers["scheme"] == s, "leavers"].sum() / sum(p.leavers[s].values()) for s in SCHEMES}
    accounts = draw_accounts(p.accounts, leavers, projects, streams, share)
    say("participants")
    people, tests, fields, singles, places = _people(p, leavers, municipalities, projects, streams, share)
    missing = draw_missing(p.missing, people, streams, share)
    say("outcomes")
    people = _outcomes(p, Scene(people, missing, projects, statistics, accounts), streams)
    others, other_singles = draw_others(p, people[people["scheme"] == "jobbsjansen"], streams)
    return World(
        p,
        streams,
        span,
        municipalities,
        statistics,
        leavers,
        projects,
        accounts,
        people,
        tests,
        fields,
        singles,
        missing,
        places,
        others,
        other_singles,
    )


def _check(scale: float, years: tuple[int, int]) -> None:
    span = years[1] - years[0] + 1
    if not SCALES[0] <= scale <= SCALES[1]:
        raise ScopeError(f"scale is {scale}; it must lie between {SCALES[0]:g} and {SCALES[1]:g}")
    if not YEARS[0] <= years[0] <= years[1] <= YEARS[1]:
        raise ScopeError(
            f"years are {years[0]}-{years[1]}; they must lie within {YEARS[0]}-{YEARS[1]}, first year first"
        )
    if scale * span > LARGEST:
        raise ScopeError(f"scale {scale} with {span} years is too much; their product may not exceed {LARGEST}")


def _people(
    p: Parameters,
    leavers: pd.DataFrame,
    municipalities: pd.DataFrame,
    projects: pd.DataFrame,
    streams: Streams,
    share: dict[str, float],
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    latents = list(p.introduction_measures)
    introduction = draw_participants(p, "introduction", leavers, latents, streams)
    taken = introduction_measures(p, introduction, streams, share["introduction"])
    tests = draw_tests(introduction, p.missing.fewer_tests, streams)
    introduction = introduction.drop(columns=[f"latent_{name}" for name in latents]).join(taken)
    introduction["norwegian_level"] = tests.mean(axis=1)
    jobbsjansen = draw_participants(p, "jobbsjansen", leavers, [], streams)
    effects = projects[projects["scheme"] == "jobbsjansen"].set_index("municipality")["effect"]
    jobbsjansen, singles, places = complete_jobbsjansen(p, jobbsjansen, municipalities["name"], effects, streams)
    introduction["package"] = ""
    people = pd.concat([introduction, jobbsjansen], ignore_index=True)
    return people, tests, nir_fields(p, taken, streams), singles, places


def _outcomes(p: Parameters, scene: Scene, streams: Streams) -> pd.DataFrame:
    attained, probability = draw_goal_attained(p.outcome, scene, streams)
    to_work = draw_transition(p, scene.people, attained, streams)
    reasons = draw_end_reasons(p, attained, to_work, scene.missing["end_reason"].to_numpy(), streams)
    return scene.people.assign(attained=attained, to_work=to_work, end_reason=reasons, probability=probability)
