"""The order of the figures, tables and texts of a published report."""

from __future__ import annotations

import re
from typing import Final

_NUMBERED: Final = re.compile(r"([^\d]+)(\d*)")


def exhibit_order(exhibit: str) -> tuple[tuple[str, int], ...]:
    """Sorts exhibits by what they are and then by their numbers: figure 3 before figure 10."""
    return tuple((text, int(number or 0)) for text, number in _NUMBERED.findall(exhibit))
