"""The report that the engine makes editions of: where its parts are, and what they must offer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from resultatbok.project import Language

if TYPE_CHECKING:
    import pandas as pd

    from resultatbok.settings import EditionSettings


class StudyData(Protocol):
    """The data of one cohort, as far as the engine asks; numbers functions are handed it and may ask for more."""

    @property
    def cohort(self) -> Any:  # noqa: ANN401 - the report's own settings
        """The cohort's settings."""

    @property
    def data_fingerprint(self) -> str:
        """A hash over the delivered files."""

    @property
    def content_fingerprint(self) -> str:
        """A hash over the contents of the tables that numbers are made of."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on the delivered files that stop nothing."""

    @property
    def questionnaire(self) -> pd.DataFrame | None:
        """Statements that were put to respondents, which pages print; None without any."""


@dataclass(frozen=True)
class Report:
    """The parts of one report.

    Attributes:
        package: Its Python package; exhibits are declared below its `chapters`.
        load: Reads a cohort file.
        open_study: The data and fits of a cohort.
        study: The module of the class that `open_study` gives.
        data: The module of the data alone, whose tables count by their content and not by what read them.
        notices: What is said of invented data, by language: on every page, and on the first.
    """

    package: str
    load: Callable[[Path | str], EditionSettings]
    open_study: Callable[[Any], StudyData]
    study: str
    data: str
    notices: Mapping[Language, tuple[str, str]]

    @property
    def chapters(self) -> str:
        """The package that its exhibits are declared in."""
        return f"{self.package}.chapters"
