"""Tables made from ledger rows."""

import pandas as pd
import pytest

from resultatbok.release.ledger import Ledger, row
from resultatbok.settings import DisclosurePolicy
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

EN = Wording("en")


@pytest.fixture
def shown():
    rows = [
        row("share", 0.5, scheme=scheme, group=f"education={level}", term="goal_attainment", n=n)
        for level, n in (("good_general", 100), ("little_or_none", 4))
        for scheme in ("jobbsjansen", "introduction")
    ]
    return Ledger(DisclosurePolicy()).record("x", pd.DataFrame(rows))


def test_ledger_rows_become_lines_and_columns_in_their_order(shown):
    table = from_rows(shown, EN, index="education", columns="scheme", cell="percent")
    assert [c.header for c in table.columns] == ["Level of education", "Jobbsjansen", "Introduction programme"]
    assert table.rows == [["Good general education", "50%", "50%"], ["Little or no schooling", ":", ":"]]


def test_a_hidden_cell_is_explained_below(shown):
    table = from_rows(shown, EN, index="education", columns="scheme", cell="percent")
    assert table.note.startswith(": The number cannot be published")
    assert from_rows(shown.head(2), EN, index="education", columns="scheme").note == ""


def test_a_missing_combination_is_empty_and_the_whole_is_called_all(shown):
    whole = shown.head(1).assign(group="")
    rows = pd.concat([shown.head(2), whole])
    table = from_rows(rows, EN, index="education", columns="scheme", cell="percent", decimals=1)
    assert table.rows[1] == ["All", "50.0%", ""]


def test_cells_may_be_formatted_by_column_or_by_a_function(shown):
    rows = shown.head(1).assign(statistic="mean")
    rows = pd.concat([shown.head(1), rows])
    named = from_rows(
        rows, EN, index="education", columns="statistic", cell={"share": "percent", "mean": "coefficient"}
    )
    assert named.rows[0][1:] == ["50%", "0.50"]
    own = from_rows(shown.head(1), EN, index="term", columns=["scheme"], cell=lambda r: f"n={r['n']:.0f}")
    assert own.rows == [["Goal attainment", "n=100"]]


def test_labels_and_headers_can_be_replaced(shown):
    table = from_rows(
        shown.head(1), EN, index="education", columns="scheme", headers={"education": "E"}, labels={"jobbsjansen": "J"}
    )
    assert [c.header for c in table.columns] == ["E", "J"]


def test_rows_that_share_a_cell_are_refused(shown):
    with pytest.raises(ValueError, match=r"2 rows share a cell: .* are too few"):
        from_rows(shown, EN, index="education", columns="term")
