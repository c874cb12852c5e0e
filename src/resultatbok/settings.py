"""The settings of an edition that the engine itself reads; a report's cohort file has more."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

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


class DisclosurePolicy(Settings):
    """What may be published. The owner of the data sets these."""

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
