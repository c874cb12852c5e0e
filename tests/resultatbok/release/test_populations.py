"""Whom rows are about and what adds up is told in a table, and a faulty row of it is named."""

from pathlib import Path

import pytest

from resultatbok.coding_rows import TableFault
from resultatbok.release.populations import populations, read_populations


def told(folder: Path, *rows: str) -> Path:
    (folder / "populations.csv").write_text("\n".join(["kind,name,parts", *rows]) + "\n", encoding="utf-8")
    return folder


def test_a_table_tells_what_adds_up_to_what(tmp_path: Path) -> None:
    found = read_populations(
        told(tmp_path, "scheme,a,", "scheme,b,", "sample,old,age=old known=yes", "outcome,won,by_a by_b", "unit,shops,")
    )
    assert found.schemes == ("a", "b")
    assert found.samples == {"old": {"age": "old", "known": "yes"}}
    assert found.outcomes == {"won": ("by_a", "by_b")}
    assert found.not_persons == {"shops"}


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("person,a,", r"row 2, column kind: 'person'; expected one of scheme, sample"),
        ("sample,old,age", r"row 2, column parts: 'age'; expected key=value"),
        ("category,low,a b", r"row 2, column name: 'low'; expected key=value"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, row: str, message: str) -> None:
    with pytest.raises(TableFault, match=message):
        read_populations(told(tmp_path, row))


def test_the_report_tells_its_schemes_and_the_women_among_complete_cases() -> None:
    assert populations().schemes == ("introduction", "jobbsjansen")
    assert populations().samples["women"] == {"missing": "no", "gender": "female"}
