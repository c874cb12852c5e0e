"""What the rows of the fidelity page are called where there is nothing to judge."""

from __future__ import annotations

from typing import Final

NOTHING: Final = "published_numbers"
NOT_BUILT: Final = "not_built"
"""Terms of an exhibit's only row: nothing to list, or no book yet whose numbers could be judged."""
