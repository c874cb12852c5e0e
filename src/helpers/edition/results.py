"""The numbers of an edition in one place: the chapters' ledger rows merged, as JSON and CSV."""

from __future__ import annotations

from pathlib import Path

from helpers.edition.errors import BuildError

ROWS = "rows"
DATA = "data"
LEDGER = "ledger"


def merge_ledgers(results: Path) -> int:
    """Merge `rows/*.json` into `ledger.json` and `ledger.csv`.

    Args:
        results: The edition's results folder.

    Returns:
        The number of rows.

    Raises:
        BuildError: No chapter wrote rows, or two chapters give one number two values.
    """
    from helpers.presentation import ledger

    files = sorted((results / ROWS).glob("*.json"))
    if not files:
        raise BuildError([f"{results.name}/{ROWS}: no chapter wrote ledger rows"])
    try:
        rows = ledger.merge([ledger.read(file) for file in files])
    except ledger.LedgerError as error:
        raise BuildError([f"ledger: {error}"]) from error
    (results / f"{LEDGER}.json").write_text(ledger.json_text(rows), encoding="utf-8", newline="")
    (results / f"{LEDGER}.csv").write_text(ledger.csv_text(rows), encoding="utf-8", newline="")
    return len(rows)
