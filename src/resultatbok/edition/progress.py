"""Progress lines: what has been done, how far it is, and how long it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

from resultatbok.edition.console import say


class Progress:
    """Writes one line for each finished piece of work."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream if stream is not None else sys.stdout
        self._started = time.monotonic()

    def say(self, line: str) -> None:
        """Write a line at once."""
        say(line, self._stream)

    def counted(self, number: int, total: int, name: str, seconds: float) -> None:
        """Report the `number`th of `total` pieces."""
        self.say(f"[{number}/{total}] {name} … {seconds:.1f} s")

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Report a step when it has succeeded."""
        started = time.monotonic()
        yield
        self.say(f"{name} … {time.monotonic() - started:.1f} s")

    @property
    def elapsed(self) -> float:
        """Seconds since the work began."""
        return time.monotonic() - self._started
