"""Tables, charts and alt texts of the context chapter say the number, the group and the direction of their rows."""

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.context import exhibits
from helpers.chapters.context.terms import MODELS, STEPS, step_keys
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.exhibit import Context
from resultatbok.words.wording import Wording

EFFECT = {"statistic": "average_marginal_effect"}
GAP = {"statistic": "difference"}


def test_each_model_has_a_column_with_its_own_terms(context: Context) -> None:
    table = exhibits.model_comparison(context).table
    assert table is not None
    assert len(table.columns) == 1 + len(MODELS)
    lines = {row[0]: row[1:] for row in table.rows}
    assert all(lines["Jobbsjansen, compared with the introduction programme"])
    assert [bool(cell) for cell in lines["Level of Norwegian"]] == [True, True, False, False]
    assert [bool(cell) for cell in lines["Some schooling"]] == [False, False, True, True]


@pytest.mark.parametrize("language", LANGUAGES)
def test_context_effects_are_listed_with_model_term_and_sign(language: str, snapshot: SnapshotAssertion) -> None:
    rows = page(
        language,
        {**EFFECT, "group": "model=full", "term": "municipality_immigrant_share", **interval(0.01, 0.023, 0.04)},
        {**EFFECT, "group": "model=municipality", "term": "municipality_labour_market", **interval(-0.02, -0.011, 0)},
        {**EFFECT, "group": "model=project", "term": "project_wage_per_participant"},
        {"statistic": "sd", "group": "model=full", "term": "municipality_immigrant_share", "value": 0.05},
    )
    assert exhibits.context_terms.alt(rows) == snapshot
    drawn = to_svg(exhibits.context_terms.chart(rows))
    for value in (0.023, -0.011, float("nan")):
        assert f"<!-- {Wording(language).in_points(value, 1)} -->" in drawn


def variation(language: str, project: float = 0.1) -> Page:
    icc = {"statistic": "icc"}
    return page(
        language,
        {**icc, "group": "model=municipality", "value": 0.09},
        {**icc, "group": "model=project", "value": 0.12},
        {**icc, "group": "model=full;level=municipality", "value": 0.02},
        {**icc, "group": "model=full;level=project", "value": project},
        {"statistic": "p_value", "group": "model=full;level=project;test=variation", "value": 0.5},
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("project", [0.1, float("nan")], ids=["shown", "hidden"])
def test_shares_of_variation_are_listed_by_model_and_level(
    project: float, language: str, snapshot: SnapshotAssertion
) -> None:
    assert exhibits.variance_shares.alt(variation(language, project)) == snapshot
    assert "<svg" in to_svg(exhibits.variance_shares.chart(variation(language, project)))


def test_what_is_left_of_the_variation_is_between_participants() -> None:
    parts = exhibits.variance_parts(variation("en")).set_index(["model", "level"])["value"]
    assert parts["model=full"].to_dict() == pytest.approx({"municipality": 0.02, "project": 0.1, "participant": 0.88})
    assert parts["model=municipality"].to_dict() == pytest.approx(
        {"municipality": 0.09, "project": 0.0, "participant": 0.91}
    )
    assert parts["model=project"].to_dict() == pytest.approx(
        {"municipality": 0.0, "project": 0.12, "participant": 0.88}
    )


def test_a_hidden_share_leaves_what_is_between_participants_hidden_too() -> None:
    parts = exhibits.variance_parts(variation("en", float("nan"))).set_index(["model", "level"])["value"]
    assert parts["model=full"].isna().to_dict() == {"municipality": False, "project": True, "participant": True}


@pytest.mark.parametrize("language", LANGUAGES)
def test_comparisons_are_listed_in_their_order_and_missing_ones_are_not_shown(
    language: str, snapshot: SnapshotAssertion
) -> None:
    within = page(
        language,
        {**GAP, "group": "comparison=within_held_equal", **interval(-0.04, 0.035, 0.11)},
        {**GAP, "group": "comparison=all_as_measured", **interval(0.14, 0.17, 0.2)},
        {**GAP, "group": "comparison=all_held_equal", **interval(-0.12, -0.09, -0.06)},
        {"statistic": "count", "term": "municipalities_with_both_schemes", "value": 40},
    )
    beside = page(language, {**GAP, "group": "comparison=as_measured", **interval(0.01, 0.039, 0.06)})
    assert [exhibits.within_municipality.alt(within), exhibits.beside_jobbsjansen.alt(beside)] == snapshot
    assert "<svg" in to_svg(exhibits.within_municipality.chart(within))
    drawn = exhibits.within(within).set_index("label")
    assert drawn.iloc[0][["low", "value", "high"]].tolist() == [0.14, 0.17, 0.2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_odds_ratios_stand_below_what_their_terms_are_about(language: str, snapshot: SnapshotAssertion) -> None:
    terms = {"scheme": 2.58, "male": 0.4, "municipality_labour_market": 0.99, "project_wage_per_participant": 1.2}
    rows = [
        {"statistic": "odds_ratio", "term": term, **interval(0.9 * value, value, 1.1 * value)}
        for term, value in terms.items()
    ]
    made = page(language, *rows, {"statistic": "odds_ratio", "term": "age_centred"})
    assert exhibits.odds_alt(made) == snapshot
    drawn = to_svg(exhibits.odds_ratios_project.chart(made))
    assert all(made.words.text(exhibits.heading(term)) in drawn for term in terms)
    assert [exhibits.heading(term) for term in terms] == [
        "Scheme",
        "Characteristics",
        "Municipality and project",
        "Municipality and project",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_woman_has_a_line_for_each_situation(language: str, snapshot: SnapshotAssertion) -> None:
    rows = [
        {"statistic": statistic, **step_keys(step), **interval(value - 0.02, value, value + 0.03)}
        for n, step in enumerate(STEPS)
        for statistic, value in (("probability", 0.3 + n / 10), ("odds", 0.4 + n / 5))
    ]
    table = exhibits.woman_table(page(language, *rows))
    assert [[column.header for column in table.columns], *table.rows] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "figure",
    [
        exhibits.context_terms,
        exhibits.within_municipality,
        exhibits.beside_jobbsjansen,
        exhibits.odds_ratios_municipality,
        exhibits.odds_ratios_project,
    ],
    ids=lambda figure: figure.key,
)
def test_captions_say_what_is_compared(figure: exhibits.Figure, language: str, snapshot: SnapshotAssertion) -> None:
    assert figure.caption(page(language, {"statistic": "x"})) == snapshot
