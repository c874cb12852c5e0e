"""What a caption says where shares are released rounded (`resultatbok.release.rounding`)."""

from __future__ import annotations

from typing import Final

from resultatbok.exhibits.messages import Messages
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)


def rounding_note(words: Wording) -> str:
    """What a caption says of rounded shares."""
    return words.text(MESSAGES["rounding_note"])
