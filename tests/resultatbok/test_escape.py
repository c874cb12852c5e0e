import csv
import io
import json

import pandas as pd
import pytest
from hostile import HOSTILE
from markdown_it import MarkdownIt

from resultatbok.escape import csv_text, json_in_html, markdown


def test_a_spreadsheet_finds_no_formula_and_numbers_stay_numbers() -> None:
    texts = ["=1+1", "+1|x", "-1+2", "@SUM(1)", "\tx", "plain", "a=b", ""]
    table = pd.DataFrame({"text": texts, "number": [-0.5, *[float("nan")] * 7], "mixed": [-1, "=x", None, *"abcde"]})
    rows = list(csv.reader(io.StringIO(csv_text(table), newline="")))
    assert [row[0] for row in rows[1:]] == ["'=1+1", "'+1|x", "'-1+2", "'@SUM(1)", "'\tx", "plain", "a=b", ""]
    assert [row[1] for row in rows[1:3]] == ["-0.5", ""]
    assert [row[2] for row in rows[1:4]] == ["-1", "'=x", ""]


@pytest.mark.parametrize("number", ["-200000", "+1.5", "-1,234.5", "-"])
def test_a_number_with_its_sign_is_no_formula(number: str) -> None:
    assert csv_text(pd.DataFrame({"a": [number]})) == pd.DataFrame({"a": [number]}).to_csv(index=False)


def test_a_table_without_text_is_written_as_ever() -> None:
    table = pd.DataFrame({"a": [1, -2], "b": [True, False]})
    assert csv_text(table) == table.to_csv(index=False, lineterminator="\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_shows_text_letter_for_letter(text: str) -> None:
    (paragraph,) = (token for token in MarkdownIt().parse(markdown(text)) if token.type == "inline")
    assert "".join(token.content for token in paragraph.children or []).strip() == text.strip()
    assert {token.type for token in paragraph.children or []} <= {"text", "text_special"}


@pytest.mark.parametrize("text", HOSTILE)
def test_json_in_a_page_ends_no_element_and_says_the_same(text: str) -> None:
    inside = json_in_html(json.dumps({text: text}))
    assert "<" not in inside
    assert json.loads(inside) == {text: text}
