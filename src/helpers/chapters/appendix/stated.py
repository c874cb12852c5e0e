"""Numbers that only a finding of the 2022 report rests on: it states them in words, and no chapter shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows, with_labels
from helpers.chapters.common.contribution_projects import projects_sample
from helpers.chapters.common.model_rows import CONSTANT, coefficient_rows
from helpers.chapters.common.tell import inside_sentence
from helpers.cohort.settings import SCHEMES
from helpers.study.models.multilevel import MultilevelFit, multilevel
from helpers.study.specification import MEASURES, OUTCOME
from helpers.study.study import Study
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.errors import ModelError
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.shares import share_by
from resultatbok.release.ledger import row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

PRACTICE: Final = "measure_ordinary_work_practice"
RECOGNITION: Final = "measure_prior_learning_recognition"
TRAINING: Final = "measure_norwegian_training"
SCHOOL: Final = ("measure_primary_school_subjects", "measure_upper_secondary_subjects")
MODEL: Final = "model=individual"
YOUNG: Final = 25
SIGNIFICANT: Final = 0.05
ADDED: Final = {
    "population": "population",
    "employed_share": "employment_share_25_66",
    "disability_share": "disability_pension_share",
    "centrality": "centrality",
}
"""Municipal variables that the report tried and left out of its model, and their columns."""
MUNICIPAL_SAMPLE: Final = "municipality_years_10plus"


@exhibit("stated_findings")
def stated_findings(desk: Desk) -> Exhibit:
    """The numbers behind findings that the report states in words and that no other exhibit holds."""
    words = desk.wording
    rows = desk.rows("stated_findings", lambda: stated_rows(desk.study))
    columns = [words.text("Of"), words.text("Number"), words.text("Value"), words.text("p-value")]
    shown = rows[rows["statistic"] != "p_value"]
    p_values = rows[rows["statistic"] == "p_value"].set_index(["scheme", "group", "term"])["value"]
    return Exhibit(
        key="stated_findings",
        rows=rows,
        caption=words.text("Numbers that findings of report 13/2022 rest on and that no chapter shows."),
        table=Table(
            [Column(columns[0], numeric=False), Column(columns[1], numeric=False), *(Column(c) for c in columns[2:])],
            [_line(words, line, p_values) for _, line in shown.iterrows()],
            note=hidden_note(rows, words),
        ),
    )


def stated_rows(study: Study) -> pd.DataFrame:
    """Ledger rows of the numbers that are stated in words.

    Args:
        study: A study with both schemes.
    """
    parts = [*_use_of_measures(study), *_variants(study), _projects(study)]
    return pd.concat(parts, ignore_index=True)


def _use_of_measures(study: Study) -> Iterator[pd.DataFrame]:
    """Who has work practice and recognition of prior learning, and who is young."""
    people = with_labels(study.complete)
    # Of Norwegian only the best level: few in Jobbsjansen have little, and their counts would hide other figures
    well = people[people["norwegian"] == "b2"]
    for trait, those in {"education": people, "norwegian": well}.items():
        shares = share_by(those, PRACTICE, ["scheme", trait])
        groups = f"measure={PRACTICE.removeprefix('measure_')};{trait}=" + shares[trait].astype(str)
        yield share_rows(shares, shares["scheme"], groups, "participant_share")
    for trait in ("gender", "education"):
        shares = share_by(people, RECOGNITION, [trait])
        groups = f"measure={RECOGNITION.removeprefix('measure_')};{trait}=" + shares[trait].astype(str)
        yield share_rows(shares, "both", groups, "participant_share")
    for group, those in {
        f"measure={RECOGNITION.removeprefix('measure_')}": people[people[RECOGNITION] == 1],
        "": people,
    }.items():
        yield pd.DataFrame(
            [row("mean", those["norwegian_level"].mean(), group=group, term="norwegian_level", n=len(those))]
        )
    young = people.assign(young=(people["age"] < YOUNG).astype(float))
    shares = share_by(young, "young", ["scheme"])
    yield share_rows(shares, shares["scheme"], f"age=under_{YOUNG}", "participant_share")
    years = study.registers.municipality_years.merge(
        study.participants.loc[study.participants["scheme"] == "jobbsjansen", ["municipality", "end_year"]]
        .value_counts()
        .loc[lambda n: n >= study.cohort.analysis.multilevel_min_participants]
        .reset_index(),
        left_on=["municipality", "year"],
        right_on=["municipality", "end_year"],
    )
    mean = row("mean", years["population"].mean(), scheme="jobbsjansen", term="population", n=len(years))
    yield pd.DataFrame([mean | {"sample": MUNICIPAL_SAMPLE}])


def _variants(study: Study) -> Iterator[pd.DataFrame]:
    """The report's models for one scheme, without a term, or with one more."""
    design, people = study.individual_design, study.complete
    for scheme in SCHEMES:
        those = people["scheme"] == scheme
        own = design[those].drop(columns=["scheme", *(["male"] if scheme == "jobbsjansen" else [])])  # 13 men
        try:
            fit = fit_logit(people.loc[those, OUTCOME], own)
        except ModelError:  # too few for a coefficient each; the finding then has no number
            continue
        yield coefficient_rows(fit.terms.loc[[TRAINING]], fit.n, MODEL).assign(scheme=scheme)
    without = fit_logit(people[OUTCOME], design.drop(columns=TRAINING))
    yield coefficient_rows(without.terms.loc[list(SCHOOL)], without.n, f"{MODEL};version=without_norwegian_training")
    yield _changes(study, without, "without_norwegian_training", apart=SCHOOL)
    yield _changes(study, fit_logit(people[OUTCOME], design.drop(columns="scheme")), "without_scheme")
    p_values = study.individual_model.terms.loc[list(MEASURES), "p_value"]
    count = row("count", (p_values >= SIGNIFICANT).sum(), group=MODEL, term="measures_not_significant", unit="rows")
    yield pd.DataFrame([count])
    municipal = study.municipality_model.participants
    for name, column in ADDED.items():
        yield _with_one_more(study, study.municipality_model, "municipality", name, municipal[column])
    resources = study.project_model.participants
    costs = resources.merge(
        study.registers.project_years[["project", "year", "wage_costs_1000_nok"]], on=["project", "year"], how="left"
    )["wage_costs_1000_nok"]
    yield _with_one_more(study, study.project_model, "project", "total_wage_costs", costs)


def _changes(study: Study, fit: LogitFit, version: str, apart: Sequence[str] = ()) -> pd.DataFrame:
    """Terms that change sides of the 5 % limit in another version of the individual model, and the largest change."""
    terms = fit.terms.drop(index=[CONSTANT, *apart])
    before = study.individual_model.terms.loc[terms.index]
    turned = ((terms["p_value"] < SIGNIFICANT) != (before["p_value"] < SIGNIFICANT)).sum()
    largest = (terms["coefficient"] - before["coefficient"]).abs().max()
    group = f"{MODEL};version={version}"
    return pd.DataFrame(
        [
            row("count", turned, group=group, term="terms_changing_significance", unit="rows"),
            row("effect_change", largest, group=group, term="largest_change", n=fit.n, unit="log-odds"),
        ]
    )


def _with_one_more(study: Study, fit: MultilevelFit, level: str, name: str, values: pd.Series) -> pd.DataFrame:
    """A multilevel model's coefficient of one variable more, standardised as the model's others are."""
    term = f"{level}_{name}"

    def columns(participants: pd.DataFrame) -> pd.DataFrame:
        return fit.design.loc[participants.index].copy()

    known = values.notna()
    wider = multilevel(fit.participants[known], columns, {term: values[known]}, [level])
    terms = wider.results.terms(study.cohort.analysis.confidence_level)
    return coefficient_rows(terms.loc[[term]], wider.results.nobs, f"model={level};version=with_{name}")


def _projects(study: Study) -> pd.DataFrame:
    """How contributions go with results, with their sign and with the size of the project."""
    projects, sample = study.contributions, projects_sample(study)
    own_mean = study.complete.groupby("scheme", observed=True)[OUTCOME].mean()
    below = projects["actual"] < projects["scheme"].map(own_mean.to_dict()).astype(float)
    negative = projects["contribution"] < 0
    rows = []
    for scheme in SCHEMES:
        own = projects[projects["scheme"] == scheme]
        together = own["contribution"].corr(own["actual"])
        rows.append(row("correlation", together, scheme=scheme, term="contribution~actual_goal_attainment", n=len(own)))
        rows.append(_share(own["contribution"] > 0, "contribution=positive", scheme))
    rows.append(_share(below[negative], "contribution=negative;actual_goal_attainment=below_own_scheme"))
    rows.append(_share(~below[~negative], "contribution=positive;actual_goal_attainment=above_own_scheme"))
    quarters = pd.qcut(projects["participants"].rank(method="first"), 4, labels=range(1, 5))
    rows += [_share(negative[quarters == q], f"contribution=negative;size_quantile={q}") for q in (1, 4)]
    return pd.DataFrame(rows).assign(sample=sample)


def _share(those: pd.Series, group: str, scheme: str = "both") -> dict[str, object]:
    return row("share", those.mean(), scheme=scheme, group=group, term="project_share", n=len(those), unit="projects")


def _line(words: Wording, line: pd.Series, p_values: pd.Series) -> list[str]:
    keys = [key for key in str(line["group"]).split(";") if key]
    names = [words.label(key) for key in (*keys, str(line["term"]))]
    p_value = p_values.get((line["scheme"], line["group"], line["term"]))
    fraction = line["statistic"] == "share"
    return [
        words.label(str(line["scheme"])),
        ", ".join([names[0], *(inside_sentence(name) for name in names[1:])]),
        words.percent(line["value"]) if fraction else words.number(line["value"], 0 if line["value"] > 1 else 2),
        "" if p_value is None else words.p_value(p_value, named=False),
    ]
