"""Phrases about the edition itself: which years it covers and what was decided about it."""

from __future__ import annotations

from resultatbok.exhibits.exhibit import Desk
from resultatbok.exhibits.registry import sentences


@sentences("years smallest_count chance")
def phrases(desk: Desk) -> dict[str, str]:
    """The cohort's years and the smallest count that is shown."""
    cohort = desk.study.cohort
    return {
        "years": cohort.years.label,
        "smallest_count": desk.wording.count(cohort.disclosure.min_count),
        "chance": desk.wording.percent((1 - cohort.analysis.confidence_level) / 2, 1),
    }
