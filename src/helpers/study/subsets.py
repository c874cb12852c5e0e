"""The study of some of a cohort's participants: the shared fits, made again on fewer rows."""

from __future__ import annotations

from functools import cache, cached_property

import pandas as pd

from helpers.registers import Registers
from helpers.study.study import Study


class WomenOnly(Study):
    """A cohort's women: the same fits without the men and without the term for gender.

    Units are large enough for a multilevel model when all their leavers, men included, reach the cohort's limit, so
    that the women are those of the models of all participants.
    """

    def __init__(self, whole: Study) -> None:
        super().__init__(whole.cohort)
        self.whole = whole

    @cached_property
    def registers(self) -> Registers:
        """The registers of the whole cohort, read once."""
        return self.whole.registers

    @cached_property
    def complete(self) -> pd.DataFrame:
        """The women among the complete cases."""
        women = self.whole.complete["male"] == 0
        return self.whole.complete[women].reset_index(drop=True)

    def individual_columns(self, participants: pd.DataFrame) -> pd.DataFrame:
        """The individual model's columns without gender."""
        return super().individual_columns(participants).drop(columns="male")

    def background_columns(self, participants: pd.DataFrame) -> pd.DataFrame:
        """The reduced multilevel models' columns without gender."""
        return super().background_columns(participants).drop(columns="male")


@cache
def women_of(study: Study) -> WomenOnly:
    """The women of a study, with their fits made once."""
    return WomenOnly(study)
