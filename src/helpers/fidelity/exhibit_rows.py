"""The ledger of a study made straight from the exhibits' numbers, without pages and drawings."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.report import REPORT
from helpers.study.study import Study
from resultatbok.edition.numbers import true_rows
from resultatbok.exhibits.registry import Declaration, declared
from resultatbok.release.ledger import Ledger
from resultatbok.release.rows import GIVEN_COLUMNS

OWN = "helpers.chapters.fidelity"  # the exhibits about this check, which have no published counterpart


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


def makers() -> dict[str, Declaration]:
    """Everything that makes an exhibit with a published counterpart, by `module.function`."""
    exhibits = declared(REPORT.chapters).exhibits.values()
    return {found.owner: found for found in exhibits if not found.module.startswith(OWN)}


def rows_of(
    study: Study,
    only: Collection[str] | None = None,
    make: Callable[[Declaration, Study], Mapping[str, pd.DataFrame]] = true_rows,
) -> Rows:
    """The ledger rows of a study's exhibits.

    Args:
        study: The study.
        only: Names of the makers to run; all if not given.
        make: Makes the true rows of a declaration, or finds them.
    """
    recorded: dict[str, frozenset[str]] = {}
    failures: dict[str, str] = {}
    ledgers = []
    for name, declaration in makers().items():
        if only is not None and name not in only:
            continue
        ledger = Ledger(study.cohort.disclosure)
        try:
            for exhibit, rows in make(declaration, study).items():
                ledger.record(exhibit, rows[list(GIVEN_COLUMNS)])
        except Exception as error:
            failures[name] = f"{type(error).__name__}: {error}"
        ledgers.append(ledger.rows)
        recorded[name] = frozenset(ledger.rows["exhibit"])
    return Rows(pd.concat(ledgers, ignore_index=True), recorded, failures)
