"""What projects are called by where their contribution lies."""

from __future__ import annotations

from typing import Final

CLASSES: Final = ("above", "not_distinguishable", "below")
"""In the order in which they are listed."""
