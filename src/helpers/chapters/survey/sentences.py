"""Sentences on the survey of projects: who answered, how the answers are shown, and what they agree on most."""

from __future__ import annotations

from typing import Final, cast

import pandas as pd

from helpers.chapters.common.tell import inside_sentence, or_not_shown
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys

MESSAGES: Final = Messages(__name__)


def respondents(page: Page) -> str:
    """How many projects of each part answered."""
    words, parts = page.words, respondents_of(page)
    return words.list(
        [
            words.text("{n} in {part}", n=or_not_shown(words, words.count(n)), part=inside_sentence(words.label(part)))
            for part, n in zip(parts["group"], parts["value"], strict=True)
        ]
    )


def shown_as(page: Page) -> str:
    """Whether the answers are told as numbers or as percentages, and why."""
    many = respondents_of(page)["value"].min() >= page.cohort.analysis.survey_min_for_shares
    return page.words.text(MESSAGES["answers.many" if many else "answers.few"])


def respondents_of(page: Page) -> pd.DataFrame:
    """The numbers that answered, by part."""
    return page.rows[page.rows["term"] == "respondents"]


def highest(page: Page) -> str:
    """The statement that most projects put at the upper end."""
    words, found = page.words, page.rows[page.rows["term"] == "projects"]
    if found["suppressed"].any():
        return words.text(MESSAGES["highest_hidden"])
    upper, n = (words.count(value) for value in found["value"])
    statement = group_keys(found["group"].iloc[0])["statement"]
    text = statements(page).loc[statement, f"statement_{words.language}"]
    return words.text(MESSAGES["highest"], statement=text, upper=upper, n=n)


def statements(page: Page) -> pd.DataFrame:
    """The questionnaire by statement: its question, its scale and their texts."""
    return cast("pd.DataFrame", page.questionnaire).set_index("statement")
