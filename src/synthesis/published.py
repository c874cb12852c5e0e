"""The published numbers that the drawn outcomes are calibrated to, by their id in the transcription."""

from __future__ import annotations

import csv
from functools import cache

from resultatbok.project import project_root

REPORT = "data/published/report_2022.csv"
_COEFFICIENT = "_coef"


@cache
def _report() -> dict[str, float]:
    with (project_root() / REPORT).open(encoding="utf-8", newline="") as file:
        return {row["id"]: float(row["value"]) for row in csv.DictReader(file)}


def published(identifier: str) -> float:
    """The published value of a row.

    Raises:
        KeyError: No row has this id.
    """
    if identifier not in _report():
        raise KeyError(f"{REPORT} has no row {identifier}")
    return _report()[identifier]


def coefficients(model: str) -> dict[str, float]:
    """The published coefficients of a model by term.

    Args:
        model: Beginning of the ids, such as `table17_individual` or `table19_women`.
    """
    start = f"{model}_"
    return {
        name.removeprefix(start).removesuffix(_COEFFICIENT): value
        for name, value in _report().items()
        if name.startswith(start) and name.endswith(_COEFFICIENT)
    }
