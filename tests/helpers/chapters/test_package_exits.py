"""Who left for primary education for adults: counted, and told in a sentence that follows the numbers."""

from dataclasses import replace

import pandas as pd
import pytest

from helpers.chapters.packages.package_exits import TERM, adult_primary_finding, adult_primary_rows
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.release.rounding import step_for
from resultatbok.words.wording import Wording

WORDS = Wording("en")


def told(**shares: float) -> pd.DataFrame:
    """Rows as the ledger tells them: `everyone` and one per package."""
    rows = [
        {"group": "" if name == "everyone" else f"package={name}", "label": name.capitalize(), "value": value}
        for name, value in shares.items()
    ]
    return pd.DataFrame(rows).assign(statistic="rounded_share", term=TERM)


def test_each_package_s_share_is_that_of_its_participants_rounded(desk: Desk, small_study: Study) -> None:
    rows = adult_primary_rows(desk, "all")
    reasons = small_study.registers.jobbsjansen_details["exit_reason"].dropna()
    labels = small_study.packages.labels.reindex(reasons.index).dropna()
    primary = reasons[labels.index] == "adult_primary"
    assert lookup(rows, group="")["n"] == len(labels)
    for name, went in primary.groupby(labels):
        step = step_for(len(went), small_study.cohort.disclosure)
        if pd.isna(step):
            continue
        assert lookup(rows, group=f"package={name}")["value"] == pytest.approx(went.mean(), abs=step / 2 + 1e-9)


def test_no_known_reason_gives_no_rows(desk: Desk, small_study: Study) -> None:
    registers = small_study.registers
    details = registers.jobbsjansen_details.assign(exit_reason=None)
    without = Study(small_study.cohort)
    without.registers = replace(registers, jobbsjansen_details=details)
    assert adult_primary_rows(replace(desk, study=without), "all").empty


def test_the_sentence_names_the_package_where_most_left_for_it() -> None:
    assert adult_primary_finding(WORDS, told(everyone=0.03, school=0.14, rest=0.02)) == (
        "Leaving for primary education for adults does not count as reaching the goal: about 14% of those whose "
        "package was school did so, and about 3% of all."
    )


def test_the_sentence_says_when_no_package_stands_out_or_nothing_can_be_shown() -> None:
    assert adult_primary_finding(WORDS, told(everyone=0.05, school=0.05, rest=0.0)).startswith("In no package")
    hidden = told(everyone=0.05, school=float("nan"))
    assert "cannot be shown" in adult_primary_finding(WORDS, hidden)
    nothing = pd.DataFrame(columns=["statistic", "group", "term", "value", "label"])
    assert "cannot be shown" in adult_primary_finding(WORDS, nothing)
