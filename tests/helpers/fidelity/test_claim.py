"""What the README says of the committed registers is what the check counts on them."""

import re
from functools import partial

import pytest
from support import ROOT

from helpers.cohort.settings import load_cohort
from helpers.fidelity.check import Yardstick
from helpers.fidelity.exhibit_rows import makers, rows_of
from helpers.fidelity.judge import Judgement
from helpers.fidelity.published import Report
from helpers.fidelity.report import findings, misses, numbers, tally
from helpers.report import REPORT
from helpers.study.study import Study
from resultatbok.edition.numbers import kept_rows

pytestmark = pytest.mark.slow

SLOW = (
    "robustness.exhibits_checks.",
    "robustness.exhibits_missing.imputation",
    "robustness.coding_versions",
    "robustness.denominator_versions",
    "composition.effects_by_group",
    "effect.propensity_overlap",
    "effect.covariate_balance",
    "effect.balance_table",
    "effect.unmeasured_difference",
    "support.",
)
"""Beginnings of the names of makers that hold no number that is compared."""
CLAIM = re.compile(r"(\d+)\s+of\s+its\s+(\d+)")
REPORTS: tuple[Report, ...] = ("report_2022", "evaluation_2019")
COHORTS = {"report_2022": "synthetic-2017-2020", "evaluation_2019": "synthetic-2017-2018"}
ARGUED: dict[str, list[str]] = {
    "report_2022": [
        "r22-032", "r22-061", "r22-070", "r22-075", "r22-076", "r22-083", "r22-084", "r22-112", "r22-137", "r22-145",
        "r22-200", "r22-202", "r22-203", "r22-204", "r22-207", "r22-208", "r22-209", "r22-210", "r22-211", "r22-212",
    ],
    "evaluation_2019": [
        "e19-110", "e19-113", "e19-146", "e19-149", "e19-170", "e19-178", "e19-179", "e19-181", "e19-184", "e19-185",
        "e19-239", "e19-240", "e19-242", "e19-254", "e19-255", "e19-256", "e19-267", "e19-272", "e19-273",
    ],
}  # fmt: skip
"""Findings that carry the reports' arguments and that no printed number pins down."""


@pytest.fixture(scope="module", params=REPORTS)
def judged(request: pytest.FixtureRequest) -> tuple[Report, list[Judgement]]:
    """The verdicts on the committed registers, from numbers kept where a build and the notebooks look for them."""
    report: Report = request.param
    study = Study(load_cohort(ROOT / "cohorts" / f"{COHORTS[report]}.yml"))
    wanted = [name for name in makers() if not name.startswith(SLOW)]
    ledger = rows_of(study, wanted, partial(kept_rows, REPORT)).ledger
    return report, Yardstick.of(report).judge(ledger)


def test_the_claim_follows_the_count(judged: tuple[Report, list[Judgement]]) -> None:
    report, found = judged
    counted = [tally(name, those) for name, those in (("numbers", numbers(found)), ("findings", findings(found)))]
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    section = text[text.index("## How close") : text.index("## Another cohort")]
    first = 2 * REPORTS.index(report)
    claimed = CLAIM.findall(section)[first : first + 2]
    assert claimed == [(str(t.inside), str(t.compared)) for t in counted], [j.id for j in misses(found)]


def test_the_findings_that_carry_the_argument_hold(judged: tuple[Report, list[Judgement]]) -> None:
    report, found = judged
    verdicts = {judgement.id: judgement.verdict for judgement in found}
    assert {id_: verdicts[id_] for id_ in ARGUED[report]} == dict.fromkeys(ARGUED[report], "inside")
