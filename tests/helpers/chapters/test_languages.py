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
        ("A2 or higher", "A2 or higher"),
        ("West Asia or Europe", "West Asia or Europe"),
        ("Vest-Asia", "Vest-Asia"),
        ("Afrika sør for Sahara", "Afrika sør for Sahara"),
        ("Asia for øvrig", "Asia for øvrig"),
        ("Other parts of Asia", "other parts of Asia"),
        ("From Syria", "from Syria"),
        ("The Middle East", "the Middle East"),
        ("Stateless", "stateless"),
        ("Jobbsjansen-prosjekt A", "Jobbsjansen-prosjekt A"),
    ],
)
def test_only_abbreviations_levels_and_proper_names_keep_their_capital(name: str, inside: str) -> None:
    assert inside_sentence(name) == inside
