"""The types of the measures, in the coding tables: Jobbsjansen's single measures, and those both registers tell of."""

from __future__ import annotations

from typing import Final

import pandas as pd

from resultatbok.project import coding_folder

TYPE_OF_GROUP: Final = {
    "norwegian_and_society": "language",
    "work": "work_oriented",
    "society_life": "society",
    "education": "education",
}
"""Type of measure, in the words that packages are named by, of each group of tables 10-13 in the 2022 report."""
TYPE_OF_MEASURE: Final = {"measure_social_studies": "society", "measure_health_promoting": "health"}
"""Measures whose type is not that of their group: as the 2019 evaluation sorts the single measures behind them."""


def single_measures() -> pd.DataFrame:
    """The coding table of single measures, indexed by field code; their types are in `category`."""
    return pd.read_csv(coding_folder() / "single_measures.csv").set_index("code")


def measure_types() -> pd.Series:
    """Type of each measure that both registers tell of, in the order of the coding table."""
    table = pd.read_csv(coding_folder() / "measures.csv").set_index("measure").sort_values("order")
    types = table["group"].map(TYPE_OF_GROUP)
    types.update(pd.Series(TYPE_OF_MEASURE))
    return types.rename("type")
