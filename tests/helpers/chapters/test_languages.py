"""What an exhibit says in each language beyond its messages: the coding tables, and names inside sentences."""

import pytest

from helpers.chapters.appendix.appendix import municipal_sources, variables
from helpers.chapters.common.tell import inside_sentence
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.project import Language
from resultatbok.release.ledger import Ledger
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording


def desk(study: Study, language: Language) -> Desk:
    return Desk(study, Ledger(DisclosurePolicy()), Wording(language))


def cells(exhibit: Exhibit) -> set[str]:
    assert exhibit.table is not None
    return {cell for line in exhibit.table.rows for cell in line}


@pytest.mark.parametrize(
    ("language", "meaning", "unit"), [("en", "Calendar year", "persons"), ("nb", "Kalenderår", "personer")]
)
def test_variables_are_explained_in_the_language(
    small_study: Study, language: Language, meaning: str, unit: str
) -> None:
    assert {meaning, unit} <= cells(variables(desk(small_study, language)))


@pytest.mark.parametrize(("language", "unit"), [("en", "percent"), ("nb", "prosent")])
def test_units_of_the_sources_are_in_the_language(small_study: Study, language: Language, unit: str) -> None:
    assert unit in cells(municipal_sources(desk(small_study, language)))


def test_every_variable_has_a_norwegian_meaning(small_study: Study) -> None:
    english, norwegian = (variables(desk(small_study, language)).rows for language in ("en", "nb"))
    assert len(norwegian) == len(english)
    assert (norwegian["meaning_nb"] != "").all()
    assert ((norwegian["unit_nb"] != "").to_numpy() == (english["unit"] != "").to_numpy()).all()


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
