"""What the synthetic registers are drawn from: the settings of `parameters.yml`, checked.

The numbers and the published exhibit behind each group of them stand in the YAML file.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, model_validator

from synthesis.jobbsjansen_parameters import Details, Exits, Others, Packages, SingleMeasure, Survey

SCHEMES = ("introduction", "jobbsjansen")
FILES = ("parameters.yml", "jobbsjansen.yml")
Shares = dict[str, float]
Slopes = dict[str, float]
ByYear = dict[int, float]


class _Group(BaseModel):
    """Settings are immutable, and a misspelt name is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class JobbsjansenPlaces(_Group):
    """Where and when Jobbsjansen runs."""

    by_years_active: list[int]
    population_log_sd: float
    fewest_leavers: int
    size_exponent: float
    large_share: float
    large_factor: float
    district_projects: list[str]


class Municipalities(_Group):
    """How many municipalities there are, their sizes and their mergers."""

    base: int
    counties: list[str]
    county_codes: list[int]
    largest_shares: list[float]
    size_log_sd: float
    small: dict[str, float]
    year_log_sd: float
    mergers: dict[int, tuple[int, int]]
    jobbsjansen: JobbsjansenPlaces
    first_year: int


class Statistics(_Group):
    """The municipal statistics: medians, spreads and slopes on the logarithm of population."""

    population: dict[str, float]
    immigrant_share: dict[str, float]
    immigrant_share_all: dict[str, float]
    selected_industries: dict[str, float]
    net_in_migration: dict[str, float]
    employed: dict[str, float]
    disability: dict[str, float]
    unemployment: dict[str, float]
    unemployment_by_year: ByYear
    centrality: dict[str, float]


class SchemeAccounts(_Group):
    """How many project-years have usable accounts, and their medians."""

    project_years: int
    wage_per_participant: float
    participants_per_leaver: float
    leavers_median: float
    picked_around: float
    picked_log_sd: float


class Accounts(_Group):
    """Wage costs of the projects."""

    introduction: SchemeAccounts
    jobbsjansen: SchemeAccounts
    lasting_log_sd: float
    yearly_log_sd: float
    other_costs_share: float


class Spread(_Group):
    """A gamma-shaped variable between two limits."""

    mean: float
    sd: float
    low: float
    high: float


class SchemeParticipants(_Group):
    """Margins of one scheme's participants."""

    male: float
    male_by_year: ByYear
    age: Spread
    years_in_norway: Spread
    duration_months: Spread
    longer: ByYear
    heaps: list[tuple[float, float, float]]
    norwegian: list[float]
    education: list[float]
    absence_high: float
    by_log_size: float
    origin: Shares


class Missing(_Group):
    """What is missing, and for whom."""

    introduction: dict[str, int]
    jobbsjansen: dict[str, int]
    municipality_sd: float
    introduction_by_origin: Shares
    slopes: Slopes
    complete: dict[str, int]
    incomplete: dict[str, int]
    jobbsjansen_by_year: ByYear
    first_track: float
    fewer_tests: tuple[float, float, float]


class Figure(_Group):
    """A published share of a group that attains the goal, or how many points one group lies above another."""

    id: str
    exhibit: str
    scheme: str
    where: dict[str, list[float | str]] = {}
    between: dict[str, tuple[float, float]] = {}
    part: dict[str, tuple[int, int]] = {}  # which of so many equal parts along a variable, from the lowest
    minus: dict[str, list[float | str]] = {}
    value: float | None = None


class Outcome(_Group):
    """How goal attainment is drawn."""

    balanced: bool
    scheme_effect: float
    softness: float
    firmer: dict[str, float]
    within_municipalities: dict[str, float]
    totals: dict[str, float]
    by_year: dict[str, ByYear]
    figures: list[Figure]

    @model_validator(mode="after")
    def _another_effect_has_other_totals(self) -> Outcome:
        if self.balanced and self.scheme_effect != 1:
            raise ValueError("with another scheme_effect than 1 the totals differ: set balanced to false")
        return self


class ProjectSpread(_Group):
    """Residual spread of one scheme's project effects."""

    sd: float
    size_exponent: float
    skewness: float
    size_slope: float
    women_sd: float


class Projects(_Group):
    """Effects of the projects on goal attainment, in log odds."""

    introduction: ProjectSpread
    jobbsjansen: ProjectSpread
    immigrant_share: float
    net_in_migration: float
    wage_per_participant: float


class Transition(_Group):
    """Whether those who attain the goal go to work or to education."""

    work_share: dict[str, ByYear]
    slopes: Slopes


class Parameters(_Group):
    """Everything the generator draws from; see `parameters.yml` for the source of each group."""

    leavers: dict[str, dict[int, int]]
    municipalities: Municipalities
    statistics: Statistics
    accounts: Accounts
    participants: dict[str, SchemeParticipants]
    correlations: dict[str, dict[str, float]]
    introduction_measures: Shares
    only_one_school_measure: dict[str, int]
    nir_measure_fields: list[tuple[str, str, float]]
    packages: Packages
    single_measures: list[SingleMeasure]
    details: Details
    survey: Survey
    others: Others
    exits: Exits
    missing: Missing
    outcome: Outcome
    projects: Projects
    transition: Transition
    end_reasons: dict[str, Shares]
    countries: dict[str, Shares]


def load_parameters(changes: dict[str, Any] | None = None) -> Parameters:
    """Read the parameters.

    Args:
        changes: Settings to replace, nested as in the file; what is not named stays.

    Raises:
        pydantic.ValidationError: A setting is missing, misspelt or of the wrong kind.
    """
    folder = resources.files(__package__)
    settings: dict[Any, Any] = {}
    for file in FILES:
        settings |= yaml.safe_load(folder.joinpath(file).read_text(encoding="utf-8"))
    return Parameters.model_validate(_changed(settings, changes or {}))


def _changed(settings: dict[Any, Any], changes: dict[Any, Any]) -> dict[Any, Any]:
    nested = {k: _changed(settings[k], v) for k, v in changes.items() if _are_groups(settings.get(k), v)}
    return settings | changes | nested


def _are_groups(old: object, new: object) -> bool:
    return isinstance(old, dict) and isinstance(new, dict)


def for_year(values: dict[int, float] | dict[int, int], year: int) -> float:
    """The value of a year, or the mean of all years for a year that nothing is published about."""
    return values[year] if year in values else sum(values.values()) / len(values)
