"""The crosswalks cover each published number exactly once, and point to keys that can be."""

from collections import Counter

import pytest
from support import ROOT

from helpers.cohort.settings import SCHEMES
from helpers.fidelity.check import Yardstick
from helpers.fidelity.crosswalk import COLUMNS, YES, CrosswalkError, Source, read_crosswalk
from helpers.fidelity.documentation import FILE, documented
from helpers.fidelity.published import CROSSWALKS, FOLDER, Published, Report, read_lines, read_published
from helpers.fidelity.targets import expand
from helpers.fidelity.tolerance import RULES
from resultatbok.release.rows import group_keys

REPORTS: tuple[Report, ...] = ("report_2022", "evaluation_2019")
FEWEST = {"report_2022": 470, "evaluation_2019": 240}
MEASURED = {
    "report_2022": ("2022",),
    "evaluation_2019": ("packages", "measures", "participants", "results", "regression"),
}


@pytest.fixture(params=REPORTS)
def report(request: pytest.FixtureRequest) -> Report:
    return request.param


def published_ids(report: Report) -> list[str]:
    return [line["id"] for line in read_lines(ROOT / FOLDER / f"{report}.csv")]


def test_every_published_number_has_one_line_in_the_order_of_the_report(report: Report) -> None:
    lines = read_lines(ROOT / FOLDER / CROSSWALKS[report])
    assert [line["id"] for line in lines] == published_ids(report)


def test_enough_numbers_are_comparable(report: Report) -> None:
    crosswalk = Yardstick.of(report).crosswalk
    assert sum(entry.comparable for entry in crosswalk.values()) >= FEWEST[report]


def test_what_is_compared_has_a_rule_and_a_key_that_a_ledger_can_have(report: Report) -> None:
    yardstick = Yardstick.of(report)
    for row in yardstick.published:
        entry = yardstick.crosswalk[row.id]
        if entry.comparable:
            assert row.statistic in RULES, row.id
            for source in entry.sources:
                assert source.scheme in (*SCHEMES, "both"), row.id
                assert all("=" in part for part in source.group.split(";") if part), row.id
                assert len(group_keys(source.group)) == len([p for p in source.group.split(";") if p]), row.id


def test_no_two_numbers_of_one_kind_share_a_key_unless_the_report_repeats_itself(report: Report) -> None:
    """A key used twice by numbers that differ by more than rounding would be a mistake in the crosswalk."""
    yardstick = Yardstick.of(report)
    by_key: dict[tuple[str, Source], list[Published]] = {}
    for row in yardstick.published:
        entry = yardstick.crosswalk[row.id]
        if entry.comparable:
            by_key.setdefault((row.statistic, entry.sources[0]), []).append(row)
    for rows in by_key.values():
        first = rows[0]
        for other in rows[1:]:
            loose = 0.15 if (first.tokens or other.tokens) else 0.02
            assert other.value == pytest.approx(first.value, rel=loose, abs=0.02), (first.id, other.id)


def test_the_crosswalk_holds_no_published_values(report: Report) -> None:
    lines = read_lines(ROOT / FOLDER / CROSSWALKS[report])
    assert list(lines[0]) == list(COLUMNS)
    assert not {"value", "published"} & set(COLUMNS)


def test_every_number_not_compared_says_why(report: Report) -> None:
    crosswalk = Yardstick.of(report).crosswalk
    assert all(len(entry.reason) > 10 for entry in crosswalk.values() if not entry.comparable)


def test_the_settings_of_the_report_are_never_compared() -> None:
    yardstick = Yardstick.of("report_2022")
    settings = [r for r in yardstick.published if r.statistic in ("rule", "threshold", "code", "constant")]
    assert len(settings) > 10
    assert {yardstick.crosswalk[row.id].kind for row in settings} == {"setting"}


def test_only_the_chapters_of_part_a_are_compared_with_the_evaluation() -> None:
    lines = {line["id"]: line for line in read_lines(ROOT / FOLDER / "evaluation_2019.csv")}
    compared = [lines[id_] for id_, entry in Yardstick.of("evaluation_2019").crosswalk.items() if entry.comparable]
    assert {line["chapter"] for line in compared} == set(MEASURED["evaluation_2019"])
    assert set(Counter(line["part"] for line in compared)) == {"a"}


HEADER = ",".join(COLUMNS)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        (["a" + "," * 11], "a: compare ''"),
        (["a,external" + "," * 10], "a: no reason"),
        (["a,yes,,,,,,,,squared,,"], "a: transform 'squared'"),
        (["a,yes" + "," * 10, "a,yes" + "," * 10], "a: twice"),
        (["a,yes" + "," * 10, "c,yes" + "," * 10], "c: no such published id"),
        ([], "expected id, compare"),
    ],
)
def test_a_faulty_crosswalk_is_refused_with_every_fault(tmp_path, lines: list[str], fault: str) -> None:
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "crosswalk_2022.csv").write_text("\n".join([HEADER, *lines]) + "\n")
    rows = [Published(id_, "table 1", "share", "both", "", "goal_attainment", "all", 0.5, 2) for id_ in ("a", "b")]
    with pytest.raises(CrosswalkError) as error:
        read_crosswalk("report_2022", rows, tmp_path)
    assert fault in str(error.value)
    assert not lines or "b: missing" in str(error.value)


def test_a_default_line_looks_under_the_number_s_own_key() -> None:
    yardstick = Yardstick.of("report_2022")
    (source,) = yardstick.crosswalk["figure3_introduction_male"].sources
    assert (source.statistic, source.scheme, source.group, source.term, source.samples) == (
        "share", "introduction", "gender=male", "participant_share", ("all",),
    )  # fmt: skip
    (error,) = yardstick.crosswalk["table17_individual_age_se"].sources
    assert (error.statistic, error.column) == ("coefficient", "std_error")


def test_targets_are_ids_or_whole_exhibits() -> None:
    rows = read_published("report_2022", ROOT)
    of_table = {row.id for row in rows if row.exhibit == "table 17"}
    assert expand(["exhibit:table 17", "ch4_n_projects"], rows) == of_table | {"ch4_n_projects"}
    with pytest.raises(ValueError, match="no published number table_99"):
        expand(["table_99"], rows)


@pytest.mark.parametrize("compare", [YES])
def test_the_committed_targets_are_comparable_numbers(report: Report, compare: str) -> None:
    yardstick = Yardstick.of(report)
    kinds = Counter(yardstick.crosswalk[id_].kind for id_ in yardstick.targets)
    assert report != "report_2022" or kinds[compare] > 100


def test_the_documentation_lists_what_is_not_compared() -> None:
    """Run tools/fidelity_docs.py after a change of a crosswalk."""
    text = (ROOT / FILE).read_text(encoding="utf-8")
    assert documented(text, ROOT) == text
    for report in REPORTS:
        for entry in Yardstick.of(report).crosswalk.values():
            assert entry.comparable or f"- {entry.reason}: " in text
