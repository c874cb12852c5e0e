"""The cohort file: what a report covers, where its data lie and what was decided about them.

One YAML file describes one edition of the book. Every number that somebody decided (a threshold, a coding choice)
has its home here, with the 2022 report's choice as the default. `docs/assumptions.md` says why.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import AfterValidator, Field, ValidationError, model_validator

from helpers.cohort.faults import sentence
from resultatbok.limits import format_fields
from resultatbok.project import Language, cohort_file, project_root
from resultatbok.settings import CohortError, DisclosurePolicy, EditionSettings, Settings, one_line
from resultatbok.yaml_settings import SettingsFault, read_settings

Origin = Literal[
    "other_asia",
    "sub_saharan_africa",
    "southeast_asia",
    "west_asia",
    "europe",
    "latin_america_caribbean",
    "south_asia",
    "north_africa",
    "north_america",
    "stateless",
]
"""Groups of countries, in the order of table 17 of the 2022 report."""
Scheme = Literal["introduction", "jobbsjansen"]
SCHEMES: Final[tuple[Scheme, ...]] = get_args(Scheme)
"""The two schemes, in the order in which they are shown."""
Share = Annotated[float, Field(gt=0, lt=1)]
REPORT_YEARS: Final = {"report_2022": (2017, 2020), "evaluation_2019": (2017, 2018)}
"""First and last year of the leavers that each published report is about."""


def _only_years(text: str) -> str:
    if not format_fields(text) <= {"years"}:
        raise ValueError("may hold {years} in braces and nothing else")
    return text


class Years(Settings):
    """The years in which the participants left their programme, both included."""

    first: Annotated[int, Field(ge=2004, le=2100)]
    last: Annotated[int, Field(ge=2004, le=2100)]

    @model_validator(mode="after")
    def _in_order(self) -> Years:
        if self.last < self.first:
            raise ValueError(f"last ({self.last}) is before first ({self.first})")
        return self

    @property
    def all(self) -> list[int]:
        """Each year, in order."""
        return list(range(self.first, self.last + 1))

    @property
    def label(self) -> str:
        """The years as printed: `2017–2020`, or one year."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class Sources(Settings):
    """Where each delivered file lies, relative to the project's root or absolute."""

    nir: Path
    jobbsjansen: Path
    municipalities: Path
    municipal_statistics: Path
    kostra: Path
    accounts: Path

    @property
    def files(self) -> list[Path]:
        """All of them, in the order above."""
        return [self.nir, self.jobbsjansen, self.municipalities, self.municipal_statistics, self.kostra, self.accounts]


class Studies(Settings):
    """Where the data of other studies lie that a chapter may take up; a book without that chapter needs none."""

    trial: Path | None = Field(default=None, description="A randomised trial of individual job support.")
    supported_employment: Path | None = Field(
        default=None, description="Who was in work 12 months after starting in a supported-employment measure."
    )
    job_specialists: Path | None = Field(default=None, description="Survey of those measures' job specialists.")
    survey_statements: Path | None = Field(default=None, description="The statements of a survey of projects.")
    survey_answers: Path | None = Field(default=None, description="The projects' answers to them.")

    @property
    def files(self) -> list[Path]:
        """Those that are given, in the order above."""
        named = (
            self.trial,
            self.supported_employment,
            self.job_specialists,
            self.survey_statements,
            self.survey_answers,
        )
        return [file for file in named if file]


class CodingChoices(Settings):
    """Choices on which the 2022 report contradicts itself or where a user may reasonably differ."""

    wage_subsidy_attains_goal: bool = Field(
        default=True,
        description="Leaving to a wage-subsidised job counts as goal attainment, and other NAV measures do not. "
        "False follows table 8 of the 2022 report to the letter, where the two codes look swapped.",
    )
    end_reason_not_counted: Literal["missing", "not_attained"] = Field(
        default="missing",
        description="How the six end reasons that table 8 sets to missing (death, moved, home with small children, "
        "not registered, unknown) are treated. IMDi's own statistics count them as not attained.",
    )
    norwegian_scale: Literal["five_levels", "four_levels"] = Field(
        default="five_levels",
        description="Levels of Norwegian from under A1 = 1 to B2 = 5, or A1 = 1 to B2 = 4 with under A1 missing.",
    )
    education_track: Literal["last", "first", "highest"] = Field(
        default="last",
        description="Which registered track stands for education when the first and the last differ.",
    )
    high_absence_from: Share = Field(
        default=0.10, description="Absence at or above this share of the hours attended counts as high."
    )
    hours_per_absence_day: Annotated[float, Field(gt=0, le=24)] = Field(
        default=7.5, description="Hours that one registered day of absence stands for."
    )


class AnalysisChoices(Settings):
    """Limits and reference categories of the analyses."""

    project_min_participants: Annotated[int, Field(ge=2)] = Field(
        default=5, description="Smallest project given a contribution indicator."
    )
    probability_cutoff: Annotated[float, Field(gt=0.5, lt=1)] = Field(
        default=0.975,
        description="A project is called above (below) the average when the probability that it lies above (below) is "
        "at least this. 0.975 is what a 95 % interval that excludes zero says.",
    )
    near_zero_contribution: Annotated[float, Field(ge=0, lt=1)] = Field(
        default=0.03,
        description="A raw contribution up to this size, as a fraction, counts as near zero in the split that follows "
        "the 2022 report, which does not state its rule.",
    )
    multilevel_min_participants: Annotated[int, Field(ge=1)] = Field(
        default=10, description="Smallest municipality-year or project in the multilevel models."
    )
    reference_origin: Origin = Field(default="europe", description="Origin the other origins are compared with.")
    merged_origins: dict[Origin, Origin] = Field(
        default={"north_america": "europe"},
        description="Origins too small for a coefficient of their own, and the one each is counted with.",
    )
    confidence_level: Share = Field(default=0.95, description="Coverage of every interval in the book.")
    n_packages: Annotated[int, Field(ge=2, le=20)] | None = Field(
        default=None, description="Number of measure packages; chosen from the data when not given."
    )
    n_imputations: Annotated[int, Field(ge=2, le=200)] = Field(
        default=20, description="Completed data sets that estimates are pooled over where values are missing."
    )
    survey_min_for_shares: Annotated[int, Field(ge=1)] = Field(
        default=50, description="A survey with fewer respondents is shown in counts, not percentages."
    )
    packages_from: str | None = Field(
        default=None,
        description="A cohort file whose packages are given to this cohort's participants, in place of new ones.",
    )
    package_names: dict[str, dict[Language, str]] = Field(
        default={},
        description="Names for packages in place of the automatic ones: automatic name -> language -> text.",
    )
    seed: int = Field(default=20222013, description="Seed of everything that draws random numbers.")

    @model_validator(mode="after")
    def _origins_are_counted_once(self) -> AnalysisChoices:
        if self.reference_origin in self.merged_origins:
            raise ValueError(f"reference_origin ({self.reference_origin}) cannot be among the merged_origins")
        if chained := sorted(set(self.merged_origins) & set(self.merged_origins.values())):
            raise ValueError(f"merged_origins: {', '.join(chained)} is both merged and merged with")
        return self


class Cohort(EditionSettings):
    """Everything one edition of the book is made from."""

    title: dict[Language, Annotated[str, AfterValidator(one_line), AfterValidator(_only_years)]] = Field(
        description="One line in each language; {years} becomes the cohort's years."
    )
    years: Years
    sources: Sources
    studies: Studies = Studies()
    jobbsjansen_parts: Annotated[tuple[Literal["a", "c"], ...], Field(min_length=1)] = Field(
        default=("a",),
        description="Parts of Jobbsjansen whose leavers are the cohort's participants: a (mainly women at home) or c "
        "(a further year after the introduction programme, 2017-2018).",
    )
    compare_with: Literal["report_2022", "evaluation_2019", "none"] = Field(
        default="none",
        description="The published report that the numbers of a synthetic cohort are held against.",
    )
    coding: CodingChoices = CodingChoices()
    analysis: AnalysisChoices = AnalysisChoices()

    @property
    def files(self) -> list[Path]:
        """Every delivered file of the cohort."""
        return [*self.sources.files, *self.studies.files]

    @model_validator(mode="after")
    def _is_compared_with_its_own_years(self) -> Cohort:
        theirs = REPORT_YEARS.get(self.compare_with)
        if theirs is not None and theirs != (self.years.first, self.years.last):
            raise ValueError(
                f"compare_with: {self.compare_with} is about those who left in {theirs[0]}-{theirs[1]}, this cohort "
                f"about others ({self.years.first}-{self.years.last}); remove the setting"
            )
        return self

    def title_in(self, language: Language) -> str:
        """The title in a language, with the years filled in."""
        return super().title_in(language).format(years=self.years.label)

    def lacking(self, needed: Sequence[str]) -> list[str]:
        """Of the other studies that a chapter needs, those whose files the cohort file does not name."""
        return [f"studies.{name}" for name in needed if getattr(self.studies, name) is None]


def load_cohort(path: Path | str) -> Cohort:
    """Read and check a cohort file.

    Args:
        path: The YAML file, relative to the working directory or the project's root. Paths inside it are taken from
            the project's root and come back absolute.

    Raises:
        CohortError: The file is missing, is not YAML or has wrong settings; every fault is named.
    """
    return _load(cohort_file(path), [])


def _load(file: Path, followed: list[Path]) -> Cohort:
    root = project_root()
    try:
        content = read_settings(file)
        if not isinstance(content, dict):
            raise CohortError(file, ["is not a YAML mapping of settings"])
        cohort = Cohort.model_validate(_with_absolute_sources(content, root))
    except FileNotFoundError as error:
        raise CohortError(file, ["no such file"]) from error
    except OSError as error:
        raise CohortError(file, [error.strerror or "cannot be read"]) from error
    except SettingsFault as error:
        raise CohortError(file, [str(error)]) from error
    except ValidationError as error:
        raise CohortError(file, [sentence(e, _setting_names()) for e in error.errors()]) from error
    if not (root / cohort.contents).is_file():
        raise CohortError(file, [f"contents: no file {cohort.contents} in the project's folder"])
    _check_packages_from(cohort, file, followed)
    return cohort


def _check_packages_from(cohort: Cohort, file: Path, followed: list[Path]) -> None:
    """Follow `packages_from` to the cohort whose packages are found, and refuse a circle."""
    if cohort.analysis.packages_from is None:
        return
    other, before = cohort_file(cohort.analysis.packages_from), [*followed, file.resolve()]
    if other.resolve() in before:
        raise CohortError(file, ["analysis.packages_from: leads back to this cohort, so no packages would be found"])
    try:
        _load(other, before)
    except CohortError as error:
        raise CohortError(file, [f"analysis.packages_from: {error}"]) from error


def _setting_names() -> set[str]:
    groups = (Cohort, Years, Sources, Studies, CodingChoices, AnalysisChoices, DisclosurePolicy)
    return {name for group in groups for name in group.model_fields}


def _with_absolute_sources(content: dict[str, Any], root: Path) -> dict[str, Any]:
    """Content whose paths, under `sources` and `studies`, are absolute."""
    absolute = {
        section: {k: str(root / v) if isinstance(v, str) else v for k, v in paths.items()}
        for section in ("sources", "studies")
        if isinstance(paths := content.get(section), dict)
    }
    return content | absolute
