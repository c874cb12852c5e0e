import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from helpers.edition.glue import glue_output, glued, missing_keys, used_keys, with_formats

PREFIX = "application/papermill.record/"


def output(key: str, stored: str, prefix: str = PREFIX) -> object:
    metadata = {"scrapbook": {"name": key, "mime_prefix": prefix}}
    return new_output("display_data", {f"{prefix}text/plain": stored}, metadata=metadata)


@pytest.mark.parametrize(
    ("stored", "text"),
    [
        ("'73\\xa0%'", "73\u00a0%"),  # as myst_nb.glue stores a string
        ("73\u00a0%", "73\u00a0%"),  # as plain text
        ("0.10", "0.10"),  # neither a number that loses its zero
        ("0,10", "0,10"),  # nor a tuple
        ("it's", "it's"),
        ("", ""),
    ],
)
def test_glued_text_is_read_letter_for_letter(stored: str, text: str) -> None:
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output("key", stored)])])
    assert glued(notebook) == {"key": text}


def test_a_glued_value_that_is_displayed_counts_too() -> None:
    notebook = new_notebook(cells=[new_code_cell("", outputs=[output("key", "'shown'", prefix="")])])
    assert glued(notebook) == {"key": "shown"}


@pytest.mark.parametrize("text", ["0.10", "0,10", "73\u00a0%", "it's", '"quoted"', "−0.4", "a\\b"])
def test_myst_nb_gives_staged_text_back_letter_for_letter(text: str) -> None:
    from myst_nb.core.variables import format_plain_text

    stored = glue_output("key", text).data[f"{PREFIX}text/plain"]
    assert format_plain_text(stored, "s") == text


def test_keys_are_found_in_roles_and_directives() -> None:
    prose = "A {glue:text}`one` and {glue}`two` and {glue:text}`other.ipynb::three:s`.\n\n```{glue:figure} four\n```\n"
    assert list(used_keys(prose)) == [(None, "one"), (None, "two"), ("other.ipynb", "three"), (None, "four")]


def test_a_key_that_no_cell_glued_is_named_with_its_chapter() -> None:
    keys = {"here": {"one"}, "there": {"two"}}
    prose = "{glue:text}`one` {glue:text}`missing` {glue:text}`there.ipynb::two` {glue:text}`there.ipynb::one:s`"
    problems = list(missing_keys("here", prose, keys))
    assert problems == [
        "glue key 'missing' is used, but no cell of this chapter glues it",
        "glue key 'one' is used, but no cell of chapter there glues it",
    ]


def test_a_key_from_a_page_that_is_no_chapter_is_named() -> None:
    assert "is not a chapter" in next(iter(missing_keys("here", "{glue:text}`gone.ipynb::one`", {"here": set()})))


def test_text_from_another_page_gets_the_format_that_myst_nb_needs() -> None:
    assert with_formats("{glue:text}`a.ipynb::k`") == "{glue:text}`a.ipynb::k:s`"
    assert with_formats("{glue:text}`a.ipynb::k:s`") == "{glue:text}`a.ipynb::k:s`"
    assert with_formats("{glue:text}`k`") == "{glue:text}`k`"
