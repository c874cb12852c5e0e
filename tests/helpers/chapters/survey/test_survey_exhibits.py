from pathlib import Path

import pytest
from support import GivenRows, write_cohort

from helpers.chapters.survey import exhibits
from helpers.study.missing import MissingData
from helpers.study.study import Study
from resultatbok.edition.numbers import true_rows
from resultatbok.exhibits.exhibit import Context
from resultatbok.exhibits.registry import Declaration, declared
from resultatbok.release.disclosure import suppress
from resultatbok.release.ledger import Ledger
from resultatbok.release.released import Settings
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording
from synthesis.studies import write_studies

FILES = ("survey_statements", "survey_answers")


@pytest.fixture
def survey_cohort(small_cohort: Path, tmp_path: Path) -> Path:
    """The small cohort with a survey of projects."""
    write_studies(tmp_path)
    registers = small_cohort.parent / "registers"
    return write_cohort(
        tmp_path / "survey.yml", registers, studies={name: str(tmp_path / f"{name}.csv") for name in FILES}
    )


def open_desk(cohort: Path, language: str = "en") -> Context:
    return Context(Study.open(cohort), Ledger(DisclosurePolicy()), Wording(language))


@pytest.mark.parametrize("language", ["en", "nb"])
def test_every_question_of_the_file_has_a_figure(survey_cohort: Path, language: str) -> None:
    context = open_desk(survey_cohort, language)
    figures = [make(context) for make in exhibits.questions(context)]
    asked = context.study.questionnaire
    assert [figure.key for figure in figures] == [f"survey_{q}" for q in asked["question"].unique()]
    for figure in figures:
        assert asked.loc[asked["question"] == figure.key.removeprefix("survey_"), f"question_{language}"].iloc[0] in (
            figure.caption
        )


@pytest.mark.parametrize(
    "declaration",
    [declared("helpers.chapters").exhibits["survey_"], declared("helpers.chapters").phrases["survey_finding"]],
)
def test_pages_of_the_survey_need_released_rows_and_the_questionnaire(
    survey_cohort: Path, declaration: Declaration
) -> None:
    study = Study.open(survey_cohort)
    rows = {key: suppress(true, DisclosurePolicy()) for key, true in true_rows(declaration, study).items()}
    page = Context(Settings(study.cohort, study.questionnaire), GivenRows(rows), Wording("nb", strict=True))
    assert all(make(page) for make in declaration.makers(page))


def test_few_projects_are_told_in_counts(survey_cohort: Path) -> None:
    context = open_desk(survey_cohort)
    rows = exhibits.questions(context)[0](context).rows
    assert set(rows["statistic"]) == {"count"}
    per_bar = rows.groupby(rows["group"].str.replace(r";answer=\d", "", regex=True))["value"].sum()
    assert set(per_bar) == {22, 8}


def test_many_projects_are_told_in_shares(survey_cohort: Path) -> None:
    text = survey_cohort.read_text() + "analysis:\n  survey_min_for_shares: 8\n"
    survey_cohort.write_text(text)
    context = open_desk(survey_cohort)
    rows = exhibits.questions(context)[0](context).rows
    assert set(rows["statistic"]) == {"share"}
    assert rows["value"].between(0, 1).all()


def test_a_cohort_without_a_survey_is_told_what_is_missing(context: Context) -> None:
    assert exhibits.questions(context) == []
    with pytest.raises(MissingData, match="survey_statements"):
        exhibits.survey_finding(context)
