"""What the gate opens, and at what it stops, on small invented ledgers."""

import numpy as np
import pandas as pd
import pytest

from resultatbok.release.audit import audit, audit_exhibits
from resultatbok.release.gate import GateError, Programme, pass_gate
from resultatbok.release.policy import released
from resultatbok.release.rows import normalise, row
from resultatbok.settings import DisclosurePolicy

POLICY = DisclosurePolicy()


def persons(value, group="", **keys):
    return row("count", value, group=group, term="participants", **keys)


def share(inside, n, group="", term="goal_attainment", **keys):
    return row("share", inside / n, n=n, group=group, term=term, **keys)


def ledger(*rows, exhibit="exhibit"):
    return normalise(exhibit, pd.DataFrame(list(rows)))


# 42 is told as 40, which is 42 at most, and 13 and 28 as 15 and 30, which are 41 at least: so the last are none or one
PINNED = [persons(42), persons(13, "year=2017"), persons(28, "year=2018"), persons(1, "year=2019")]
FAIR = ledger(persons(60), *(persons(count, f"year={2017 + at}") for at, count in enumerate((15, 20, 20, 5))))


def test_what_leaves_enough_open_passes_as_the_policy_tells_it():
    passed = pass_gate(FAIR, POLICY)
    pd.testing.assert_frame_equal(passed.rows, released(FAIR, POLICY))
    assert passed.coarser == []
    assert [high - low >= 3 for low, high in passed.intervals.values()] == [True]


def test_a_number_that_sums_pin_is_opened_by_telling_one_count_more_coarsely():
    passed = pass_gate(ledger(*PINNED), DisclosurePolicy(coarsened=0.5))
    assert len(passed.coarser) == 1
    assert all(high - low >= 3 for low, high in passed.intervals.values())
    assert (passed.steps > 5).any(axis=1).sum() == 1


def test_a_release_that_would_have_to_be_told_much_more_coarsely_is_stopped():
    with pytest.raises(GateError, match=r"of the rows would have to be told more coarsely; 5.0% may be"):
        pass_gate(ledger(*PINNED), POLICY)


def test_a_count_is_told_alike_wherever_it_stands():
    parts = pd.DataFrame(PINNED[1:])
    rows = pd.concat([ledger(*PINNED), normalise("again", parts)], ignore_index=True)
    passed = pass_gate(rows, DisclosurePolicy(coarsened=0.5))
    told = passed.rows.groupby("group")[["value", "state", "bound"]].nunique(dropna=False)
    assert (told == 1).all(axis=None)


def test_the_same_persons_under_other_keys_are_one_count():
    """All but the women are the men, and a model that is fitted to the women says how many they are."""
    rows = ledger(
        share(103, 142, scheme="jobbsjansen"),
        share(103, 141, scheme="jobbsjansen", sample="women"),
        row("coefficient", 0.3, n=141, term="male", scheme="jobbsjansen", sample="women"),
    )
    passed = pass_gate(rows, POLICY)
    sizes = {count.value for count in passed.sums.counts if not count.role and ("gender", "female") in count.cell}
    assert sizes == {141}
    assert any(count.value == 1 and high - low >= 3 for count, (low, high) in passed.intervals.items())


def test_what_a_model_expects_is_what_happened_in_a_scheme_it_was_fitted_to():
    rows = ledger(
        share(104, 142, scheme="jobbsjansen"), share(104, 142, scheme="jobbsjansen", term="expected_goal_attainment")
    )
    found = pass_gate(rows, POLICY).sums.found
    assert any(
        {count.role for count in members} == {"goal_attainment", "expected_goal_attainment"} for members in found
    )


def test_a_number_that_a_reader_knows_from_elsewhere_is_reckoned_with():
    rows = ledger(persons(52), persons(45, "gender=female"), persons(7, "gender=male"))
    alone = pass_gate(rows, POLICY)
    known = ledger(persons(52), persons(45, "gender=female"), exhibit="statistics")
    with pytest.raises(GateError, match="more coarsely"):
        pass_gate(rows, POLICY, public=known)
    assert alone.coarser == []


def test_an_earlier_edition_may_not_tell_who_came_since():
    """Each edition by itself is wide; the two side by side are not, however they are put to text and read again."""
    before = [persons(40), *(persons(count, f"year={year}") for year, count in ((2017, 22), (2018, 18)))]
    earlier = pass_gate(ledger(*before), POLICY).programme
    again = Programme.from_json(earlier.to_json())
    assert again.names == earlier.names
    assert np.array_equal(again.high, earlier.high)
    rows = ledger(persons(43), *before[1:], persons(3, "year=2019"))
    passed = pass_gate(rows, DisclosurePolicy(coarsened=0.5), earlier=[again])
    assert all(high - low >= 3 for low, high in passed.intervals.values())


def test_editions_that_contradict_each_other_stop_the_release():
    earlier = pass_gate(ledger(persons(60, "year=2017")), POLICY).programme
    with pytest.raises(GateError, match="not solved"):
        pass_gate(ledger(persons(4, "year=2017"), persons(40, "year=2018"), persons(44)), POLICY, earlier=[earlier])


def test_an_exact_policy_passes_as_it_is():
    passed = pass_gate(ledger(persons(3)), DisclosurePolicy(policy="exact"))
    assert passed.rows["value"].tolist() == [3]


def test_the_audit_has_a_line_for_each_number_and_each_exhibit():
    lines = audit(FAIR, pass_gate(FAIR, POLICY))
    assert lines["true"].tolist() == FAIR["value"].tolist()
    few = lines.iloc[-1]
    assert few[["rule", "true", "state", "bound", "step", "sums"]].tolist() == ["R1", 5, "under", 10, 5, 1]
    assert few["high"] - few["low"] >= 3
    exhibit = audit_exhibits(FAIR, pass_gate(FAIR, POLICY)).iloc[0]
    assert exhibit[["exhibit", "units", "about", "under", "hidden", "rows"]].tolist() == [
        "exhibit",
        "persons",
        4,
        1,
        0,
        5,
    ]
