"""Disclosure control over all chapters: what one hides, another may not give away."""

from pathlib import Path

import pandas as pd

from helpers.cohort import DisclosurePolicy
from helpers.presentation.ledger import Ledger, row
from helpers.presentation.vault import Vault, differs, hidden_keys

POLICY = DisclosurePolicy(min_count=5)


def counts(*rows: tuple[str, int]) -> pd.DataFrame:
    return pd.DataFrame(
        [
            row("count", n, term="participants", scheme="jobbsjansen", group=group, unit="participants")
            for group, n in rows
        ]
    )


def record(vault: Vault, chapter: str, rows: pd.DataFrame) -> pd.DataFrame:
    """What a chapter does: record with the list of what is hidden, and keep the true numbers."""
    ledger = Ledger(POLICY, hide=vault.hidden())
    shown = ledger.record(f"exhibit_of_{chapter}", rows)
    vault.keep(chapter, ledger.true_rows)
    return shown


PARTS = counts(("origin=a", 3), ("origin=b", 20))
TOTAL_AND_REST = counts(("", 60), ("origin=c", 37))


def test_nothing_is_hidden_before_the_first_decision(tmp_path: Path) -> None:
    assert Vault(tmp_path / "new").hidden() == frozenset()


def test_a_chapter_that_gives_away_what_another_hides_is_told_so(tmp_path: Path) -> None:
    """60 in all less 37 here and the 20 that the first chapter shows is the 3 that it hides."""
    vault = Vault(tmp_path)
    first, second = record(vault, "one", PARTS), record(vault, "two", TOTAL_AND_REST)
    assert first["suppressed"].tolist() == [True, False]
    assert not second["suppressed"].any()
    decided = vault.decide(POLICY)
    assert len(decided) > 1
    assert differs(second, decided) or differs(first, decided)


def test_when_they_run_again_all_chapters_agree(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    for _ in range(2):
        shown = [record(vault, "one", PARTS), record(vault, "two", TOTAL_AND_REST)]
        decided = vault.decide(POLICY)
    assert not any(differs(rows, decided) for rows in shown)
    assert hidden_keys(pd.concat(shown)) == decided


def test_a_number_that_one_exhibit_of_a_chapter_hides_and_another_shows_is_found(tmp_path: Path) -> None:
    """The chapter hides the number once, and still has to run again."""
    ledger = Ledger(POLICY)
    ledger.record("parts", PARTS)
    ledger.record("other", counts(("origin=b", 20)))
    rows = ledger.rows.assign(suppressed=[True, True, False])
    assert differs(rows, hidden_keys(rows))
    assert not differs(rows.assign(suppressed=True), hidden_keys(rows))


def test_chapters_that_hide_nothing_are_left_in_peace(tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    shown = record(vault, "one", counts(("origin=a", 30), ("origin=b", 20)))
    assert vault.decide(POLICY) == frozenset()
    assert not differs(shown, frozenset())


def test_a_book_without_numbers_needs_no_decision(tmp_path: Path) -> None:
    assert Vault(tmp_path).decide(POLICY) == frozenset()
