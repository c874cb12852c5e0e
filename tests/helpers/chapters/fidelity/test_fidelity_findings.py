"""The findings on the fidelity page: how many hold, which do not, and which contradict each other."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from support import ROOT

from helpers.chapters.fidelity import exhibits
from helpers.chapters.fidelity.sentences import MESSAGES
from helpers.cohort.settings import load_cohort
from helpers.fidelity.findings import read_findings
from resultatbok.exhibits.exhibit import Context
from resultatbok.release.disclosure import DisclosurePolicy
from resultatbok.release.ledger import Ledger, lookup, row
from resultatbok.words.wording import Wording

MAKERS = [
    exhibits.finding_counts,
    exhibits.finding_misses,
    exhibits.contradictory_findings,
    exhibits.findings_left_out,
]


def gaps(women: float) -> list[dict[str, object]]:
    """Gaps at B2 (r22-081 wants shares), of women (r22-064) and for good education (r22-092, r22-215 half)."""
    keys = {"term": "goal_attainment", "n": 10_000, "unit": "fraction"}
    return [
        row("difference", women, group="gender=female", **keys),
        row("difference", 0.02, group="education=good_general", **keys),
    ]


@pytest.fixture
def results(tmp_path: Path) -> Path:
    """Rows of one chapter: the gap at good education holds, that of women is too small."""
    return written(tmp_path, 0.29)


def written(folder: Path, women: float) -> Path:
    chapter = Ledger(DisclosurePolicy())
    chapter.record("attainment_gaps", pd.DataFrame(gaps(women)))
    chapter.write(folder, "descriptives")
    return folder


def desk_on(results: Path | None, compare_with: str = "report_2022", language: str = "en") -> Context:
    cohort = load_cohort(ROOT / "cohorts" / "synthetic-2017-2020.yml").model_copy(update={"compare_with": compare_with})
    return Context(
        SimpleNamespace(cohort=cohort, questionnaire=None),
        Ledger(cohort.disclosure),
        Wording(language, strict=True),
        results,
    )


def claim_of(id_: str, language: str = "en") -> str:
    return next(f.claim[language] for f in read_findings("report_2022", ROOT) if f.id == id_)


def test_the_sentence_in_brief_counts_what_holds(results: Path) -> None:
    exhibit = exhibits.finding_counts(desk_on(results))
    assert exhibit.phrases["findings_brief"] == (
        "The report also states 261 findings in words. 249 of them can be judged, and 1, or 0.4%, hold in the invented "
        "registers."
    )
    counted = {
        term: lookup(exhibit.rows, group="findings=all", term=term)["value"]
        for term in ("compared", "inside", "not_computed")
    }
    assert counted == {"compared": 249, "inside": 1, "not_computed": 247}
    assert exhibit.table is not None
    assert list(exhibit.table.rows[-1]) == ["All findings", "249", "1", "247"]
    assert sum(int(line[1]) for line in exhibit.table.rows[:-1]) == 249


def test_a_number_on_the_other_side_changes_the_count(tmp_path: Path) -> None:
    exhibit = exhibits.finding_counts(desk_on(written(tmp_path, 0.31)))
    assert "249 of them can be judged, and 2, or 0.8%, hold" in exhibit.phrases["findings_brief"]


@pytest.mark.parametrize(("language", "span"), [("en", "above 30"), ("nb", "over 30")])
def test_a_finding_that_does_not_hold_is_told_with_its_number_and_limit(
    results: Path, language: str, span: str
) -> None:
    table = exhibits.finding_misses(desk_on(results, language=language)).table
    assert table is not None
    assert list(table.rows[0]) == [claim_of("r22-064", language), "29", span]
    assert len(table.rows) == 248


def test_a_finding_without_a_number_says_that_there_is_none(results: Path) -> None:
    table = exhibits.finding_misses(desk_on(results)).table
    assert table is not None
    assert list(table.rows[1]) == [claim_of("r22-001"), "none", ""]


def test_contradictory_findings_stand_beside_each_other_with_what_holds(results: Path) -> None:
    table = exhibits.contradictory_findings(desk_on(results)).table
    assert table is not None
    assert [claim_of("r22-011"), "no number here", claim_of("r22-206"), "no number here"] in [
        list(line) for line in table.rows
    ]


def test_what_is_left_out_is_counted_by_its_reason(results: Path) -> None:
    exhibit = exhibits.findings_left_out(desk_on(results))
    assert exhibit.rows["value"].sum() == 261 - 249


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("maker", MAKERS, ids=lambda m: m.key)
def test_a_cohort_compared_with_no_report_says_so(maker, language: str) -> None:
    exhibit = maker(desk_on(None, "none", language))
    assert exhibit.table is not None and [list(line) for line in exhibit.table.rows] == [[exhibit.caption]]


@pytest.mark.parametrize("maker", MAKERS, ids=lambda m: m.key)
def test_every_text_is_there_in_norwegian(maker, results: Path) -> None:
    assert maker(desk_on(results, language="nb")).caption != maker(desk_on(results)).caption


def test_every_strength_has_a_name() -> None:
    for report in ("report_2022", "evaluation_2019"):
        assert {finding.strength for finding in read_findings(report, ROOT)} <= set(MESSAGES.choices("strengths"))
