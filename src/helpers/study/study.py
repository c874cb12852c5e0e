"""The study: the data of one cohort with the fits that several chapters share, each made once, when it is asked for.

The fits are functions of the data in `helpers.study.fits`. An exhibit's numbers hang on the modules of those it asks
for (see `resultatbok.edition.numbers`), so a property here does nothing but call one.
"""

from __future__ import annotations

from functools import cached_property

import pandas as pd

from helpers.study.data import Data
from helpers.study.models import individual, multilevel
from helpers.study.models import packages as package_fits
from helpers.study.models.multilevel import MultilevelFit
from resultatbok.methods.logit import LogitFit
from resultatbok.methods.packages import Packages


class Study(Data):
    """The data and the shared fits of one cohort."""

    @cached_property
    def individual_model(self) -> LogitFit:
        """The individual model."""
        return individual.individual_model(self, self.individual_design)

    @cached_property
    def individual_model_by_project(self) -> LogitFit:
        """The individual model with errors that let participants of a project be alike.

        The scheme is a trait of projects, so what is said of it in percentage points rests on this one. The
        coefficients are those of `individual_model`, whose errors are the 2022 report's.
        """
        return self.by_project(self.individual_model)

    def by_project(self, fit: LogitFit) -> LogitFit:
        """A fit on the complete cases, with errors clustered by project."""
        return individual.by_project(self, fit)

    @cached_property
    def contributions(self) -> pd.DataFrame:
        """What each project large enough contributes."""
        return individual.contributions(self, self.individual_model)

    @cached_property
    def packages(self) -> Packages:
        """Measure packages of the Jobbsjansen participants."""
        return package_fits.packages(self)

    @cached_property
    def municipality_model(self) -> MultilevelFit:
        """The multilevel model with municipal context."""
        return multilevel.municipality_model(self)

    @cached_property
    def project_model(self) -> MultilevelFit:
        """The multilevel model with the projects' resources."""
        return multilevel.project_model(self)

    @cached_property
    def full_model(self) -> MultilevelFit:
        """The model with all terms and context, with projects within municipalities."""
        return multilevel.full_model(self)
