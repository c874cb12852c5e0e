"""Sentences on the survey of projects, on both sides of where they turn."""

from dataclasses import replace
from xml.etree import ElementTree

import pandas as pd
import pytest
from hostile import HOSTILE
from invented_pages import LANGUAGES, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.survey import sentences
from helpers.chapters.survey.exhibits import answers_alt, answers_caption, answers_chart
from resultatbok.charts.theme import to_svg

TEXTS = {"statement": "s1", "question": "q", "scale": "agreement", "statement_en": "Goals", "statement_nb": "Mål"}


@pytest.mark.parametrize(("fewest", "expected"), [(49, "numbers of projects"), (50, "They are so many")])
def test_a_survey_of_fewer_than_the_limit_is_told_in_numbers(fewest: int, expected: str) -> None:
    rows = [
        {"statistic": "count", "term": "respondents", "group": g, "value": n} for g, n in (("a", 90), ("c", fewest))
    ]
    assert expected in sentences.shown_as(page("en", *[r | {"group": f"part={r['group']}"} for r in rows]))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("upper", [21, float("nan")])
def test_the_statement_with_the_highest_answers_is_told(
    upper: float, language: str, snapshot: SnapshotAssertion
) -> None:
    about = {"statistic": "count", "term": "projects"}
    rows = [
        {**about, "group": "statement=s1;answer=upper_end", "value": upper},
        {**about, "group": "statement=s1;answer=any", "value": 30},
    ]
    asked = replace(page(language, *rows), questionnaire=pd.DataFrame([TEXTS]))
    assert sentences.highest(asked) == snapshot


@pytest.mark.parametrize("text", HOSTILE)
def test_a_question_and_a_statement_are_told_letter_for_letter(text: str) -> None:
    rows = [
        {"statistic": "count", "term": "projects", "group": f"part=a;statement=s1;answer={a}", "value": a * 2, "n": 30}
        for a in range(1, 6)
    ]
    asked = {"question_en": text, "statement_en": text}
    shown = replace(page("en", *rows), questionnaire=pd.DataFrame([TEXTS | asked]))
    assert answers_caption(shown, "q").startswith(f"{text} Answers of the projects")
    assert answers_alt(shown) == f"Projects at the two highest answers. {text}, Part A (30): 18."
    assert not {e.tag.rpartition("}")[2] for e in ElementTree.fromstring(to_svg(answers_chart(shown))).iter()} & {
        "script",
        "text",
    }
    found = [{**row, "group": f"statement=s1;answer={a}"} for row, a in zip(rows, ("upper_end", "any"), strict=False)]
    told = sentences.highest(replace(page("en", *found), questionnaire=shown.questionnaire))
    assert f"“{text}”" in told


def test_the_alt_text_tells_the_two_highest_answers() -> None:
    rows = [
        {"statistic": "count", "term": "projects", "group": f"part=a;statement=s1;answer={a}", "value": a * 2, "n": 30}
        for a in range(1, 6)
    ]
    asked = replace(page("en", *rows), questionnaire=pd.DataFrame([TEXTS]))
    assert answers_alt(asked) == "Projects at the two highest answers. Goals, Part A (30): 18."
