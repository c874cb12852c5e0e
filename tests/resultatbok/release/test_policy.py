"""What is told of each number, at every boundary of the policy, and what no released row may tell."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from resultatbok.release.policy import HIDDEN, RELEASED_COLUMNS, released
from resultatbok.release.rows import LedgerError, normalise, row
from resultatbok.settings import DisclosurePolicy, EditionSettings

POLICY = DisclosurePolicy()


def told(*rows, policy=POLICY, exhibit="exhibit", **columns):
    true = normalise(exhibit, pd.DataFrame(list(rows))).assign(**columns)
    return released(true, policy)


def one(*rows, **options):
    return told(*rows, **options).iloc[0]


def persons(value, group="", **keys):
    return row("count", value, group=group, term="participants", **keys)


def share(inside, n, group="", term="goal_attainment", **keys):
    return row("share", inside / n, n=n, group=group, term=term, **keys)


def text(shown):
    """A stand-in for the words of a page."""
    if shown["state"] == HIDDEN:
        return "not shown"
    if shown["statistic"] == "count":
        return f"under {shown['bound']:g}" if shown["state"] == "under" else f"{shown['value']:g}"
    n, few = shown["n"], shown["bound"] if shown["state"] == "under" else 1 - shown["bound"]
    if n < 50:
        counts = {
            "about": f"{shown['value'] * n:g}",
            "under": f"under {few * n:g}",
            "over": f"all but under {few * n:g}",
        }
        return f"{counts[shown['state']]} of {n:g}"
    number = shown["value"] if shown["state"] == "about" else shown["bound"]
    return f"{'' if shown['state'] == 'about' else shown['state'] + ' '}{100 * number:g} %"


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        *((few, "under 10") for few in (0, 1, 4, 5, 7)),
        *((ten, "10") for ten in (8, 9, 10, 12)),
        *((13, "15"), (17, "15"), (18, "20"), (1417, "1415")),
    ],
)
def test_a_number_of_persons_is_told_to_the_nearest_five_and_from_ten(count, expected):
    assert text(one(persons(count))) == expected


@pytest.mark.parametrize(
    ("inside", "n", "expected"),
    [
        *((inside, n, "not shown") for inside, n in ((11, 12), (12, 12), (0, 12), (4, 9), (8, 17), (0, 17))),
        (9, 18, "10 of 20"),
        (12, 18, "all but under 10 of 20"),
        (0, 20, "under 10 of 20"),
        (20, 20, "all but under 10 of 20"),
        (16, 20, "all but under 10 of 20"),
        (13, 22, "all but under 10 of 20"),
        (9, 22, "under 10 of 20"),
        (3, 40, "under 10 of 40"),
        (0, 60, "under 17 %"),
        (60, 60, "over 83 %"),
        (57, 60, "over 83 %"),
        (30, 60, "50 %"),
        (23, 67, "40 %"),
        (103, 141, "75 %"),
        (1031, 1417, "72.8 %"),
        (5, 28214, "under 0.1 %"),
    ],
)
def test_a_share_is_made_of_rounded_numbers_as_fine_as_they_allow(inside, n, expected):
    assert text(one(share(inside, n))) == expected


@pytest.mark.parametrize("unit", ["participants", "records", "job_specialists"])
def test_records_and_respondents_count_as_persons(unit):
    assert text(one(row("count", 3, unit=unit))) == "under 10"


def test_units_that_answered_a_survey_count_as_persons():
    assert text(one(row("count", 7, unit="projects", sample="project_survey"))) == "under 10"


@pytest.mark.parametrize(
    ("count", "state", "value"), [(0, "under", np.nan), (4, "under", np.nan), (5, "", 5), (414, "", 414)]
)
def test_projects_are_counted_one_by_one_from_five(count, state, value):
    shown = one(row("count", count, unit="projects"))
    assert shown["state"] == state
    assert shown["value"] == pytest.approx(value, nan_ok=True)


@pytest.mark.parametrize(("inside", "state"), [(4, "under"), (5, ""), (26, ""), (27, "over")])
def test_a_share_of_projects_needs_five_of_them_in_and_out(inside, state):
    assert one(row("share", inside / 31, n=31, term="project_share", unit="projects"))["state"] == state


def test_things_are_told_as_they_are():
    assert one(row("count", 2, unit="variables")).loc[["value", "state", "suppressed"]].tolist() == [2, "", False]


@pytest.mark.parametrize(("n", "expected"), [(7, np.nan), (8, 32.8), (1417, 32.8)])
def test_a_mean_has_three_digits_and_ten_persons(n, expected):
    shown = one(row("mean", 32.8219, n=n, term="age", std_error=0.06261, low=32.69912, high=32.94468))
    assert shown["value"] == pytest.approx(expected, nan_ok=True)
    assert shown["std_error"] == pytest.approx(0.063 if n > 7 else np.nan, nan_ok=True)


@pytest.mark.parametrize(
    ("n", "unit", "hidden"),
    [(99, "years", True), (100, "years", False), (49, "projects", True), (50, "projects", False)],
)
def test_enough_lie_beyond_a_percentile(n, unit, hidden):
    assert one(row("percentile", 23, n=n, group="percentile=90", term="age", unit=unit))["suppressed"] == hidden


@pytest.mark.parametrize(
    ("statistic", "value", "unit", "expected"),
    [
        ("coefficient", 0.524923, "log-odds", 0.52),
        ("odds_ratio", 1.69034, "ratio", 1.69),
        ("standardised_difference", -0.367111, "", -0.37),
        ("average_marginal_effect", 0.0950324, "fraction", 0.095),
        ("loglik", -10588.73, "", -10589),
        ("auc", 0.787257, "", 0.787),
        ("p_value", 0.04656, "", 0.05),
        ("p_value", 0.00867, "", 0.009),
    ],
)
def test_a_model_is_told_at_few_digits(statistic, value, unit, expected):
    assert one(row(statistic, value, n=19316, term="scheme", unit=unit))["value"] == pytest.approx(expected)


@pytest.mark.parametrize(("n", "hidden"), [(97, True), (98, False)])
def test_a_model_of_fewer_than_a_hundred_is_a_table(n, hidden):
    assert one(row("coefficient", 0.5, n=n, term="male"))["suppressed"] == hidden


@pytest.mark.parametrize(("terms", "hidden"), [(91, True), (90, False)])
def test_a_model_needs_ten_degrees_of_freedom(terms, hidden):
    rows = [row("coefficient", 0.5, n=100, term=f"term{number}") for number in range(terms)]
    assert told(*rows)["suppressed"].tolist() == [hidden] * terms


def test_a_model_of_the_schemes_alone_is_the_difference_of_their_shares():
    shares = [share(9969, 17899, scheme="introduction"), share(1029, 1417, scheme="jobbsjansen")]
    effect = row("average_marginal_effect", 0.169224, n=19316, group="model=scheme", term="scheme", unit="fraction")
    odds = row("odds_ratio", 2.108, n=19316, group="model=scheme", term="scheme")
    shown = told(*shares, effect, odds)
    assert shown["value"].tolist() == pytest.approx([0.557, 0.728, 0.171, np.nan], nan_ok=True)
    assert shown["rule"].tolist()[2:] == ["R3", "R5 table"]


def test_the_coefficient_of_a_category_with_few_persons_is_not_told():
    few, many = (share(n - 9, n, group=f"origin={name}") for name, n in (("north_america", 17), ("europe", 113)))
    models = [row("coefficient", 0.3, n=19316, term=f"origin_{name}") for name in ("north_america", "europe")]
    assert told(few, many, *models)["rule"].tolist()[2:] == ["R5 category", "R5"]


def test_a_difference_is_made_of_the_shares_that_are_told():
    rows = [
        share(264, 626, scheme="introduction", group="gender=female"),
        share(103, 141, scheme="jobbsjansen", sample="women"),
        row(
            "difference",
            0.30877712143,
            n=141,
            term="goal_attainment",
            sample="women",
            std_error=0.04,
            low=0.2,
            high=0.4,
        ),
    ]
    shown = told(*rows).iloc[2]
    assert shown[["state", "rule"]].tolist() == ["about", "R3"]
    assert shown["value"] == pytest.approx(0.75 - 0.42)
    assert shown["low"] < shown["value"] < shown["high"]


def test_a_difference_with_a_side_that_is_not_told_is_hidden():
    rows = [
        share(264, 626, scheme="introduction"),
        share(4, 26, scheme="jobbsjansen"),
        row("difference", 0.3, n=26, term="goal_attainment"),
    ]
    assert told(*rows).iloc[2][["state", "rule"]].tolist() == [HIDDEN, "R3"]


@pytest.mark.parametrize(
    "faulty",
    [
        row("rank", 3, n=500),
        row("rank_max", 3, n=500),
        row("difference", 0.5, n=400, group="contribution=highest"),
        row("nobody", 1),
    ],
)
def test_ranks_and_extremes_are_never_told(faulty):
    assert one(faulty)[["state", "rule"]].tolist() == [HIDDEN, "R6"]


@pytest.mark.parametrize(("top_two", "hidden"), [(0.89, False), (0.9, True)])
def test_an_amount_that_two_units_dominate_is_not_told(top_two, hidden):
    amount = row("mean", 812.0, n=12, term="wage_costs", unit="project_years")
    assert one(amount, top_two=top_two)["suppressed"] == hidden
    assert one(amount | {"n": 4}, top_two=0.5)["rule"] == "R7 units"


@pytest.mark.parametrize(("published_from", "n", "hidden"), [(None, 723, True), (100, 99, True), (100, 100, False)])
def test_a_project_stands_by_itself_only_where_the_policy_says_from_which_size(published_from, n, hidden):
    policy = DisclosurePolicy(units={"published_from": published_from})
    shown = one(share(n // 2, n, group="project=a"), policy=policy)
    assert shown["suppressed"] == hidden


@pytest.mark.parametrize(("left", "rule"), [(13, "R9"), (20, "R2")])
def test_a_sample_that_is_nearly_another_is_not_broken_down(left, rule):
    rows = [
        share(100, 141, scheme="jobbsjansen", sample="women"),
        share(103, 141 + left, scheme="jobbsjansen"),
        share(34, 65, scheme="jobbsjansen", group="age=20..29"),
        share(30, 60, scheme="jobbsjansen", sample="women", group="age=20..29"),
    ]
    assert told(*rows)["rule"].tolist() == ["R2", "R2", "R2", rule]


def test_what_no_rule_is_known_for_stops_the_release():
    with pytest.raises(LedgerError, match=r"statistics \['mystery'\].*keys \['shoe_size'\]"):
        told(row("mystery", 3, n=100), persons(30, group="shoe_size=44"))


def test_an_exact_policy_tells_everything_and_is_for_invented_data():
    shown = one(persons(3), policy=DisclosurePolicy(policy="exact"))
    assert shown[["value", "state", "suppressed"]].tolist() == [3, "", False]
    edition = {"name": "real", "title": {"en": "Real"}, "disclosure": {"policy": "exact"}}
    assert EditionSettings(**edition, synthetic=True).disclosure.policy == "exact"
    with pytest.raises(ValidationError, match="invented data alone"):
        EditionSettings(**edition, synthetic=False)


def test_what_is_looser_than_for_real_people_is_listed():
    assert POLICY.loosened() == []
    assert DisclosurePolicy(base=10, least=20, dominance=0.5).loosened() == []
    loose = DisclosurePolicy(base=3, coarsened=0.2, units={"published_from": 100}).loosened()
    assert [sentence.split()[0] for sentence in loose] == ["base", "coarsened", "units"]
    assert len(DisclosurePolicy(policy="exact").loosened()) == 1


def test_counts_are_told_alike_where_they_round_alike():
    shown = told(*(persons(count, f"year={count}") for count in range(300)))
    classes = shown.groupby(["value", "state", "bound"], dropna=False).groups.values()
    assert [list(own) for own in classes if 0 in own] == [list(range(8))]
    assert {len(own) for own in classes if 0 not in own and 299 not in own} == {5}


@pytest.fixture(scope="module")
def every_share():
    """Every number of so many, as a share that is told, with the true numbers beside it."""
    pairs = [
        (k, n)
        for n in (*range(1, 75), 99, 100, 101, 998, 1003)
        for k in {*range(min(n, 90) + 1), *range(max(0, n - 40), n + 1)}
    ]
    rows = [share(k, n, f"age={k};year={n}", std_error=0.1, low=0.0, high=1.0) for k, n in pairs]
    return told(*rows).assign(k=[k for k, _ in pairs], true_n=[n for _, n in pairs])


def test_a_share_of_none_or_all_is_told_as_that_of_a_few_less(every_share):
    columns = ["value", "n", "std_error", "low", "high", "state", "bound", "suppressed"]
    for few in (every_share["k"], every_share["true_n"] - every_share["k"]):
        texts = every_share.assign(text=every_share[columns].apply(lambda own: repr(own.tolist()), axis=1), few=few)
        large = texts[(few < 8) & (texts["true_n"] >= 18)]
        assert len(large.drop_duplicates(["true_n", "text"])) == large["true_n"].nunique()


def test_a_bound_of_a_share_is_true_and_a_told_share_is_near(every_share):
    inside, outside = every_share["k"], every_share["true_n"] - every_share["k"]
    states = every_share["state"]
    assert (inside[states == "under"] < 10).all()
    assert (outside[states == "over"] < 10).all()
    about = every_share[states == "about"]
    assert (np.minimum(inside, outside)[about.index] >= 8).all()
    step = np.where(about["n"].between(50, 99), 0.026, 0.006)
    assert ((about["value"] - about["k"] / about["true_n"]).abs() < 5 / about["true_n"] + step).all()
    assert (about["low"] <= about["value"]).all()
    assert (about["value"] <= about["high"]).all()


@settings(max_examples=5, deadline=None)
@given(st.permutations(range(6)))
def test_what_is_told_of_a_row_does_not_depend_on_the_others(order):
    rows = [
        persons(3),
        persons(13, "year=2017"),
        share(9, 18),
        share(3, 40, "age=1"),
        share(0, 60, "age=2"),
        share(103, 141, "age=3"),
    ]
    shown = told(*(rows[place] for place in order))
    pd.testing.assert_frame_equal(shown.set_axis(order).sort_index(), told(*rows))


def test_released_rows_have_their_columns_and_the_index_they_came_with():
    true = normalise("exhibit", pd.DataFrame([persons(30), share(30, 60)])).set_axis([7, 3])
    shown = released(true, POLICY)
    assert shown.index.tolist() == [7, 3]
    assert list(shown) == [*RELEASED_COLUMNS, "rule"]
