"""The settings of `jobbsjansen.yml`: measure packages, and what the 2019 evaluation needs beside the common traits."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

Shares = dict[str, float]


class _Group(BaseModel):
    """Settings are immutable, and a misspelt name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Dominated(_Group):
    """Projects where one package dominates: how many, how many participants they have, how much it dominates."""

    projects: float
    participants: float
    measures: float
    share: float
    strong_work: float


class Varied(_Group):
    """The other projects: Dirichlet concentration of their packages, and the largest share of one."""

    concentration: float
    largest: float


class Packages(_Group):
    """Measure packages: sizes, what is in them, in which projects, and who has them."""

    names: list[str]
    shares: list[float]
    type_means: Shares
    kept: list[str]
    kept_packages: list[str]
    kept_cells: list[tuple[str, str]]
    agencies: dict[str, list[float]]
    agency_shares: Shares
    agency_projects: Shares
    dominated: Dominated
    varied: Varied
    models: dict[str, Shares]
    predictors: list[str]


SingleMeasure = tuple[str, str, str, str, list[float], float]
"""Field, harmonised measure, type, label, share in each package, share in part C."""


class NorwegianStart(_Group):
    """Norwegian at the start: shares of the levels, how far from the level at the end, and how many are unknown."""

    shares: list[float]
    spread: float
    unknown: float


class WorkHomeCountry(_Group):
    """Work in the home country: shares of the answers, and how they go with education and age."""

    shares: list[float]
    education: float
    age: float


class Care(_Group):
    """Shares without, with a partner's and with sole care, for those with and without children under 18."""

    with_children: list[float]
    without: list[float]


class Details(_Group):
    """More about the participants of part A."""

    countries: dict[str, Shares]
    other_countries: dict[str, int]
    higher_education: Shares
    higher_completed: float
    little_schooling: list[float]
    some_schooling: list[float]
    norwegian_start: NorwegianStart
    norwegian_by_country: Shares
    reduced_work_capacity: float
    work_home_country: WorkHomeCountry
    work_norway: float
    children: list[float]
    care: Care
    reunified: Shares
    income: Shares
    absence: list[float]


class Survey(_Group):
    """The projects' answers to the survey of 2018."""

    answered: int
    draw: int
    answered_projects: float
    answers: dict[str, tuple[float, float]]
    partners: tuple[float, float]
    practice_internal: float
    participants_per_staff: tuple[float, float]


class Others(_Group):
    """Those reported who did not leave part A."""

    left_c: dict[int, int]
    still_in: dict[int, dict[str, int]]
    phased_out: dict[int, dict[str, int]]
    participants: dict[int, dict[str, int]]
    ages: list[int]
    age_shares: dict[str, list[float]]
    men: Shares
    regions_a: Shares
    countries_c: Shares
    education_c: list[float]
    norwegian_start_c: list[float]
    norwegian_known_c: dict[str, int]
    years_in_norway_c: tuple[float, float]
    duration_c: tuple[float, float, float]
    income_c: Shares
    goal_c: Shares
    goal_c_by_year: dict[int, float]


class Exits(_Group):
    """Why participants left, and the work that some left to."""

    education: dict[str, Shares]
    other: dict[str, Shares]
    work_share_c: float
    school_to_adult_primary: float
    work_type_known: int
    work_types: Shares
    over_29_hours: Shares
