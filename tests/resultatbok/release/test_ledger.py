"""One number, one row: recording, writing, reading and merging."""

import json

import numpy as np
import pandas as pd
import pytest

from resultatbok.release.ledger import (
    KEY,
    LEDGER_COLUMNS,
    DisclosureError,
    Ledger,
    LedgerConflict,
    csv_text,
    lookup,
    merge,
    read,
    row,
)
from resultatbok.settings import DisclosurePolicy

STRICT = DisclosurePolicy(hide_small_outcomes=True)
GOAL = {"scheme": "jobbsjansen", "term": "goal_attainment"}


def frame(*rows):
    return pd.DataFrame(list(rows))


def share(inside, n, **keys):
    return row("share", inside / n, n=n, **(GOAL | keys))


@pytest.fixture
def ledger():
    return Ledger(STRICT)


def test_recorded_rows_come_back_in_order_with_every_column(ledger):
    shown = ledger.record("by_education", frame(share(30, 40, group="education=b"), share(10, 40, group="education=a")))
    assert tuple(shown.columns) == LEDGER_COLUMNS
    assert shown["group"].tolist() == ["education=b", "education=a"]
    assert shown["sample"].tolist() == ["all", "all"]
    assert not shown["suppressed"].any()


def test_a_suppressed_row_keeps_its_key_and_unit_and_loses_every_number(ledger):
    small = row("mean", 31.2, n=4, std_error=2.0, low=27.3, high=35.1, term="age", unit="years")
    shown = ledger.record("means", frame(small)).iloc[0]
    assert shown["suppressed"]
    assert shown[["value", "n", "std_error", "low", "high"]].isna().all()
    assert (shown["term"], shown["unit"]) == ("age", "years")


def test_rows_hold_what_was_shown_and_never_a_hidden_number(ledger):
    ledger.record("shares", frame(share(3, 40)))
    ledger.record("means", frame(row("mean", 33, n=400, term="age")))
    assert ledger.rows["suppressed"].tolist() == [True, False]
    assert ledger.rows["value"].isna().tolist() == [True, False]


def test_changing_what_came_back_changes_nothing_in_the_ledger(ledger):
    ledger.record("shares", frame(share(30, 40)))
    mine = ledger.rows
    mine.loc[0, "value"] = 0.0
    assert ledger.rows["value"].tolist() == [0.75]


def test_recording_the_same_numbers_again_gives_the_same_rows_and_adds_none(ledger):
    rows = frame(share(30, 40), share(3, 40, group="education=a"))
    first = ledger.record("shares", rows)
    pd.testing.assert_frame_equal(ledger.record("shares", rows), first)
    assert len(ledger.rows) == 2


def test_another_value_for_a_recorded_key_is_refused_with_both_values(ledger):
    ledger.record("shares", frame(share(30, 40)))
    with pytest.raises(LedgerConflict, match=r"shares \| statistic=share .*value=0\.75 and value=0\.5"):
        ledger.record("shares", frame(share(20, 40)))
    assert ledger.rows["value"].tolist() == [0.75]


def test_the_same_key_in_two_exhibits_is_two_rows(ledger):
    ledger.record("figure", frame(share(30, 40)))
    ledger.record("table", frame(share(30, 40)))
    assert ledger.rows["exhibit"].tolist() == ["figure", "table"]


def test_what_an_exhibit_hides_does_not_depend_on_what_came_before(ledger):
    rows = frame(share(3, 40, group="education=a"), share(20, 40, group="education=b"))
    alone = Ledger(STRICT).record("alone", rows)
    ledger.record("total", frame(share(40, 120)))
    pd.testing.assert_frame_equal(ledger.record("alone", rows), alone)


def test_the_true_rows_keep_what_is_hidden(ledger):
    ledger.record("counts", frame(row("count", 3, term="participants", scheme="introduction", unit="participants")))
    assert ledger.rows["value"].isna().all()
    assert ledger.true_rows["value"].tolist() == [3]


def test_written_rows_are_read_back(ledger, tmp_path):
    ledger.record("shares", frame(share(1, 3 * 10**6, low=0.1, high=0.2), share(3, 40, group="education=a")))
    ledger.record("counts", frame(row("count", 28214, term="participants", scheme="introduction")))
    ledger.write(tmp_path, "chapter")
    back = read(tmp_path / "chapter.json")
    pd.testing.assert_frame_equal(back, ledger.rows, rtol=1e-9)


def test_files_are_the_same_bytes_every_time_and_hold_ten_digits(ledger, tmp_path):
    ledger.record("shares", frame(share(20000, 30000), row("coefficient", -0.5, term="æøå", n=19316)))
    for name in ("first", "second"):
        ledger.write(tmp_path, name)
    for kind in ("csv", "json"):
        assert (tmp_path / f"first.{kind}").read_bytes() == (tmp_path / f"second.{kind}").read_bytes()
    assert "0.6666666667,30000," in (tmp_path / "first.csv").read_text(encoding="utf-8")
    first, second = json.loads((tmp_path / "first.json").read_text(encoding="utf-8"))
    assert (first["value"], first["n"], first["low"], first["suppressed"]) == (0.6666666667, 30000, None, False)
    assert second["term"] == "æøå"


def test_an_empty_ledger_writes_files_that_can_be_read(ledger, tmp_path):
    ledger.write(tmp_path, "empty")
    assert read(tmp_path / "empty.json").empty
    assert (tmp_path / "empty.csv").read_text(encoding="utf-8") == ",".join(LEDGER_COLUMNS) + "\n"


def test_a_blank_stands_for_no_number_in_a_download(ledger):
    shown = ledger.record("shares", frame(share(3, 40)))
    assert csv_text(shown).splitlines()[1] == "shares,share,jobbsjansen,,goal_attainment,all,,,,,,,True"


def merged_from(*chapters):
    frames = []
    for exhibit, rows in chapters:
        ledger = Ledger(STRICT)
        ledger.record(exhibit, frame(*rows))
        frames.append(ledger.rows)
    return merge(frames)


def test_merging_sorts_by_key_and_keeps_each_number_once():
    rows = merged_from(("b", [share(30, 40)]), ("a", [share(30, 40)]), ("b", [share(30, 40)]))
    assert rows["exhibit"].tolist() == ["a", "b"]
    assert not rows.duplicated(list(KEY)).any()


def test_merging_nothing_gives_an_empty_ledger():
    assert tuple(merge([]).columns) == LEDGER_COLUMNS


def test_merging_two_values_for_one_key_is_refused_with_both():
    with pytest.raises(LedgerConflict, match=r"\[exhibit=b .*value=0\.75 and value=0\.5"):
        merged_from(("b", [share(30, 40)]), ("b", [share(20, 40)]))


@pytest.mark.parametrize(("other", "agrees"), [(0.75 + 1e-12, True), (0.75 + 1e-8, False)])
def test_values_are_the_same_if_they_agree_in_ten_digits(other, agrees):
    chapters = [("b", [row("mean", value, n=40, term="age")]) for value in (0.75, other)]
    if agrees:
        assert len(merged_from(*chapters)) == 1
    else:
        with pytest.raises(LedgerConflict):
            merged_from(*chapters)


def test_merging_a_number_that_one_exhibit_hides_and_another_shows_is_refused():
    parts = [share(3, 40, group="education=a"), share(17, 40, group="education=b"), share(40, 120, group="")]
    parts.append(share(20, 40, group="education=c"))
    with pytest.raises(DisclosureError, match="education=b"):
        merged_from(("table", parts), ("prose", [parts[1]]))


def test_lookup_finds_the_one_row(ledger):
    shown = ledger.record("s", frame(share(30, 40, group="education=a;gender=female"), share(20, 40)))
    assert lookup(shown, group="gender=female;education=a")["value"] == 0.75
    assert lookup(shown, scheme="jobbsjansen", group="")["value"] == 0.5


def test_lookup_of_a_missing_row_lists_what_is_there(ledger):
    shown = ledger.record("s", frame(share(30, 40, group="education=a")))
    with pytest.raises(KeyError, match=r"0 rows with group='education=x'.*group=education=a"):
        lookup(shown, group="education=x")


def test_lookup_of_several_rows_lists_them(ledger):
    shown = ledger.record("s", frame(share(30, 40, group="education=a"), share(30, 40, group="education=b")))
    with pytest.raises(KeyError, match=r"2 rows with term='goal_attainment'"):
        lookup(shown, term="goal_attainment")
    with pytest.raises(KeyError, match="no ledger column"):
        lookup(shown, terms="goal_attainment")


def test_a_value_without_a_number_is_kept_as_such(ledger):
    shown = ledger.record("s", frame(row("coefficient", np.nan, term="male", n=100)))
    assert not shown["suppressed"].any()
    assert shown["value"].isna().all()
