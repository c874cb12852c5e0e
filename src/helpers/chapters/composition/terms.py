"""What both halves of the composition chapter name: stages, coefficients, tests, and how large a group must be."""

from __future__ import annotations

from typing import Final

from helpers.study.fits import gap_blocks, large_cells
from resultatbok.methods import decomposition

STAGES: Final = gap_blocks.STAGES
UNEXPLAINED: Final = decomposition.UNEXPLAINED
MIN_PARTICIPANTS: Final = large_cells.MIN_PARTICIPANTS
MIN_OF_EACH_OUTCOME: Final = large_cells.MIN_OF_EACH_OUTCOME

ROUND_TO: Final = 10
"""Sizes of groups are told to this many participants: beside the sizes for both genders, exact ones would give away
how few men there are in a group."""

TESTS: Final = {
    "education": "scheme:education",
    "norwegian": "scheme:norwegian",
    "both": "scheme:education:norwegian",
}
"""Term of each test that the difference is the same in all groups."""

POOLED: Final = "pooled_effect"
"""The statistic of a group's difference drawn towards the mean of the groups."""
