"""The same arguments give the same bytes, and the committed files are those that the generator writes."""

from __future__ import annotations

import filecmp
import gzip
import zipfile
from pathlib import Path

from openpyxl import Workbook

from resultatbok.project import project_root
from synthesis import synthesise
from synthesis.files import write_gzip, write_workbook
from synthesis.studies import write_studies

COMMITTED = project_root(Path(__file__).parent) / "data" / "synthetic"
MEGABYTE = 1_000_000


def files(folder: Path) -> list[Path]:
    return sorted(p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and p.name != "README.md")


def test_the_same_seed_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    synthesise(tmp_path, scale=0.1)
    assert files(tmp_path) == files(small)
    assert filecmp.cmpfiles(small, tmp_path, [str(f) for f in files(small)], shallow=False)[1:] == ([], [])


def test_another_seed_gives_other_bytes_in_every_register(small: Path, tmp_path: Path) -> None:
    synthesise(tmp_path / "registers", scale=0.1, seed=1)
    (tmp_path / "studies").mkdir()
    write_studies(tmp_path / "studies")
    registers = [str(f) for f in files(small) if f not in files(tmp_path / "studies")]
    assert len(registers) > 10
    assert filecmp.cmpfiles(small, tmp_path / "registers", registers, shallow=False)[0] == []


def test_the_committed_files_are_those_that_a_fresh_synthesis_writes(delivery: Path) -> None:
    # What is inside gzip and Excel archives is compared, not the archives: other versions of zlib pack the same
    # content into other bytes.
    assert files(COMMITTED) == files(delivery)
    for name in files(delivery):
        assert unpacked(COMMITTED / name) == unpacked(delivery / name), f"{name}: run `resultatbok synthesise` again"


def unpacked(path: Path) -> dict[str, bytes]:
    if path.suffix == ".gz":
        return {path.name: gzip.decompress(path.read_bytes())}
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    return {path.name: path.read_bytes()}


def test_the_committed_files_take_at_most_five_megabytes() -> None:
    assert sum((COMMITTED / name).stat().st_size for name in files(COMMITTED)) <= 5 * MEGABYTE


def test_a_gzip_file_holds_neither_time_nor_name(tmp_path: Path) -> None:
    write_gzip(tmp_path / "a.gz", b"content")
    head = (tmp_path / "a.gz").read_bytes()[:10]
    assert head[3] == 0  # no flags, so no name
    assert head[4:8] == bytes(4)  # no time
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"content"


def test_an_excel_file_has_the_same_times_inside_and_out(tmp_path: Path) -> None:
    write_workbook(tmp_path / "a.xlsx", Workbook())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2021, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2021-01-01T00:00:00Z") == 2


def test_an_spss_file_has_a_fixed_creation_time(small: Path) -> None:
    assert (small / "jobbsjansen.sav").read_bytes()[92:109] == b"01 Jan 2100:00:00"
