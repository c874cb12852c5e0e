"""The parts of the difference between the schemes, the sentences on them, and for whom the schemes differ."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from helpers.chapters.composition.composition import gap_parts, gap_table
from helpers.chapters.composition.composition_words import composition_finding, projects_note
from helpers.chapters.composition.for_whom import (
    ROUND_TO,
    effects_by_group,
    equality_in_numbers,
    finding,
    groups_told_apart,
)
from helpers.chapters.composition.for_whom_fits import for_whom_fits
from helpers.chapters.composition.gap_fits import gap_fits
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk
from resultatbok.methods.logit import fit_logit
from resultatbok.release.ledger import Ledger, group_keys, lookup
from resultatbok.settings import DisclosurePolicy
from resultatbok.words.wording import Wording

WORDS = Wording("en")
STAGES = ("entry", "after_entry", "context", "unexplained")


def numbers(low: float, value: float, high: float) -> pd.Series:
    return pd.Series({"low": low, "value": value, "high": high, "suppressed": False})


def say(gap: tuple[float, float, float], *parts: tuple[float, float, float], sample: str = "women") -> str:
    named = {name: numbers(*part) for name, part in zip(STAGES, parts, strict=True)}
    return composition_finding(WORDS, numbers(*gap), named, sample)


CLEAR = ((4, 6, 8), (10, 12, 14), (1, 2, 3))


def test_a_lead_is_divided_with_intervals() -> None:
    sentence = say((17, 20, 23), *CLEAR, (-5, 0, 5))
    assert "more often than women in the introduction programme: the difference is 20 percentage points" in sentence
    assert "6 (4 to 8) are accounted for by who the participants were when they entered" in sentence
    assert "12 (10 to 14) by what came after entry" in sentence
    assert "What stays cannot be told apart from zero" in sentence
    assert "other way" not in sentence


def test_a_lag_turns_the_sentence_and_its_numbers() -> None:
    lead, lag = (say((a, s * 20, b), *(tuple(sorted(s * x for x in p)) for p in (*CLEAR, (1, 2, 3))))
                 for s, a, b in ((1, 17, 23), (-1, -23, -17)))  # fmt: skip
    assert "less often" in lag
    assert lag.split("Of these points")[1] == lead.split("Of these points")[1]


def test_a_part_that_pulls_the_other_way_is_named() -> None:
    sentence = say((10, 13, 16), (-9, -7, -5), (10, 12, 14), (1, 2, 3), (3, 6, 9))
    assert "making the difference smaller: who the participants were when they entered." in sentence
    assert "What stays may come from the scheme, from differences" in sentence


def test_a_part_larger_than_the_whole_is_named() -> None:
    sentence = say((10, 13, 16), (15, 17, 19), (-6, -4, -2), (-1, 0, 1), (-3, 0, 3))
    assert "More than the whole difference would come from this alone: who the participants were" in sentence
    assert "smaller: what came after entry." in sentence
    assert "cannot be said: the municipality" in sentence


def test_schemes_that_change_places_are_said_to() -> None:
    assert "the schemes change places" in say((10, 13, 16), *CLEAR, (-9, -7, -5))


def test_without_a_difference_only_its_pulls_are_told() -> None:
    sentence = say((-2, 1, 4), (4, 6, 8), (-8, -5, -2), (-1, 0, 1), (-3, 0, 3), sample="all")
    assert "no difference to account for" in sentence
    assert "Towards Jobbsjansen pull: who the participants were when they entered, 6 (4 to 8)." in sentence
    assert "Towards the introduction programme pull: what came after entry, −5 (−8 to −2)." in sentence
    flat = say((-2, 1, 4), *[(-1, 0, 1)] * 4)
    assert "None of its parts" in flat


def test_a_hidden_difference_is_not_divided() -> None:
    gap = pd.Series({"low": np.nan, "value": np.nan, "high": np.nan, "suppressed": True})
    assert "is not shown" in composition_finding(WORDS, gap, {}, "women")


@pytest.mark.parametrize(("low", "words"), [(-1, "it includes zero"), (1, "does not include zero")])
def test_the_note_on_projects_follows_its_interval(low: float, words: str) -> None:
    assert words in projects_note(WORDS, numbers(low, 5, 10))


def test_the_parts_shown_add_up_to_the_difference(desk: Desk) -> None:
    rows = gap_parts(desk).rows
    gap = lookup(rows, statistic="difference_pp")["value"]
    assert rows.loc[rows["statistic"] == "decomposition", "value"].sum() == pytest.approx(gap, abs=1e-3)
    women = desk.study.complete.query("male == 0")
    shares = women.groupby("scheme", observed=True)["goal_attained"].mean()
    assert gap == pytest.approx(100 * (shares["jobbsjansen"] - shares["introduction"]))


def test_the_figure_and_the_table_have_the_same_numbers(desk: Desk) -> None:
    figure, table = gap_parts(desk).rows, gap_table(desk).rows
    same = table[(table["sample"] == "women") & (table["group"] == "coefficients=pooled")]
    for name in STAGES:
        ours, theirs = lookup(figure, term=name), lookup(same, term=name)
        assert (ours["value"], ours["std_error"]) == (theirs["value"], theirs["std_error"])


def test_blocks_add_up_to_their_stage_in_every_column(desk: Desk) -> None:
    rows = gap_table(desk).rows
    for keys in (
        ("women", "coefficients=introduction"),
        ("women", "coefficients=jobbsjansen"),
        ("all", "coefficients=pooled"),
    ):
        part = rows[(rows["sample"] == keys[0]) & (rows["group"] == keys[1])].set_index("term")["value"]
        entry = [b for b in ("gender", "origin", "education", "age_and_residence") if b in part]
        assert part[entry].sum() == pytest.approx(part["entry"])
        assert ("gender" in entry) == (keys[0] == "all")
    assert gap_table(desk).table is not None


def test_less_knowledge_leaves_more_or_other_things_over(desk: Desk) -> None:
    """What is known at entry alone gives entry what it leads to later; the difference is the same."""
    fits = gap_fits(desk.study)
    whole, entry = (fits[name].parts.iloc[0].sum() for name in ("women", "women_entry"))
    assert entry == pytest.approx(whole, abs=1e-9)
    assert set(fits["women_entry"].blocks) < set(fits["women"].blocks)
    assert fits["women_projects"].parts.to_numpy() == pytest.approx(fits["women"].parts.iloc[:3].to_numpy())
    assert fits["women_projects"].units[0] < fits["women"].units[0]


@pytest.fixture(scope="module")
def equal_schemes(small_study: Study) -> Desk:
    """The small cohort with outcomes from its own model, in which the scheme itself does nothing.

    Outcomes are drawn systematically: in every cell as many reach the goal as the model expects, so that chance plays
    no part in what the schemes have over each other.
    """
    people = small_study.complete
    design = small_study.individual_design.drop(columns="scheme")
    eta = design @ fit_logit(people["goal_attained"], design).coefficients[design.columns]
    order = np.lexsort([eta, *(people[name] for name in ("norwegian_level", "education_level", "male", "scheme"))])
    reached = np.floor(np.cumsum(expit(eta - eta.mean()).to_numpy()[order]) + 0.5)
    outcome = np.empty(len(people))
    outcome[order] = np.diff(reached, prepend=0.0)
    study = Study(small_study.cohort)
    study.__dict__["complete"] = people.assign(goal_attained=outcome)
    return Desk(study, Ledger(DisclosurePolicy()), WORDS)


def test_where_the_scheme_does_nothing_nothing_is_left_to_it(
    equal_schemes: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("helpers.chapters.composition.gap_fits.REPLICATES", 50)
    exhibit = gap_parts(equal_schemes)
    rest = lookup(exhibit.rows, term="unexplained")
    assert rest["low"] < 0 < rest["high"]
    sentence = exhibit.phrases["composition_women"]
    assert "cannot be told apart" in sentence
    assert "scheme's doing" not in sentence


def test_where_the_scheme_does_nothing_it_does_so_for_everyone(equal_schemes: Desk) -> None:
    exhibit = effects_by_group(equal_schemes)
    effects = exhibit.rows[exhibit.rows["statistic"] == "average_marginal_effect"]
    overall = lookup(effects, group="")
    assert overall["low"] < 0 < overall["high"]
    assert ((effects["low"] < 0) & (effects["high"] > 0)).all()
    assert "depends on education." not in exhibit.phrases["for_whom_finding"]


def test_every_group_shown_has_enough_participants_of_both_schemes(desk: Desk) -> None:
    rows = effects_by_group(desk).rows
    counts = rows[rows["statistic"] == "rounded_count"]
    assert counts["value"].min() >= 20
    women = desk.study.complete.query("male == 0")
    for _, entry in counts.iterrows():
        keys = group_keys(str(entry["group"]))
        part = women[women["scheme"] == entry["scheme"]]
        for key, value in keys.items():
            part = part[part[key].isin(value.split("|"))]
        assert abs(entry["value"] - len(part)) <= ROUND_TO / 2


def test_the_difference_among_all_women_is_that_of_one_model(desk: Desk) -> None:
    overall = lookup(effects_by_group(desk).rows, statistic="average_marginal_effect", group="")
    fit = for_whom_fits(desk.study)["none"].fit
    renamed = fit.design.rename(columns={"treatment in ": "scheme"})
    women = desk.study.complete[desk.study.complete["male"] == 0].reset_index(drop=True)
    expected = fit_logit(fit.outcome, renamed, groups=women["project"]).average_effect("scheme")
    assert overall["value"] == pytest.approx(100 * expected.value)
    assert overall["std_error"] == pytest.approx(100 * expected.std_error)


@pytest.mark.parametrize(
    ("p", "words"), [(0.049, "depends on education."), (0.05, "depends on education cannot be shown")]
)
def test_the_sentence_on_education_follows_the_test(p: float, words: str) -> None:
    rows = pd.DataFrame({"statistic": ["p_value"], "term": ["scheme:education"], "value": [p]})
    assert words in finding(WORDS, rows)
    assert f"education p\xa0=\xa0{p:.3f}" in equality_in_numbers(WORDS, rows)


def test_without_groups_nothing_is_compared() -> None:
    rows = pd.DataFrame({"statistic": ["average_marginal_effect"], "term": ["scheme"], "group": [""], "value": [3.0]})
    assert "No two groups" in finding(WORDS, rows)
    assert equality_in_numbers(WORDS, rows) == "No test was made."
    assert "No group is large enough" in groups_told_apart(WORDS, rows)


def test_groups_are_counted_by_what_can_be_told() -> None:
    rows = pd.DataFrame(
        {
            "statistic": "average_marginal_effect",
            "group": ["", "education=a", "education=b", "education=c"],
            "low": [1.0, 1.0, -5.0, -1.0],
            "high": [2.0, 2.0, -1.0, 1.0],
        }
    )
    sentence = groups_told_apart(WORDS, rows)
    assert "Of the 3 groups shown" in sentence
    assert "programme in 1 and below it in 1; in 1 the two" in sentence


def test_in_a_cohort_without_an_effect_no_lead_is_left_to_the_scheme(
    no_effect_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Participants still differ between the schemes.

    Six projects of Jobbsjansen are left at this size, and theirs are the differences that stay.
    """
    monkeypatch.setattr("helpers.chapters.composition.gap_fits.REPLICATES", 50)
    exhibit = gap_parts(Desk(no_effect_study, Ledger(DisclosurePolicy()), WORDS))
    gap, rest = lookup(exhibit.rows, statistic="difference_pp"), lookup(exhibit.rows, term="unexplained")
    assert gap["low"] < gap["high"]
    assert rest["low"] < 0
    assert "may come from the scheme" not in exhibit.phrases["composition_women"]
    changed_places = "the schemes change places" in exhibit.phrases["composition_women"]
    assert changed_places == (rest["high"] < 0)
