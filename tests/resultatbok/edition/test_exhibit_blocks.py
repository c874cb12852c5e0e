import nbformat
import pytest
import yaml
from nbformat.v4 import new_output

from resultatbok.edition.exhibit_blocks import EXHIBIT_MIME, ExhibitError, read_exhibit

FIGURE = {
    "kind": "figure",
    "key": "share_by_scheme",
    "caption": 'Share: "who"\nattained',
    "alt": "Bars: 42 %",
    "svg": "<svg/>",
    "csv": "share_by_scheme.csv",
    "csv_text": "a,b\n",
}
TABLE = FIGURE | {"kind": "table", "svg": None, "html": None}
TABLE_HTML = '<div><table class="x"><caption>C</caption><tr><td>1</td></tr></table>\n<p class="table-note">Note</p>'


def output(content: dict[str, object], **data: str) -> nbformat.NotebookNode:
    return new_output("display_data", {EXHIBIT_MIME: content} | data)


def test_other_outputs_hold_no_exhibit() -> None:
    assert read_exhibit(new_output("stream", text="hello")) is None
    assert read_exhibit(new_output("display_data", {"text/html": TABLE_HTML})) is None


def test_a_figure_becomes_a_directive_whose_options_are_valid_yaml() -> None:
    exhibit = read_exhibit(output(FIGURE))
    assert exhibit is not None
    first, *options, last = exhibit.block().splitlines()
    assert (first, last) == ("```{exhibit} figure", "```")
    assert yaml.safe_load("\n".join(line[1:] for line in options)) == {
        "name": "fig-share-by-scheme",
        "body": "assets/share_by_scheme.svg",
        "alt": "Bars: 42 %",
        "csv": "data/share_by_scheme.csv",
        "caption": 'Share: "who" attained',
    }


def test_a_caption_is_one_line_and_keeps_its_no_break_spaces() -> None:
    exhibit = read_exhibit(output({**FIGURE, "caption": " Lines are\n95\u00a0%  intervals ", "alt": "A: 4\u00a0%\n"}))
    assert exhibit is not None
    assert exhibit.caption == "Lines are 95\u00a0% intervals"
    assert exhibit.alt == "A: 4\u00a0%"


def test_a_table_keeps_its_note_and_loses_its_caption() -> None:
    exhibit = read_exhibit(output(TABLE, **{"text/html": TABLE_HTML}))
    assert exhibit is not None
    assert exhibit.label == "tab-share-by-scheme"
    assert exhibit.body == '<table class="x"><tr><td>1</td></tr></table>\n<p class="table-note">Note</p>'


def test_the_exhibit_s_own_table_wins_over_the_one_for_jupyter() -> None:
    exhibit = read_exhibit(output(TABLE | {"html": "<table>own</table>"}, **{"text/html": TABLE_HTML}))
    assert exhibit is not None
    assert exhibit.body == "<table>own</table>"


def test_the_words_are_those_of_the_language_asked_for() -> None:
    words = {"en": {"caption": "Share", "alt": "42%"}, "nb": {"caption": "Andel", "alt": "42 %"}}
    for language, own in words.items():
        exhibit = read_exhibit(output(FIGURE | {"languages": words}), language)
        assert exhibit is not None
        assert (exhibit.caption, exhibit.alt) == (own["caption"], own["alt"])


def test_an_interactive_chart_is_a_file_beside_the_drawing_with_the_same_bytes_each_time() -> None:
    for spec in ({"a": 1, "b": "ø"}, {"b": "ø", "a": 1}):
        exhibit = read_exhibit(output(FIGURE | {"interactive": spec}))
        assert exhibit is not None
        assert ':spec: "assets/share_by_scheme.json"' in exhibit.block()
        assert exhibit.files() == {
            "assets/share_by_scheme.svg": "<svg/>",
            "assets/share_by_scheme.json": '{"a":1,"b":"ø"}',
        }


def test_a_figure_without_an_interactive_chart_has_no_such_file() -> None:
    exhibit = read_exhibit(output(FIGURE))
    assert exhibit is not None
    assert "spec" not in exhibit.block()
    assert list(exhibit.files()) == ["assets/share_by_scheme.svg"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "Share By"}, "exhibit key 'Share By'"),
        ({"kind": "picture"}, "kind is 'picture'"),
        ({"caption": " "}, "caption is empty"),
        ({"alt": ""}, "alt is empty"),
        ({"svg": None}, "svg is empty"),
        ({"csv_text": ""}, "csv_text is empty"),
        ({"kind": "table"}, "no HTML table"),
    ],
)
def test_an_exhibit_that_lacks_a_part_is_refused(change: dict[str, object], message: str) -> None:
    with pytest.raises(ExhibitError, match=message):
        read_exhibit(output(FIGURE | change))


@pytest.mark.parametrize("part", ["caption", "alt"])
def test_a_sign_that_no_page_can_show_is_named(part: str) -> None:
    with pytest.raises(ExhibitError, match=rf"share_by_scheme: {part} holds the sign U\+202E"):
        read_exhibit(output(FIGURE | {part: "a\u202eb"}))
