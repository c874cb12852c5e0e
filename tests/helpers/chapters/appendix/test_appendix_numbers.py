"""The numbers behind findings in words, each against a plain computation on the same participants."""

from functools import cached_property

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from helpers.chapters.appendix import numbers
from helpers.registers import Registers
from helpers.study.fits import report_variants
from helpers.study.study import Study
from resultatbok.release.ledger import Ledger, lookup
from resultatbok.settings import DisclosurePolicy

PRACTICE = "measure=ordinary_work_practice"
RECOGNITION = "measure=prior_learning_recognition"


@pytest.fixture(scope="module")
def rows(small_study: Study) -> pd.DataFrame:
    return Ledger(DisclosurePolicy(min_count=1)).record("stated_findings", numbers.stated_findings(small_study))


def value(rows: pd.DataFrame, **keys: object) -> float:
    return float(lookup(rows, **keys)["value"])


def test_shares_with_a_measure_are_those_of_the_participants(rows: pd.DataFrame, small_study: Study) -> None:
    people = small_study.complete
    well = people[(people["scheme"] == "introduction") & (people["education"] == "good_general")]
    wanted = well["measure_ordinary_work_practice"].mean()
    assert value(rows, scheme="introduction", group=f"{PRACTICE};education=good_general") == pytest.approx(wanted)
    men = people.loc[people["male"] == 1, "measure_prior_learning_recognition"].mean()
    assert value(rows, scheme="both", group=f"{RECOGNITION};gender=male") == pytest.approx(men)


def test_the_young_are_those_below_twenty_five(rows: pd.DataFrame, small_study: Study) -> None:
    ages = small_study.complete.loc[small_study.complete["scheme"] == "introduction", "age"]
    assert value(rows, scheme="introduction", group="age=under_25") == pytest.approx((ages < 25).mean())


def test_leaving_a_term_out_gives_the_coefficients_of_that_model(rows: pd.DataFrame, small_study: Study) -> None:
    design = small_study.individual_design.drop(columns="measure_norwegian_training")
    fit = sm.Logit(small_study.complete["goal_attained"], sm.add_constant(design)).fit(disp=0)
    group = "model=individual;version=without_norwegian_training"
    for term in ("measure_primary_school_subjects", "measure_upper_secondary_subjects"):
        assert value(rows, statistic="coefficient", group=group, term=term) == pytest.approx(fit.params[term], abs=1e-5)
    others = [name for name in design if "_school_" not in name and "upper_secondary" not in name]
    full = small_study.individual_model.terms["coefficient"]
    largest = max(abs(fit.params[name] - full[name]) for name in others)
    assert value(rows, group=group, term="largest_change") == pytest.approx(largest, abs=1e-5)


def test_the_scheme_turns_the_terms_that_it_turns(rows: pd.DataFrame, small_study: Study) -> None:
    design = small_study.individual_design
    fits = [sm.Logit(small_study.complete["goal_attained"], sm.add_constant(d)).fit(disp=0) for d in
            (design, design.drop(columns="scheme"))]  # fmt: skip
    terms = list(design.columns.drop("scheme"))
    turned = sum((fits[0].pvalues[t] < 0.05) != (fits[1].pvalues[t] < 0.05) for t in terms)
    assert value(rows, group="model=individual;version=without_scheme", term="terms_changing_significance") == turned


def test_projects_are_told_by_sign_and_by_size(rows: pd.DataFrame, small_study: Study) -> None:
    projects = small_study.contributions
    own = projects[projects["scheme"] == "introduction"]
    together = np.corrcoef(own["contribution"], own["actual"])[0, 1]
    assert value(rows, statistic="correlation", scheme="introduction") == pytest.approx(together)
    positive = (own["contribution"] > 0).mean()
    assert value(rows, scheme="introduction", group="contribution=positive", term="project_share") == pytest.approx(
        positive
    )
    assert lookup(rows, group="contribution=negative;size_quantile=1")["n"] == pytest.approx(len(projects) / 4, abs=1)


def test_each_variable_that_was_tried_has_a_test_of_its_own(rows: pd.DataFrame) -> None:
    for name in report_variants.ADDED:
        keys = {"group": f"model=municipality;version=with_{name}", "term": f"municipality_{name}"}
        coefficient, p = (value(rows, statistic=s, **keys) for s in ("coefficient", "p_value"))
        assert np.isfinite(coefficient) and 0 <= p <= 1


class NoLargeUnits(Study):
    """A study in which no municipality or project is large enough for a multilevel model."""

    def __init__(self, whole: Study) -> None:
        choices = whole.cohort.analysis.model_copy(update={"multilevel_min_participants": 10_000})
        super().__init__(whole.cohort.model_copy(update={"analysis": choices}))
        self.whole = whole

    @cached_property
    def registers(self) -> Registers:
        return self.whole.registers


def test_each_model_that_cannot_be_made_is_one_row_that_says_so(small_study: Study) -> None:
    rows = numbers.stated_findings(NoLargeUnits(small_study))
    unmade = rows[rows["statistic"] == "converged"]
    assert (unmade["value"] == 0).all()
    assert list(zip(unmade["scheme"], unmade["group"], strict=True)) == [
        ("jobbsjansen", "model=individual"),  # one measure has four participants, who all reach the goal
        *(("both", f"model=municipality;version=with_{name}") for name in report_variants.ADDED),
        ("both", "model=project;version=with_total_wage_costs"),
    ]
