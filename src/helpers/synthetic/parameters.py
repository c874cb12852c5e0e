"""What the synthetic registers are drawn from: the settings of `parameters.yml`, checked.

The numbers and the published exhibit behind each group of them stand in the YAML file.
"""

from __future__ import annotations

from importlib import resources
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

SCHEMES = ("introduction", "jobbsjansen")
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
    district_projects: list[str]


class Municipalities(_Group):
    """How many municipalities there are, their sizes and their mergers."""

    base: int
    counties: list[str]
    county_codes: list[int]
    largest_shares: list[float]
    size_log_sd: float
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


class Accounts(_Group):
    """Wage costs of the projects."""

    introduction: SchemeAccounts
    jobbsjansen: SchemeAccounts
    picked_log_sd: float
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
    heaps: list[tuple[float, float, float]]
    norwegian: list[float]
    education: list[float]
    absence_high: float
    origin: Shares


class Packages(_Group):
    """Jobbsjansen's measure packages: sizes and who has them."""

    names: list[str]
    shares: list[float]
    education: list[float]
    norwegian: list[float]
    age: list[float]
    project_sd: float


class Missing(_Group):
    """What is missing, and for whom."""

    introduction: dict[str, int]
    jobbsjansen: dict[str, int]
    municipality_sd: float
    introduction_by_origin: Shares
    slopes: Slopes
    complete: dict[str, int]
    incomplete: dict[str, int]
    first_track: float
    fewer_tests: tuple[float, float, float]


class Outcome(_Group):
    """The model of goal attainment."""

    conditional: float
    men: Slopes
    women: Slopes
    jobbsjansen: Slopes
    long_duration: dict[str, tuple[float, float]]
    origin_men: Slopes
    origin_women: Slopes
    measures_men: Slopes
    measures_women: Slopes
    totals: dict[str, float]
    by_year: dict[str, ByYear]
    balanced: bool


class ProjectSpread(_Group):
    """Residual spread of one scheme's project effects."""

    sd: float
    size_exponent: float
    skewness: float
    size_slope: float


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
    only_one_school_measure: int
    nir_measure_fields: list[tuple[str, str, float]]
    packages: Packages
    single_measures: list[tuple[str, str, str, list[float]]]
    missing: Missing
    outcome: Outcome
    projects: Projects
    transition: Transition
    end_reasons: dict[str, Shares]
    countries: dict[str, Shares]


def load_parameters(changes: dict[str, Any] | None = None) -> Parameters:
    """Read the parameters.

    Args:
        changes: Groups to replace, by their name at the top level of the file.

    Raises:
        pydantic.ValidationError: A setting is missing, misspelt or of the wrong kind.
    """
    text = resources.files(__package__).joinpath("parameters.yml").read_text(encoding="utf-8")
    return Parameters.model_validate(yaml.safe_load(text) | (changes or {}))


def for_year(values: dict[int, float] | dict[int, int], year: int) -> float:
    """The value of a year, or the mean of all years for a year that nothing is published about."""
    return values[year] if year in values else sum(values.values()) / len(values)
