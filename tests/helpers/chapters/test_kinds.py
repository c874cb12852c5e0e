"""Kinds of alt texts and tables: what they say of hidden rows, of none, and of empty blocks."""

from invented_pages import interval, page

from helpers.chapters.common.kinds import in_blocks, named_by, values_alt
from resultatbok.words.wording import Wording

GAP = {"statistic": "difference", "scheme": "jobbsjansen"}


def test_numbers_are_told_by_all_their_names_and_hidden_ones_as_hidden() -> None:
    made = page("en", {**GAP, "group": "norwegian=a1", **interval(0.01, 0.02, 0.03)}, {**GAP, "group": ""})
    rows = named_by("group", "difference")
    names = ("scheme_label", "label")
    assert values_alt("{values}", rows, Wording.points, 1, names=names)(made) == (
        "Jobbsjansen, A1: 2.0 percentage points; Jobbsjansen, All participants: not shown"
    )
    assert values_alt("{values}", rows)(made) == "A1: 2 (1 to 3); All participants: not shown"
    assert values_alt("{values}.", named_by("group", "share"), Wording.percent, names=names)(made) == "."


def test_an_empty_block_has_no_heading_and_lines_without_one_stand_first() -> None:
    made = page("en", {**GAP, "value": 0.1})
    table = in_blocks(made, ["Group", "Number"], {"": [["All", "1"]], "Nobody": [], "Women": [["A1", "2"]]})
    assert table.rows == [["All", "1"], ["A1", "2"]]
    assert table.group_rows == {1: "Women"}
    assert [column.numeric for column in table.columns] == [False, True]
