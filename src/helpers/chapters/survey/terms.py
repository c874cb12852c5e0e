"""What the numbers and the pages of the survey agree on."""

from __future__ import annotations

from typing import Final

UPPER: Final = 4
"""Answers from here count as the upper end of the scale in the text."""
