"""Phrases about the edition itself: which years it covers and what was decided about it."""

from __future__ import annotations

from resultatbok.exhibits.declaration import Sentences

edition = Sentences(
    key="edition",
    phrases={
        "years": lambda page: page.cohort.years.label,
        "smallest_count": lambda page: page.words.count(page.cohort.disclosure.min_count),
        "chance": lambda page: page.words.percent((1 - page.cohort.analysis.confidence_level) / 2, 1),
    },
)
