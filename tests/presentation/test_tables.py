"""Tables as the page and the PDF get them."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from helpers.cohort import DisclosurePolicy
from helpers.presentation.ledger import Ledger, row
from helpers.presentation.tables import Column, Table, escaped, from_rows, with_caption
from helpers.presentation.wording import Wording

EN = Wording("en")


@pytest.fixture
def table():
    columns = [Column("Level", numeric=False), Column("2017"), Column("2018")]
    return Table(columns, [["Low", "1", "2"], ["High", "3", ":"], ["All", "4", "5"]], group_rows={1: "Upper"}, note="n")


@pytest.fixture
def shown():
    rows = [
        row("share", 0.5, scheme=scheme, group=f"education={level}", term="goal_attainment", n=n)
        for level, n in (("good_general", 100), ("little_or_none", 4))
        for scheme in ("jobbsjansen", "introduction")
    ]
    return Ledger(DisclosurePolicy()).record("x", pd.DataFrame(rows))


def cells(soup, selector):
    return [cell.get_text() for cell in soup.select(selector)]


def test_html_headers_carry_their_scope(table):
    soup = BeautifulSoup(table.html(), "html.parser")
    assert cells(soup, "thead th[scope=col]") == ["Level", "2017", "2018"]
    assert cells(soup, "tbody th[scope=row]") == ["Low", "High", "All"]
    assert cells(soup, "tbody td") == ["1", "2", "3", ":", "4", "5"]


def test_html_numbers_are_aligned_by_class_and_nothing_is_styled_inline(table):
    soup = BeautifulSoup(table.html(), "html.parser")
    assert len(soup.select("td.numeric")) == 6
    assert len(soup.select("th.numeric")) == 2
    assert soup.find(style=True) is None
    text = Table([Column("A", numeric=False), Column("B", numeric=False)], [["a", "b"]])
    assert "numeric" not in text.html()


def test_a_group_heading_opens_a_body_of_its_own(table):
    bodies = BeautifulSoup(table.html(), "html.parser").select("tbody")
    assert [len(body.select("tr")) for body in bodies] == [1, 3]
    heading = bodies[1].select_one("th[scope=rowgroup]")
    assert (heading.get_text(), heading["colspan"]) == ("Upper", "3")


def test_caption_and_note_are_written_and_escaped(table):
    soup = BeautifulSoup(table.html("A < B & C"), "html.parser")
    assert soup.caption.get_text() == "A < B & C"
    assert soup.select_one("p.table-note").get_text() == "n"
    assert BeautifulSoup(Table([Column("A")], [["<b>"]], 0).html(), "html.parser").td.get_text() == "<b>"


def test_without_caption_and_note_there_is_neither():
    soup = BeautifulSoup(Table([Column("A")], [["1"]]).html(), "html.parser")
    assert soup.caption is None
    assert soup.select_one("p") is None


def test_a_list_table_has_name_caption_and_a_line_per_cell(table):
    assert table.list_table("tab-x", "Levels by\nyear").splitlines() == [
        "```{list-table} Levels by year",
        ":name: tab-x",
        ":header-rows: 1",
        ":stub-columns: 1",
        ":class: resultatbok-table text-1",
        "",
        "* - Level",
        "  - 2017",
        "  - 2018",
        "* - Low",
        "  - 1",
        "  - 2",
        "* - **Upper**",
        "  - \u00a0",
        "  - \u00a0",
        "* - High",
        "  - 3",
        "  - \\:",
        "* - All",
        "  - 4",
        "  - 5",
        "```",
        "",
        "n",
    ]


def test_a_caption_goes_only_on_a_list_table(table):
    assert with_caption(table.markdown(), "tab-x", "Levels") == table.list_table("tab-x", "Levels")
    with pytest.raises(ValueError, match="expected a list-table"):
        with_caption("| a |", "tab-x", "Levels")


@pytest.mark.parametrize(
    "text",
    [
        "0.84***",
        "a_b_c",
        "[x](y)",
        "`x`",
        "1. first",
        "- 3",
        "+ 3",
        "+17",
        "−17",
        ":",
        "$x$",
        "<b>",
        "{x}",
        "# x",
        "a|b",
        "~~x~~",
    ],
)
def test_a_cell_is_printed_as_it_stands(text):
    inline = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    rendered = BeautifulSoup(inline.render(f"- {escaped(text)}"), "html.parser")
    assert rendered.get_text().strip() == text
    assert [tag.name for tag in rendered.find_all()] == ["ul", "li"]


def test_a_wide_table_is_split_with_its_row_headers_repeated(table):
    first, second = table.split(2)
    assert [c.header for c in first.columns] == ["Level", "2017"]
    assert [c.header for c in second.columns] == ["Level", "2018"]
    assert second.rows[1] == ["High", ":"]
    assert table.split(3) == [table]
    with pytest.raises(ValueError, match="no room"):
        table.split(1)


def test_the_first_rows_keep_their_headings(table):
    assert table.head(1).group_rows == {}
    assert table.head(2).group_rows == {1: "Upper"}


@pytest.mark.parametrize(
    ("rows", "options", "message"),
    [
        ([["a"]], {}, "row 0 has 1 cells, not 2"),
        ([["a", "b"]], {"row_headers": 3}, "3 row headers in a table of 2 columns"),
        ([["a", "b"]], {"group_rows": {1: "x"}}, r"group rows before rows \[1\]"),
    ],
)
def test_a_table_that_does_not_fit_together_is_refused(rows, options, message):
    with pytest.raises(ValueError, match=message):
        Table([Column("A"), Column("B")], rows, **options)


def test_ledger_rows_become_lines_and_columns_in_their_order(shown):
    table = from_rows(shown, EN, index="education", columns="scheme", cell="percent")
    assert [c.header for c in table.columns] == ["Level of education", "Jobbsjansen", "Introduction programme"]
    assert table.rows == [["Good general education", "50%", "50%"], ["Little or no schooling", ":", ":"]]


def test_a_hidden_cell_is_explained_below(shown):
    table = from_rows(shown, EN, index="education", columns="scheme", cell="percent")
    assert table.note.startswith(": The figure cannot be published")
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
