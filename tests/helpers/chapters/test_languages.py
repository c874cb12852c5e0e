"""What an exhibit says in each language beyond its messages: names inside sentences."""

import pytest

from helpers.chapters.common.tell import inside_sentence


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Career guidance", "career guidance"),
        ("Norwegian online or by distance teaching", "Norwegian online or by distance teaching"),
        ("Norsk i grunnskoleopplæring for voksne", "norsk i grunnskoleopplæring for voksne"),
        ("Norskopplæring via nett", "norskopplæring via nett"),
        ("IKT-opplæring", "IKT-opplæring"),
    ],
)
def test_only_abbreviations_and_the_name_of_the_language_in_english_keep_their_capital(name: str, inside: str) -> None:
    assert inside_sentence(name) == inside
