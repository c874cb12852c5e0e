"""Exhibits of the individual chapter: one logistic model of who reaches the goal, its odds ratios and its effects."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.comparison import term_blocks
from helpers.chapters.common.model_rows import coefficient_rows, effect_row, fit_rows, odds_ratio_rows
from helpers.chapters.common.tell import in_words, intervals_note, odds_ratio_chart, points_phrases, told_apart
from helpers.study.specification import origin_terms
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

GROUP = "model=individual"


@exhibit(
    "odds_ratios",
    phrases="odds_ratio_scheme odds_ratio_education_level odds_ratio_norwegian_level odds_ratio_male",
)
def odds_ratios(desk: Desk) -> Exhibit:
    """Odds ratio of each term of the individual model, with its interval."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        model = desk.study.individual_model
        return pd.concat([odds_ratio_rows(model.terms, model.n, GROUP), _level_row(model.level)])

    rows = desk.rows("odds_ratios", numbers)
    ratios = rows[rows["statistic"] == "odds_ratio"]
    told = ratios.assign(label=[words.label(t) for t in ratios["term"]], heading=_headings(desk, ratios["term"]))
    listed = in_words(told["label"], told["value"].map(words.coefficient))
    return Exhibit(
        key="odds_ratios",
        rows=rows,
        caption=words.text("Odds ratios of the individual model.")
        + " "
        + intervals_note(desk)
        + " "
        + words.text("Right of the line: higher odds of reaching the goal, all else equal."),
        svg=odds_ratio_chart(desk, told, words.text("Odds ratio (logarithmic scale)")),
        alt=words.text("Odds ratios. {values}.", values=listed),
        phrases={
            f"odds_ratio_{term}": words.coefficient(lookup(ratios, term=term)["value"])
            for term in ("scheme", "education_level", "norwegian_level", "male")
        },
    )


@exhibit(
    "individual_model",
    phrases="effect_scheme effect_scheme_interval effect_male effect_male_interval effect_education_level "
    "effect_education_level_interval effect_norwegian_level effect_norwegian_level_interval "
    "effect_measure_ordinary_work_practice effect_measure_ordinary_work_practice_interval n_individual "
    "r2_individual scheme_finding norwegian_finding education_finding",
)
def model_table(desk: Desk) -> Exhibit:
    """The individual model in full: coefficients, odds ratios and average marginal effects."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        model = desk.study.individual_model
        origins = origin_terms(desk.study.cohort.analysis)
        clustered = desk.study.individual_model_by_project
        effects = {t: clustered.average_effect(t, origins if t in origins else ()) for t in model.design.columns}
        return pd.concat(
            [
                coefficient_rows(model.terms, model.n, GROUP),
                odds_ratio_rows(model.terms, model.n, GROUP),
                *(effect_row(term, effect, model.n, GROUP) for term, effect in effects.items()),
                fit_rows(model, GROUP),
            ]
        )

    rows = desk.rows("individual_model", numbers)
    keys = {
        f"effect_{term}": {"statistic": "average_marginal_effect", "term": term}
        for term in ("scheme", "male", "education_level", "norwegian_level", "measure_ordinary_work_practice")
    }
    fit = {s: lookup(rows, statistic=s)["value"] for s in ("count", "r2")}
    scheme = _effect(rows, "scheme")
    return Exhibit(
        key="individual_model",
        rows=rows,
        caption=words.text(
            "The individual model: logistic regression of goal attainment. The marginal effect is the average "
            "change in the probability of reaching the goal, in percentage points."
        ),
        table=_terms_table(desk, rows, list(rows.loc[rows["statistic"] == "average_marginal_effect", "term"])),
        phrases=points_phrases(words, rows, keys)
        | {
            "n_individual": words.count(fit["count"]),
            "r2_individual": words.coefficient(fit["r2"]),
            "scheme_finding": scheme_finding(words, scheme),
            "norwegian_finding": level_finding(
                words, words.text("One more level of Norwegian"), _effect(rows, "norwegian_level")
            ),
            "education_finding": level_finding(
                words, words.text("One more level of education"), _effect(rows, "education_level")
            ),
        },
    )


def scheme_finding(words: Wording, effect: pd.Series) -> str:
    """What the individual model says of the scheme, as a sentence that follows the numbers."""
    size = words.points(abs(effect["value"]) / 100)
    interval = words.interval(effect["low"] / 100, effect["high"] / 100, "points")
    messages = {
        "above": words.text(
            "Among participants with the same characteristics and measures, those in Jobbsjansen reach the goal "
            "more often: {size} on average ({interval}).",
            size=size,
            interval=interval,
        ),
        "below": words.text(
            "Among participants with the same characteristics and measures, those in Jobbsjansen reach the goal "
            "less often: {size} on average ({interval}).",
            size=size,
            interval=interval,
        ),
        "not_distinguishable": words.text(
            "Among participants with the same characteristics and measures, the two schemes cannot be told apart: "
            "the interval of the difference, {interval} percentage points, includes zero.",
            interval=interval,
        ),
    }
    return messages[told_apart(effect)]


def level_finding(words: Wording, subject: str, effect: pd.Series) -> str:
    """What one more level of something goes with, as a sentence that follows the numbers."""
    values = {
        "subject": subject,
        "size": words.points(abs(effect["value"]) / 100),
        "interval": words.interval(effect["low"] / 100, effect["high"] / 100, "points"),
    }
    messages = {
        "above": words.text("{subject} goes with a probability that is {size} higher ({interval}).", **values),
        "below": words.text("{subject} goes with a probability that is {size} lower ({interval}).", **values),
        "not_distinguishable": words.text(
            "{subject} makes no difference that can be told apart from zero ({interval} percentage points).",
            **values,
        ),
    }
    return messages[told_apart(effect)]


def _level_row(level: float) -> pd.DataFrame:
    """The significance level that the lines in the figure stand for, as a ledger row."""
    return pd.DataFrame([row("threshold", round(1 - level, 6), group=GROUP, term="significance_level")])


def _effect(rows: pd.DataFrame, term: str) -> pd.Series:
    return lookup(rows, statistic="average_marginal_effect", term=term)


def _headings(desk: Desk, terms: pd.Series) -> list[str]:
    """The heading each term of the model stands under."""
    heads = {term: heading for heading, block in term_blocks(desk).items() for term in block}
    return [heads[term] for term in terms]


def _terms_table(desk: Desk, rows: pd.DataFrame, terms: list[str]) -> Table:
    words = desk.wording
    columns = [
        Column(words.text("Term"), numeric=False),
        Column(words.text("Coefficient")),
        Column(words.text("Standard error")),
        Column(words.text("p-value")),
        Column(words.text("Odds ratio")),
        Column(words.text("Interval")),
        Column(words.text("Marginal effect, points")),
    ]
    lines = [_term_line(words, rows[rows["term"] == term]) for term in terms]
    headings = _headings(desk, pd.Series(terms))
    starts = {i: text for i, text in enumerate(headings) if i == 0 or text != headings[i - 1]}
    starts[len(lines)] = words.text("The model")
    lines.append(_term_line(words, rows[rows["term"] == "constant"]))
    blank = [""] * (len(columns) - 2)
    lines += [
        [words.label("observations"), words.count(lookup(rows, statistic="count")["value"]), *blank],
        [words.label("loglik"), words.number(lookup(rows, statistic="loglik")["value"], 1), *blank],
        [words.text("McFadden's pseudo R²"), words.coefficient(lookup(rows, statistic="r2")["value"]), *blank],
    ]
    return Table(columns, lines, group_rows=starts, note=hidden_note(rows, words))


def _term_line(words: Wording, rows: pd.DataFrame) -> list[str]:
    """One term's cells; the constant has no odds ratio and no marginal effect of interest."""
    coefficient = lookup(rows, statistic="coefficient")
    cells = [
        words.label(coefficient["term"]),
        words.coefficient(coefficient["value"]),
        words.coefficient(coefficient["std_error"]),
        words.p_value(lookup(rows, statistic="p_value")["value"], named=False),
    ]
    if coefficient["term"] == "constant":
        return [*cells, "", "", ""]
    ratio = lookup(rows, statistic="odds_ratio")
    effect = lookup(rows, statistic="average_marginal_effect")
    return [
        *cells,
        words.coefficient(ratio["value"]),
        words.interval(ratio["low"], ratio["high"], "coefficient"),
        words.number(effect["value"], 1),
    ]
