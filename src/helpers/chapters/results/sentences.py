"""Sentences on what became of the participants: the change over the years, and what the evaluation's model says."""

from __future__ import annotations

from typing import Final

import pandas as pd

from helpers.chapters.common.evaluation_pages import term_label
from helpers.chapters.common.phrases import share, size_of
from helpers.chapters.common.samples import PART_A
from helpers.chapters.common.tell import inside_sentence
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)

SIGNIFICANT: Final = 0.05


def attainment(page: Page) -> str:
    """How many of those who left part A in the last year reached the goal."""
    year = f"year={page.cohort.years.last}"
    return share(statistic="share", group=year, term="goal_attainment", sample=PART_A)(page)


def change(page: Page) -> str:
    """Whether goal attainment rose or fell from the first year to the last."""
    words, found = page.words, page.rows[page.rows["statistic"] == "difference"]
    if found.empty:
        return words.text(MESSAGES["one_year"])
    row = found.iloc[0]
    return MESSAGES.by_side("change").text(words, row, size=size_of(words, row))


def left_out(page: Page) -> str:
    """How many of those left out are so because their project did not answer the survey."""
    words, counts = page.words, counts_of(page)
    others = counts["leavers"] - counts["observations"]
    if others == 0:
        return words.text(MESSAGES["left_out.nobody"])
    values = {
        "others": others,
        "silent": counts["leavers_of_silent_projects"],
        "projects": counts["silent_projects"],
        "all": counts["projects_of_leavers"],
    }
    if any(pd.isna(value) for value in values.values()):
        return words.text(MESSAGES["left_out.hidden"])
    return words.text(MESSAGES["left_out.some"], **{name: words.count(value) for name, value in values.items()})


def counts_of(page: Page) -> pd.Series:
    """Participants and projects behind the model and left out of it, by term."""
    return page.rows[page.rows["statistic"] == "count"].set_index("term")["value"]


def tested(page: Page) -> str:
    """Which of the variables that were left out can be told apart from no association."""
    words, rows = page.words, page.rows
    shown = rows[(rows["statistic"] == "p_value") & ~rows["suppressed"]]
    n, apart = words.count(len(shown)), names(words, shown.loc[shown["value"] < SIGNIFICANT, "term"])
    if not apart:
        return words.text(MESSAGES["tested.none_apart"], n=n)
    return words.text(MESSAGES["tested.some_apart"], n=n, k=words.count(len(apart)), names=words.list(apart))


def selected(page: Page) -> str:
    """What the search keeps."""
    found = page.rows.loc[page.rows["statistic"] == "selected", "term"]
    return "; ".join(names(page.words, found)) or page.words.text("none")


def names(words: Wording, terms: pd.Series) -> list[str]:
    """Terms of the models as they are written inside a sentence."""
    return [inside_sentence(term_label(words, term)) for term in terms]


def search_note(page: Page) -> str:
    """What to make of the list that the search finds."""
    return page.words.text(MESSAGES["search_note.invented" if page.cohort.synthetic else "search_note.chance"])


def sizes(page: Page) -> str:
    """How many left in each year and part, in the order of the rows."""
    words, rows = page.words, page.rows
    goal = rows[(rows["statistic"] == "share") & (rows["term"] == "goal_attainment") & rows["n"].notna()]
    return "; ".join(
        words.text(
            "{n} from {part} in {year}",
            n=words.count(row["n"]),
            part=inside_sentence(words.label(row["sample"])),
            year=group_keys(row["group"])["year"],
        )
        for _, row in goal.iterrows()
    )
