"""What a failed build says: one sentence per fault, each naming the chapter and the cell."""

from __future__ import annotations


class BuildError(Exception):
    """The book could not be built; the last good edition stays in place.

    Attributes:
        problems: Each fault in one line, with the place it lies in and what to do.
    """

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))

    def __reduce__(self) -> tuple[type[BuildError], tuple[list[str]]]:
        """Cross from a worker process with its list of problems."""
        return type(self), (self.problems,)
