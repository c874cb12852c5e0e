"""Numbers of the trial and of the measures: each is that of the files."""

import pytest

from helpers.chapters.support import numbers
from helpers.registers.studies import StudyTables
from helpers.study.fits.job_support import StudyMissing
from helpers.study.study import Study
from resultatbok.release.ledger import lookup

WORK = "in_work_12_months"


def test_the_flow_counts_each_arm_by_itself(small_study: Study) -> None:
    rows, data = numbers.trial_flow(small_study), small_study.registers.studies.trial
    for arm in ("intervention", "control"):
        own, part = rows[rows["group"] == f"arm={arm}"], data[data["arm"] == arm]
        assert lookup(own, term="randomised")["value"] == len(part)
        assert lookup(own, term="received", statistic="count")["value"] == part["received"].sum()
        assert lookup(own, term="outcome_known")["value"] == part[WORK].notna().sum()
    offered = data[data["arm"] == "intervention"]
    share = lookup(rows, statistic="share")
    assert (share["value"], share["n"]) == (pytest.approx(offered["received"].mean()), len(offered))


def test_the_arms_are_compared_as_they_were_before_the_measure(small_study: Study) -> None:
    rows, data = numbers.trial_baseline(small_study), small_study.registers.studies.trial
    known = numbers.characteristics(data).dropna()
    control = known[data.loc[known.index, "arm"] == "control"]
    age = lookup(rows, term="age", group="arm=control")
    assert (age["statistic"], age["value"], age["n"]) == ("mean", pytest.approx(control["age"].mean()), len(control))
    woman = lookup(rows, term="woman", group="arm=intervention")
    assert (woman["statistic"], woman["unit"]) == ("share", "fraction")
    older = lookup(rows, term="age", group="arm=intervention")["value"] > age["value"]
    assert (lookup(rows, term="age", statistic="standardised_difference")["value"] > 0) == older


def test_as_received_leaves_out_those_who_did_not_receive_the_offer(small_study: Study) -> None:
    rows, data = numbers.trial_work(small_study), small_study.registers.studies.trial
    with_it = data[(data["arm"] == "intervention") & (data["received"] == 1)][WORK]
    without = data[data["arm"] == "control"][WORK]
    found = lookup(rows, group="analysis=received;measure_received=with")
    assert (found["value"], found["n"]) == (pytest.approx(with_it.mean()), with_it.notna().sum())
    effect = lookup(rows, statistic="difference", group="analysis=received")
    assert effect["value"] == pytest.approx(with_it.mean() - without.mean())
    variance = sum(part.mean() * (1 - part.mean()) / part.notna().sum() for part in (with_it, without))
    assert effect["std_error"] == pytest.approx(variance**0.5, rel=0.1)


def test_the_effect_on_compliers_is_the_offer_divided_by_those_who_took_it(small_study: Study) -> None:
    data = small_study.registers.studies.trial
    known = data[data[WORK].notna() & (data["arm"] == "intervention")]
    rows = numbers.trial_work(small_study)
    offered = lookup(rows, group="analysis=offered", statistic="difference")["value"]
    assert lookup(rows, group="analysis=compliers")["value"] == pytest.approx(offered / known["received"].mean())


def test_the_table_in_full_adds_months_to_being_in_work(small_study: Study) -> None:
    rows, data = numbers.trial_effects(small_study), small_study.registers.studies.trial
    means = data.groupby("arm")["months_in_employment"].mean()
    months = lookup(rows, statistic="difference", term="months_in_employment", group="analysis=offered")
    assert months["value"] == pytest.approx(means["intervention"] - means["control"])
    assert months["unit"] == lookup(rows, term="months_in_employment", group="analysis=compliers")["unit"] == "months"
    assert months["low"] < months["value"] < months["high"]
    assert len(rows[rows["term"] == WORK]) == len(numbers.trial_work(small_study))


def test_a_limit_that_the_data_do_not_set_is_missing(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    """When hardly anybody more received the measure in the one arm, its effect may be anything."""
    data = small_study.registers.studies.trial
    received = data["received"].where(data["arm"] == "control", 0.0)
    received.loc[data.index[data["arm"] == "intervention"][:1]] = 1.0
    changed = StudyTables(trial=data.assign(received=received))
    monkeypatch.setitem(small_study.registers.__dict__, "studies", changed)
    effect = lookup(numbers.trial_work(small_study), group="analysis=compliers")
    assert effect[["low", "high"]].isna().all()


def test_power_is_that_of_the_exact_test(small_study: Study) -> None:
    """Power with no difference is the test's error, at most one in twenty; it grows with difference and size."""
    rows = numbers.trial_power(small_study)
    power = rows[rows["statistic"] == "power"].set_index("group")["value"]
    assert 0 < power["times=1;difference_points=0"] <= 0.05
    assert power["times=1;difference_points=20"] < power["times=1;difference_points=30"]
    assert power["times=1;difference_points=20"] < power["times=2;difference_points=20"]
    known = small_study.registers.studies.trial[WORK].notna().sum()
    assert lookup(rows, statistic="power", group="times=4;difference_points=20")["n"] == 4 * known


def test_measures_of_which_nothing_is_known_have_no_share(small_study: Study) -> None:
    rows, starters = (
        numbers.supported_employment_in_work(small_study),
        small_study.registers.studies.starters,
    )
    known = starters.groupby(starters["measure"].astype(str))[WORK].agg(["mean", "count"])
    for measure, found in known.iterrows():
        own = rows[rows["group"] == f"support={measure}"]
        if found["count"]:
            share = lookup(own, statistic="share")
            assert (share["value"], share["n"]) == (pytest.approx(found["mean"]), found["count"])
        else:
            assert list(own["statistic"]) == ["nothing_known"]
    assert lookup(rows, statistic="share", group="")["value"] == pytest.approx(starters[WORK].mean())


def test_specialists_answers_are_means_by_measure(small_study: Study) -> None:
    rows, specialists = numbers.job_specialist_answers(small_study), small_study.registers.studies.specialists
    own = specialists[specialists["measure"] == "ips"]
    found = lookup(rows, group="support=ips", term="job_development")
    assert (found["value"], found["n"]) == (pytest.approx(own["job_development"].mean()), len(own))
    assert lookup(rows, statistic="count")["value"] == len(specialists)


def test_ways_of_working_rest_on_participants_whose_specialist_answered(small_study: Study) -> None:
    rows, studies = numbers.supported_employment_dimensions(small_study), small_study.registers.studies
    linked = studies.starters[studies.starters["specialist"].isin(studies.specialists["specialist"])]
    assert set(rows["n"]) == {linked[WORK].notna().sum()}
    assert len(rows) == 5
    assert rows["value"].between(-0.5, 0.5).all()


@pytest.mark.parametrize(
    ("make", "setting"),
    [
        (numbers.trial_flow, "trial"),
        (numbers.supported_employment_in_work, "supported_employment"),
        (numbers.job_specialist_answers, "job_specialists"),
    ],
)
def test_a_cohort_without_a_study_is_told_what_is_missing(
    make: object, setting: str, small_study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(small_study.registers.__dict__, "studies", StudyTables())
    with pytest.raises(StudyMissing, match=rf"studies\.{setting},"):
        make(small_study)
