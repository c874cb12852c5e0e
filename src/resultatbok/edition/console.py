"""Lines for whoever runs a command; a reader who has stopped reading (`| head`) stops the lines and not the work."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def say(text: str, stream: TextIO | None = None) -> None:
    """Write a line at once.

    Args:
        text: The line.
        stream: Where to; standard output if not given.
    """
    stream = stream if stream is not None else sys.stdout
    try:
        print(text, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())  # also for what Python writes when it ends
