"""The packages in which measures go together, named by the types of their measures."""

from __future__ import annotations

import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.study.package_naming import name_packages
from resultatbok.edition.cache import cached
from resultatbok.methods.packages import Packages, find_packages

_find_packages = cached(find_packages)


def named_packages(measures: pd.DataFrame, types: pd.Series, choices: AnalysisChoices) -> Packages:
    """The packages of some participants, named by what characterises them.

    Args:
        measures: One row per participant, one 0/1 column per measure.
        types: Type of each measure, by the columns of `measures`.
        choices: Gives the number of packages, if it is set, and the seed.
    """
    found = _find_packages(measures, n_packages=choices.n_packages, seed=choices.seed)
    return found.renamed(name_packages(found.profiles, found.sizes, types))
