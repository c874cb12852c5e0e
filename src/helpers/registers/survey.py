"""Reading a survey of projects: its statements, and each project's answers on a scale."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from helpers.registers.contracts import Contract, not_empty
from helpers.registers.flat_files import one_of, read_flat, whole_number
from helpers.registers.problems import Problems, file_name, shown
from resultatbok.limits import MOST_SIGNS

SCALES = ("agreement", "degree", "quality")
ANSWERS = (1, 5)
_TEXTS = ("question_en", "question_nb", "statement_en", "statement_nb")
_NAME = pa.Check.str_matches(r"^[a-z0-9]+(_[a-z0-9]+)*\Z", error="a name of small letters, digits and _")
"""Names are parts of ledger keys and of files' names."""
_PRINTED = pa.Check(
    lambda texts: texts.str.len().between(1, MOST_SIGNS), error=f"a text of at most {MOST_SIGNS:,} signs"
)
_STATEMENTS: Contract = {
    "statement": pa.Column(unique=True, checks=_NAME, metadata={"identifies": ("statement", "name")}),
    "question": pa.Column(checks=_NAME),
    "scale": one_of(SCALES),
    **{name: pa.Column(checks=_PRINTED) for name in _TEXTS},
}
_ANSWERS: Contract = {
    "respondent": pa.Column(checks=pa.Check(not_empty, error="the respondent of every answer")),
    "part": one_of(["a", "c"]),
    "statement": pa.Column(checks=pa.Check(not_empty, error="the statement of every answer")),
    "answer": whole_number(*ANSWERS, "as the answer"),
}


@dataclass(frozen=True)
class Survey:
    """A survey of projects.

    Attributes:
        statements: One row per statement: statement, question (keys), scale, and their texts in English and Norwegian.
        answers: One row per answer: respondent, part (a, c), statement, answer (1 lowest to 5 highest; NaN: none).
    """

    statements: pd.DataFrame
    answers: pd.DataFrame


def read_survey(statements: Path | None, answers: Path | None, problems: Problems) -> Survey | None:
    """Read and check the two files of a survey; None where the cohort names none, or one cannot be used."""
    if statements is None and answers is None:
        return None
    if statements is None or answers is None:
        given_file = file_name(statements or answers or Path())
        expected = "both studies.survey_statements and studies.survey_answers"
        problems.add(given_file, "", "only one of the two files of a survey", expected, "Name both in the cohort file.")
        return None
    asked, answered = (
        read_flat(path, contract, problems) for path, contract in ((statements, _STATEMENTS), (answers, _ANSWERS))
    )
    if asked is None or answered is None:
        return None
    known = set(asked["statement"])
    for statement, rows in answered[~answered["statement"].isin(known)].groupby("statement"):
        advice = "Add the statement, or mend its name."
        problems.add(
            file_name(answers), "statement", shown(statement), "a statement of the other file", advice, rows.index
        )
    repeated = answered[answered.duplicated(["respondent", "statement"])]
    if len(repeated):
        expected = "one answer of a respondent to a statement"
        problems.add(file_name(answers), "respondent", "two answers to one statement", expected, "", repeated.index)
    return Survey(asked.reset_index(drop=True), answered.reset_index(drop=True))
