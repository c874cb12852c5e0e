"""Exhibits of a survey of projects: one figure per question, from whatever statements the files hold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from helpers.chapters.common.tell import in_words, inside_sentence
from helpers.registers.survey import Survey
from resultatbok.charts.stacked import diverging_bars
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibits, sentences
from resultatbok.release.ledger import group_keys, group_of, row
from resultatbok.words.wording import Wording

SAMPLE = "project_survey"
LEVELS = range(1, 6)
AGREES = 4
"""Answers from here count as the upper end of the scale in the text."""


class SurveyMissing(LookupError):  # noqa: N818 - says what is missing
    """The cohort names no survey."""


def survey_of(desk: Desk) -> Survey:
    """The cohort's survey.

    Raises:
        SurveyMissing: The cohort file names none.
    """
    survey = desk.study.registers.studies.survey
    if survey is None:
        raise SurveyMissing("the cohort file names no survey (studies.survey_statements, studies.survey_answers)")
    return survey


def statements_of(desk: Desk) -> pd.DataFrame:
    """The questionnaire: which statements stand under which question, in both languages."""
    statements = desk.study.questionnaire
    if statements is None:
        raise SurveyMissing("the cohort file names no survey (studies.survey_statements)")
    return statements


@exhibits("survey_")
def questions(desk: Desk) -> list[Callable[[Desk], Exhibit]]:
    """A figure for each question of the survey, in the order of its file."""
    return [_maker(question) for question in statements_of(desk)["question"].drop_duplicates()]


def _maker(question: str) -> Callable[[Desk], Exhibit]:
    def make(desk: Desk) -> Exhibit:
        return _answers_to(desk, question)

    return make


def _answers_to(desk: Desk, question: str) -> Exhibit:
    """How many projects gave each answer to each statement of a question; shares if there are enough projects."""
    words = desk.wording
    statements = statements_of(desk)
    asked = statements[statements["question"] == question].set_index("statement")
    rows = desk.rows(f"survey_{question}", lambda: pd.DataFrame(_rows(desk, survey_of(desk), asked)))
    in_shares = rows["statistic"].iloc[0] == "share"
    told = _told(words, rows, asked)
    figure = diverging_bars(
        told,
        bar="label",
        part="answer",
        group="heading",
        x_label=words.text("Share of projects") if in_shares else words.text("Number of projects"),
        format=words.percent if in_shares else words.count,
    )
    text = str(asked[f"question_{words.language}"].iloc[0])
    upper = told[told["level"] >= AGREES].groupby(["heading", "label"], sort=False)["value"].sum()
    names = [f"{heading}, {label}" for heading, label in upper.index]
    return Exhibit(
        key=f"survey_{question}",
        rows=rows,
        caption=words.text("{question} Answers of the projects, in brackets how many answered.", question=text),
        svg=to_svg(figure),
        alt=words.text(
            "Projects at the two highest answers. {values}.",
            values=in_words(names, [words.percent(v) if in_shares else words.count(v) for v in upper]),
        ),
        phrases={},
    )


@sentences("survey_respondents survey_limit survey_shown_as survey_finding")
def respondents(desk: Desk) -> dict[str, str]:
    """Phrases on who answered, how the survey is shown, and the statement most projects put at the upper end."""
    words, statements = desk.wording, statements_of(desk).set_index("statement")
    limit = desk.study.cohort.analysis.survey_min_for_shares
    rows = desk.rows("survey_finding", lambda: _respondent_rows(desk))
    parts = rows[rows["term"] == "respondents"]
    told = [
        words.text("{n} in {part}", n=words.count(n), part=inside_sentence(words.label(part)))
        for part, n in zip(parts["group"], parts["value"], strict=True)
    ]
    finding = rows[rows["term"] == "projects"]
    statement = group_keys(finding["group"].iloc[0])["statement"]
    return {
        "survey_respondents": words.list(told),
        "survey_limit": words.count(limit),
        "survey_shown_as": shown_as(words, int(parts["value"].min()), limit),
        "survey_finding": words.text(
            "The answers lie highest for “{statement}”: {upper} of {n} projects chose one of the two highest.",
            statement=str(statements.loc[statement, f"statement_{words.language}"]),
            upper=words.count(finding["value"].iloc[0]),
            n=words.count(finding["value"].iloc[1]),
        ),
    }


def _respondent_rows(desk: Desk) -> pd.DataFrame:
    """How many answered in each part, and for the statement rated highest, how many of all rated it high."""
    survey = survey_of(desk)
    known = survey.answers[survey.answers["answer"].notna()]
    upper = (known["answer"] >= AGREES).groupby(known["statement"]).agg(["sum", "size"])
    upper = upper.reindex(survey.statements["statement"]).dropna()
    statement = str((upper["sum"] / upper["size"]).idxmax())
    most, n = (float(upper[column].to_dict()[statement]) for column in ("sum", "size"))
    about: dict[str, Any] = {"scheme": "jobbsjansen", "sample": SAMPLE, "unit": "projects"}
    answered = [
        row("count", count, group=group_of(part=part), term="respondents", **about)
        for part, count in survey.answers.groupby("part")["respondent"].nunique().items()
    ]
    finding = [
        row("count", count, group=group_of(statement=statement, answer=key), term="projects", n=n, **about)
        for key, count in (("upper_end", most), ("any", n))
    ]
    return pd.DataFrame([*answered, *finding])


def shown_as(words: Wording, fewest: int, limit: int) -> str:
    """Whether the answers are told as counts or as percentages, and why."""
    if fewest < limit:
        return words.text("They are so few that the answers are shown as numbers of projects, not as percentages.")
    return words.text("They are so many that the answers are shown as percentages.")


def _rows(desk: Desk, survey: Survey, asked: pd.DataFrame) -> list[dict[str, object]]:
    known = survey.answers[survey.answers["statement"].isin(asked.index) & survey.answers["answer"].notna()]
    sizes = known.groupby(["statement", "part"]).size()
    as_shares = sizes.min() >= desk.study.cohort.analysis.survey_min_for_shares
    rows: list[dict[str, object]] = []
    for statement in asked.index:
        for part, own in known[known["statement"] == statement].groupby("part"):
            for level in LEVELS:
                count = int((own["answer"] == level).sum())
                value, name = (count / len(own), "share") if as_shares else (count, "count")
                group = group_of(part=part, statement=statement, answer=level)
                rows.append(
                    row(
                        name,
                        value,
                        scheme="jobbsjansen",
                        group=group,
                        term="projects",
                        sample=SAMPLE,
                        n=len(own),
                        unit="projects",
                    )
                )
    return rows


def _told(words: Wording, rows: pd.DataFrame, asked: pd.DataFrame) -> pd.DataFrame:
    keys = pd.DataFrame([group_keys(group) for group in rows["group"]], index=rows.index)
    scale = str(asked["scale"].iloc[0])
    return rows.assign(
        level=keys["answer"].astype(int),
        heading=keys["statement"].map(asked[f"statement_{words.language}"]),
        label=[
            f"{words.label(group_of(part=part))} ({words.count(n)})"
            for part, n in zip(keys["part"], rows["n"], strict=True)
        ],
        answer=[words.label(f"{scale}={level}") for level in keys["answer"]],
    )
