"""What holds for every exhibit, whatever it shows."""

import math
import re
from collections.abc import Mapping
from types import SimpleNamespace

import pandas as pd
import pytest
from one_number import contradictions
from support import GivenRows
from whole_book import Book

from helpers.report import REPORT
from helpers.study.study import Study
from resultatbok.edition.numbers import LanguageInNumbers, kept_rows, true_rows
from resultatbok.exhibits.exhibit import Context, Exhibit
from resultatbok.exhibits.registry import Declaration, declared
from resultatbok.release.disclosure import suppress
from resultatbok.release.released import NoMicrodata, Settings
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

DECLARED = [found for found in declared(REPORT.chapters).exhibits.values() if not found.several]


@pytest.fixture(scope="module")
def study(book: Book) -> Study:
    """The study of the book's cohort."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(book.root)  # the registers that the build read are kept there
        opened = Study.open(book.cohort_file.relative_to(book.root))
        assert len(opened.participants)
    return opened


@pytest.fixture(scope="module")
def true(book: Book, study: Study, small_study: Study) -> dict[str, Mapping[str, pd.DataFrame]]:
    """The true rows of every exhibit, as the build kept them; what compares with a report is of a cohort that does."""
    compared = {d.owner: true_rows(d, small_study) for d in DECLARED if d.about_released}
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(book.root)
        return compared | {d.owner: kept_rows(REPORT, d, study) for d in DECLARED if not d.about_released}


@pytest.fixture(scope="module")
def made(
    true: dict[str, Mapping[str, pd.DataFrame]], study: Study, small_study: Study
) -> dict[tuple[str, str], Exhibit]:
    """Every exhibit of a small cohort in each language, from released rows: no page half gets data or a fit."""
    exhibits = {}
    for declaration in DECLARED:
        of = small_study if declaration.about_released else study
        page = Settings(of.cohort, of.questionnaire)
        (make,) = declaration.makers(Context(page, GivenRows({}), Wording("en")))
        rows = GivenRows({key: suppress(own, DisclosurePolicy()) for key, own in true[declaration.owner].items()})
        for language in ("en", "nb"):
            exhibits[declaration.owner, language] = make(Context(page, rows, Wording(language)))
    return exhibits


@pytest.mark.parametrize("asked", ["registers", "participants", "individual_model"])
def test_a_page_half_that_asks_for_data_or_a_fit_is_refused(small_study: Study, asked: str) -> None:
    with pytest.raises(NoMicrodata, match=asked):
        getattr(Settings(small_study.cohort), asked)


def test_a_numbers_function_that_asks_for_words_is_refused(small_study: Study) -> None:
    def worded(context: Context) -> Exhibit:
        context.ledger.rows_of("worded", lambda: context.words.text("People"))

    with pytest.raises(LanguageInNumbers, match="'text'"):
        true_rows(SimpleNamespace(makers=lambda context: [worded]), small_study)


def ids(declaration: Declaration) -> str:
    return declaration.owner


def test_exhibits_are_found() -> None:
    assert len(DECLARED) > 100


def test_keys_are_unique(made: dict[tuple[str, str], Exhibit]) -> None:
    keys = [exhibit.key for (_, language), exhibit in made.items() if language == "en"]
    assert sorted(keys) == sorted(set(keys))


@pytest.mark.parametrize("language", ["en", "nb"])
@pytest.mark.parametrize("declaration", DECLARED, ids=ids)
def test_texts_are_complete(made: dict[tuple[str, str], Exhibit], declaration: Declaration, language: str) -> None:
    exhibit = made[declaration.owner, language]
    table = exhibit.table.html() if exhibit.table else ""
    for text in (exhibit.caption, exhibit.alt, table, *exhibit.phrases.values()):
        assert not re.search(r"\{\w+\}|\bnan\b|\bNone\b|\binf\b", text)
    assert all(text.strip() for text in exhibit.phrases.values())
    for text in (exhibit.caption, exhibit.alt, *exhibit.phrases.values()):
        assert not re.search(r"(^|[\s(]):([\s,.;)%]|$)", text), "a hidden number in a sentence is said in words"


@pytest.mark.parametrize("declaration", DECLARED, ids=ids)
def test_the_numbers_are_the_same_in_both_languages(
    made: dict[tuple[str, str], Exhibit], declaration: Declaration
) -> None:
    english, norwegian = made[declaration.owner, "en"], made[declaration.owner, "nb"]
    if "value" in english.rows and "exhibit" in english.rows:
        assert english.rows["value"].equals(norwegian.rows["value"])
    assert set(english.phrases) == set(norwegian.phrases)


def test_one_number_has_one_interval_wherever_it_is_printed(true: dict[str, Mapping[str, pd.DataFrame]]) -> None:
    """In both books: the exhibits of the evaluation's book are made for this cohort, too."""
    rows = pd.concat([own for made in true.values() for own in made.values()])
    assert contradictions(rows) == []


@pytest.mark.parametrize("declaration", DECLARED, ids=ids)
def test_a_hidden_number_is_in_no_text(made: dict[tuple[str, str], Exhibit], declaration: Declaration) -> None:
    """Where a row is hidden, its numbers are gone, so that nothing made of the rows can tell them."""
    rows = made[declaration.owner, "en"].rows
    if "suppressed" in rows:
        hidden = rows[rows["suppressed"]]
        assert hidden[["value", "n", "std_error", "low", "high"]].isna().all(axis=None)
        assert all(math.isfinite(value) for value in rows.loc[~rows["suppressed"], "value"])


@pytest.mark.parametrize("declaration", DECLARED, ids=ids)
def test_no_municipality_can_be_recognised(
    made: dict[tuple[str, str], Exhibit], declaration: Declaration, study: Study
) -> None:
    exhibit = made[declaration.owner, "en"]
    text = " ".join([exhibit.rows.to_csv(), exhibit.caption, exhibit.alt, *exhibit.phrases.values()])
    municipalities = study.registers.municipalities
    assert not [name for name in municipalities["name"] if re.search(rf"\b{re.escape(name)}\b", text)]
    numbers = set(study.participants["municipality"])
    assert not numbers & set(re.findall(r"(?<![\d.,])\d{4}(?![\d.,])", text))
