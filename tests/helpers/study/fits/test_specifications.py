"""Every specification is the fit that its labels name, and the declared one is the main model."""

import pandas as pd
import pytest

from helpers.study.fits import specifications
from helpers.study.fits.specifications import DECLARED, covariate_sets, samples, women_curve
from helpers.study.specification import MEASURES, OUTCOME, main_columns
from helpers.study.study import Study
from helpers.study.subsets import women_of
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import fit_logit
from resultatbok.methods.specification_curve import SpecificationCurve, linear_difference
from resultatbok.methods.treatment import varying
from resultatbok.methods.within import within_difference


@pytest.fixture(scope="module")
def curve(small_study: Study) -> SpecificationCurve:
    found = women_curve(small_study)
    assert found
    return found


def estimate(curve: SpecificationCurve, **chosen: str) -> pd.Series:
    table, wanted = curve.table, dict(DECLARED) | chosen
    (found,) = table[(table[list(wanted)] == pd.Series(wanted)).all(axis=1)].to_dict("records")
    return pd.Series(found)


def data(study: Study) -> tuple[pd.DataFrame, pd.Series, dict[str, pd.DataFrame]]:
    women = women_of(study)
    return women.complete, women.individual_design["scheme"], covariate_sets(women)


def test_the_declared_one_is_the_main_model_averaged_over_the_women_of_jobbsjansen(
    curve: SpecificationCurve, small_study: Study
) -> None:
    people, treated, _ = data(small_study)
    columns = varying(treated, main_columns(people, small_study.cohort.analysis))
    fit = fit_logit(people[OUTCOME], columns.assign(scheme=treated), groups=people["project"])
    theirs = fit.design[treated == 1]
    p = [fit.predict(theirs.assign(scheme=setting))["probability"].mean() for setting in (1.0, 0.0)]
    found = estimate(curve)
    assert found["value"] == pytest.approx(p[0] - p[1])
    assert found["declared"]
    assert (found["low"], found["high"]) == pytest.approx(_interval(fit, treated))
    assert found["n"] == len(people)
    assert curve.table["declared"].sum() == 1


def _interval(fit: object, treated: pd.Series) -> tuple[float, float]:
    effect = specifications.effect_on_treated(fit, treated)
    return effect.low, effect.high


def test_a_linear_one_in_some_municipalities_has_their_women_and_clusters(
    curve: SpecificationCurve, small_study: Study
) -> None:
    people, treated, sets = data(small_study)
    both = treated.groupby(people["municipality"]).transform("nunique") == 2
    found = estimate(
        curve, adjusted="linear", form="linear", people="municipalities_with_both", clusters="municipality"
    )
    columns = varying(treated[both], sets["linear"][both])
    own = linear_difference(people.loc[both, OUTCOME], treated[both], columns, groups=people.loc[both, "municipality"])
    assert (found["value"], found["std_error"]) == pytest.approx((own.value, own.std_error))
    assert found["n"] == both.sum() < len(people)


def test_within_municipalities_those_with_one_scheme_do_not_count(
    curve: SpecificationCurve, small_study: Study
) -> None:
    people, treated, sets = data(small_study)
    found = estimate(
        curve, adjusted="without_age", form="within", people="municipalities_with_both", clusters="municipality"
    )
    own = within_difference(people[OUTCOME], treated, sets["without_age"], people["municipality"])
    assert (found["value"], found["n"]) == (pytest.approx(own.difference.value), own.n)
    within = curve.table[curve.table["form"] == "within"]
    assert set(within["clusters"]) == {"municipality"}
    assert "women" not in set(within["people"])


def test_sets_leave_out_one_block_or_add_what_came_later(small_study: Study) -> None:
    _, _, sets = data(small_study)
    main = set(sets["main"])
    assert list(sets) == [
        "main", "linear", "without_education", "without_age", "without_years_in_norway", "without_origin",
        "without_end_year", "after_entry",
    ]  # fmt: skip
    assert main - set(sets["without_education"]) == {"education_some_schooling", "education_good_general"}
    assert set(sets["after_entry"]) - main >= {"norwegian_level", "duration_months", "absence_high", *MEASURES}
    assert set(sets["linear"]) >= {"age", "years_in_norway", "education_level"}
    assert [name for name in sets["linear"] if name.startswith("origin_")]
    assert "norwegian_level" not in sets["linear"]


def test_a_sample_that_is_everybody_or_nobody_is_none(small_study: Study) -> None:
    people, treated, sets = data(small_study)
    early = people.assign(end_year=2017, municipality="0301")
    assert set(samples(early, treated, sets["main"])) <= {"women", "overlap"}
    late = people.assign(end_year=[2020] * 10 + [2019] * (len(people) - 10))
    assert samples(late, treated, sets["main"])["without_pandemic"].sum() == len(people) - 10


def test_without_a_declared_one_there_is_no_curve(small_study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> SpecificationCurve:
        raise ModelError("too few")

    monkeypatch.setattr(specifications, "_curve", refused)
    assert women_curve.__wrapped__(small_study) is None
