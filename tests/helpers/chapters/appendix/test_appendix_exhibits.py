"""The tables of the appendix say what their rows and the coding tables say, in the reader's language."""

import pandas as pd
import pytest
from invented_pages import LANGUAGES, cohort, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.appendix import exhibits
from resultatbok.exhibits.declaration import Page, Table
from resultatbok.project import Language
from resultatbok.words.wording import Wording

FINDINGS = (
    {"statistic": "share", "value": 0.32, "scheme": "introduction", "group": "age=under_25",
     "term": "participant_share"},
    {"statistic": "share", "scheme": "jobbsjansen", "group": "age=under_25", "term": "participant_share"},
    {"statistic": "mean", "value": 55335.2, "scheme": "jobbsjansen", "term": "population"},
    {"statistic": "coefficient", "value": -0.494, "scheme": "introduction", "group": "model=individual",
     "term": "measure_norwegian_training"},
    {"statistic": "p_value", "value": 0.0004, "scheme": "introduction", "group": "model=individual",
     "term": "measure_norwegian_training"},
    {"statistic": "converged", "value": 0.0, "scheme": "jobbsjansen", "group": "model=individual"},
    {"statistic": "coefficient", "value": 1.25, "group": "model=municipality;version=with_population",
     "term": "municipality_population"},
    {"statistic": "p_value", "value": 0.15, "group": "model=municipality;version=with_population",
     "term": "municipality_population"},
    {"statistic": "converged", "value": 0.0, "group": "model=project;version=with_total_wage_costs"},
    {"statistic": "count", "value": 1, "group": "model=individual;version=without_scheme",
     "term": "terms_changing_significance"},
)  # fmt: skip
CODED: tuple[Table, ...] = (
    exhibits.end_reasons,
    exhibits.coding_characteristics,
    exhibits.coding_measures,
    exhibits.variables,
    exhibits.municipal_sources,
    exhibits.glossary,
)


def coded(declared: Table, language: Language, **choices: object) -> Page:
    """The page of a coding table, under other coding choices if given."""
    settings = cohort()
    own = settings.model_copy(update={"coding": settings.coding.model_copy(update=choices)})
    assert declared.decisions is not None
    words = Wording(language, strict=True)
    return Page(declared.decisions(Page(pd.DataFrame(), words, own)), words, own)


def lines(declared: Table, language: Language, **choices: object) -> list[list[str]]:
    return [[cell.replace("\u200b", "") for cell in line] for line in
            declared.table(coded(declared, language, **choices)).rows]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_finding_has_its_number_its_p_value_or_no_model(language: Language, snapshot: SnapshotAssertion) -> None:
    table = exhibits.stated_table(page(language, *FINDINGS))
    assert ([column.header for column in table.columns], table.rows, table.note) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("declared", CODED, ids=lambda declared: declared.key)
def test_coding_tables_have_headings_and_begin_as_the_files_do(
    declared: Table, language: Language, snapshot: SnapshotAssertion
) -> None:
    table = declared.table(coded(declared, language))
    assert ([column.header for column in table.columns], table.rows[:3]) == snapshot


@pytest.mark.parametrize(("counted", "code"), [("missing", ""), ("not_attained", "0")])
def test_end_reasons_are_coded_by_the_cohorts_choice(counted: str, code: str) -> None:
    found = lines(exhibits.end_reasons, "en", end_reason_not_counted=counted, wage_subsidy_attains_goal=True)
    assert [line for line in found if line[0] == "Flyttet"] == [["Flyttet", code]]
    assert ["Arbeidssøker på lønnstilskudd (NAV)", "1"] in found


def test_end_reasons_are_counted_in_the_prose() -> None:
    given = coded(exhibits.end_reasons, "en")
    counts = {key: make(given) for key, make in exhibits.end_reasons.phrases.items()}
    attaining = sum(line[1] == "1" for line in lines(exhibits.end_reasons, "en"))
    assert counts == {"n_end_reasons": str(len(given.rows)), "n_attaining_reasons": str(attaining)}
    assert 0 < attaining < len(given.rows)


def test_a_characteristic_is_named_with_its_scheme_field_value_and_code() -> None:
    found = lines(exhibits.coding_characteristics, "en")
    assert ["High absence", "Jobbsjansen", "v5_1", "2 (10-19 %)", "1"] in found
    assert ["Country background", "Jobbsjansen", "Vest_Asia", "1", "West Asia"] in found


def test_the_four_tests_of_norwegian_are_one_line() -> None:
    fields = [line[2] for line in lines(exhibits.coding_characteristics, "en") if "PROVE_NORSK" in line[2]]
    assert set(fields) == {"PROVE_NORSK_…_Resultat"}


def test_no_line_of_a_coding_table_is_there_twice() -> None:
    for declared in CODED:
        found = [tuple(line) for line in lines(declared, "en")]
        assert len(found) == len(set(found)), declared.key


@pytest.mark.parametrize(
    ("language", "meaning", "unit"), [("en", "Calendar year", "persons"), ("nb", "Kalenderår", "personer")]
)
def test_variables_are_explained_in_the_language(language: Language, meaning: str, unit: str) -> None:
    assert {meaning, unit} <= {cell for line in lines(exhibits.variables, language) for cell in line}


@pytest.mark.parametrize(("language", "unit"), [("en", "percent"), ("nb", "prosent")])
def test_units_of_the_sources_are_in_the_language(language: Language, unit: str) -> None:
    assert unit in {line[1] for line in lines(exhibits.municipal_sources, language)}


def test_every_variable_has_a_norwegian_meaning() -> None:
    english, norwegian = (coded(exhibits.variables, language).rows for language in LANGUAGES)
    assert len(norwegian) == len(english)
    assert (norwegian["meaning_nb"] != "").all()
    assert ((norwegian["unit_nb"] != "").to_numpy() == (english["unit"] != "").to_numpy()).all()
