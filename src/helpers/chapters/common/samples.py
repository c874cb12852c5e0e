"""What the ledger calls the participants that rows are about."""

from __future__ import annotations

from typing import Final

WOMEN: Final = "women"
