"""A project with a small cohort of two years, and what its built book consists of."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from synthesis import synthesise

REPOSITORY = Path(__file__).parents[1]
SMALL_SCALE = 0.3
COHORT = """\
name: small
title:
  en: "Do the participants or the projects make the difference? A small cohort 2018–2019"
  nb: "Er det deltakerne eller prosjektene som utgjør forskjellen? En liten kohort 2018–2019"
synthetic: true
years: { first: 2018, last: 2019 }
analysis: # so few persons from these parts of the world are in a small cohort that no coefficient can be estimated
  merged_origins: { north_america: europe, latin_america_caribbean: europe, stateless: west_asia }
sources:
  nir: data/small/nir.csv.gz
  jobbsjansen: data/small/jobbsjansen.sav
  municipalities: data/small/municipalities.csv
  municipal_statistics: data/small/municipal_statistics
  kostra: data/small/kostra_275.json
  accounts: data/small/jobbsjansen_accounts.xlsx
studies:
  trial: data/small/trial.csv
  supported_employment: data/small/supported_employment.csv
  job_specialists: data/small/job_specialists.csv
"""


@dataclass(frozen=True)
class Book:
    """A published book.

    Attributes:
        root: The project that it was built in.
        page_names: Its pages in order.
    """

    root: Path
    page_names: list[str]

    @property
    def cohort_file(self) -> Path:
        return self.root / "cohorts" / "small.yml"

    @property
    def folder(self) -> Path:
        return self.root / "build" / "small"

    @property
    def site(self) -> Path:
        return self.folder / "site" / "en"

    @property
    def pdf(self) -> Path:
        return self.folder / "site" / "report-en.pdf"

    @property
    def ledger(self) -> pd.DataFrame:
        return pd.read_csv(self.folder / "results" / "ledger.csv", keep_default_na=False, na_values={"value": [""]})


def small_project(root: Path) -> Path:
    """The project's pages and settings with a small cohort of two years."""
    root.mkdir()
    for name in ("_config.yml", "_toc.yml"):
        shutil.copy(REPOSITORY / name, root)
    shutil.copytree(REPOSITORY / "book", root / "book", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("coding", "published"):
        shutil.copytree(REPOSITORY / "data" / name, root / "data" / name)
    (root / "cohorts").mkdir()
    (root / "cohorts" / "small.yml").write_text(COHORT, encoding="utf-8")
    synthesise(root / "data" / "small", scale=SMALL_SCALE, seed=7, years=(2018, 2019))
    return root
