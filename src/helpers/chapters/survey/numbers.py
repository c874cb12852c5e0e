"""Numbers of the survey of projects: the answers to each statement, and which has the highest ones."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from helpers.chapters.survey.terms import UPPER
from helpers.study.missing import MissingData
from helpers.study.study import Study
from resultatbok.release.ledger import row

LEVELS: Final = range(1, 6)
ABOUT: Final[dict[str, Any]] = {"scheme": "jobbsjansen", "sample": "project_survey", "unit": "projects"}


def survey_answers(study: Study, question: str) -> pd.DataFrame:
    """How many projects gave each answer to each statement of a question, by part; shares if projects are many."""
    statements, answers = _survey(study)
    asked = statements.loc[statements["question"] == question, "statement"]
    known = answers[answers["statement"].isin(asked) & answers["answer"].notna()]
    smallest = known.groupby(["statement", "part"]).size().min()
    in_shares = smallest >= study.cohort.analysis.survey_min_for_shares
    rows = []
    for statement in asked:
        for part, own in known[known["statement"] == statement].groupby("part")["answer"]:
            for level in LEVELS:
                count, group = int((own == level).sum()), f"part={part};statement={statement};answer={level}"
                statistic, value = ("share", count / len(own)) if in_shares else ("count", count)
                rows.append(row(statistic, value, group=group, term="projects", n=len(own), **ABOUT))
    return pd.DataFrame(rows)


def survey_finding(study: Study) -> pd.DataFrame:
    """How many answered in each part, and for the statement rated highest, how many of all rated it high."""
    statements, answers = _survey(study)
    known = answers.dropna(subset=["answer"])
    upper = (known["answer"] >= UPPER).groupby(known["statement"]).agg(["sum", "size", "mean"])
    statement = str(upper["mean"].reindex(statements["statement"]).idxmax())
    most, n = (float(upper[column].to_dict()[statement]) for column in ("sum", "size"))
    respondents = answers.groupby("part")["respondent"].nunique()
    answered = [
        row("count", count, group=f"part={part}", term="respondents", **ABOUT) for part, count in respondents.items()
    ]
    finding = [
        row("count", count, group=f"statement={statement};answer={answer}", term="projects", n=n, **ABOUT)
        for answer, count in (("upper_end", most), ("any", n))
    ]
    return pd.DataFrame([*answered, *finding])


def _survey(study: Study) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The statements and the answers of the cohort's survey."""
    survey = study.registers.studies.survey
    if survey is None:
        raise MissingData("the cohort file names no survey (studies.survey_statements, studies.survey_answers)")
    return survey.statements, survey.answers
