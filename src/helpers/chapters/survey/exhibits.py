"""Exhibits of the survey of projects: one figure per question, from whatever statements the files hold."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd

from helpers.chapters.common.tell import keys_of, named_values
from helpers.chapters.survey import numbers, sentences
from helpers.chapters.survey.terms import UPPER
from resultatbok.charts.stacked import diverging_bars
from resultatbok.exhibits.declaration import Drawing, Figure, Figures, Page, Sentences
from resultatbok.exhibits.messages import Messages

MESSAGES: Final = Messages(__name__)


def figures(page: Page) -> list[Figure]:
    """A figure for each question of the survey, in the order of its file; none without a survey."""
    return [] if page.questionnaire is None else [figure(name) for name in page.questionnaire["question"].unique()]


def figure(question: str) -> Figure:
    """The answers to the statements of a question."""
    return Figure(
        key=f"survey_{question}",
        numbers=partial(numbers.survey_answers, question=question),
        chart=answers_chart,
        caption=partial(answers_caption, question=question),
        alt=answers_alt,
    )


questions = Figures(key="survey_", figures=figures)


def answers(page: Page) -> pd.DataFrame:
    """How many gave each answer, a bar for each part under each statement."""
    words, rows, statements = page.words, page.rows, sentences.statements(page)
    keys = keys_of(rows)
    parts = zip(keys["part"], rows["n"], strict=True)
    scales = keys["statement"].map(statements["scale"])
    return rows.assign(
        level=keys["answer"].astype(int),
        heading=keys["statement"].map(statements[f"statement_{words.language}"]),
        label=[f"{words.label(f'part={part}')} ({words.count(n)})" for part, n in parts],
        answer=(scales + "=" + keys["answer"]).map(words.label),
    )


def in_shares(page: Page) -> bool:
    """Whether the answers are shares of the projects, not numbers of them."""
    return bool((page.rows["statistic"] == "share").all())


def answers_chart(page: Page) -> Drawing:
    """Answers at the lower end to the left of a line, those at the upper end to the right."""
    words, shares = page.words, in_shares(page)
    return diverging_bars(
        answers(page),
        bar="label",
        part="answer",
        group="heading",
        x_label=words.text("Share of projects") if shares else words.text("Number of projects"),
        format=words.percent if shares else words.count,
    )


def answers_caption(page: Page, question: str) -> str:
    """The question itself."""
    statements = sentences.statements(page)
    text = statements.loc[statements["question"] == question, f"question_{page.words.language}"].iloc[0]
    return page.words.text(MESSAGES["answers_caption"], question=text)


def answers_alt(page: Page) -> str:
    """How many chose one of the two highest answers to each statement."""
    words, rows = page.words, answers(page)
    upper = rows[rows["level"] >= UPPER].groupby(["heading", "label"], sort=False)["value"].sum()
    form = words.percent if in_shares(page) else words.count
    values = named_values([f"{heading}, {label}" for heading, label in upper.index], map(form, upper))
    return words.text(MESSAGES["answers_alt"], values=values)


survey_finding = Sentences(
    key="survey_finding",
    numbers=numbers.survey_finding,
    phrases={
        "survey_respondents": sentences.respondents,
        "survey_limit": lambda page: page.words.count(page.cohort.analysis.survey_min_for_shares),
        "survey_shown_as": sentences.shown_as,
        "survey_finding": sentences.highest,
    },
)
