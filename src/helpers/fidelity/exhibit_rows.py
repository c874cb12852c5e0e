"""The ledger of a study made straight from the exhibits, without pages and drawings."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection
from dataclasses import dataclass

import pandas as pd

from helpers import exhibits
from helpers.exhibits import survey
from helpers.exhibits.exhibit import Desk, Exhibit
from helpers.presentation.charts.theme import without_drawing
from helpers.presentation.ledger import Ledger
from helpers.presentation.wording import Wording
from helpers.study import Study

Maker = Callable[[Desk], Exhibit]
OWN = "helpers.exhibits.fidelity"  # the exhibits about this check, which have no published counterpart


@dataclass(frozen=True)
class Rows:
    """What the exhibits of a study recorded.

    Attributes:
        ledger: Their ledger rows.
        recorded: The exhibits whose rows each maker recorded, by the maker's name.
        failures: Makers that failed, with the reason; their numbers are missing.
    """

    ledger: pd.DataFrame
    recorded: dict[str, frozenset[str]]
    failures: dict[str, str]


def makers() -> dict[str, Maker]:
    """Every function that makes an exhibit, by `module.function`."""
    found: dict[str, Maker] = {}
    for module in pkgutil.iter_modules(exhibits.__path__, "helpers.exhibits."):
        if module.name.startswith(OWN):
            continue
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            makes = inspect.signature(function).return_annotation == "Exhibit"
            if function.__module__ == module.name and makes and not name.startswith("_"):
                found[f"{module.name.removeprefix('helpers.exhibits.')}.{name}"] = function
    return found


def _survey_makers(study: Study) -> dict[str, Maker]:
    """A maker for each question of the survey of projects, where the cohort has one."""
    if study.registers.studies.survey is None:
        return {}
    found = survey.questions(Desk(study, Ledger(study.cohort.disclosure), Wording("en")))
    return {f"survey.question_{number}": make for number, make in enumerate(found, 1)}


def rows_of(study: Study, only: Collection[str] | None = None) -> Rows:
    """The ledger rows of a study's exhibits.

    Args:
        study: The study.
        only: Names of the makers to run; all if not given.
    """
    recorded: dict[str, frozenset[str]] = {}
    failures: dict[str, str] = {}
    ledgers = []
    every = makers() | _survey_makers(study)
    for name, make in every.items():
        if only is not None and name not in only:
            continue
        ledger = Ledger(study.cohort.disclosure)
        desk = Desk(study, ledger, Wording("en"))
        try:
            with without_drawing():
                make(desk)
        except Exception as error:
            failures[name] = f"{type(error).__name__}: {error}"
        ledgers.append(ledger.rows)
        recorded[name] = frozenset(ledger.rows["exhibit"])
    return Rows(pd.concat(ledgers, ignore_index=True), recorded, failures)
