"""The settings of an edition that the engine itself reads; a report's cohort file has more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from resultatbok.project import LANGUAGES, Language


class CohortError(Exception):
    """The cohort file cannot be used; `problems` names each fault, one sentence each."""

    def __init__(self, path: object, problems: list[str]) -> None:
        self.path = path
        self.problems = problems
        super().__init__(f"{path}: " + "; ".join(problems))


class Settings(BaseModel):
    """Settings are immutable, and a misspelt name is an error instead of a silent default."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class UnitPolicy(Settings):
    """What may be published of a single unit, such as a project."""

    published_from: Annotated[int, Field(ge=20)] | None = Field(
        default=None, description="Persons that a unit must have to stand by itself; none ever does if it is empty."
    )


class DisclosurePolicy(Settings):
    """What may be published. The owner of the data sets these; the defaults are for data about real people."""

    policy: Literal["rounded", "exact"] = Field(
        default="rounded", description="`exact` tells every number as it is: for invented data alone."
    )
    base: Annotated[int, Field(ge=1)] = Field(default=5, description="Numbers of persons are rounded to this.")
    least: Annotated[int, Field(ge=1)] = Field(
        default=10, description="Smallest rounded number of persons that is told; zero is among those that are not."
    )
    share_least: Annotated[int, Field(ge=1)] = Field(
        default=20, description="Smallest rounded number of persons that a share is told of."
    )
    model_least: Annotated[int, Field(ge=1)] = Field(
        default=100, description="Persons that a model needs; one of fewer is as good as a table of them."
    )
    freedom: Annotated[int, Field(ge=1)] = Field(default=10, description="Residual degrees of freedom of a model.")
    beyond: Annotated[int, Field(ge=1)] = Field(default=10, description="Persons beyond a percentile, on either side.")
    units_least: Annotated[int, Field(ge=1)] = Field(
        default=5, description="Smallest number of units, such as projects, that is told or that money is told of."
    )
    dominance: Annotated[float, Field(gt=0, le=1)] = Field(
        default=0.9, description="Share of an amount that its two largest units must stay below."
    )
    nested: Annotated[int, Field(ge=0)] = Field(
        default=20, description="A sample that leaves fewer persons than this of a larger one is not broken down."
    )
    coarsened: Annotated[float, Field(ge=0, le=1)] = Field(
        default=0.05, description="Share of rows that the gate may tell more coarsely before it stops the release."
    )
    seconds: Annotated[float, Field(gt=0)] = Field(
        default=20.0, description="Time for one programme of the gate; one that is not solved stops the release."
    )
    units: UnitPolicy = UnitPolicy()

    min_count: Annotated[int, Field(ge=1)] = Field(
        default=5, description="Smallest count of persons that is published; zero is published."
    )
    hide_small_outcomes: bool = Field(
        default=False,
        description="Whether the share of a large enough group that reached the goal is also hidden when fewer than "
        "min_count in the group reached it, or did not.",
    )
    min_interval: Annotated[int, Field(ge=1)] = Field(
        default=3,
        description="A hidden count must stay uncertain by at least this many persons to anyone who adds and "
        "subtracts the published ones.",
    )

    def loosened(self) -> list[str]:
        """What this policy allows beyond the one for real people, one sentence each."""
        if self.policy == "exact":
            return ["policy is exact, so that every number is told as it is"]
        found = []
        for name, more_is_looser in _LOOSER.items():
            own, default = getattr(self, name), type(self).model_fields[name].default
            if own != default and (own > default) == more_is_looser:
                found.append(f"{name} is {own:g}; for data about real people it is {default:g}")
        if self.units.published_from is not None:
            found.append(f"units of {self.units.published_from} persons stand by themselves; else none does")
        return found


_LOOSER: Final = {
    **dict.fromkeys(("base", "least", "share_least", "model_least", "freedom"), False),
    **dict.fromkeys(("beyond", "units_least", "nested", "min_interval"), False),
    **dict.fromkeys(("dominance", "coarsened"), True),
}
"""Numbers of a policy, and whether a larger one allows more."""


def one_line(text: str) -> str:
    """Refuse text that is empty or of several lines."""
    if "\n" in text or not text.strip():
        raise ValueError("must be one non-empty line")
    return text


def _once(languages: tuple[Language, ...]) -> tuple[Language, ...]:
    if len(set(languages)) < len(languages):
        raise ValueError("names a language twice")
    return languages


class EditionSettings(Settings):
    """What the engine asks of a cohort file."""

    name: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: dict[Language, Annotated[str, AfterValidator(one_line)]] = Field(description="One line in each language.")
    synthetic: bool = Field(description="Whether the data are invented; the book says so on every page if they are.")
    languages: Annotated[tuple[Language, ...], Field(min_length=1), AfterValidator(_once)] = Field(
        default=LANGUAGES, description="Languages of the book; the first is the one a reader without preference gets."
    )
    contents: str = Field(
        default="_toc.yml",
        pattern=r"^_toc[\w-]*\.yml$",
        description="The book's table of contents, a file in the project's root.",
    )
    disclosure: DisclosurePolicy = DisclosurePolicy()

    @model_validator(mode="after")
    def _is_exact_for_invented_data_alone(self) -> EditionSettings:
        if self.disclosure.policy == "exact" and not self.synthetic:
            raise ValueError("disclosure.policy: exact is for invented data alone (synthetic: true)")
        return self

    @model_validator(mode="after")
    def _has_english_title(self) -> EditionSettings:
        if "en" not in self.title:
            raise ValueError("title: an English title (en) is missing")
        return self

    def title_in(self, language: Language) -> str:
        """The title in a language, or in English when the cohort file has no other."""
        return self.title.get(language, self.title["en"])

    def lacking(self, needed: Sequence[str]) -> list[str]:
        """Of the settings that a chapter needs, those that the cohort file does not have."""
        return [name for name in needed if getattr(self, name, None) is None]
