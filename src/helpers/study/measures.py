"""The single measures of Jobbsjansen: their names and types, and the packages they go together in."""

from __future__ import annotations

import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.study.package_naming import name_packages
from resultatbok.edition.cache import cached
from resultatbok.methods.packages import Packages, find_packages
from resultatbok.project import coding_folder

MEASURES_FILE = "single_measures.csv"
_find_packages = cached(find_packages)


def single_measures() -> pd.DataFrame:
    """The coding table of single measures, indexed by field code."""
    return pd.read_csv(coding_folder() / MEASURES_FILE).set_index("code")


def named_packages(measures: pd.DataFrame, types: pd.Series, choices: AnalysisChoices) -> Packages:
    """The packages of some participants, named by what characterises them.

    Args:
        measures: One row per participant, one 0/1 column per measure.
        types: Type of each measure, by the columns of `measures`.
        choices: Gives the number of packages, if it is set, and the seed.
    """
    found = _find_packages(measures, n_packages=choices.n_packages, seed=choices.seed)
    return found.renamed(name_packages(found.profiles, found.sizes, types))
