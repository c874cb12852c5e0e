"""Findings in words against a ledger: which conditions hold, and which findings are left out."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from invented import computed, ledger_of
from support import ROOT

from helpers.fidelity.check import Yardstick
from helpers.fidelity.crosswalk import CrosswalkError, Source
from helpers.fidelity.findings import Condition, Finding, contradictions, judge_findings, read_findings
from helpers.fidelity.judge import Judgement, as_records
from helpers.fidelity.lookup import LedgerIndex
from helpers.fidelity.published import FOLDER
from helpers.fidelity.report import by_target, findings, misses, numbers, report_text, tally

MORE = "More reach the goal in Jobbsjansen."


def share(scheme: str, column: str = "value") -> Source:
    return Source("share", scheme, "", "goal_attainment", ("all",), column=column)


def p_value() -> Source:
    return Source("p_value", "both", "", "scheme", ("all",))


def finding(*conditions: Condition) -> Finding:
    return Finding("one", "ch3", "text", {"en": MORE, "nb": "Flere når målet i Jobbsjansen."}, conditions)


def more(by: float = 0.0) -> Condition:
    return Condition(((1, share("jobbsjansen")), (-1, share("introduction"))), by, math.inf)


def judged(one: Finding, jobbsjansen: float, introduction: float, p: float = 0.5) -> Judgement:
    rows = ledger_of(
        computed("share", jobbsjansen, scheme="jobbsjansen"),
        computed("share", introduction, scheme="introduction"),
        computed("p_value", p, term="scheme"),
    )
    (found,) = judge_findings([one], LedgerIndex(rows))
    return found


@pytest.mark.parametrize(("jobbsjansen", "verdict"), [(0.61, "inside"), (0.60, "outside"), (0.59, "outside")])
def test_more_means_above_and_not_level(jobbsjansen: float, verdict: str) -> None:
    found = judged(finding(more()), jobbsjansen, 0.60)
    assert found.verdict == verdict
    assert found.computed == pytest.approx(jobbsjansen - 0.60)


def test_a_limit_of_its_own_counts_as_reached_at_the_limit() -> None:
    assert judged(finding(more(0.1)), 0.70, 0.60).verdict == "inside"
    assert judged(finding(more(0.1)), 0.69, 0.60).verdict == "outside"


@pytest.mark.parametrize(("p", "verdict"), [(0.049, "outside"), (0.05, "inside"), (1.0, "inside")])
def test_not_significant_is_a_p_value_of_five_per_cent_or_more(p: float, verdict: str) -> None:
    assert judged(finding(Condition(((1, p_value()),), 0.05, 1)), 0.5, 0.5, p).verdict == verdict


def test_all_conditions_must_hold_and_the_first_that_fails_is_told() -> None:
    significant = Condition(((1, p_value()),), 0, 0.05)
    found = judged(finding(more(), significant), 0.7, 0.6, p=0.2)
    assert (found.verdict, found.computed, found.high) == ("outside", 0.2, 0.05)
    assert "p_value" in found.reason
    assert judged(finding(more(), significant), 0.7, 0.6, p=0.01).verdict == "inside"


def test_a_factor_weighs_a_row() -> None:
    twice = Condition(((1, share("jobbsjansen")), (-2, share("introduction"))), 0, math.inf)
    assert judged(finding(twice), 0.7, 0.3).verdict == "inside"
    assert judged(finding(twice), 0.7, 0.4).verdict == "outside"


def test_another_column_of_a_row_can_decide() -> None:
    counted = Condition(((1, share("jobbsjansen", "n")),), 1_000_000, 1_000_000)
    assert judged(finding(counted), 0.7, 0.3).verdict == "inside"


def test_what_the_ledger_lacks_or_hides_is_missing() -> None:
    rows = ledger_of(computed("share", 0.7, scheme="jobbsjansen"))
    assert judge_findings([finding(more())], LedgerIndex(rows))[0].verdict == "missing"
    hidden = ledger_of(
        computed("share", 0.7, scheme="jobbsjansen"), computed("share", 0.6, scheme="introduction")
    ).assign(suppressed=[False, True])
    found = judge_findings([finding(more())], LedgerIndex(hidden))[0]
    assert (found.verdict, found.computed) == ("missing", None)
    assert "hidden" in found.reason


def test_a_finding_left_out_says_why_and_does_not_count() -> None:
    left_out = Finding("one", "ch3", "text", {"en": MORE, "nb": ""}, (), "no_data: about the interviews")
    (found,) = judge_findings([left_out], LedgerIndex(ledger_of(computed("share", 0.7))))
    assert (found.verdict, found.reason, found.compared) == ("not_comparable", "no_data: about the interviews", False)


def test_numbers_and_findings_are_counted_apart_and_saved_as_one_list() -> None:
    wrong = judged(finding(more()), 0.5, 0.6)
    number = Judgement("two", "table 1", 0.5, 0.9, 0.4, 0.6, "outside", "near", target=True)
    both = [wrong, number]
    assert (numbers(both), findings(both)) == ([number], [wrong])
    assert misses(both) == [number, wrong]
    assert by_target(both)[0].compared == 1
    assert tally("findings", findings(both)).share == 0
    assert [(r["id"], r["kind"], r["verdict"]) for r in as_records(both)] == [
        ("one", "finding", "outside"),
        ("two", "number", "outside"),
    ]
    assert set(as_records(both)[0]) >= {"published", "computed", "tolerance", "reason"}
    text = report_text(both)
    assert "1 findings in words; 0 are not comparable" in text
    assert MORE in text


@pytest.mark.parametrize(("report", "judged_findings"), [("report_2022", 249), ("evaluation_2019", 170)])
def test_every_finding_has_conditions_or_a_reason_and_the_denominators_stand(report, judged_findings: int) -> None:
    found = read_findings(report, ROOT)
    assert sum(not one.left_out for one in found) == judged_findings
    assert all(bool(one.conditions) != bool(one.left_out) for one in found)
    assert all(one.claim["en"].strip() and one.claim["nb"].strip() for one in found)
    assert not [one.id for one in found if "_" in one.claim["en"] + one.claim["nb"]]


def test_every_span_can_be_met_and_can_be_missed() -> None:
    for report in ("report_2022", "evaluation_2019"):
        for one in read_findings(report, ROOT):  # type: ignore[arg-type]
            for condition in one.conditions:
                assert condition.low <= condition.high, one.id
                assert math.isfinite(condition.low) or math.isfinite(condition.high), one.id


def test_contradictions_name_findings_of_one_report() -> None:
    known = {report: {f.id for f in read_findings(report, ROOT)} for report in ("report_2022", "evaluation_2019")}  # type: ignore[arg-type]
    pairs = contradictions(ROOT)
    assert pairs
    assert all(any(set(pair) <= ids for ids in known.values()) for pair in pairs)


def _folder(tmp_path: Path, left_out: str) -> Path:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    (folder / "findings.csv").write_text(
        "id,report,page_or_section,strength,claim,claim_nb\na,2022,ch3,text,More.,Flere.\n", encoding="utf-8"
    )
    (folder / "findings_conditions.csv").write_text(
        "id,condition,times,exhibit,statistic,scheme,group,term,sample,column,low,high\n"
        "a,1,1,x,share,both,,goal_attainment,all,,0,\n",
        encoding="utf-8",
    )
    (folder / "findings_left_out.csv").write_text("id,kind,reason\n" + left_out, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("left_out", "message"),
    [
        ("a,no_data,why\n", "a: expected a line in findings_conditions.csv or in findings_left_out.csv"),
        ("b,no_data,why\n", "b: no such finding"),
    ],
)
def test_a_faulty_table_is_refused(tmp_path: Path, left_out: str, message: str) -> None:
    with pytest.raises(CrosswalkError, match=message):
        read_findings("report_2022", _folder(tmp_path, left_out))


def test_a_sound_table_is_read(tmp_path: Path) -> None:
    (one,) = read_findings("report_2022", _folder(tmp_path, ""))
    assert one.conditions == (
        Condition(((1.0, Source("share", "both", "", "goal_attainment", ("all",), "x")),), 0, math.inf),
    )


def test_the_yardstick_judges_numbers_first_then_findings() -> None:
    yardstick = Yardstick.of("report_2022")
    found = yardstick.judge(ledger_of(computed("share", 0.5)))
    assert len(found) == len(yardstick.published) + len(yardstick.findings)
    assert [j.kind for j in found] == sorted((j.kind for j in found), reverse=True)
