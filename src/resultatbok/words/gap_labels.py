"""The names readers see for the parts of the difference between the schemes."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

GAP_LABELS: Final = MappingProxyType(
    {
        "decomposition": "Part of the difference",
        "part=entry": "What participants were when they entered",
        "part=gender": "Gender",
        "part=origin": "Country background",
        "part=education": "Level of education",
        "part=age_and_residence": "Age and years in Norway",
        "part=after_entry": "What came after entry, partly the programme's own doing",
        "part=norwegian": "Level of Norwegian at the end",
        "part=programme": "Measures, duration and absence",
        "part=context": "The municipality and the project's resources",
        "part=unexplained": "What stays",
    }
)
"""English label of each key."""
