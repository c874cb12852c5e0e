import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from resultatbok.edition.contents import used_keys
from resultatbok.edition.glue import PHRASES_MIME, TwoTexts, glue_output, missing_keys, phrases, with_formats

PREFIX = "application/papermill.record/"


def handing_over(**texts: dict[str, str]) -> object:
    return new_notebook(cells=[new_code_cell("", outputs=[new_output("display_data", {PHRASES_MIME: texts})])])


def test_phrases_are_read_in_the_language_that_is_asked_for() -> None:
    notebooks = [handing_over(share={"en": "73%", "nb": "73 %"}), handing_over(only={"en": "x"})]
    assert phrases(notebooks, "en") == {"share": "73%", "only": "x"}
    assert phrases(notebooks, "nb") == {"share": "73 %"}


def test_one_phrase_with_two_texts_is_refused() -> None:
    with pytest.raises(TwoTexts, match="'n_projects': '414' and '239'"):
        phrases([handing_over(n_projects={"en": "414"}), handing_over(n_projects={"en": "239"})], "en")


@pytest.mark.parametrize("text", ["0.10", "0,10", "73\u00a0%", "it's", '"quoted"', "−0.4", "a\\b"])
def test_myst_nb_gives_staged_text_back_letter_for_letter(text: str) -> None:
    from myst_nb.core.variables import format_plain_text

    stored = glue_output("key", text).data[f"{PREFIX}text/plain"]
    assert format_plain_text(stored, "s") == text


def test_keys_are_found_in_roles_and_directives() -> None:
    prose = "A {glue:text}`one` and {glue}`two` and {glue:text}`other.ipynb::three:s`.\n\n```{glue:figure} four\n```\n"
    assert list(used_keys(prose)) == [(None, "one"), (None, "two"), ("other", "three"), (None, "four")]


def test_a_key_that_nothing_makes_is_named() -> None:
    prose = "{glue:text}`one` {glue:text}`missing` {glue:text}`there.ipynb::one` {glue:text}`there.ipynb::two:s`"
    assert list(missing_keys(used_keys(prose), {"one": "1"}, {"here", "there"})) == [
        "glue key 'missing' is used, but no exhibit makes it",
        "glue key 'two' is used, but no exhibit makes it",
    ]


def test_a_key_from_a_page_that_is_no_chapter_is_named() -> None:
    problems = missing_keys(used_keys("{glue:text}`gone.ipynb::one`"), {"one": "1"}, {"here"})
    assert "is not a chapter" in next(iter(problems))


def test_text_from_another_page_gets_the_format_that_myst_nb_needs() -> None:
    assert with_formats("{glue:text}`a.ipynb::k`") == "{glue:text}`a.ipynb::k:s`"
    assert with_formats("{glue:text}`a.ipynb::k:s`") == "{glue:text}`a.ipynb::k:s`"
    assert with_formats("{glue:text}`k`") == "{glue:text}`k`"
