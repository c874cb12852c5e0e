"""Who is counted and who is left out, on the small cohort's registers."""

import pandas as pd
import pytest

from helpers.chapters.method.numbers import missing_values, record_counts, sample_flow
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import REQUIRED
from helpers.study.study import Study
from resultatbok.release.rows import lookup, normalise

RECORDS = pd.DataFrame(
    {"scheme": ["introduction", "introduction", "jobbsjansen"], "chosen": [True, False, True], "other": [False] * 3}
)


def test_records_are_counted_in_each_scheme_and_in_both() -> None:
    rows = record_counts(RECORDS["scheme"], {"chosen": RECORDS["chosen"], "other": RECORDS["other"]})
    counts = rows.set_index(["term", "scheme"])["value"].to_dict()
    assert counts == {
        ("chosen", "introduction"): 1,
        ("chosen", "jobbsjansen"): 1,
        ("chosen", "both"): 2,
        ("other", "introduction"): 0,
        ("other", "jobbsjansen"): 0,
        ("other", "both"): 0,
    }
    assert set(rows["unit"]) == {"records"}


@pytest.mark.parametrize("scheme", [*SCHEMES, "both"])
def test_each_leaver_is_in_the_analyses_or_left_out_for_one_reason(small_study: Study, scheme: str) -> None:
    people = small_study.participants
    rows = sample_flow(small_study).query("scheme == @scheme").set_index("term")["value"]
    assert rows["participants"] == (len(people) if scheme == "both" else (people["scheme"] == scheme).sum())
    parts = ("missing_education_or_norwegian", "missing_other", "complete_cases")
    assert sum(rows[part] for part in parts) == rows["participants"]


def test_those_in_the_analyses_lack_nothing_that_the_models_need(small_study: Study) -> None:
    rows = sample_flow(small_study)
    lacking = small_study.participants[["education_level", "norwegian_level"]].isna().any(axis=1)
    assert lookup(rows, term="missing_education_or_norwegian", scheme="both")["value"] == lacking.sum()
    assert lookup(rows, term="complete_cases", scheme="both")["value"] == len(small_study.complete)


def test_missing_values_are_counted_by_variable_and_their_share_by_scheme(small_study: Study) -> None:
    people = small_study.participants
    rows = normalise("missing_values", missing_values(small_study))
    counts = rows[rows["statistic"] == "count"]
    assert set(counts["term"]) == {f"missing_{name}" for name in REQUIRED}
    found = lookup(counts, term="missing_norwegian_level", scheme="jobbsjansen")["value"]
    assert found == people.loc[people["scheme"] == "jobbsjansen", "norwegian_level"].isna().sum()
    introduction = people[people["scheme"] == "introduction"]
    lacking = introduction[["education_level", "norwegian_level"]].isna().any(axis=1)
    share = lookup(rows, statistic="share", term="missing_education_or_norwegian", scheme="introduction")
    assert (share["value"], share["n"]) == (pytest.approx(lacking.mean()), len(introduction))


@pytest.mark.parametrize(("missing", "sample"), [("no", "all"), ("yes", "with_missing")])
def test_the_complete_and_the_left_out_reach_the_goal_as_the_data_say(
    small_study: Study, missing: str, sample: str
) -> None:
    people = small_study.participants
    lacks = people[list(REQUIRED)].isna().any(axis=1)
    part = people[(lacks == (missing == "yes")) & (people["scheme"] == "introduction")]
    found = lookup(missing_values(small_study), scheme="introduction", group=f"missing={missing}")
    assert found["value"] == pytest.approx(part["goal_attained"].mean())
    assert found["sample"] == sample
