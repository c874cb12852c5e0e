import json
import shutil
from pathlib import Path

import pytest
import typst

from helpers.report import REPORT
from resultatbok.edition.errors import BuildError
from resultatbok.edition.pdf import PDF_ASSETS, compile_typst, metadata
from resultatbok.edition.site import BookSettings
from resultatbok.edition.typst_source import typst_source
from resultatbok.edition.words import WORDS


def typst_of(tmp_path: Path, body: str) -> str:
    return typst_source(f"<html><body>{body}</body></html>", tmp_path / "pandoc")


def test_headings_carry_sphinx_s_numbers_and_chapters_are_at_the_top_level(tmp_path: Path) -> None:
    made = typst_of(
        tmp_path,
        '<section id="book"><h1>Book</h1><h2>About</h2><div class="toctree-wrapper"><span id="document-one"></span>'
        '<section id="one"><h2><span class="section-number">1 </span>One</h2>'
        '<section><h3><span class="section-number">1.2 </span>Part</h3></section></section></div></section>',
    )
    assert '#numbered-heading(1, "")[Book]' in made
    assert '#numbered-heading(2, "")[About]' in made
    assert '#numbered-heading(1, "1")[One]' in made
    assert '#numbered-heading(2, "1.2")[Part]' in made


def test_a_figure_has_number_caption_alt_text_and_label(tmp_path: Path) -> None:
    made = typst_of(
        tmp_path,
        '<p><a href="index.html#fig-x">Figure 3.1</a></p><figure id="fig-x"><figcaption><p>'
        '<span class="caption-number">Figure 3.1 </span><span class="caption-text">A <em>caption</em></span></p>'
        '</figcaption><img alt="Two &quot;bars&quot;" src="_images/x.svg"></figure>',
    )
    assert '#link(label("fig-x"))[Figure 3.1]' in made
    assert (
        '#exhibit(kind: image, supplement: "Figure", number: "3.1", caption: [A #emph[caption]], name: "fig-x")' in made
    )
    assert '#drawing("_images/x.svg", "Two \\"bars\\"")' in made


def test_a_table_keeps_header_alignment_groups_and_note(tmp_path: Path) -> None:
    made = typst_of(
        tmp_path,
        '<figure id="tab-x"><figcaption><p><span class="caption-number">Tabell 2.4 </span>'
        '<span class="caption-text">T</span></p></figcaption><div><table><thead><tr><th>Term</th>'
        '<th class="numeric">Odds</th></tr></thead><tbody><tr class="group-row"><th colspan="2">Group</th></tr>'
        '<tr><th scope="row">Man</th><td class="numeric">1.2</td></tr></tbody></table></div><p>Note</p></figure>',
    )
    assert 'kind: table, supplement: "Tabell", number: "2.4"' in made
    assert "table.header(\n  table.cell(align: left)[#strong[Term]], table.cell(align: right)[#strong[Odds]]" in made
    assert "table.header(level: 2, table.cell(align: left, colspan: 2)[#strong[Group]])" in made
    assert "table.cell(align: left)[Man], table.cell(align: right)[1.2]" in made
    assert "#table-note[Note]" in made


def test_columns_are_told_what_they_hold_and_numbers_count_as_unbroken(tmp_path: Path) -> None:
    rows = "".join(f'<tr><td>Row {i}</td><td class="numeric">{i} (0 to 9)</td></tr>' for i in range(9))
    made = typst_of(
        tmp_path,
        f"<table><thead><tr><th>Who</th><th>How many, interval</th></tr></thead><tbody>{rows}"
        '<tr><td>An exceptional row</td><td class="numeric"></td></tr></tbody></table>',
    )
    assert '(heading: "Who", word: "exceptional", line: "Row ' in made
    assert 'longest: "An exceptional row")' in made
    assert '(heading: "How many, interval", word: "' in made
    assert made.count('(0 to 9)", ') == 2  # as word and as line


def column_widths(tmp_path: Path, room: str, columns: str) -> list[float]:
    shutil.copy(PDF_ASSETS / "report.typ", tmp_path)
    (tmp_path / "main.typ").write_text(
        f'#import "report.typ": *\n#context [#metadata(column-widths({room}, 5pt, {columns}).map(repr)) <widths>]'
    )
    (found,) = json.loads(typst.query(str(tmp_path / "main.typ"), "<widths>", field="value", root=str(tmp_path)))
    return [float(width.removesuffix("pt")) if width != "auto" else 0.0 for width in found]


TEXT = (
    '(heading: "Method", word: "neighbour", line: "Nearest neighbour matching", longest: "Nearest neighbour matching")'
)
NUMBER = '(heading: "Participants in Jobbsjansen", word: "7,716 (1,404)", line: "451 (313)", longest: "7,716 (1,404)")'


def test_columns_have_their_own_widths_where_they_fit(tmp_path: Path) -> None:
    assert column_widths(tmp_path, "400pt", f"({TEXT}, {NUMBER})") == [0, 0]


@pytest.mark.parametrize("room", [160, 200, 240])
def test_columns_fill_a_narrow_page_and_no_word_sticks_out(tmp_path: Path, room: int) -> None:
    text, number = column_widths(tmp_path, f"{room}pt", f"({TEXT}, {NUMBER})")
    assert text + number == pytest.approx(room)
    assert text > 9 * 5  # more than the word
    assert number > 60


def test_a_formula_is_set_from_its_source_with_alternative_text(tmp_path: Path) -> None:
    from resultatbok.edition.extensions.mathml import to_mathml

    formula = to_mathml(r"\beta_0", display=False)
    made = typst_of(tmp_path, f"<p>{formula}</p>")
    assert '#formula(false, "\\\\beta_0", $beta_0$)' in made


def test_a_link_to_nowhere_stays_text(tmp_path: Path) -> None:
    assert typst_of(tmp_path, '<p><a href="#gone">words</a></p>').rstrip().endswith("words")


def test_an_identifier_that_two_chapters_share_is_given_once(tmp_path: Path) -> None:
    made = typst_of(
        tmp_path, '<a href="#s">x</a><section id="s"><h2>A</h2></section><section id="s"><h2>B</h2></section>'
    )
    assert made.count('#label("s")') == 1


def book(title: str, synthetic: bool) -> BookSettings:
    notice = REPORT.notices["nb"] if synthetic else ("", "")
    return BookSettings(title, "tiny", notice, WORDS["nb"], "Resultatbok 1", "x.pdf")


def test_the_question_is_the_title_and_the_rest_the_subtitle() -> None:
    meta = metadata(book("Why? Because 2018", synthetic=True))
    assert (meta["title"], meta["subtitle"]) == ("Why?", "Because 2018")
    assert metadata(book("Only a title", synthetic=True))["subtitle"] == ""


def test_the_cover_says_that_data_are_synthetic_only_when_they_are() -> None:
    assert "syntetiske" in metadata(book("T", synthetic=True))["notice"]
    assert metadata(book("T", synthetic=False))["notice"] == ""


def test_the_compiler_refuses_a_figure_without_alternative_text(tmp_path: Path) -> None:
    (tmp_path / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')
    (tmp_path / "main.typ").write_text('#set document(title: "T")\n#image("x.svg")')
    with pytest.raises(BuildError, match="alt text"):
        compile_typst(tmp_path / "main.typ")


BOOK = (
    '<section id="book"><h1>Book</h1><p><a href="#two">on</a></p><div class="toctree-wrapper">'
    '<span id="document-one"></span><section id="one"><h2>One</h2><p>Text <a href="#two">on</a></p></section>'
    '<span id="document-two"></span><section id="two"><h2>Two</h2><p><a href="#gone">off</a></p></section>'
    "</div></section>"
)


def test_links_between_chapters_that_are_converted_apart_lead_somewhere(tmp_path: Path) -> None:
    made = typst_of(tmp_path, BOOK)
    assert made.count('#link(label("two"))') == 2
    assert made.count('#label("two")') == 1
    assert "gone" not in made


def test_only_the_chapter_that_changed_is_converted_again(tmp_path: Path) -> None:
    typst_of(tmp_path, BOOK)
    before = {file.name for file in (tmp_path / "pandoc").iterdir()}
    made = typst_of(tmp_path, BOOK.replace("Text", "Words"))
    after = {file.name for file in (tmp_path / "pandoc").iterdir()}
    assert len(before) == len(after) == 3
    assert len(before & after) == 2
    assert "Words" in made and "Text" not in made
