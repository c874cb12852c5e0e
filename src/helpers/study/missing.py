"""What a cohort lacks that an exhibit needs."""

from __future__ import annotations


class MissingData(LookupError):  # noqa: N818 - says what happened
    """The cohort file names no such file, or a variable of the delivery is empty for everybody."""
