"""Each tolerance on both sides of its boundary."""

import math

import pytest
from invented import computed, printed, verdict

from helpers.fidelity.published import Published
from helpers.fidelity.tolerance import RULES, stars

COEFFICIENT = {"group": "model=individual", "term": "age"}


def inside(published: Published, value: float, *others: Published, statistic: str = "", **settings: object) -> bool:
    keys = {"group": published.group, "term": published.term}
    name = statistic or published.statistic
    if name == "difference_pp":  # the reports print points, the ledger has fractions
        name, value, settings = "difference", value / 100, {k: float(v) / 100 for k, v in settings.items()}
        settings["unit"] = "fraction"
    shown = computed(name, value, **keys | settings)
    found = verdict(published, shown, others=others)
    assert found.verdict in ("inside", "outside"), found.reason
    return found.verdict == "inside"


@pytest.mark.parametrize(
    ("published", "last_inside", "first_outside", "settings"),
    [
        pytest.param(printed("share", 0.50), 0.515, 0.5151, {}, id="a share has 1.5 points at least"),
        pytest.param(printed("share", 0.50), 0.598, 0.599, {"n": 100}, id="and 1.96 standard errors of its group"),
        pytest.param(printed("share", 0.5, 1), 0.45, 0.449, {}, id="rounding alone is always allowed"),
        pytest.param(printed("probability", 0.60), 0.615, 0.6151, {}, id="a probability without an error"),
        pytest.param(printed("probability", 0.60), 0.639, 0.6393, {"std_error": 0.02}, id="a probability with one"),
        pytest.param(printed("difference_pp", 10, 0), 11.5, 11.51, {}, id="a difference in points"),
        pytest.param(printed("difference_pp", 10, 0), 13.9, 13.93, {"std_error": 2.0}, id="a difference with an error"),
        pytest.param(printed("count", 1000, 0), 1020, 1021, {}, id="a count"),
        pytest.param(printed("count", 3, 0), 3, 4, {}, id="a small count"),
        pytest.param(printed("std_error", 1.00), 1.15, 1.16, {}, id="a standard error"),
        pytest.param(printed("vif", 2.00, term="age"), 2.30, 2.31, {}, id="a variance inflation factor"),
        pytest.param(
            printed("vif", 20.0, term="measure_primary_school_subjects"), 25.0, 25.1, {}, id="of a school measure"
        ),
        pytest.param(printed("icc", 0.090, 3), 0.110, 0.111, {}, id="an intraclass correlation"),
        pytest.param(printed("r2", 0.19), 0.21, 0.211, {}, id="a pseudo R2"),
        pytest.param(printed("adjusted_r2", 0.227, 3), 0.247, 0.248, {}, id="an adjusted pseudo R2"),
        pytest.param(
            printed("mean", 30.00), 30.5, 30.51, {"std_error": 0.1, "n": 10_000}, id="a mean: 0.05 of a deviation of 10"
        ),
        pytest.param(printed("median", 29, 0), 31.9, 31.91, {}, id="a median"),
        pytest.param(printed("correlation", 0.52), 0.57, 0.571, {}, id="a correlation"),
        pytest.param(printed("mode", 24, 0), 25, 25.1, {}, id="a peak"),
        pytest.param(printed("difference", 4.0, 1), 4.05, 4.06, {}, id="a difference of means"),
        pytest.param(printed("difference", 4.0, 1), 4.39, 4.40, {"std_error": 0.2}, id="with its error"),
        pytest.param(printed("share", 0.70, 2, "approx"), 0.735, 0.7351, {}, id="about: 5 % of a large share"),
        pytest.param(printed("share", 0.10, 2, "approx"), 0.12, 0.121, {}, id="about: 2 points of a small share"),
        pytest.param(printed("difference_pp", 10, 0, "approx"), 12, 12.1, {}, id="about, in points"),
        pytest.param(printed("count", 100, 0, "approx"), 105, 106, {}, id="about, of a count"),
        pytest.param(printed("share", 0.40, 2, "lower_bound"), 0.45, 0.451, {}, id="more than: up to 5 points above"),
        pytest.param(printed("share", 0.40, 2, "lower_bound"), 0.385, 0.384, {}, id="more than: not below"),
        pytest.param(printed("share", 0.40, 2, "upper_bound"), 0.35, 0.349, {}, id="less than: down to 5 points below"),
        pytest.param(printed("share", 0.40, 2, "upper_bound"), 0.415, 0.416, {}, id="less than: not above"),
        pytest.param(printed("count", 6000, 0, "lower_bound"), 6600, 6601, {}, id="more than, of a count: a tenth"),
        pytest.param(printed("qualitative_direction", 1, 0), 0.001, 0.0, {}, id="more is above zero"),
        pytest.param(printed("direction", -1, 0), -0.001, 0.001, {}, id="less is below zero"),
        pytest.param(printed("qualitative_level", 2, 0), 0.80, 0.79, {}, id="nearly all"),
        pytest.param(printed("qualitative_level", 1, 0), 0.40, 0.39, {}, id="much"),
        pytest.param(printed("qualitative_level", -2, 0), 0.20, 0.21, {}, id="very few"),
        pytest.param(printed("qualitative_level", 0, 0), 0.10, 0.11, {}, id="even"),
        pytest.param(printed("tested_not_significant", 0, 0), 0.05, 0.049, {}, id="not significant"),
        pytest.param(printed("number_of_significant_predictors", 0, 0), 1, 2, {}, id="none significant"),
        pytest.param(printed("rank_max", 3, 0), 3, 4, {}, id="among the three most used"),
    ],
)  # fmt: skip
def test_the_last_number_inside_and_the_first_outside(
    published: Published, last_inside: float, first_outside: float, settings: dict[str, object]
) -> None:
    shown = {"std_error": {"statistic": "coefficient"}}.get(published.statistic)
    if shown:  # a standard error stands in the coefficient's row
        assert verdict(published, computed("coefficient", 0.0, std_error=last_inside)).verdict == "inside"
        assert verdict(published, computed("coefficient", 0.0, std_error=first_outside)).verdict == "outside"
        return
    assert inside(published, last_inside, **settings)
    assert not inside(published, first_outside, **settings)


def beside(*rows: tuple[str, float]) -> tuple[Published, ...]:
    return tuple(printed(statistic, value, id=statistic, **COEFFICIENT) for statistic, value in rows)


def test_a_coefficient_has_196_of_its_printed_standard_errors() -> None:
    published = printed("coefficient", 0.50, **COEFFICIENT)
    assert inside(published, 0.696, *beside(("std_error", 0.10)))
    assert not inside(published, 0.697, *beside(("std_error", 0.10)))


@pytest.mark.parametrize("significance", [("p_stars", 1), ("p_value", 0.09)])
def test_a_coefficient_printed_as_significant_keeps_its_sign(significance: tuple[str, float]) -> None:
    positive = printed("coefficient", 0.10, **COEFFICIENT)
    negative = printed("coefficient", -0.10, **COEFFICIENT)
    others = beside(("std_error", 0.10), significance)
    assert inside(positive, 0.001, *others) and not inside(positive, -0.001, *others)
    assert inside(negative, -0.001, *others) and not inside(negative, 0.001, *others)
    assert not inside(positive, 0.0, *others)


@pytest.mark.parametrize("significance", [("p_stars", 0), ("p_value", 0.10)])
def test_a_coefficient_printed_as_not_significant_may_change_its_sign(significance: tuple[str, float]) -> None:
    assert inside(printed("coefficient", 0.10, **COEFFICIENT), -0.05, *beside(("std_error", 0.10), significance))


def test_a_coefficient_without_a_printed_error_cannot_be_judged() -> None:
    published = printed("coefficient", 0.50, **COEFFICIENT)
    found = verdict(published, computed("coefficient", 0.5, **COEFFICIENT))
    assert found.verdict == "missing"
    assert "a printed standard error" in found.reason


def test_an_odds_ratio_is_judged_as_its_coefficient() -> None:
    published, error = printed("odds_ratio", 2.00, **COEFFICIENT), beside(("std_error", 0.10))
    high, low = 2 * math.exp(0.196), 2 * math.exp(-0.196)
    assert inside(published, high - 0.001, *error) and not inside(published, high + 0.001, *error)
    assert inside(published, low + 0.001, *error) and not inside(published, low - 0.001, *error)


def test_a_significant_odds_ratio_stays_on_its_side_of_one() -> None:
    others = beside(("std_error", 0.10), ("p_stars", 1))
    assert inside(printed("odds_ratio", 1.10, **COEFFICIENT), 1.001, *others)
    assert not inside(printed("odds_ratio", 1.10, **COEFFICIENT), 0.999, *others)
    assert not inside(printed("odds_ratio", 0.90, **COEFFICIENT), 1.001, *others)


def test_the_ends_of_an_interval_are_judged_as_the_odds_ratio() -> None:
    published, error = printed("ci_low", 0.50, **COEFFICIENT), beside(("std_error", 0.10))
    row = {"statistic": "odds_ratio", **COEFFICIENT}
    for low, expected in ((0.50 * math.exp(0.195), "inside"), (0.50 * math.exp(0.197), "outside")):
        shown = computed("odds_ratio", 1.0, low=low, high=2.0, **COEFFICIENT)
        assert verdict(published, shown, others=error).verdict == expected, row


@pytest.mark.parametrize(
    ("p_value", "scale", "expected"),
    [
        (0.10, "2022", 0), (0.099, "2022", 1), (0.05, "2022", 1), (0.049, "2022", 2), (0.009, "2022", 3),
        (0.10, "2019", -1), (0.099, "2019", 0), (0.049, "2019", 1), (0.009, "2019", 2), (0.0009, "2019", 3),
    ],
)  # fmt: skip
def test_stars_are_those_of_each_report(p_value: float, scale: str, expected: int) -> None:
    assert stars(p_value, scale) == expected


@pytest.mark.parametrize(
    ("printed_stars", "inside_at", "outside_at"),
    [(3, 0.049, 0.051), (2, 0.099, 0.101), (1, 0.011, 0.009), (0, 0.051, 0.049)],
)
def test_stars_may_differ_by_one_step(printed_stars: int, inside_at: float, outside_at: float) -> None:
    published = printed("p_stars", printed_stars, 0, **COEFFICIENT)
    assert inside(published, inside_at, statistic="p_value")
    assert not inside(published, outside_at, statistic="p_value")


@pytest.mark.parametrize(
    ("p_value", "inside_at", "outside_at"),
    [(0.00, 0.049, 0.051), (0.03, 0.099, 0.101), (0.06, 0.011, 0.009), (0.30, 0.051, 0.049)],
)
def test_a_p_value_says_no_more_than_its_stars(p_value: float, inside_at: float, outside_at: float) -> None:
    published = printed("p_value", p_value, **COEFFICIENT)
    assert inside(published, inside_at)
    assert not inside(published, outside_at)


def test_a_level_of_significance_is_the_limit_that_p_is_below() -> None:
    one_percent, five_percent = printed("p_level", 0.01, **COEFFICIENT), printed("p_level", 0.05, **COEFFICIENT)
    assert inside(one_percent, 0.049, statistic="p_value") and not inside(one_percent, 0.051, statistic="p_value")
    assert inside(five_percent, 0.099, statistic="p_value") and not inside(five_percent, 0.101, statistic="p_value")


def test_a_log_likelihood_is_judged_per_observation() -> None:
    published = printed("loglik", -1000.0, 1, group="model=individual", term="")
    n = printed("count", 2000, 0, id="n", group="model=individual", term="observations")
    keys = {"group": "model=individual"}

    def judged(loglik: float, observations: float) -> str:
        rows = (
            computed("loglik", loglik, term="", **keys),
            computed("count", observations, term="observations", **keys),
        )
        return verdict(published, *rows, others=(n,)).verdict

    assert judged(-1019.0, 2000) == "inside" and judged(-1021.0, 2000) == "outside"
    assert judged(-509.0, 1000) == "inside" and judged(-511.0, 1000) == "outside"


def test_a_percentile_has_the_error_of_a_quantile() -> None:
    """With a spread of 0.1, the median of 100 projects has a standard error of 1.2533 x 0.1 / 10."""
    keys = {"scheme": "introduction", "term": "contribution"}
    ends = tuple(
        printed("percentile", sign * 0.128155, 6, id=f"p{q}", group=f"percentile={q}", **keys)
        for q, sign in ((10, -1), (90, 1))
    )
    published = printed("percentile", 0.0, group="percentile=50", **keys)

    def judged(value: float) -> str:
        shown = computed("percentile", value, group="percentile=50", n=100, **keys)
        return verdict(published, shown, others=ends).verdict

    assert judged(0.0245) == "inside" and judged(0.0247) == "outside"


def test_a_mean_without_its_spread_cannot_be_judged() -> None:
    assert "standard error" in verdict(printed("mean", 30.0), computed("mean", 30.0)).reason


def test_a_statistic_without_a_rule_cannot_be_judged() -> None:
    assert "no tolerance for 'kurtosis'" in verdict(printed("kurtosis", 3.0), computed("kurtosis", 3.0, n=5)).reason
    assert "kurtosis" not in RULES


def test_odds_of_a_person_at_the_means_have_the_error_of_the_constant() -> None:
    keys = {"group": "model=municipality", "term": "constant"}
    constant = printed("std_error", 0.10, id="constant", **keys)
    published = printed("odds", 0.38, scheme="introduction")
    for odds, expected in ((0.38 * math.exp(0.195), "inside"), (0.38 * math.exp(0.197), "outside")):
        assert verdict(published, computed("odds", odds, scheme="introduction"), others=(constant,)).verdict == expected
