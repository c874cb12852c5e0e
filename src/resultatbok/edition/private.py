"""Folders of true rows and of kept results: their owner's alone, whatever the umask."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

from resultatbok.edition.errors import BuildError

OWNER_ONLY: Final = 0o700
OTHERS_MAY_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def private_folder(folder: Path) -> Path:
    """The folder, made where it is not there, which nobody but its owner can look into or write in.

    What lies in it may be unpickled, so one that is another user's, or that others could write in until now, is refused
    and not repaired: docs/decisions/0016-hostile-input.md.

    Raises:
        BuildError: The folder is another's, others could write in it, or its disk does not keep who may.
    """
    folder.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    found = folder.stat()
    if found.st_uid != os.geteuid() or found.st_mode & OTHERS_MAY_WRITE:
        raise BuildError([f"{folder}: others than you could write there; remove the folder, and it is made anew"])
    if stat.S_IMODE(found.st_mode) != OWNER_ONLY:
        folder.chmod(OWNER_ONLY)
        if stat.S_IMODE(folder.stat().st_mode) != OWNER_ONLY:
            raise BuildError([f"{folder}: its disk does not keep who may read what; move the project to one that does"])
    return folder
