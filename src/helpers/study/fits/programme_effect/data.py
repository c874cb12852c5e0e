"""Whom the estimates of the programme's effect are about, and what they hold equal."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from helpers.cohort.settings import AnalysisChoices
from helpers.study import specification
from helpers.study.study import Study
from resultatbok.methods.errors import ModelError
from resultatbok.methods.intervals import Difference
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.treatment import in_overlap, varying
from resultatbok.methods.weighting import propensity_model

SAMPLES: Final = ("women", "all")
COVARIATES: Final = ("entry", "all")
FEWEST: Final = 25
"""Participants of each scheme that a method on the overlap needs, and FEWEST_PER_COLUMN more for each covariate."""

FEWEST_PER_COLUMN: Final = 2

Data = dict[str, Any]


def covariate_blocks(people: pd.DataFrame, choices: AnalysisChoices, covariates: str) -> dict[str, pd.DataFrame]:
    """The columns of each block of covariates that is held equal.

    Args:
        people: Complete cases.
        choices: Give the origins that have a column.
        covariates: `entry`, those of the main model, or `all`, what came after entry too.
    """
    blocks = specification.main_blocks(people, choices)
    if covariates == "entry":
        return blocks
    design, stages = specification.individual_design(people, choices), specification.STAGE_OF
    later = {name: design[list(names)] for name, names in specification.BLOCKS.items() if stages[name] != "entry"}
    return blocks | later


def people_of(participants: pd.DataFrame, sample: str) -> pd.DataFrame:
    """Those of a sample, `women` or `all`, numbered from 0."""
    women = participants["male"] == 0
    return (participants[women] if sample == "women" else participants).reset_index(drop=True)


def effect_data(study: Study, sample: str, covariates: str) -> Data:
    """What every method takes: outcome, treatment (1 for Jobbsjansen), covariates, project and municipality.

    Args:
        study: The study.
        sample: `women` or `all`.
        covariates: `entry` or `all`.

    Returns:
        Series and a frame on one index, from 0: `outcome`, `treated`, `covariates`, `groups` (project),
        `municipality`, `male`, `end_year`, `row` (the index itself, to find rows again in a part).
    """
    people = people_of(study.complete, sample)
    treated = specification.scheme_indicator(people)
    blocks = covariate_blocks(people, study.cohort.analysis, covariates)
    return {
        "outcome": people[specification.OUTCOME],
        "treated": treated,
        "covariates": varying(treated, pd.concat(blocks.values(), axis=1)),
        "groups": people["project"],
        "municipality": people["municipality"],
        "male": people["male"],
        "end_year": people["end_year"],
        "row": pd.Series(people.index),
    }


def columns_of_blocks(study: Study, data: Data) -> dict[str, list[str]]:
    """By block of the main model, the columns that are among the covariates of the women's data."""
    blocks = specification.main_blocks(people_of(study.complete, "women"), study.cohort.analysis)
    present = {str(column) for column in data["covariates"]}
    kept = {name: [str(c) for c in columns if c in present] for name, columns in blocks.items()}
    return {name: columns for name, columns in kept.items() if columns}


def part_of(data: Data, kept: pd.Series) -> Data:
    """Some of the rows, with the covariates that vary there."""
    part = {name: values[kept].reset_index(drop=True) for name, values in data.items()}
    return part | {"covariates": varying(part["treated"], part["covariates"])}


def overlap_of(data: Data) -> pd.Series:
    """Whether each row's propensity lies in the overlap.

    Raises:
        ModelError: The propensity cannot be estimated.
    """
    return in_overlap(propensity_model(data["treated"], data["covariates"]).fitted)


def overlap_part(data: Data) -> Data:
    """The rows whose propensity lies in the overlap, with the columns that vary there.

    Raises:
        ModelError: The propensity cannot be estimated, or too few of either scheme are left.
    """
    kept = overlap_of(data)
    fewest = data["treated"][kept].value_counts().reindex([0.0, 1.0], fill_value=0).min()
    if fewest < FEWEST:
        raise ModelError(f"{fewest} persons of one scheme are in the overlap; expected at least {FEWEST}")
    part = part_of(data, kept)
    needed = FEWEST + FEWEST_PER_COLUMN * part["covariates"].shape[1]
    if fewest < needed:
        raise ModelError(f"{fewest} persons of one scheme are in the overlap; expected at least {needed}")
    return part


def main_model(data: Data, level: float) -> LogitFit:
    """Goal attainment by scheme and covariates, with errors clustered by project."""
    design: pd.DataFrame = data["covariates"].assign(scheme=data["treated"])
    return fit_logit(data["outcome"], design, level=level, groups=data["groups"])


def effect_on_treated(data: Data, level: float) -> Difference:
    """What the scheme changes in the model's probability, on average over those in Jobbsjansen."""
    return main_model(data, level).average_effect("scheme", over=data["treated"] == 1)
