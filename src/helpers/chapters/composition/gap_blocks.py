"""Which characteristics belong together when the difference between the schemes is parted, in the order of time.

What participants were when they entered is composition. What came after entry is partly the programme's own doing. Then
come the municipality and the project's resources.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

import pandas as pd

from helpers.study.specification import MEASURES, MUNICIPAL, RESOURCES, individual_design, standardised
from helpers.study.study import Study

STAGES: Final = MappingProxyType(
    {
        "entry": ("gender", "origin", "education", "age_and_residence"),
        "after_entry": ("norwegian", "programme"),
        "context": ("context",),
    }
)
"""The blocks of each stage. Gender is a block only where both sexes take part."""

UNKNOWN: Final = MappingProxyType({"municipal_unknown": MUNICIPAL, "resources_unknown": (RESOURCES,)})
"""Indicators of rows whose context is not known, and the variables that have their mean there."""

_BLOCKS: Final = MappingProxyType(
    {
        "gender": ("male",),
        "education": ("education_level",),
        "age_and_residence": ("age", "years_in_norway"),
        "norwegian": ("norwegian_level",),
        "programme": (*MEASURES, "duration_months", "absence_high"),
        "context": (*MUNICIPAL, RESOURCES, *UNKNOWN),
    }
)


def gap_design(study: Study, participants: pd.DataFrame) -> pd.DataFrame:
    """The columns of the individual model without the scheme, and the context; columns that do not vary are left out.

    Args:
        study: Gives the context and the choices.
        participants: Complete cases.
    """
    design = individual_design(participants, study.cohort.analysis).drop(columns="scheme")
    complete = pd.concat([design, _context(study, participants)], axis=1)
    return complete.loc[:, complete.min() < complete.max()]


def blocks_of(design: pd.DataFrame) -> dict[str, list[str]]:
    """The columns of each block that has any, in the order of time."""
    origins = [str(column) for column in design if str(column).startswith("origin_")]
    columns = {**_BLOCKS, "origin": origins}
    found = {block: [c for c in columns[block] if c in design] for blocks in STAGES.values() for block in blocks}
    return {block: members for block, members in found.items() if members}


def _context(study: Study, participants: pd.DataFrame) -> pd.DataFrame:
    """Municipal variables and wage costs per participant, standardised: 0 where unknown, with an indicator of that."""
    registers = study.registers
    municipal = registers.municipality_years.set_index(["municipality", "year"])
    resources = registers.project_years.set_index(["project", "year"])
    at_home = municipal.reindex(pd.MultiIndex.from_frame(participants[["municipality", "end_year"]]))
    at_project = resources.reindex(pd.MultiIndex.from_frame(participants[["project", "end_year"]]))
    values = {
        "municipality_immigrant_share": at_home["immigrant_share"],
        "municipality_net_in_migration": at_home["net_in_migration_per_1000"],
        "municipality_labour_market": at_home["selected_industries_share"],
        RESOURCES: at_project["wage_costs_per_participant_1000_nok"],
    }
    context = pd.DataFrame({name: standardised(v.reset_index(drop=True)) for name, v in values.items()})
    unknown = {name: context[list(columns)].isna().any(axis=1).astype(float) for name, columns in UNKNOWN.items()}
    return context.fillna(0.0).assign(**unknown).set_axis(participants.index)
