"""Tables as the page and the PDF get them."""

import pytest
from bs4 import BeautifulSoup

from resultatbok.tables.table import Column, Table


@pytest.fixture
def table():
    columns = [Column("Level", numeric=False), Column("2017"), Column("2018")]
    return Table(columns, [["Low", "1", "2"], ["High", "3", ":"], ["All", "4", "5"]], group_rows={1: "Upper"}, note="n")


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
