"""The measure packages of a cohort."""

from __future__ import annotations

from helpers.cohort.measures import single_measures
from helpers.study.data import Data
from helpers.study.measures import named_packages
from resultatbok.methods.packages import Packages


def packages(data: Data) -> Packages:
    """Measure packages of the Jobbsjansen participants, from their single measures.

    They are found in this cohort, or those of another cohort where the cohort file says so.
    """
    choices, measures = data.cohort.analysis, data.registers.single_measures
    if choices.packages_from:
        return packages(Data.open(choices.packages_from)).applied(measures)
    return named_packages(measures, single_measures()["category"], choices)
