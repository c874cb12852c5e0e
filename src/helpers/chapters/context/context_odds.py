"""The reduced multilevel models as the 2022 report shows them: odds ratios, and a woman in an average municipality."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy.special import expit

from helpers.chapters.common.model_rows import odds_ratio_rows
from helpers.chapters.common.tell import in_words, intervals_note, odds_ratio_chart
from helpers.study.models.multilevel import MultilevelFit
from helpers.study.specification import BACKGROUND, MUNICIPAL, RESOURCES
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.intervals import normal_quantile
from resultatbok.methods.mixed_logit import MixedLogitResults
from resultatbok.release.ledger import lookup, row
from resultatbok.tables.table import Column, Table

WOMAN = "profile=municipality_average_woman"
STEPS = {"average": "", "immigrant_share": MUNICIPAL[0], "net_in_migration": MUNICIPAL[1], "scheme": "scheme"}
"""The woman's situations: average in everything, then one standard deviation more of a term, or the other scheme."""


@exhibit(
    "odds_ratios_municipality",
    phrases="odds_ratio_municipality_scheme odds_ratio_municipality_municipality_immigrant_share "
    "odds_ratio_municipality_municipality_net_in_migration odds_ratio_municipality_municipality_labour_market",
)
def municipality_odds_ratios(desk: Desk) -> Exhibit:
    """Odds ratios of the municipality model (figure 24 of the 2022 report)."""
    return _odds_ratios(
        desk,
        lambda: desk.study.municipality_model,
        "municipality",
        desk.wording.text("Odds ratios of the municipality model. Standardised variables are per standard deviation."),
    )


@exhibit("odds_ratios_project", phrases="odds_ratio_project_scheme odds_ratio_project_project_wage_per_participant")
def project_odds_ratios(desk: Desk) -> Exhibit:
    """Odds ratios of the project model (figure 25 in chapter 5 of the 2022 report)."""
    return _odds_ratios(
        desk,
        lambda: desk.study.project_model,
        "project",
        desk.wording.text("Odds ratios of the project model. Standardised variables are per standard deviation."),
    )


@exhibit("example_woman", phrases="woman_probability woman_odds woman_jobbsjansen woman_age")
def example_woman(desk: Desk) -> Exhibit:
    """The odds and the probability of a woman in an average municipality, and what changes them."""
    words = desk.wording
    rows = desk.rows("example_woman", lambda: _woman_rows(desk))
    told = {
        "average": words.text("Introduction programme, average municipality"),
        "immigrant_share": words.text("The same, one standard deviation more immigrants"),
        "net_in_migration": words.text("The same, one standard deviation more net in-migration"),
        "scheme": words.text("Jobbsjansen, average municipality"),
    }
    lines = []
    for step, label in told.items():
        keys = {"group": _step_group(step), "scheme": _step_scheme(step)}
        p, odds = (lookup(rows, statistic=s, **keys) for s in ("probability", "odds"))
        lines.append(
            [
                label,
                words.percent(p["value"]),
                words.interval(p["low"], p["high"], "percent"),
                words.coefficient(odds["value"]),
            ]
        )
    columns = [
        Column(words.text("The woman is in"), numeric=False),
        Column(words.text("Probability")),
        Column(words.text("Interval")),
        Column(words.label("odds")),
    ]
    average = {s: lookup(rows, statistic=s, group=WOMAN, scheme="introduction") for s in ("probability", "odds")}
    scheme = lookup(rows, statistic="probability", group=WOMAN, scheme="jobbsjansen")
    return Exhibit(
        key="example_woman",
        rows=rows,
        caption=words.text(
            "A woman of average age with low absence and little or no schooling: probability and odds of reaching the "
            "goal by the municipality model."
        ),
        table=Table(columns, lines),
        phrases={
            "woman_probability": words.percent(average["probability"]["value"]),
            "woman_odds": words.coefficient(average["odds"]["value"]),
            "woman_jobbsjansen": words.percent(scheme["value"]),
            "woman_age": words.years(lookup(rows, statistic="profile_value", term="age")["value"]),
        },
    )


def _odds_ratios(desk: Desk, model: Callable[[], MultilevelFit], name: str, caption: str) -> Exhibit:
    words = desk.wording
    key = f"odds_ratios_{name}"

    def numbers() -> pd.DataFrame:
        fit = model()
        terms = fit.results.terms(desk.study.cohort.analysis.confidence_level)
        return odds_ratio_rows(terms, fit.results.nobs, f"model={name}")

    rows = desk.rows(key, numbers)
    headings = {
        "scheme": words.text("Scheme"),
        **dict.fromkeys(BACKGROUND, words.text("Characteristics")),
        **dict.fromkeys([*MUNICIPAL, RESOURCES], words.text("Municipality and project")),
    }
    told = rows.assign(label=[words.label(t) for t in rows["term"]], heading=[headings[t] for t in rows["term"]])
    listed = in_words(told["label"], told["value"].map(words.coefficient))
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption + " " + intervals_note(desk),
        svg=odds_ratio_chart(desk, told, words.text("Odds ratio (logarithmic scale)")),
        alt=words.text("Odds ratios. {values}.", values=listed),
        phrases={
            f"odds_ratio_{name}_{term}": words.coefficient(lookup(rows, term=term)["value"])
            for term in ("scheme", *(t for t in (*MUNICIPAL, RESOURCES) if t in set(rows["term"])))
        },
    )


def _woman_rows(desk: Desk) -> pd.DataFrame:
    """Odds and probability in each situation, and the values behind them."""
    fit, sample = desk.study.municipality_model, _sample(desk)
    level, n = desk.study.cohort.analysis.confidence_level, fit.results.nobs
    rows: list[dict[str, object]] = []
    for step, term in STEPS.items():
        centre, error = _log_odds(fit.results, [term] if term else [])
        half = normal_quantile(level) * error
        p = float(expit(centre))
        for statistic, scale, slope in (("odds", np.exp, np.exp(centre)), ("probability", expit, p * (1 - p))):
            rows.append(
                row(
                    statistic,
                    float(scale(centre)),
                    scheme=_step_scheme(step),
                    group=_step_group(step),
                    term="goal_attainment",
                    sample=sample,
                    n=n,
                    std_error=float(slope * error),
                    low=float(scale(centre - half)),
                    high=float(scale(centre + half)),
                )
            )
    age = fit.participants["age"].mean()
    rows.append(
        row("profile_value", age, scheme="introduction", group=WOMAN, term="age", sample=sample, n=n, unit="years")
    )
    means = fit.participants[["immigrant_share", "net_in_migration_per_1000"]].mean()
    rows += [row("mean", value, group=WOMAN, term=str(term), sample=sample, n=n) for term, value in means.items()]
    return pd.DataFrame(rows)


def _log_odds(results: MixedLogitResults, terms: list[str]) -> tuple[float, float]:
    """Log-odds of someone with 1 in these columns and 0 in the others, in an average unit, and their standard error."""
    x = results.params.index.isin(["constant", *terms]).astype(float)
    centre = float(x @ results.params.to_numpy())
    return centre, float(np.sqrt(x @ results.cov_params().to_numpy() @ x))


def _step_group(step: str) -> str:
    return WOMAN if step in ("average", "scheme") else f"{WOMAN};more={step}"


def _step_scheme(step: str) -> str:
    return "jobbsjansen" if step == "scheme" else "introduction"


def _sample(desk: Desk) -> str:
    return f"municipality_years_{desk.study.cohort.analysis.multilevel_min_participants}plus"
