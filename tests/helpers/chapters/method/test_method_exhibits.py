"""The tables and phrases of the data chapter say the number, the step and the scheme of their rows."""

import re
from typing import Any

import pytest
from invented_pages import LANGUAGES, page
from support import GivenRows
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.method.exhibits import (
    ARROWS,
    BOXES,
    causal_diagram,
    missing_table,
    missing_values,
    sample_flow,
    steps_table,
)
from resultatbok.exhibits.declaration import Phrases, phrases_of
from resultatbok.exhibits.exhibit import Context
from resultatbok.project import Language
from resultatbok.release.released import Settings


def counts(**terms: tuple[int, int, int]) -> list[dict[str, Any]]:
    """Counts of each term in the introduction programme, in Jobbsjansen and in both."""
    return [
        {"statistic": "count", "term": term, "scheme": scheme, "value": value, "unit": "records"}
        for term, values in terms.items()
        for scheme, value in zip(("introduction", "jobbsjansen", "both"), values, strict=True)
    ]


def share(value: float | None, **keys: str) -> dict[str, Any]:
    return {"statistic": "share", "n": 90, **keys, **({} if value is None else {"value": value})}


FLOW = counts(
    participants=(900, 80, 980),
    missing_education_or_norwegian=(70, 6, 76),
    missing_other=(30, 4, 34),
    complete_cases=(800, 70, 870),
)
MISSING = [
    *counts(missing_male=(1, 2, 3), missing_absence_high=(4, 5, 9), missing_norwegian_level=(6, 7, 13)),
    share(0.45, term="goal_attainment", scheme="introduction", group="missing=no"),
    share(0.72, term="goal_attainment", scheme="jobbsjansen", group="missing=no", sample="all"),
    share(0.38, term="goal_attainment", scheme="introduction", group="missing=yes", sample="with_missing"),
    share(None, term="goal_attainment", scheme="jobbsjansen", group="missing=yes", sample="with_missing"),
    share(0.08, term="missing_education_or_norwegian", scheme="introduction", sample="all_gross"),
    share(0.12, term="missing_education_or_norwegian", scheme="jobbsjansen", sample="all_gross"),
]


def said(phrases: Phrases, language: Language, *rows: dict[str, Any]) -> dict[str, str]:
    return phrases_of(phrases, page(language, *rows))


@pytest.mark.parametrize(
    ("language", "header", "lines"),
    [
        (
            "en",
            ["Step", "Introduction programme", "Jobbsjansen", "Both schemes"],
            [
                ["Everyone who left in the period", "900", "80", "980"],
                ["Left out: education or Norwegian not known", "70", "6", "76"],
                ["Left out: another characteristic not known", "30", "4", "34"],
                ["Participants in the analyses", "800", "70", "870"],
            ],
        ),
        (
            "nb",
            ["Trinn", "Introduksjonsprogrammet", "Jobbsjansen", "Begge ordninger"],
            [
                ["Alle som avsluttet i perioden", "900", "80", "980"],
                ["Utelatt: utdanning eller norsknivå er ikke kjent", "70", "6", "76"],
                ["Utelatt: et annet kjennetegn er ikke kjent", "30", "4", "34"],
                ["Deltakere i analysene", "800", "70", "870"],
            ],
        ),
    ],
)
def test_the_steps_stand_with_their_counts(language: Language, header: list[str], lines: list[list[str]]) -> None:
    table = steps_table(page(language, *FLOW))
    assert [column.header for column in table.columns] == header
    assert table.rows == lines


def test_a_missing_indicator_is_named_after_what_it_tells() -> None:
    table = missing_table(page("en", *MISSING))
    assert [column.header for column in table.columns] == [
        "Variable",
        "Introduction programme",
        "Jobbsjansen",
        "Both schemes",
    ]
    assert table.rows == [
        ["Gender", "1", "2", "3"],
        ["Absence", "4", "5", "9"],
        ["Level of Norwegian", "6", "7", "13"],
    ]


def test_leavers_are_counted_at_the_first_step_and_at_the_last() -> None:
    assert said(sample_flow.phrases, "en", *FLOW) == {
        "n_all_introduction": "900",
        "n_all_jobbsjansen": "80",
        "n_all_both": "980",
        "n_complete_introduction": "800",
        "n_complete_jobbsjansen": "70",
        "n_complete_both": "870",
    }


def test_attainment_is_told_of_the_known_and_the_unknown_and_a_hidden_share_as_hidden() -> None:
    assert said(missing_values.phrases, "en", *MISSING) == {
        "attainment_known_introduction": "45%",
        "attainment_known_jobbsjansen": "72%",
        "attainment_unknown_introduction": "38%",
        "attainment_unknown_jobbsjansen": "a share that is not shown",
        "left_out_introduction": "8%",
        "left_out_jobbsjansen": "12%",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_causal_diagram_is_drawn_in_the_readers_language_with_its_arrows_as_data(
    language: Language, snapshot: SnapshotAssertion
) -> None:
    made = page(language, {"statistic": "count"})
    exhibit = causal_diagram(Context(Settings(made.cohort), GivenRows({}), made.words))
    assert exhibit.rows.to_numpy().tolist() == [list(arrow) for arrow in ARROWS]
    assert exhibit.texts == snapshot(name="texts")
    assert re.findall(r"<!-- (.*?) -->", exhibit.svg or "") == snapshot(name="drawn")


def test_what_came_after_entry_is_thought_to_follow_from_the_scheme_and_is_not_adjusted_for() -> None:
    adjusted = {key for key, box in BOXES.items() if box.filled}
    assert adjusted == {"background"}
    assert ("scheme", "programme") in ARROWS
    assert not any(end in adjusted for _, end in ARROWS)
