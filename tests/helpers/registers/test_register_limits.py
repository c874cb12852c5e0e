"""A small file that unpacks to a large one is refused with its name and the limit, before memory is taken."""

import gzip
import json
import tracemalloc
import zipfile
from pathlib import Path

import openpyxl
import pytest
from support import ROOT

from helpers.registers import accounts, jobbsjansen, text
from helpers.registers.jsonstat import read_jsonstat
from helpers.registers.problems import Problems
from helpers.registers.survey import read_survey
from helpers.registers.text import read_bytes, read_delimited
from resultatbok.limits import MOST_WORKBOOK_BYTES

LIMIT = "no more than `resultatbok.limits` allows"


def only(problems: Problems) -> tuple[str, str]:
    (problem,) = problems
    return problem.found, problem.expected


def test_a_gzip_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_BYTES", 10 * 2**20)
    file, problems = tmp_path / "nir.csv.gz", Problems()
    file.write_bytes(gzip.compress(b"a;b\n" + b"1;2\n" * 2**26, 1))
    tracemalloc.start()
    assert read_delimited(file, problems) is None
    assert tracemalloc.get_traced_memory()[1] < 30 * 2**20
    tracemalloc.stop()
    assert only(problems) == ("more than 10,485,760 bytes, unpacked", LIMIT)


def test_a_large_file_or_an_endless_one_is_refused(tmp_path: Path) -> None:
    for file in (tmp_path / "large.csv", Path("/dev/zero")):
        (tmp_path / "large.csv").write_bytes(b"a;b\n" * 2**19)
        problems = Problems()
        assert read_bytes(file, problems, 2**20) is None
        assert only(problems) == ("more than 1,048,576 bytes", LIMIT)


def test_a_table_of_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_CELLS", 1_000)
    file, problems = tmp_path / "a.csv", Problems()
    file.write_text(";".join(f"c{n}" for n in range(50)) + "\n" * 30)
    assert read_delimited(file, problems) is None
    assert only(problems) == ("1,500 cells, more than 1,000", LIMIT)


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\u202e", "\u2028"])
def test_a_control_sign_in_a_delivered_text_is_named_with_its_place(tmp_path: Path, sign: str) -> None:
    file, problems = tmp_path / "a.csv", Problems()
    file.write_text(f"a;b\n1;2\n1;x{sign}y\n", encoding="utf-8")
    assert read_delimited(file, problems) is None
    (problem,) = problems
    assert (problem.column, problem.rows, problem.found) == ("b", (3,), f"the sign U+{ord(sign):04X}")


def workbook(file: Path, cell: str = "A1") -> None:
    book = openpyxl.Workbook()
    book.active.title = "2020"
    book.active[cell] = "x"
    book.save(file)


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path) -> None:
    file, problems = tmp_path / "accounts.xlsx", Problems()
    workbook(file)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("xl/media/zeros", b"\0" * MOST_WORKBOOK_BYTES)
    assert file.stat().st_size < 2**20
    assert accounts.read_accounts(file, None, [2020], problems) is None
    assert "more than 67,108,864" in only(problems)[0]


def test_a_cell_in_the_last_corner_of_a_sheet_makes_no_billions_of_cells(tmp_path: Path) -> None:
    file, problems = tmp_path / "accounts.xlsx", Problems()
    workbook(file, "XFD1048576")
    assert accounts.read_accounts(file, None, [2020], problems) is None
    assert only(problems) == ("17,179,869,184 cells, more than 1,000,000", LIMIT)


def test_a_report_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobbsjansen, "MOST_CELLS", 5_000)
    problems = Problems()
    assert jobbsjansen._load(ROOT / "data/synthetic/jobbsjansen.sav", problems) is None
    assert only(problems)[0].startswith("more than ")


def test_a_table_of_statistics_that_says_it_is_huge_is_refused(tmp_path: Path) -> None:
    codes = {name: [str(n) for n in range(1_000)] for name in ("Region", "ContentsCode", "Tid")}
    table = {"class": "dataset", "id": list(codes), "size": [1_000] * 3, "value": {}}
    table["dimension"] = {name: {"category": {"index": index}} for name, index in codes.items()}
    (tmp_path / "t.json").write_text(json.dumps(table))
    problems = Problems()
    assert read_jsonstat(tmp_path / "t.json", problems) is None
    assert only(problems) == ("1,000,000,000 cells", "at most 10,000,000")


@pytest.mark.parametrize("name", ["../../../out", "a;b=c", "=cmd", "A", ""])
def test_names_of_questions_and_statements_are_fit_for_keys_and_files(tmp_path: Path, name: str) -> None:
    header = "question;statement;scale;question_en;question_nb;statement_en;statement_nb"
    for place in (0, 1):
        cells = ["q", "s", "degree", "A", "B", "C", "D"]
        cells[place] = f'"{name}"'
        (tmp_path / "s.csv").write_text(f"{header}\n{';'.join(cells)}\n")
        (tmp_path / "a.csv").write_text("respondent;part;statement;answer\nA;a;s;1\n")
        problems = Problems()
        read_survey(tmp_path / "s.csv", tmp_path / "a.csv", problems)
        assert "a name of small letters, digits and _" in [problem.expected for problem in problems]


def test_a_statement_of_a_thousand_signs_is_the_longest(tmp_path: Path) -> None:
    header = "question;statement;scale;question_en;question_nb;statement_en;statement_nb"
    (tmp_path / "s.csv").write_text(f"{header}\nq;s;degree;A;B;{'x' * 1001};D\n")
    (tmp_path / "a.csv").write_text("respondent;part;statement;answer\nA;a;s;1\n")
    problems = Problems()
    read_survey(tmp_path / "s.csv", tmp_path / "a.csv", problems)
    assert only(problems)[1] == "a text of at most 1,000 signs"
