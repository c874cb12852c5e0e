"""What an exhibit says in each language beyond its messages: names inside sentences."""

import pandas as pd
import pytest

from helpers.chapters.common.tell import inside_sentence
from helpers.chapters.packages.packages import packages_finding
from resultatbok.project import Language
from resultatbok.words.wording import Wording


@pytest.mark.parametrize(("language", "name"), [("en", "(package 1)"), ("nb", "(pakke 1)")])
def test_a_package_has_a_small_letter_inside_a_sentence(language: Language, name: str) -> None:
    words = Wording(language)
    best = {"label": words.label("package=1"), "value": 0.8, "low": 0.7, "high": 0.9}
    worst = {"label": words.label("package=2"), "value": 0.6, "low": 0.5, "high": 0.6}
    assert name in packages_finding(words, pd.DataFrame([worst, best]), differ=True)


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
