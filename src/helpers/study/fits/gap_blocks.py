"""Which characteristics belong together when the difference between the schemes is parted, in the order of time.

What participants were when they entered is composition. What came after entry is partly the programme's own doing. Then
come the municipality and the project's resources.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import numpy as np
import pandas as pd

from helpers.cohort import variables
from helpers.study.fits.programme_effect.data import covariate_blocks
from helpers.study.specification import CONTEXT, MUNICIPAL, RESOURCES, STAGE_OF, is_curve, standardised
from helpers.study.study import Study

_PARTS: Final = MappingProxyType(
    {
        "gender": ("gender",),
        "origin": ("origin",),
        "education": ("education",),
        "age_and_residence": ("age", "years_in_norway", "end_year"),
        "norwegian": ("norwegian",),
        "programme": ("measures", "duration", "absence"),
        "context": ("context",),
    }
)
"""The blocks of variables (`data/coding/variables.csv`) that each part of the difference is made of.

The year of leaving is a covariate of the main model and says little: a part of its own would double the work.
"""

STAGES: Final = MappingProxyType(
    {
        stage: tuple(part for part, blocks in _PARTS.items() if STAGE_OF.get(blocks[0]) == stage)
        for stage in variables.STAGES
    }
)
"""The parts of each stage. Gender is one only where both sexes take part."""

UNKNOWN: Final = MappingProxyType({"municipal_unknown": MUNICIPAL, "resources_unknown": (RESOURCES,)})
"""Indicators of rows whose context is not known, and the variables that have their mean there."""


def gap_blocks(study: Study, participants: pd.DataFrame, covariates: str) -> dict[str, pd.DataFrame]:
    """The columns of each part that has any, in the order of time; columns that do not vary are left out.

    Args:
        study: Gives the context and the choices.
        participants: Complete cases.
        covariates: `entry`, those of the main model, or `all`: what came after entry and the context too.

    Raises:
        resultatbok.coding_rows.TableFault: A variable is of a block that no part is made of.
    """
    part_of = {block: part for part, blocks in _PARTS.items() for block in blocks}
    variables.check_blocks(list(part_of))
    blocks = covariate_blocks(participants, study.cohort.analysis, covariates)
    if covariates == "all":
        blocks |= {"context": _context(study, participants)}
    parts: dict[str, list[pd.DataFrame]] = {part: [] for members in STAGES.values() for part in members}
    for block, columns in blocks.items():
        parts[part_of[block]].append(_apart(columns.loc[:, columns.min() < columns.max()]))
    joined = {part: pd.concat(found, axis=1) for part, found in parts.items() if found}
    return {part: columns for part, columns in joined.items() if len(columns.columns)}


def _apart(columns: pd.DataFrame) -> pd.DataFrame:
    """The columns, those of a curve each without what the ones before it tell, in standard deviations.

    A curve's columns are nearly copies of each other, with large coefficients of opposite signs that the prior would
    hold back: it moved parts by up to 3 points. Apart, the curve is the same and the prior as weak as elsewhere.
    """
    if not any(is_curve(str(column)) for column in columns):
        return columns
    numbers = [str(column) for column in columns if columns[column].nunique() > 2]
    values = columns[numbers].to_numpy(dtype=float)
    own, _ = np.linalg.qr(values - values.mean(axis=0))
    return columns.assign(**dict(zip(numbers, own.T * np.sqrt(len(columns)), strict=True)))


def _context(study: Study, participants: pd.DataFrame) -> pd.DataFrame:
    """Municipal variables and wage costs per participant, standardised: 0 where unknown, with an indicator of that."""
    registers = study.registers
    municipal = registers.municipality_years.set_index(["municipality", "year"])
    resources = registers.project_years.set_index(["project", "year"])
    at_home = municipal.reindex(pd.MultiIndex.from_frame(participants[["municipality", "end_year"]]))
    at_project = resources.reindex(pd.MultiIndex.from_frame(participants[["project", "end_year"]]))
    tables = {term: at_home if term in MUNICIPAL else at_project for term in CONTEXT}
    values = {term: tables[term][column] for term, column in CONTEXT.items()}
    context = pd.DataFrame({name: standardised(v.reset_index(drop=True)) for name, v in values.items()})
    unknown = {name: context[list(columns)].isna().any(axis=1).astype(float) for name, columns in UNKNOWN.items()}
    return context.fillna(0.0).assign(**unknown).set_axis(participants.index)
