"""What a caption says where shares are released rounded (`resultatbok.release.rounding`)."""

from __future__ import annotations

from resultatbok.words.wording import Wording


def rounding_note(words: Wording) -> str:
    """What a caption says of rounded shares."""
    return words.text(
        "Shares are rounded to steps of one to twenty percentage points, wider where there are fewer participants."
    )
