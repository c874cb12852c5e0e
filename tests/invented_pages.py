"""Pages of invented rows, so that every message can be rendered in each of its variants."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.cohort.settings import Cohort, load_cohort
from resultatbok.exhibits.declaration import Page
from resultatbok.project import Language
from resultatbok.release.rows import NUMBERS, row
from resultatbok.words.wording import Wording

LANGUAGES = ("en", "nb")


def cohort() -> Cohort:
    """The default cohort's settings."""
    return load_cohort("cohorts/synthetic-2017-2020.yml")


def page(language: Language, *rows: Mapping[str, Any]) -> Page:
    """A page with released rows in a language, whose messages must all have a translation.

    Args:
        language: The language.
        rows: What `resultatbok.release.rows.row` takes, `statistic` and `value` among it; without a value it is hidden.
    """
    made = pd.DataFrame([row(**{"value": float("nan"), **given}) for given in rows])
    made["suppressed"] = made["value"].isna()
    made.loc[made["suppressed"], list(NUMBERS)] = float("nan")
    return Page(made, Wording(language, strict=True), cohort())


def interval(low: float, value: float, high: float) -> dict[str, float]:
    """An estimate with its interval, as part of a row."""
    return {"low": low, "value": value, "high": high}
