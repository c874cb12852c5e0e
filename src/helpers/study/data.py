"""The data of one cohort, and nothing fitted: all that a descriptive exhibit's numbers depend on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import pandas as pd

from helpers import registers
from helpers.cohort.settings import Cohort, load_cohort
from helpers.study import specification
from resultatbok.edition.cache import cached
from resultatbok.edition.fingerprint import fingerprint


@cached
def _load_registers(cohort: Cohort, data: str) -> registers.Registers:
    """Read the registers; the fingerprint of the files is there for the cache to see."""
    return registers.load(cohort)


class Data:
    """The registers of one cohort."""

    def __init__(self, cohort: Cohort) -> None:
        self.cohort = cohort

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """The data of a cohort file.

        Raises:
            resultatbok.settings.CohortError: The file cannot be used.
        """
        return cls(load_cohort(path))

    @cached_property
    def data_fingerprint(self) -> str:
        """A hash over the delivered files."""
        return fingerprint(self.cohort.files)

    @cached_property
    def registers(self) -> registers.Registers:
        """The harmonised registers.

        Raises:
            helpers.registers.InputRefused: The delivered files have faults; all of them are listed.
        """
        return _load_registers(self.cohort, self.data_fingerprint)

    @cached_property
    def content_fingerprint(self) -> str:
        """A hash over every value of the harmonised tables."""
        digest = hashlib.sha256()
        for name, table in _tables(self.registers):
            digest.update(f"{name} {dict(table.dtypes)} {table.index.names}".encode())
            digest.update(pd.util.hash_pandas_object(table).to_numpy().tobytes())
        return digest.hexdigest()

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks on the delivered files that stop nothing."""
        return self.registers.notes

    @cached_property
    def participants(self) -> pd.DataFrame:
        """Everyone who left either scheme in the cohort's years, one row each."""
        return self.registers.participants

    @cached_property
    def complete(self) -> pd.DataFrame:
        """The complete cases: every variable of the individual model is known."""
        return self.participants.dropna(subset=list(specification.REQUIRED)).reset_index(drop=True)

    @cached_property
    def individual_design(self) -> pd.DataFrame:
        """The individual model's columns for the complete cases."""
        return self.individual_columns(self.complete)

    def individual_columns(self, participants: pd.DataFrame) -> pd.DataFrame:
        """The individual model's columns for some participants."""
        return specification.individual_design(participants, self.cohort.analysis)

    def background_columns(self, participants: pd.DataFrame) -> pd.DataFrame:
        """The reduced multilevel models' columns for some participants, without the context."""
        return specification.background_design(participants)

    def in_large_units(self, unit: list[str]) -> pd.DataFrame:
        """Complete cases in units with enough leavers; all leavers count towards the limit."""
        leavers = self.participants.groupby(unit, observed=True).size()
        large = leavers.index[leavers >= self.cohort.analysis.multilevel_min_participants]
        return self.complete[pd.MultiIndex.from_frame(self.complete[unit]).isin(large)]

    @property
    def questionnaire(self) -> pd.DataFrame | None:
        """The statements of the cohort's survey of projects, in both languages; None without one."""
        survey = self.registers.studies.survey
        return None if survey is None else survey.statements


def _tables(holder: Any) -> Iterator[tuple[str, pd.DataFrame]]:  # noqa: ANN401 - a data class of tables
    """The tables that a data class holds, also inside others, by name."""
    for field in fields(holder):
        value = getattr(holder, field.name)
        if isinstance(value, pd.DataFrame):
            yield field.name, value
        elif is_dataclass(value):
            yield from _tables(value)
