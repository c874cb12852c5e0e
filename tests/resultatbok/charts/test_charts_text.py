import pytest
from hypothesis import given
from hypothesis import strategies as st

from resultatbok.charts.text import longest_word, text_height, text_width, wrap

WORDS = st.lists(st.text("abcdefghijklmnopqrstuvwxyzæøå", min_size=1, max_size=30), min_size=1, max_size=8)


def test_a_bold_text_is_wider():
    assert text_width("Introduksjonsprogrammet", 10, bold=True) > text_width("Introduksjonsprogrammet", 10)


def test_width_is_that_of_the_widest_line():
    assert text_width("kort\nen mye lengre linje", 10) == text_width("en mye lengre linje", 10)


def test_width_and_height_grow_with_the_size():
    assert text_width("tiltak", 20) == pytest.approx(2 * text_width("tiltak", 10), rel=0.01)
    assert text_height("to\nlinjer", 10) == 2 * text_height("en linje", 10)


@given(WORDS)
def test_no_line_is_wider_than_its_room(words):
    assert text_width(wrap(" ".join(words), 1.5, 9), 9) <= 1.5


@given(WORDS)
def test_wrapping_keeps_every_letter(words):
    wrapped = wrap(" ".join(words), 1.5, 9)
    assert wrapped.replace("\n", "").replace("-", "").replace(" ", "") == "".join(words)


def test_a_text_that_fits_is_left_alone():
    assert wrap("Kvinner", 2, 10) == "Kvinner"


def test_a_line_breaks_after_a_slash_between_words():
    assert wrap("Ordinært arbeid/Deltidsarbeid", 1.4, 10) == "Ordinært arbeid/\nDeltidsarbeid"


def test_a_short_compound_is_not_broken_at_its_hyphen():
    assert wrap("Arbeidsmarkedsopplæring (AMO-kurs)", 2.2, 10) == "Arbeidsmarkedsopplæring\n(AMO-kurs)"


def test_a_soft_hyphen_shows_only_where_the_line_breaks():
    assert wrap("arbeids\u00adrettet", 0.9, 10) == "arbeids-\nrettet"
    assert wrap("arbeids\u00adrettet", 2, 10) == "arbeidsrettet"


def test_a_dollar_sign_is_no_formula():
    assert text_width("$a$", 10) > text_width("a", 10)


def test_longest_word_counts_parts_between_breaks():
    assert longest_word("en arbeids\u00adrettet pakke", 10) == text_width("arbeids", 10)
    assert longest_word("", 10) == 0
