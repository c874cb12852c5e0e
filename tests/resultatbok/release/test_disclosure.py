"""What is hidden: each rule at its boundary, and tables as a reader with a pencil would attack them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from resultatbok.release.disclosure import differing, hidden_keys, is_small, suppress, suppress_book
from resultatbok.release.ledger import Ledger, row
from resultatbok.release.rows import normalise
from resultatbok.settings import DisclosurePolicy

POLICY = DisclosurePolicy(min_count=5, min_interval=3, hide_small_outcomes=True)


def persons(value, group="", **keys):
    return row("count", value, group=group, term="participants", **keys)


def share(inside, n, group="", term="goal_attainment", **keys):
    return row("share", inside / n, n=n, group=group, term=term, **keys)


def hidden(*rows, policy=POLICY):
    return Ledger(policy).record("exhibit", pd.DataFrame(list(rows)))["suppressed"].tolist()


@pytest.mark.parametrize(("count", "expected"), [(0, False), (1, True), (4, True), (5, False)])
def test_a_count_of_persons_from_one_to_four_is_hidden(count, expected):
    assert hidden(persons(count)) == [expected]


@pytest.mark.parametrize("named_by", [{"unit": "projects"}, {"term": "municipality_years"}])
def test_a_small_count_of_something_else_is_shown(named_by):
    assert hidden(row("count", 2, **named_by)) == [False]


@pytest.mark.parametrize("statistic", ["mean", "median", "percentile", "sd", "difference", "something_new"])
@pytest.mark.parametrize(("n", "expected"), [(4, True), (5, False)])
def test_a_summary_of_fewer_than_five_is_hidden(statistic, n, expected):
    assert hidden(row(statistic, 30.0, n=n, term="age")) == [expected]


@pytest.mark.parametrize(("n", "expected"), [(4, True), (5, False), (np.nan, False)])
def test_a_model_of_fewer_than_five_rows_is_hidden(n, expected):
    assert hidden(row("coefficient", 0.3, n=n, term="male")) == [expected]


@pytest.mark.parametrize(
    ("inside", "expected"),
    [(0, False), (1, True), (4, True), (5, False), (95, False), (96, True), (99, True), (100, False)],
)
def test_a_share_with_few_persons_in_it_or_outside_it_is_hidden(inside, expected):
    assert hidden(share(inside, 100)) == [expected]


@pytest.mark.parametrize(("n", "expected"), [(4, True), (5, False)])
def test_by_default_the_share_of_a_group_that_reached_the_goal_rests_on_the_group(n, expected):
    policy = DisclosurePolicy(min_count=5)
    assert hidden(share(1, n), policy=policy) == [expected]
    assert hidden(share(n - 1, n), policy=policy) == [expected]


@pytest.mark.parametrize(("inside", "expected"), [(4, True), (5, False), (95, False), (96, True)])
def test_by_default_a_small_group_s_share_of_all_is_still_hidden(inside, expected):
    assert hidden(share(inside, 100, term="participant_share"), policy=DisclosurePolicy(min_count=5)) == [expected]


def test_by_default_a_small_group_left_over_is_protected_and_a_small_outcome_is_not():
    policy = DisclosurePolicy(min_count=5)
    assert any(hidden(share(50, 100), share(48, 96, group="gender=female"), policy=policy))
    assert hidden(share(50, 100), share(49, 90, group="gender=female"), policy=policy) == [False, False]


@pytest.mark.parametrize(("count", "expected"), [(95, False), (96, True), (100, False)])
def test_a_count_with_few_persons_left_of_its_total_is_hidden(count, expected):
    assert hidden(row("count", count, n=100, term="missing_education_level")) == [expected]


@pytest.mark.parametrize("n", [4, 5])
def test_a_share_of_so_few_that_every_split_is_small_is_hidden(n):
    assert hidden(share(2, n)) == [True]


def test_a_share_of_projects_and_an_expected_share_are_not_about_persons():
    assert hidden(share(1, 100, term="project_share"), share(1, 100, term="expected_goal_attainment")) == [False, False]


def test_a_setting_rests_on_nobody():
    assert hidden(row("threshold", 3, n=1, term="age_min")) == [False]


@pytest.mark.parametrize(("count", "expected"), [(9, True), (10, False)])
def test_the_smallest_count_comes_from_the_policy(count, expected):
    assert hidden(persons(count), policy=DisclosurePolicy(min_count=10)) == [expected]


def test_the_primary_rule_alone_looks_at_each_row_by_itself():
    rows = pd.DataFrame([persons(100), persons(3, "education=a"), persons(97, "education=b")]).assign(exhibit="x")
    assert is_small(rows, POLICY).tolist() == [False, True, False]


def test_one_hidden_category_takes_the_smallest_other_with_it():
    rows = [persons(100), persons(3, "education=a"), persons(50, "education=b"), persons(47, "education=c")]
    assert hidden(*rows) == [False, True, False, True]


def test_one_hidden_category_takes_the_rest_with_it_rather_than_a_smaller_one_that_means_something():
    named = [persons(100), persons(3, "package=school"), persons(20, "package=broad"), persons(30, "package=health")]
    assert hidden(*named, persons(47, "package=rest")) == [False, True, False, False, True]
    assert hidden(*named, persons(47, "package=work")) == [False, True, True, False, False]


def test_a_rest_that_nobody_is_in_is_hidden_with_nothing():
    named = [persons(53), persons(3, "package=school"), persons(20, "package=broad"), persons(30, "package=health")]
    assert hidden(*named, persons(0, "package=rest")) == [False, True, True, False, False]


def test_a_package_s_share_with_a_measure_is_hidden_with_that_of_the_rest_where_the_total_is_shown():
    """The heat map of packages beside the use of each measure: two of strong work lack work practice."""
    sizes = {"strong_work": (259, 261), "society": (139, 198), "language": (83, 90), "rest": (83, 227)}
    cells = [share(a, n, f"package={p};measure=x", "participant_share") for p, (a, n) in sizes.items()]
    total = share(564, 776, "measure=x", "participant_share")
    found = book(cells=cells, total=[total])
    assert found == {"cells": [True, False, False, True], "total": [False]}


def test_without_a_total_one_hidden_category_stands_alone():
    rows = [persons(3, "education=a"), persons(50, "education=b"), persons(47, "education=c")]
    assert hidden(*rows) == [True, False, False]


def test_a_zero_is_not_hidden_as_a_partner():
    rows = [persons(53), persons(3, "education=a"), persons(0, "education=b"), persons(50, "education=c")]
    assert hidden(*rows) == [False, True, False, True]


@pytest.mark.parametrize(("second", "more"), [(2, [True, False]), (4, [False, False])])
def test_two_hidden_categories_whose_sum_is_too_small_take_a_third(second, more):
    rows = [persons(100 + second), persons(1, "education=a"), persons(second, "education=b")]
    rows += [persons(49, "education=c"), persons(50, "education=d")]
    assert hidden(*rows) == [False, True, True, *more]


def test_shares_within_categories_are_protected_by_their_total():
    rows = [share(60, 100), share(3, 20, "education=a"), share(30, 40, "education=b"), share(27, 40, "education=c")]
    assert hidden(*rows) == [False, True, True, False]


def test_shares_of_a_composition_add_up_without_a_total():
    parts = [share(inside, 100, f"origin={o}", "participant_share") for o, inside in (("a", 3), ("b", 30), ("c", 67))]
    assert hidden(*parts) == [True, True, False]


def test_a_composition_is_found_by_its_numbers_too():
    parts = [share(inside, 100, f"transition={o}", "transition") for o, inside in (("a", 3), ("b", 30), ("c", 67))]
    assert hidden(*parts) == [True, True, False]


def test_the_schemes_add_up_to_both():
    rows = [persons(103), persons(3, scheme="jobbsjansen"), persons(100, scheme="introduction")]  # both is missed least
    assert hidden(*rows) == [True, True, False]


def test_work_and_education_add_up_to_goal_attainment():
    rows = [share(33, 100), share(30, 100, term="transition_to_work"), share(3, 100, term="transition_to_education")]
    assert hidden(*rows) == [False, True, True]


def test_complete_cases_and_the_rest_add_up_to_all_leavers():
    rows = [persons(103, sample="all_gross"), persons(100, sample="all"), persons(3, sample="with_missing")]
    assert sum(hidden(*rows)) == 2


def test_a_composite_category_is_the_sum_of_its_parts():
    parts = [persons(v, f"norwegian={k}") for k, v in (("b1", 40), ("b2", 3), ("b1_or_higher", 43))]
    assert hidden(*parts) == [True, True, False]
    years = [persons(v, f"year={k}") for k, v in (("2017", 40), ("2018", 3), ("2017..2018", 43))]
    assert hidden(*years) == [True, True, False]


def test_the_n_of_another_statistic_gives_nothing_away():
    groups = {"a": 3, "b": 50, "c": 47}
    rows = [persons(100), *(persons(n, f"education={k}") for k, n in groups.items())]
    rows += [row("mean", 33.0, n=n, group=f"education={k}", term="age") for k, n in groups.items()]
    assert hidden(*rows) == [False, True, False, True, True, False, True]


@pytest.mark.parametrize(("with_it", "expected"), [(996, True), (995, False)])
def test_a_group_left_over_by_a_measure_that_nearly_all_had_is_protected(with_it, expected):
    assert (True in hidden(share(with_it - 500, with_it, "measure=x"), share(500, 1000))) == expected


def test_cells_of_a_table_are_protected_in_rows_and_columns():
    cells = {("a", "x"): 3, ("a", "y"): 20, ("b", "x"): 30, ("b", "y"): 40, ("c", "x"): 50, ("c", "y"): 60}
    rows = [persons(v, f"education={e};norwegian={n}") for (e, n), v in cells.items()]
    rows += [persons(sum(v for k, v in cells.items() if k[0] == e), f"education={e}") for e in "abc"]
    rows += [persons(sum(v for k, v in cells.items() if k[1] == n), f"norwegian={n}") for n in "xy"]
    assert hidden(*rows, persons(203)) == [True, True, True, True, False, False, *[False] * 6]


def test_a_difference_is_hidden_with_either_side():
    sides = [share(3, 100, scheme="jobbsjansen"), share(50, 100, scheme="introduction")]
    difference = row("difference", -0.47, n=100, term="goal_attainment")
    assert hidden(*sides, difference) == [True, False, True]
    assert hidden(share(40, 100, scheme="jobbsjansen"), sides[1], difference) == [False, False, False]


def test_a_difference_between_categories_is_hidden_with_either_side():
    sides = [share(3, 100, "absence=low"), share(50, 100, "absence=high")]
    difference = row("difference", -0.47, n=100, group="absence=low_minus_high", term="goal_attainment")
    assert hidden(*sides, difference) == [True, False, True]


@pytest.mark.parametrize("actual", ["actual_goal_attainment", "goal_attainment"])
def test_a_contribution_is_hidden_with_the_actual_share(actual):
    keys = {"group": "project=a", "scheme": "introduction"}
    rows = [share(3, 10, term=actual, **keys), share(6, 10, term="expected_goal_attainment", **keys)]
    rows.append(row("difference", -0.3, n=10, term="contribution", **keys))
    assert hidden(*rows) == [True, False, True]


def book(**exhibits):
    rows = pd.concat([normalise(name, pd.DataFrame(rows)) for name, rows in exhibits.items()], ignore_index=True)
    shown = suppress_book(rows, POLICY)
    return {name: shown[shown["exhibit"] == name]["suppressed"].tolist() for name in exhibits}


def test_a_number_that_one_exhibit_hides_is_hidden_in_all():
    table = [persons(100), persons(3, "education=a"), persons(97, "education=b")]
    assert book(table=table, prose=table[2:]) == {"table": [False, True, True], "prose": [True]}


def test_a_total_in_another_exhibit_gives_a_category_away():
    parts = [persons(3, "education=a"), persons(50, "education=b"), persons(47, "education=c")]
    assert sum(book(table=parts, prose=[persons(100)])["table"]) == 2


def test_another_breakdown_gives_a_category_away_without_any_total():
    education = [share(2, 5, "education=a"), share(30, 60, "education=b"), share(28, 40, "education=c")]
    gender = [share(20, 45, "gender=female"), share(40, 60, "gender=male")]
    assert book(table=education) == {"table": [True, False, False]}
    assert book(table=education, figure=gender) == {"table": [True, False, True], "figure": [False, False]}


def test_a_difference_in_another_exhibit_is_hidden_with_a_side():
    sides = [share(3, 100, scheme="jobbsjansen"), share(50, 100, scheme="introduction")]
    difference = row("difference", -0.47, n=100, term="goal_attainment")
    assert book(figure=sides, prose=[difference]) == {"figure": [True, False], "prose": [True]}


def test_numbers_to_hide_are_hidden_and_protected():
    rows = normalise(
        "x", pd.DataFrame([persons(v, f"education={e}") for e, v in (("a", 40), ("b", 50))] + [persons(90)])
    )
    shown = suppress(rows, POLICY, hide=[("count", "both", "education=a", "participants", "all")])
    assert shown["suppressed"].tolist() == [True, True, False]
    assert hidden_keys(shown) == {("count", "both", f"education={e}", "participants", "all") for e in "ab"}


def test_a_zero_that_follows_whatever_is_hidden_stops_nothing():
    women = row("count", 40, n=40, group="gender=female", term="participants")
    rows = normalise("x", pd.DataFrame([women]))
    assert suppress(rows, POLICY, hide=hidden_keys(rows.assign(suppressed=True)))["suppressed"].all()


def test_numbers_hidden_here_and_shown_there_are_found():
    rows = pd.DataFrame([persons(50, "education=a"), persons(60, "education=b")] * 2)
    rows["suppressed"] = [True, False, False, False]
    assert differing(rows)["group"].tolist() == ["education=a"]


# A reader with a pencil: tables of education by Norwegian, with all their margins, solved for from what is shown.

SIZES = st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 20, 60])
WHOLE = slice(None)


@st.composite
def tables(draw):
    """Persons in each cell, and how many of them reached the goal."""
    shape = draw(st.tuples(st.integers(2, 3), st.integers(2, 4)))
    cells = st.lists(SIZES, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    sizes = np.array(draw(cells)).reshape(shape)
    return sizes, np.array([draw(st.integers(0, int(size))) for size in sizes.ravel()]).reshape(shape)


def places(table):
    """Every cell and margin of a table; None stands for the sum over that side."""
    sides = [[*range(length), None] for length in table.shape]
    return [(r, c) for r in sides[0] for c in sides[1]]


def at(table, place):
    return int(table[tuple(WHOLE if p is None else p for p in place)].sum())


def group_at(place):
    names = [f"{key}={p}" for key, p in zip(("education", "norwegian"), place, strict=True) if p is not None]
    return ";".join(names)


def narrowest(table, is_hidden):
    """The narrowest interval, in whole persons, that the margins leave for a hidden number of one table."""
    order = places(table)
    column = {place: i for i, place in enumerate(order)}
    sums = [[((r, c), 1) for c in range(table.shape[1])] + [((r, None), -1)] for r in [*range(table.shape[0]), None]]
    sums += [[((r, c), 1) for r in range(table.shape[0])] + [((None, c), -1)] for c in [*range(table.shape[1]), None]]
    matrix = np.zeros((len(sums), len(order)))
    for equation, terms in enumerate(sums):
        for place, sign in terms:
            matrix[equation, column[place]] += sign
    bounds = [(min(1, at(table, p)), 10_000) if is_hidden[p] else (at(table, p),) * 2 for p in order]
    widths = [np.inf]
    for place in (p for p in order if is_hidden[p]):
        ends = []
        for sign in (1, -1):
            direction = np.zeros(len(order))
            direction[column[place]] = sign
            found = linprog(direction, A_eq=matrix, b_eq=np.zeros(len(sums)), bounds=bounds)
            ends.append(sign * found.fun)
        widths.append(np.floor(ends[1] + 1e-6) - np.ceil(ends[0] - 1e-6))
    return min(widths)


@pytest.mark.slow
@settings(max_examples=40, deadline=None)
@given(tables())
def test_no_hidden_count_of_a_table_can_be_worked_out(table):
    sizes, _ = table
    states = hidden(*(persons(at(sizes, p), group_at(p)) for p in places(sizes)))
    assert narrowest(sizes, dict(zip(places(sizes), states, strict=True))) >= POLICY.min_interval


@pytest.mark.slow
@settings(max_examples=25, deadline=None)
@given(tables(), st.booleans())
def test_no_hidden_share_of_a_table_can_be_worked_out(table, margins_apart):
    sizes, inside = table
    order = [place for place in places(sizes) if at(sizes, place)]
    assume(order)
    names = ["margins" if margins_apart and None in place else "cells" for place in order]
    rows = pd.DataFrame([share(at(inside, p), at(sizes, p), group_at(p)) for p in order])
    exhibits = [normalise(name, rows[[n == name for n in names]]) for name in dict.fromkeys(names)]
    shown = suppress_book(pd.concat(exhibits, ignore_index=True), POLICY)
    is_hidden = dict.fromkeys(places(sizes), False)
    by_group = dict(zip(shown["group"], shown["suppressed"], strict=True))
    is_hidden |= {place: by_group[group_at(place)] for place in order}
    assert narrowest(inside, is_hidden) >= POLICY.min_interval
    assert narrowest(sizes - inside, is_hidden) >= POLICY.min_interval
    for exhibit in exhibits:
        alone = suppress(exhibit, POLICY, hide=hidden_keys(shown))
        assert dict(zip(alone["group"], alone["suppressed"], strict=True)).items() <= by_group.items()
