"""Captions, alt texts, tables and phrases say the number, the group and the scheme of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from support import GivenRows
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.descriptives import exhibits, exhibits_participants
from helpers.chapters.descriptives.terms import COUNTED, EVERYONE, MIDDLE, NO_NORWEGIAN, PRACTICE_OF_LITTLE
from resultatbok.charts.theme import to_svg, without_drawing
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.exhibits.exhibit import Context
from resultatbok.project import Language
from resultatbok.release.released import Settings

Row = dict[str, Any]
SCHEMES = ("introduction", "jobbsjansen")


def by_scheme(statistic: str, introduction: float, jobbsjansen: float | None, **keys: Any) -> list[Row]:
    """A row for each scheme; Jobbsjansen's is hidden where it has no number."""
    own = {} if jobbsjansen is None else {"value": jobbsjansen}
    return [
        {"statistic": statistic, "scheme": "introduction", "value": introduction, "n": 90, **keys},
        {"statistic": statistic, "scheme": "jobbsjansen", "n": 30, **own, **keys},
    ]


def shares(introduction: float, jobbsjansen: float | None, group: str = "", **keys: str) -> list[Row]:
    return by_scheme("share", introduction, jobbsjansen, group=group, **keys)


def gap(low: float, value: float, high: float, group: str = "", **keys: str) -> Row:
    return {"statistic": "difference", "group": group, **interval(low, value, high), **keys}


HIDDEN_GAP = {"statistic": "difference", "group": "education=good_general"}
ROWS: dict[str, list[Row]] = {
    "attainment_by_scheme": [
        *shares(0.51, 0.62),
        *shares(0.53, 0.64, "gender=female"),
        *shares(0.55, None, "gender=male"),
        gap(0.09, 0.11, 0.13),
        gap(0.07, 0.12, 0.15, "gender=female"),
    ],
    "attainment_by_year": [*shares(0.51, 0.62, "year=2017"), *shares(0.53, 0.64, "year=2018")],
    "attainment_by_education": [
        *shares(0.31, 0.42, "education=little_or_none"),
        *shares(0.53, None, "education=good_general"),
    ],
    "attainment_by_norwegian": [*shares(0.21, 0.32, "norwegian=a1"), *shares(0.73, 0.84, "norwegian=b2")],
    "attainment_by_origin": [*shares(0.21, 0.32, "origin=west_asia"), *shares(0.73, 0.84, "origin=stateless")],
    "attainment_by_background": [
        *shares(0.11, 0.12, "age=20..29"),
        *shares(0.13, 0.14, "age=40..59"),
        *shares(0.21, 0.22, "absence=low"),
        *shares(0.23, 0.24, "absence=high"),
        *shares(0.31, 0.32, "duration_quantile=4"),
        *shares(0.33, 0.34, "duration_quantile=5"),
        gap(0.02, 0.05, 0.08, "absence=low_minus_high", scheme="introduction"),
        gap(0.03, 0.07, 0.11, "absence=low_minus_high", scheme="jobbsjansen"),
        gap(-0.04, -0.02, -0.01, "duration_quantile=5", scheme="introduction"),
        gap(-0.06, -0.03, -0.01, "duration_quantile=5", scheme="jobbsjansen"),
    ],
    "attainment_gaps": [
        gap(0.09, 0.11, 0.13),
        gap(0.03, 0.07, 0.12, "gender=female"),
        gap(-0.09, -0.05, -0.02, "norwegian=a1"),
        HIDDEN_GAP,
        gap(0.04, 0.06, 0.08, MIDDLE),
    ],
    "transitions": [
        *shares(0.31, 0.41, "year=2017", term="transition_to_work", sample=EVERYONE),
        *shares(0.12, None, "year=2017", term="transition_to_education", sample=EVERYONE),
        *shares(0.43, 0.61, "year=2017", term="goal_attainment", sample=EVERYONE),
        *shares(0.32, 0.42, "year=2018", term="transition_to_work", sample=EVERYONE),
        gap(0.09, 0.11, 0.13, sample=EVERYONE),
        gap(0.01, 0.02, 0.03, "year=2017", sample=EVERYONE),
    ],
    "denominators": [
        *shares(0.511, 0.622, sample=COUNTED),
        *shares(0.533, 0.644, "year=2017", sample=COUNTED),
        *shares(0.411, 0.522, sample=EVERYONE),
        *shares(0.433, None, "year=2017", sample=EVERYONE),
        *by_scheme("count", 70, 4, term="outcome_not_counted", sample=COUNTED),
    ],
    "measures": [*shares(0.41, 0.52, "measure=ordinary_work_practice"), *shares(0.13, None, "measure=ordinary_work")],
    "attainment_by_measure": [*shares(0.61, 0.72, "measure=ordinary_work"), *shares(0.33, 0.44, NO_NORWEGIAN)],
    "measure_combinations": [
        *shares(0.21, 0.32, PRACTICE_OF_LITTLE),
        gap(0.02, 0.05, 0.08, "measure=prior_learning_recognition;education=little_or_none"),
        *shares(0.13, None, NO_NORWEGIAN),
        {"statistic": "count", "group": "measure=only_primary_school_subjects", "value": 101},
        {"statistic": "count", "group": "measure=only_upper_secondary_subjects", "value": 102},
        {"statistic": "count", "group": "measure=primary_school_subjects&upper_secondary_subjects", "value": 103},
        {"statistic": "share", "group": "measure=either", "term": "has_both_given_any", "value": 0.34},
    ],
    "composition": [
        *shares(0.51, 0.92, "gender=female"),
        *shares(0.49, None, "gender=male"),
        *shares(0.31, 0.42, "education=little_or_none"),
        *shares(0.33, 0.44, "education=good_general"),
        *shares(0.23, 0.24, "absence=high"),
        *shares(0.61, 0.72, "norwegian=b1_or_higher"),
        *shares(0.63, 0.74, "origin=west_asia|sub_saharan_africa"),
        *by_scheme("mean", 33.4, 36.6, term="age"),
        *by_scheme("mean", 4.12, 8.34, term="years_in_norway"),
    ],
    "composition_education": [
        *shares(0.31, 0.42, "education=little_or_none"),
        *shares(0.69, 0.58, "education=good_general"),
    ],
    "composition_norwegian": [*shares(0.31, 0.42, "norwegian=a1"), *shares(0.69, 0.58, "norwegian=b2")],
    "composition_background": [
        *shares(0.51, 0.92, "gender=female"),
        *shares(0.23, None, "absence=high"),
        {"statistic": "count", "scheme": "jobbsjansen", "group": "gender=male;year=2020", "value": 7},
    ],
    "age_and_residence": [
        *(row for p in (10, 25) for row in by_scheme("percentile", p, p + 1, term="age", group=f"percentile={p}")),
        *by_scheme("percentile", 33, 36.5, term="age", group="percentile=50"),
        *(row for p in (75, 90) for row in by_scheme("percentile", p, p + 1, term="age", group=f"percentile={p}")),
    ],
    "duration": [
        *(
            row
            for p, months in ((10, 12), (25, 18), (75, 30), (90, 36))
            for row in by_scheme("percentile", months, months + 1, term="duration_months", group=f"percentile={p}")
        ),
        *by_scheme("percentile", 24, None, term="duration_months", group="percentile=50"),
        *by_scheme("mode", 24, 12, term="duration_months", group="peak=first"),
        *by_scheme("mode", 36, 20, term="duration_months", group="peak=second"),
    ],
    "municipality_years": [
        *by_scheme("count", 210, 45, term="municipality_years"),
        {"statistic": "count", "group": "year=2017", "term": "municipalities", "value": 61},
        {"statistic": "count", "term": "municipalities_with_both_schemes", "value": 12},
        *by_scheme("median", 15210, 30480, term="population"),
        *by_scheme("median", 0.112, 0.167, term="immigrant_share"),
        *by_scheme("median", 0.212, None, term="immigrant_share_all_countries"),
        *by_scheme("median", 3.46, -1.24, term="net_in_migration_per_1000"),
        *by_scheme("median", 0.612, 0.587, term="employed_share"),
    ],
    "project_years": [
        *by_scheme("count", 310, 65, term="project_years"),
        *by_scheme("median", 21.4, 9.6, term="participants_per_project"),
        *by_scheme("median", 91.26, 99.04, term="wage_costs_per_participant_1000_nok"),
        {"statistic": "relative_difference", "value": 0.085},
    ],
}
DECLARED = {
    declared.key: declared
    for module in (exhibits, exhibits_participants)
    for declared in vars(module).values()
    if isinstance(declared, Figure | Table)
}


def said(exhibit: Figure | Table, of: Page) -> dict[str, Any]:
    """All that a reader reads of an exhibit."""
    with without_drawing():
        shown = exhibit(Context(Settings(of.cohort, of.questionnaire), GivenRows({exhibit.key: of.rows}), of.words))
    made: dict[str, Any] = {"caption": shown.caption} | ({"alt": shown.alt} if shown.alt else {})
    if isinstance(exhibit, Table):
        table = exhibit.table(of)
        made["header"], made["note"] = [column.header for column in table.columns], table.note
        made["lines"], made["headings"] = list(table.rows), dict(table.group_rows)
    return made | dict(shown.phrases)


def test_every_exhibit_of_the_chapter_is_read_here() -> None:
    assert set(ROWS) == set(DECLARED)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ROWS)
def test_what_is_read_of_an_exhibit_follows_its_rows(key: str, language: Language, snapshot: SnapshotAssertion) -> None:
    assert said(DECLARED[key], page(language, *ROWS[key])) == snapshot


@pytest.mark.parametrize("key", [key for key, declared in DECLARED.items() if isinstance(declared, Figure)])
def test_a_drawing_changes_when_the_schemes_change_places(key: str) -> None:
    other = dict(zip(SCHEMES, reversed(SCHEMES), strict=True))
    swapped = [{**row, "scheme": other.get(row.get("scheme", ""), row.get("scheme", "both"))} for row in ROWS[key]]
    drawings = [to_svg(DECLARED[key].chart(page("en", *rows))) for rows in (ROWS[key], swapped)]
    assert drawings[0].startswith("<svg")
    if key != "attainment_gaps":  # its rows are of both schemes
        assert drawings[0] != drawings[1]


def test_groups_are_drawn_under_the_characteristic_they_are_of() -> None:
    drawn = page("en", *ROWS["attainment_gaps"])
    rows = exhibits.gaps_of(drawn)
    assert exhibits.headings(drawn.words, rows) == ["", "Gender", "Level of Norwegian", "Level of education"]
    assert rows["label"].tolist() == ["All participants", "Women", "A1", "Good general education"]


def test_percentiles_are_drawn_at_the_number_of_their_group() -> None:
    rows = exhibits_participants.percentiles(page("en", *ROWS["age_and_residence"]))
    found = rows.set_index(["scheme_label", "percentile"])["value"]
    assert found["Jobbsjansen", 50] == 36.5
    assert (found["Introduction programme", 10], found["Introduction programme", 90]) == (10, 90)
