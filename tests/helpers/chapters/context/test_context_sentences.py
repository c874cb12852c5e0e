"""What the context chapter says: each sentence turns with its numbers, and says when nothing is shown."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.context import sentences
from helpers.chapters.context.exhibits import (
    beside_jobbsjansen,
    context_terms,
    example_woman,
    model_comparison,
    variance_shares,
    within_municipality,
)

ABOVE, BELOW, ZERO, HIDDEN = (
    interval(0.012, 0.034, 0.056),
    interval(-0.07, -0.05, -0.02),
    interval(-0.004, 0.01, 0.023),
    {},
)
SIDES = {"above": ABOVE, "below": BELOW, "uncertain": ZERO, "hidden": HIDDEN}
EFFECT, GAP = {"statistic": "average_marginal_effect"}, {"statistic": "difference"}
IMMIGRANTS, MIGRATION = "municipality_immigrant_share", "municipality_net_in_migration"
LABOUR, WAGE = "municipality_labour_market", "project_wage_per_participant"
TERMS = {
    "one of each": {IMMIGRANTS: ABOVE, MIGRATION: BELOW, LABOUR: ZERO, WAGE: HIDDEN},
    "two above and two below": {IMMIGRANTS: ABOVE, MIGRATION: BELOW, LABOUR: BELOW, WAGE: ABOVE},
    "all uncertain": {IMMIGRANTS: ZERO, MIGRATION: ZERO, LABOUR: ZERO, WAGE: ZERO},
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", TERMS)
def test_context_variables_are_sorted_by_what_can_be_said(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    rows = [{**EFFECT, "group": "model=full", "term": term, **numbers} for term, numbers in TERMS[variant].items()]
    again = {**EFFECT, "group": "model=municipality", "term": IMMIGRANTS, **interval(-0.2, -0.1, -0.05)}
    assert sentences.context_finding(page(language, *rows, again)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(
    ("messages", "row"),
    [
        (sentences.MESSAGES.by_side("full"), {**EFFECT, "group": "model=full"}),
        (sentences.MESSAGES.by_side("within"), {**GAP, "group": "comparison=within_held_equal"}),
        (sentences.MESSAGES.by_side("beside"), {**GAP, "group": "comparison=held_equal"}),
    ],
    ids=["full", "within", "beside"],
)
def test_differences_are_told_by_their_side(
    messages: Any, row: dict[str, Any], side: str, language: str, snapshot: SnapshotAssertion
) -> None:
    text = sentences.difference_finding(messages, row["statistic"], row["group"])
    other = {**row, "group": "model=other", **interval(0.9, 0.95, 0.99)}
    assert text(page(language, other, {**row, **SIDES[side]})) == snapshot


def test_the_findings_on_municipalities_rest_on_what_is_held_equal() -> None:
    gaps = {"all_held_equal": ABOVE, "within_as_measured": ABOVE, "within_held_equal": BELOW}
    rows = page("en", *({**GAP, "group": f"comparison={name}", **gap} for name, gap in gaps.items()))
    assert "less often: 5 percentage points" in str(within_municipality.phrases["within_finding"](rows))
    gaps = {"as_measured": ABOVE, "held_equal": BELOW}
    rows = page("en", *({**GAP, "group": f"comparison={name}", **gap} for name, gap in gaps.items()))
    assert "do worse" in str(beside_jobbsjansen.phrases["beside_finding"](rows))


def test_a_comparison_that_was_not_possible_is_said_to_rest_on_too_few() -> None:
    other = page("en", {**GAP, "group": "comparison=as_measured", "value": 0.03})
    within = sentences.difference_finding(
        sentences.MESSAGES.by_side("within"), "difference", "comparison=within_held_equal"
    )
    assert within(other) == "There are too few municipalities with both schemes to compare within them."


LEVELS = {
    "both beyond chance": (0.02, 0.1, 0.01, 0.04),
    "projects beyond chance": (0.02, 0.1, 0.06, 0.01),
    "municipalities beyond chance": (0.02, 0.1, 0.01, 0.06),
    "either may be chance": (0.02, 0.1, 0.2, 0.3),
    "municipalities at zero": (0.0, 0.1, 1.0, 0.01),
    "projects at zero": (0.02, 0.0, 0.01, 1.0),
    "both at zero": (0.0, 0.0, 1.0, 1.0),
    "share hidden": (float("nan"), 0.1, 0.01, 0.01),
    "test hidden": (0.02, 0.1, 0.01, float("nan")),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("variant", LEVELS)
def test_the_levels_of_the_full_model_are_told_as_they_were_found(
    variant: str, language: str, snapshot: SnapshotAssertion
) -> None:
    municipality, project, p_municipality, p_project = LEVELS[variant]
    group = "model=full;level="
    rows = page(
        language,
        {"statistic": "icc", "group": f"{group}municipality", "value": municipality},
        {"statistic": "icc", "group": f"{group}project", "value": project},
        {"statistic": "p_value", "group": f"{group}municipality;test=variation", "value": p_municipality},
        {"statistic": "p_value", "group": f"{group}project;test=variation", "value": p_project},
    )
    assert f"{sentences.level_finding(rows)} [{sentences.participant_share(rows)}]" == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("municipality", [1.0, 0.0, float("nan")])
@pytest.mark.parametrize("project", [1.0, 0.0])
def test_models_that_did_not_converge_are_named(
    municipality: float, project: float, language: str, snapshot: SnapshotAssertion
) -> None:
    models = {"municipality": municipality, "project": project}
    rows = [{"statistic": "converged", "group": f"model={name}", "value": value} for name, value in models.items()]
    assert sentences.convergence(page(language, *rows)) == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_share_between_units_has_its_interval_or_none(language: str, snapshot: SnapshotAssertion) -> None:
    inside = {"statistic": "icc", "group": "model=municipality", **interval(0.07, 0.09, 0.112)}
    at_zero = {"statistic": "icc", "group": "model=project", "value": 0.0}
    rows = page(language, inside, at_zero)
    assert [sentences.icc_interval(model)(rows) for model in ("municipality", "project")] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_goal_attainment_beside_jobbsjansen_is_that_of_the_place(language: str, snapshot: SnapshotAssertion) -> None:
    share = {"statistic": "share", "scheme": "introduction"}
    rows = page(
        language,
        {**share, "group": "jobbsjansen_in_municipality=yes", "value": 0.471},
        {**share, "group": "jobbsjansen_in_municipality=no"},
    )
    assert [beside_jobbsjansen.phrases[key](rows) for key in ("beside_yes", "beside_no")] == snapshot


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_number_in_the_prose_is_that_of_its_own_row(language: str, snapshot: SnapshotAssertion) -> None:
    spread, count = {"statistic": "sd", "group": "model=full"}, {"statistic": "count"}
    woman = {"group": "profile=municipality_average_woman", "scheme": "introduction"}
    icc = {"statistic": "icc"}
    groups = {name: {**count, "group": f"model={name}"} for name in ("municipality", "project", "full")}
    effects = {name: {**EFFECT, "group": f"model={name}", "term": "scheme"} for name in groups}
    rows = page(
        language,
        {**spread, "term": IMMIGRANTS, "value": 0.0512},
        {**spread, "term": MIGRATION, "value": 7.34},
        {**spread, "term": LABOUR, "value": 0.0287},
        {**spread, "term": WAGE, "value": 41.6},
        {**groups["municipality"], "term": "observations", "value": 17000},
        {**groups["municipality"], "term": "municipalities", "value": 230},
        {**groups["project"], "term": "observations", "value": 15000},
        {**groups["project"], "term": "projects", "value": 199},
        {**groups["full"], "term": "observations", "value": 19000},
        {**groups["full"], "term": "municipalities", "value": 300},
        {**groups["full"], "term": "projects", "value": 350},
        {**effects["municipality"], **interval(0.1, 0.14, 0.19)},
        {**effects["project"], **interval(0.11, 0.16, 0.21)},
        {**effects["full"], **interval(0.04, 0.08, 0.12)},
        {**count, "term": "municipalities_with_both_schemes"},
        {**icc, "group": "model=municipality", **interval(0.07, 0.09, 0.11)},
        {**icc, "group": "model=project", **interval(0.1, 0.12, 0.15)},
        {**icc, "group": "model=full;level=municipality", "value": 0.023},
        {**icc, "group": "model=full;level=project"},
        {**woman, "statistic": "odds", "value": 0.41},
        {**woman, "statistic": "probability", "value": 0.29},
        {**woman, "statistic": "probability", "scheme": "jobbsjansen", "value": 0.51},
        {**woman, "statistic": "profile_value", "term": "age", "value": 33.2},
    )
    told: dict[str, str] = {}
    for exhibit in (context_terms, model_comparison, variance_shares, within_municipality, example_woman):
        for keys, make in exhibit.phrases.items():
            if "finding" not in keys and keys not in ("convergence", "icc_full_participant"):
                text = make(rows)
                told |= {str(keys): text} if isinstance(text, str) else dict(text)
    assert told == snapshot
