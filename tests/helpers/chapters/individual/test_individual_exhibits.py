"""Captions, alt texts, tables and phrases of the individual chapter say what their rows say."""

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.individual import exhibits
from helpers.chapters.individual.terms import NUMBERS, STARTS, TERMS, start_group
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Figure, Page, Table
from resultatbok.project import Language

SCHEMES = ("introduction", "jobbsjansen")
EFFECT = {"statistic": "average_marginal_effect", "term": "scheme"}
MODEL = tuple(
    {"statistic": statistic, "term": term, **numbers}
    for term, shift in (("scheme", 0.0), ("male", 1.0), ("constant", 2.0))
    for statistic, numbers in (
        ("coefficient", interval(0.1, 0.41 + shift, 3) | {"std_error": 0.12 + shift / 100}),
        ("p_value", {"value": 0.03 + shift / 100}),
        ("odds_ratio", interval(1.1 + shift, 1.51 + shift, 2.2 + shift)),
        ("average_marginal_effect", interval(0.02 + shift / 100, 0.073 + shift / 100, 0.12 + shift / 100)),
    )
    if term != "constant" or statistic in ("coefficient", "p_value")
)
FIT = (
    {"statistic": "count", "term": "observations", "value": 19316},
    {"statistic": "loglik", "value": -9012.34},
    {"statistic": "r2", "value": 0.187},
)
ROWS = {
    "odds_ratios": [
        {"statistic": "odds_ratio", "term": "scheme", **interval(1.2, 1.53, 1.9)},
        {"statistic": "odds_ratio", "term": "education_level", **interval(1.05, 1.21, 1.4)},
        {"statistic": "odds_ratio", "term": "norwegian_level", **interval(1.3, 1.44, 1.6)},
        {"statistic": "odds_ratio", "term": "male"},
    ],
    "odds_in_words": [
        *({"statistic": "odds_ratio", "term": term, "value": 1.1 + i / 10} for i, term in enumerate(TERMS)),
        *(
            {"statistic": "probability", "term": term, "group": start_group(start), "value": start + (i + 1) / 100}
            for i, term in enumerate(TERMS)
            for start in STARTS
            if (term, start) != ("male", 0.25)
        ),
        {"statistic": "probability", "term": "male", "group": start_group(0.25)},
    ],
    "stepwise": [
        EFFECT | {"group": "model=scheme", **interval(0.14, 0.171, 0.2)},
        EFFECT | {"group": "model=scheme_characteristics", **interval(-0.09, -0.062, -0.03)},
        EFFECT | {"group": "model=individual"},
    ],
    "described_participants": [
        {"statistic": "profile_value", "term": term, "group": f"profile={profile}", "value": 10 * i + j}
        for i, profile in enumerate(("archetype", "typical_introduction", "typical_jobbsjansen"), start=1)
        for j, term in enumerate(NUMBERS)
    ],
    "typical_participants": [
        *(
            {"statistic": "probability", "group": f"profile={profile}", "scheme": scheme}
            | interval(0.1, 0.2 + i / 10 + j / 20, 0.9)
            for i, profile in enumerate(
                ("archetype", "typical_introduction", "typical_jobbsjansen", "average_introduction")
            )
            for j, scheme in enumerate(SCHEMES)
        ),
        *({"statistic": "probability", "group": "profile=average_jobbsjansen", "scheme": s} for s in SCHEMES),
        {"statistic": "difference", "group": "profile=archetype", **interval(0.01, 0.052, 0.09)},
        {"statistic": "difference", "group": "profile=average_introduction", **interval(-0.08, -0.041, -0.01)},
        {"statistic": "difference", "group": "profile=average_jobbsjansen"},
    ],
    "predicted_by_level": [
        {"statistic": "difference", "scheme": scheme, "group": group, **numbers}
        for scheme, group, numbers in (
            ("introduction", "education=some_schooling", interval(-0.05, -0.032, -0.01)),
            ("jobbsjansen", "education=some_schooling", interval(0.02, 0.064, 0.09)),
            ("introduction", "norwegian=a1", {}),
        )
    ],
    "predicted_table": [
        {"statistic": "share", "scheme": scheme, "group": group, "term": term} | numbers
        for scheme, group, term, numbers in (
            ("introduction", "education=some_schooling", "goal_attainment", {"value": 0.41}),
            ("introduction", "education=some_schooling", "expected_goal_attainment", {"value": 0.52}),
            ("jobbsjansen", "education=some_schooling", "goal_attainment", {"value": 0.63}),
            ("jobbsjansen", "education=some_schooling", "expected_goal_attainment", {}),
            ("introduction", "norwegian=a1", "goal_attainment", {"value": 0.24}),
            ("introduction", "norwegian=a1", "expected_goal_attainment", {"value": 0.35}),
        )
    ],
    "case_selection": [
        {"statistic": "count", "group": f"quadrant={quadrant}{step}", "value": 10 * i + 3 - j}
        for i, quadrant in enumerate(("above_mean_positive", "below_mean_negative"), start=1)
        for j, step in enumerate(("", ";comparable=yes", ";comparable=yes;jobbsjansen=above_mean"))
    ],
}


def phrases(declared: Figure | Table, given: Page) -> dict[str, object]:
    """The phrases that are no sentences; those have their own tests."""
    return {str(keys): make(given) for keys, make in declared.phrases.items() if "finding" not in str(keys)}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ROWS)
def test_what_is_said_is_what_the_rows_say(key: str, language: Language, snapshot: SnapshotAssertion) -> None:
    declared, given = getattr(exhibits, key), page(language, *ROWS[key])
    assert phrases(declared, given) == snapshot(name="phrases")
    if isinstance(declared, Figure):
        assert callable(declared.caption) and callable(declared.alt)
        assert [declared.caption(given), declared.alt(given)] == snapshot(name="caption and alt text")
        assert to_svg(declared.chart(given)).startswith("<svg")
    else:
        table = declared.table(given)
        assert ([c.header for c in table.columns], table.rows, table.group_rows, table.note) == snapshot(name="table")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_is_laid_out_term_by_term(language: Language, snapshot: SnapshotAssertion) -> None:
    table = exhibits.model_table(page(language, *MODEL, *FIT))
    assert ([c.header for c in table.columns], table.rows, table.group_rows) == snapshot


def test_a_hidden_count_is_said_to_be_hidden_in_the_prose() -> None:
    given = page("en", *ROWS["case_selection"], {"statistic": "count", "group": "quadrant=above_mean_negative"})
    assert exhibits.cases("all")(given) == "not shown"
    assert exhibits.cases("comparable")(given) == "34"
