"""Verdicts, what is missing, and where numbers are found in a ledger."""

import json

import pandas as pd
import pytest
from invented import computed, entry_of, ledger_of, printed, verdict

from helpers.fidelity.crosswalk import Entry
from helpers.fidelity.judge import as_records, judge
from helpers.fidelity.report import by_exhibit, by_target, json_text, misses, report_text


def test_a_comparable_number_that_is_not_computed_is_missing_and_counts_against() -> None:
    found = verdict(printed("share", 0.5), computed("share", 0.5, term="other"))
    assert (found.verdict, found.compared, found.computed) == ("missing", True, None)
    assert found.reason == "no row statistic=share | scheme=both | term=goal_attainment | sample=all"
    assert by_target([found])[0].share == 0.0


def test_a_number_that_is_not_comparable_counts_neither_way() -> None:
    published = printed("share", 0.5)
    entries = {"one": Entry("one", kind="external", reason="another survey")}
    (found,) = judge([published], entries, ledger_of(computed("share", 0.5)), targets={"one"})
    assert (found.verdict, found.reason, found.target) == ("not_comparable", "external: another survey", False)
    assert by_target([found])[0].compared == 0


def test_a_hidden_number_is_missing_with_that_reason() -> None:
    rows = ledger_of(computed("share", 0.5))
    rows.loc[0, ["value", "n"]] = float("nan")
    rows["suppressed"] = True
    published = printed("share", 0.5)
    (found,) = judge([published], {"one": entry_of(published)}, rows)
    assert found.verdict == "missing"
    assert found.reason.startswith("hidden by disclosure control")


def test_two_exhibits_with_different_numbers_are_no_number() -> None:
    rows = pd.concat([ledger_of(computed("share", value), exhibit=name) for name, value in (("a", 0.50), ("b", 0.51))])
    published = printed("share", 0.5)
    (found,) = judge([published], {"one": entry_of(published)}, rows)
    assert found.verdict == "missing" and "different numbers in a, b" in found.reason
    (named,) = judge([published], {"one": entry_of(published, exhibit="b")}, rows)
    assert named.computed == 0.51


def test_the_order_of_the_group_s_keys_does_not_matter() -> None:
    published = printed("share", 0.5, group="gender=male;year=2018")
    assert verdict(published, computed("share", 0.5, group="year=2018;gender=male")).verdict == "inside"


def test_the_first_of_several_samples_that_is_there_counts() -> None:
    published = printed("share", 0.5, sample="all")
    rows = ledger_of(computed("share", 0.7, sample="all_gross"), computed("share", 0.5, sample="all"))
    entries = {"one": entry_of(published, samples=("external", "all", "all_gross"))}
    assert judge([published], entries, rows)[0].computed == 0.5


@pytest.mark.parametrize(("unit", "points"), [("fraction", 29.0), ("years", 0.29)])
def test_a_difference_of_shares_is_taken_in_points_and_no_other(unit: str, points: float) -> None:
    published = printed("difference_pp", 10, 0)
    assert verdict(published, computed("difference", 0.29, std_error=0.01, unit=unit)).computed == points


def test_an_odds_ratio_may_be_taken_from_its_coefficient() -> None:
    keys = {"group": "model=individual", "term": "age"}
    published = printed("odds_ratio", 2.0, **keys)
    error = printed("std_error", 0.1, id="error", **keys)
    found = verdict(published, computed("coefficient", 0.6931471806, **keys), others=(error,))
    assert found.computed == pytest.approx(2.0)


def test_a_model_s_sample_is_its_own_but_women_are_not_all() -> None:
    keys = {"group": "model=municipality", "term": "scheme"}
    vif = computed("vif", 1.2, **keys)
    assert verdict(printed("vif", 1.2, sample="municipality_years_10plus", **keys), vif).verdict == "inside"
    assert verdict(printed("vif", 1.2, sample="women", **keys), vif).verdict == "missing"


def test_one_row_can_be_subtracted_from_another() -> None:
    published = printed("difference_pp", 16, 0, scheme="both", group="percentile=90")
    rows = ledger_of(
        computed("share", 0.90, scheme="jobbsjansen", group="percentile=90"),
        computed("share", 0.74, scheme="introduction", group="percentile=90"),
    )
    entries = {
        "one": entry_of(
            published, statistic="share", scheme="jobbsjansen", transform="times_100", minus="scheme:introduction"
        )
    }
    assert judge([published], entries, rows)[0].computed == pytest.approx(16)


def test_a_level_in_words_compared_with_others_is_a_direction() -> None:
    published = printed("qualitative_level", -2, 0)
    rows = ledger_of(computed("mean", 4.0, group="package=a", std_error=0.1), computed("mean", 7.0, std_error=0.1))
    entries = {"one": entry_of(published, statistic="mean", group="package=a", minus="group:-")}
    assert judge([published], entries, rows)[0].verdict == "inside"


def test_the_json_is_a_list_of_rows_with_the_keys_of_the_check() -> None:
    published = [printed("share", 0.5), printed("share", 0.5, id="two", term="other", exhibit="table 2")]
    entries = {p.id: entry_of(p) for p in published}
    found = judge(published, entries, ledger_of(computed("share", 0.51)), targets={"one"})
    one, two = json.loads(json_text(found))
    assert {"id", "published", "computed", "tolerance", "verdict", "reason", "target"} <= set(one)
    assert (one["id"], one["published"], one["computed"], one["verdict"], one["target"]) == (
        "one", 0.5, 0.51, "inside", True,
    )  # fmt: skip
    assert one["tolerance"] == pytest.approx(0.015)
    assert (two["computed"], two["tolerance"], two["verdict"], two["target"]) == (None, None, "missing", False)
    assert json.loads(json.dumps(as_records(found)[0], allow_nan=False))["reason"].startswith("1.96 standard errors")


def test_a_direction_has_no_tolerance_in_numbers() -> None:
    found = verdict(printed("direction", 1, 0), computed("direction", 0.3))
    assert (found.tolerance, found.distance) == (None, None)
    assert as_records([found])[0]["high"] is None


def test_the_report_counts_by_exhibit_and_by_target_and_lists_the_farthest_miss_first() -> None:
    published = [
        printed("share", 0.5, id="near"),
        printed("share", 0.5, id="far", term="b"),
        printed("share", 0.5, id="good", term="c", exhibit="table 2"),
        printed("share", 0.5, id="none", term="d", exhibit="table 2"),
    ]
    rows = ledger_of(computed("share", 0.52), computed("share", 0.60, term="b"), computed("share", 0.5, term="c"))
    found = judge(published, {p.id: entry_of(p) for p in published}, rows, targets={"near", "good"})
    assert [(t.name, t.compared, t.inside, t.missing) for t in by_exhibit(found)] == [
        ("table 1", 2, 0, 0),
        ("table 2", 2, 1, 1),
    ]
    assert [(t.compared, t.share) for t in by_target(found)] == [(4, 0.25), (2, 0.5), (2, 0.0)]
    assert [j.id for j in misses(found)] == ["far", "near", "none"]
    text = report_text(found, worst=1)
    assert "far: 0.5 printed, 0.6 computed, +6.7 tolerances" in text
    assert "Misses: 3, the worst 1:" in text and "near" not in text
