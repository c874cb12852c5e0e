"""Editions on disk: built aside, published by one atomic switch, so that the last good book is never half replaced.

Under `build/`, `<cohort>` is a link to `.editions/<cohort>-<n>`. A build works in the next number; only when everything
has succeeded does the link move, and the edition before it is removed.
"""

from __future__ import annotations

import fcntl
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from resultatbok.edition.errors import BuildError
from resultatbok.edition.private import private_folder

BUILD = "build"
EDITIONS = ".editions"


@dataclass(frozen=True)
class Shelf:
    """Where the editions of one cohort stand.

    Attributes:
        root: The project's root folder.
        cohort: The cohort's name.
    """

    root: Path
    cohort: str

    @property
    def link(self) -> Path:
        """The published edition."""
        return self.root / BUILD / self.cohort

    @property
    def editions(self) -> Path:
        """The folder of all editions."""
        return self.root / BUILD / EDITIONS

    def all(self) -> list[Path]:
        """This cohort's editions, finished or not, oldest first."""
        pattern = re.compile(re.escape(self.cohort) + r"-(\d+)")
        found = {int(m[1]): f for f in self.editions.glob("*") if (m := pattern.fullmatch(f.name))}
        return [found[number] for number in sorted(found)]

    def published(self) -> Path | None:
        """The edition that readers see."""
        return self.link.resolve() if self.link.is_symlink() and self.link.exists() else None

    @contextmanager
    def new_edition(self) -> Iterator[Path]:
        """A fresh folder to build in; published when the block ends without an exception.

        Remains of killed builds are removed first, those of a failed one when it fails.

        Raises:
            BuildError: Another build of this cohort is running, or something else stands where the link belongs.
        """
        private_folder(self.editions)
        with self._lock():
            if self.link.exists() and not self.link.is_symlink():
                raise BuildError([f"{self.link} is not a link that this program made; move it away"])
            folder = self._next_folder()
            folder.mkdir()
            try:
                yield folder
            except BaseException:
                shutil.rmtree(folder)
                raise
            self._publish(folder)

    @contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.editions / f"{self.cohort}.lock").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BuildError([f"another build of {self.cohort} is running; wait for it to end"]) from None
            yield  # the system frees the lock when the file closes, even for a killed build

    def _next_folder(self) -> Path:
        published = self.published()
        present = self.all()
        for folder in present:
            if folder != published:
                shutil.rmtree(folder)
        last = int(present[-1].name.rpartition("-")[2]) if present else 0
        return self.editions / f"{self.cohort}-{last + 1}"

    def _publish(self, folder: Path) -> None:
        before = self.published()
        new_link = self.editions / f"{self.cohort}.link"
        new_link.unlink(missing_ok=True)
        new_link.symlink_to(Path(EDITIONS) / folder.name)
        new_link.replace(self.link)  # atomic: readers see the old edition or the new one
        if before is not None and before.is_relative_to(self.editions):
            shutil.rmtree(before)
