"""Exhibits of the six supported-employment measures: who was in work, and how the job specialists work."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import in_words, intervals_note, spoken, told_apart
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import LogitFit, fit_logit
from resultatbok.methods.shares import equal_shares_p, share_by
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.pivot import from_rows
from resultatbok.words.wording import Wording

OUTCOME = "in_work_12_months"
TERM = OUTCOME + "_after_start"
SAMPLE = "register_sample"
SURVEY = "job_specialists"


class StudyMissing(LookupError):  # noqa: N818 - says what is missing
    """The cohort file does not name the files this chapter needs."""


@exhibit("supported_employment_in_work", phrases="support_all support_finding n_support_measures support_without_data")
def in_work(desk: Desk) -> Exhibit:
    """Share in work 12 months after the start, by measure; a colon where no result is known."""
    words = desk.wording
    rows = desk.rows("supported_employment_in_work", lambda: _share_rows(desk, _starters(desk)))
    without = rows.loc[rows["statistic"] == "nothing_known", "group"]
    shares = rows[rows["statistic"] == "share"]
    told = shares[shares["group"] != ""].sort_values("value", ascending=False)
    told = told.assign(label=[words.label(group) for group in told["group"]])
    figure = interval_plot(
        told.assign(text=told["value"].map(words.percent)),
        value_text="text",
        x_label=words.text("Share in work 12 months after the start"),
        format=words.percent,
        limits=(0.0, 1.0),
    )
    listed = in_words(told["label"], [spoken(words, words.percent(value)) for value in told["value"]])
    return Exhibit(
        key="supported_employment_in_work",
        rows=rows,
        caption=words.text("Share in work 12 months after the start, by measure.") + " " + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Share in work. {values}.", values=listed),
        phrases={
            "support_all": words.percent(lookup(shares, group="")["value"]),
            "support_finding": work_finding(words, told[~told["suppressed"]], differ=_differ(desk, rows)),
            "n_support_measures": words.plural("{n} measure", "{n} measures", len(told) + len(without)),
            "support_without_data": without_data(words, [words.label(group) for group in without]),
        },
    )


def without_data(words: Wording, names: list[str]) -> str:
    """Which measures cannot be compared because nothing is known of their participants afterwards."""
    if not names:
        return words.text("There are data on work for all the measures.")
    if len(names) == 1:
        return words.text(
            "There are no data on work for {name}, so nothing can be said here of how it compares with the others.",
            name=names[0],
        )
    return words.text(
        "There are no data on work for {names}, so nothing can be said here of how they compare with the others.",
        names=words.list(names),
    )


def work_finding(words: Wording, told: pd.DataFrame, *, differ: bool) -> str:
    """How far apart the highest and the lowest share are, and whether the measures can be told apart at all.

    Args:
        words: The reader's language.
        told: Rows with `label` and `value`, from the highest share to the lowest.
        differ: Whether the shares of all measures differ by more than chance accounts for.
    """
    if len(told) < 2:
        return words.text("There are not two measures whose share in work can be compared.")
    best, worst = told.iloc[0], told.iloc[-1]
    values = {
        "best": best["label"],
        "best_share": words.percent(best["value"]),
        "worst": worst["label"],
        "worst_share": words.percent(worst["value"]),
    }
    if differ:
        return words.text(
            "The measures differ by more than chance accounts for: the share in work runs from {worst_share} in "
            "{worst} to {best_share} in {best}.",
            **values,
        )
    return words.text(
        "The share in work runs from {worst_share} in {worst} to {best_share} in {best}, but the measures cannot be "
        "told apart: chance alone could spread them as much.",
        **values,
    )


def _differ(desk: Desk, rows: pd.DataFrame) -> bool:
    """Whether the test of equal shares says that the measures differ."""
    p_value = lookup(rows, statistic="p_value")["value"]
    return bool(p_value < 1 - desk.study.cohort.analysis.confidence_level)


@exhibit("supported_employment_dimensions", phrases="dimensions_finding n_dimensions")
def dimensions(desk: Desk) -> Exhibit:
    """What one step more on each of the job specialists' ways of working goes with, in percentage points."""
    words = desk.wording
    rows = desk.rows("supported_employment_dimensions", lambda: pd.DataFrame(_dimension_rows(desk)))
    told = rows[rows["statistic"] == "average_marginal_effect"]
    told = told.assign(label=[words.label(term) for term in told["term"]])
    scaled = told.assign(**{name: 100 * told[name] for name in ("value", "low", "high")})
    figure = interval_plot(
        scaled.assign(text=[words.number(value, 1) for value in scaled["value"]]),
        value_text="text",
        x_label=words.text("Difference in the share in work for one step more, percentage points"),
        format=lambda x: words.number(x, 0),
        reference=0.0,
        reference_label=words.text("No association"),
    )
    apart = [label for label, (_, entry) in zip(told["label"], told.iterrows(), strict=True) if _tells(entry)]
    return Exhibit(
        key="supported_employment_dimensions",
        rows=rows,
        caption=words.text(
            "How the share in work goes with the way the job specialists say they work (one step on a scale from 1 to "
            "5), within measures."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text(
            "Difference in percentage points. {values}.",
            values=in_words(told["label"], [words.signed_points(value, 1) for value in told["value"]]),
        ),
        phrases={
            "dimensions_finding": dimensions_finding(words, apart, len(told)),
            "n_dimensions": words.plural("{n} question", "{n} questions", len(told)),
        },
    )


def dimensions_finding(words: Wording, apart: list[str], n: int) -> str:
    """How many of the dimensions go with the share in work."""
    if not apart:
        return words.text(
            "Not one of the {n} ways of working can be seen to go with the share in work.", n=words.count(n)
        )
    return words.text(
        "Of {n} ways of working, these can be seen to go with the share in work: {names}. With as many tests, one in "
        "twenty would by chance alone.",
        n=words.count(n),
        names=words.list(apart),
    )


@exhibit("job_specialist_answers", phrases="n_specialists")
def answers(desk: Desk) -> Exhibit:
    """The job specialists' mean answers by measure."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        specialists = _specialists(desk)
        names = [name for name in specialists.columns if name not in ("specialist", "measure")]
        grouped = specialists.groupby("measure", sort=False)
        means = [
            row("mean", part[name].mean(), group=group_of(support=str(measure)), term=name, sample=SURVEY, n=len(part))
            for measure, part in grouped
            for name in names
        ]
        answered = row("count", len(specialists), term="respondents", sample=SURVEY, unit="job_specialists")
        return pd.DataFrame([*means, answered])

    rows = desk.rows("job_specialist_answers", numbers)
    return Exhibit(
        key="job_specialist_answers",
        rows=rows,
        caption=words.text(
            "How the job specialists say they work: mean answers from 1 (to a small degree) to 5 (to a large degree)."
        ),
        table=from_rows(
            rows[rows["statistic"] == "mean"],
            words,
            index="group",
            columns="term",
            cell="number",
            decimals=1,
            headers={"group": words.text("Supported-employment measure")},
        ),
        phrases={"n_specialists": words.count(lookup(rows, statistic="count")["value"])},
    )


def _starters(desk: Desk) -> pd.DataFrame:
    starters = desk.study.registers.studies.starters
    if starters is None:
        raise StudyMissing("the cohort file does not name studies.supported_employment, which this chapter needs")
    return starters


def _specialists(desk: Desk) -> pd.DataFrame:
    specialists = desk.study.registers.studies.specialists
    if specialists is None:
        raise StudyMissing("the cohort file does not name studies.job_specialists, which this chapter needs")
    return specialists


def _share_rows(desk: Desk, starters: pd.DataFrame) -> pd.DataFrame:
    level = desk.study.cohort.analysis.confidence_level
    known = starters[starters[OUTCOME].notna()].assign(measure=lambda data: data["measure"].astype(str))
    shares = pd.concat(
        [share_by(known, OUTCOME, level=level), share_by(known, OUTCOME, ["measure"], level=level)], ignore_index=True
    )
    by_measure = shares[shares["measure"].notna()]
    equal = row(
        "p_value",
        equal_shares_p(by_measure["count"], by_measure["n"]),
        group=group_of(test="equal_shares"),
        term=TERM,
        sample=SAMPLE,
        n=len(known),
    )
    told = pd.DataFrame(
        {
            "statistic": "share",
            "group": [group_of(support=name) if isinstance(name, str) else "" for name in shares["measure"]],
            "term": TERM,
            "sample": SAMPLE,
            "unit": "fraction",
        }
        | {name: shares[name] for name in ("value", "n", "std_error", "low", "high")}
    )
    lacking = [
        row("nothing_known", 1, group=group_of(support=str(measure)), term=TERM, sample=SAMPLE)
        for measure, part in starters.groupby("measure", sort=False)
        if part[OUTCOME].notna().sum() == 0
    ]
    return pd.concat([told, pd.DataFrame([equal, *lacking])], ignore_index=True)


def _dimension_rows(desk: Desk) -> list[dict[str, object]]:
    model, names = _dimension_model(desk)
    effects = {name: model.average_effect(name) for name in names}
    return [
        row(
            "average_marginal_effect",
            effect.value,
            term=name,
            sample=SAMPLE,
            n=model.n,
            std_error=effect.std_error,
            low=effect.low,
            high=effect.high,
        )
        for name, effect in effects.items()
    ]


def _dimension_model(desk: Desk) -> tuple[LogitFit, list[str]]:
    """In work on the specialist's answers and the measure, with errors clustered by specialist."""
    specialists = _specialists(desk)
    names = [name for name in specialists.columns if name not in ("specialist", "measure")]
    linked = _starters(desk).merge(specialists[["specialist", *names]], on="specialist")
    linked = linked[linked[OUTCOME].notna()].reset_index(drop=True)
    measures = pd.get_dummies(linked["measure"].astype(str), prefix="measure", drop_first=True, dtype=float)
    design = pd.concat([linked[names].astype(float), measures], axis=1)
    level = desk.study.cohort.analysis.confidence_level
    return fit_logit(linked[OUTCOME], design, level=level, groups=linked["specialist"]), names


def _tells(entry: pd.Series) -> bool:
    return told_apart(entry) != "not_distinguishable"
