"""The parts of the report."""

from pathlib import Path

import pandas as pd
import yaml

from resultatbok.edition.fingerprint import fingerprint
from resultatbok.project import cohort_file, project_root
from resultatbok.report import Report
from resultatbok.settings import EditionSettings


class Purchases(EditionSettings):
    """The cohort file."""

    sources: dict[str, str]


class Study:
    """The purchases; nothing is fitted."""

    notes = ("all are invented",)
    questionnaire = None

    def __init__(self, cohort: Purchases) -> None:
        self.cohort = cohort
        self.file = project_root() / cohort.sources["purchases"]

    @property
    def customers(self) -> pd.DataFrame:
        return pd.read_csv(self.file)

    @property
    def data_fingerprint(self) -> str:
        return fingerprint([self.file])

    content_fingerprint = data_fingerprint


def load(path: Path | str) -> Purchases:
    return Purchases.model_validate(yaml.safe_load(cohort_file(path).read_text(encoding="utf-8")))


REPORT = Report(
    package="shops",
    load=load,
    open_study=Study,
    study="shops.report",
    data="shops.report",
    notices={"en": ("Invented shops.", "Nobody bought anything."), "nb": ("Oppdiktet.", "Ingen kjøpte noe.")},
)
