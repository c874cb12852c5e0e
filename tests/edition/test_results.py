import json
from pathlib import Path

import pytest

from helpers.edition.errors import BuildError
from helpers.edition.results import merge_ledgers

ROW = {
    "exhibit": "share",
    "statistic": "share",
    "scheme": "introduction",
    "group": "",
    "term": "",
    "sample": "complete",
    "value": 0.42,
    "n": 100,
    "std_error": 0.05,
    "low": 0.32,
    "high": 0.52,
    "unit": "share",
    "suppressed": False,
}


def write(results: Path, chapter: str, *rows: dict[str, object]) -> None:
    (results / "rows").mkdir(parents=True, exist_ok=True)
    (results / "rows" / f"{chapter}.json").write_text(json.dumps(list(rows)))


def test_the_rows_of_all_chapters_are_merged_each_number_once(tmp_path: Path) -> None:
    write(tmp_path, "one", ROW)
    write(tmp_path, "two", ROW, ROW | {"exhibit": "other", "value": 0.5})
    assert merge_ledgers(tmp_path) == 2
    rows = json.loads((tmp_path / "ledger.json").read_text())
    assert [(row["exhibit"], row["value"]) for row in rows] == [("other", 0.5), ("share", 0.42)]
    assert len((tmp_path / "ledger.csv").read_text().splitlines()) == 3


def test_a_number_with_two_values_stops_the_build(tmp_path: Path) -> None:
    write(tmp_path, "one", ROW)
    write(tmp_path, "two", ROW | {"value": 0.43})
    with pytest.raises(BuildError, match=r"ledger: .*share"):
        merge_ledgers(tmp_path)


def test_a_book_without_rows_is_not_built(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="no chapter wrote"):
        merge_ledgers(tmp_path)
