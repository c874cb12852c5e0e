"""What readers see a measure package called."""

from __future__ import annotations

from helpers.chapters.common.tell import group_label
from resultatbok.exhibits.declaration import Page
from resultatbok.release.ledger import group_of


def package_label(page: Page, name: str) -> str:
    """The package's name in the reader's language: the analyst's, if the cohort file gives one."""
    given = page.cohort.analysis.package_names.get(name, {})
    return given.get(page.words.language) or group_label(page.words, group_of(package=name))
