"""This report, as the engine sees it."""

from __future__ import annotations

from typing import Final

from helpers.cohort.settings import Cohort, load_cohort
from resultatbok.report import Report, StudyData


def _open(cohort: Cohort) -> StudyData:
    from helpers.study.study import Study  # loads the statistics, which no page of a build needs

    return Study(cohort)


REPORT: Final = Report(
    package="helpers",
    load=load_cohort,
    open_study=_open,
    study="helpers.study.study",
    data="helpers.study.data",
    notices={
        "en": (
            "Synthetic data: the persons, municipalities and results in this book are invented.",
            "Everything in this edition is computed from synthetic data. The persons and municipalities are invented, "
            "and no result says anything about real ones.",
        ),
        "nb": (
            "Syntetiske data: personene, kommunene og resultatene i denne boka er oppdiktet.",
            "Alt i denne utgaven er regnet ut fra syntetiske data. Personene og kommunene er oppdiktet, og ingen "
            "resultater sier noe om virkelige personer og kommuner.",
        ),
    },
)
