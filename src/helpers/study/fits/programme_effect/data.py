"""Whom the estimates of the programme's effect are about, and what they hold equal."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.cohort.variables import ORIGIN
from helpers.study import specification
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.treatment import in_overlap, varying
from resultatbok.methods.weighting import propensity_model

SAMPLES: Final = ("women", "all")
COVARIATES: Final = ("entry", "all")
FEWEST: Final = 25
"""Participants of each scheme that a method on the overlap needs, and FEWEST_PER_COLUMN more for each covariate."""

FEWEST_PER_COLUMN: Final = 2

STRATUM: Final = "male"
"""What the sample of women leaves out, and methods on everybody match exactly on; so it is in no block."""

Data = dict[str, Any]


def block_columns(choices: AnalysisChoices, covariates: str) -> dict[str, list[str]]:
    """The columns of each block of covariates that is held equal.

    Args:
        choices: Give the origins that have a column.
        covariates: `entry` or `all`.
    """
    columns = {name: [c for c in names if c != STRATUM] for name, names in specification.BLOCKS.items()}
    columns[ORIGIN] = [c for c in columns[ORIGIN] if c != ORIGIN] + specification.origin_terms(choices)
    stages = specification.STAGE_OF
    return {name: cs for name, cs in columns.items() if cs and (covariates == "all" or stages[name] == "entry")}


def effect_data(study: Study, sample: str, covariates: str) -> Data:
    """What every method takes: outcome, treatment (1 for Jobbsjansen), covariates, project and municipality.

    Args:
        study: The study.
        sample: `women` or `all`.
        covariates: `entry` or `all`.

    Returns:
        Series and a frame on one index, from 0: `outcome`, `treated`, `covariates`, `groups` (project),
        `municipality`, `male`, `row` (the index itself, to find rows again in a part).
    """
    chosen = (study.complete["male"] == 0) if sample == "women" else pd.Series(True, index=study.complete.index)
    people = study.complete[chosen].reset_index(drop=True)
    design = study.individual_design[chosen].reset_index(drop=True)
    wanted = [column for columns in block_columns(study.cohort.analysis, covariates).values() for column in columns]
    treated = design["scheme"]
    columns = varying(treated, design[wanted if sample == "women" else [STRATUM, *wanted]])
    return {
        "outcome": people[specification.OUTCOME],
        "treated": treated,
        "covariates": columns,
        "groups": people["project"],
        "municipality": people["municipality"],
        "male": people["male"],
        "row": pd.Series(people.index),
    }


def overlap_part(data: Data) -> Data:
    """The rows whose propensity lies in the overlap, with the columns that vary there.

    Raises:
        ModelError: The propensity cannot be estimated, or too few of either scheme are left.
    """
    kept = in_overlap(propensity_model(data["treated"], data["covariates"]).fitted)
    part = {name: values[kept].reset_index(drop=True) for name, values in data.items()}
    covariates = varying(part["treated"], part["covariates"])
    fewest = part["treated"].value_counts().reindex([0.0, 1.0], fill_value=0).min()
    needed = FEWEST + FEWEST_PER_COLUMN * covariates.shape[1]
    if fewest < needed:
        raise ModelError(f"{fewest} persons of one scheme are in the overlap; expected at least {needed}")
    return part | {"covariates": covariates}
