"""What a caption says where shares are released rounded (`resultatbok.release.rounding`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages

MESSAGES: Final = Messages(__name__)


def with_rounding(caption: str) -> Callable[[Page], str]:
    """A caption, and that the shares are rounded."""
    return lambda page: " ".join(page.words.texts(caption, MESSAGES["rounding_note"]))
