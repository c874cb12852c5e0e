"""What a model card says in words: the assumptions as they were found, and what the model may be used for."""

from __future__ import annotations

from typing import Final

import pandas as pd

from resultatbok.exhibits.declaration import Page
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording, msgid

MESSAGES: Final = Messages(__name__)

Line = tuple[str, str]

SMALL_INFLATION: Final = 5.0
"""A variance inflation factor up to this is called small."""

LARGE_INFLUENCE: Final = 1.0
"""Standard errors that one participant moves a coefficient by, or a unit's Cook's distance, from which it is large."""

NORMAL_FROM: Final = 0.98
"""Correlation of the units' effects with normal quantiles from which they are said to follow the normal curve."""


def sample_lines(page: Page, name: str) -> list[Line]:
    """From all leavers to the participants of the model, step by step."""
    words, steps = page.words, page.rows[page.rows["statistic"] == "count"]
    least = words.count(page.cohort.analysis.multilevel_min_participants)
    labels = MESSAGES.choices("steps") | {
        "in_large_units": MESSAGES.choices("large_units").get(name, ""),
        "context_known": MESSAGES.choices("context_known").get(name, ""),
    }
    return [
        (words.text(labels[step], least=least), words.count(value))
        for step, value in zip(steps["term"], steps["value"], strict=True)
    ]


def use_lines(words: Wording, name: str) -> list[Line]:
    """What a model may and may not be used for."""
    return [
        (words.text("May be used for"), words.text(MESSAGES.choices("may")[name])),
        (words.text("May not be used for"), words.text(MESSAGES.choices("may_not")[name])),
    ]


def fit_lines(page: Page, name: str) -> list[Line]:
    """How the estimation ended, and how well the model fits."""
    words, rows, group = page.words, page.rows, f"model={name}"
    converged = lookup(rows, statistic="converged")
    ended = msgid("Converged") if converged["value"] == 1 else msgid("Did not converge: not for use")
    auc = words.coefficient(lookup(rows, statistic="auc", group=group)["value"], 2)
    if name == "individual":
        r2 = (words.text("McFadden's pseudo R²"), words.coefficient(lookup(rows, statistic="r2")["value"]))
    else:
        own = words.coefficient(lookup(rows, statistic="auc", group=f"{group};effects=own")["value"], 2)
        auc = words.text("{auc} in a unit drawn at random, {own} in the participant's own", auc=auc, own=own)
        r2 = (words.text("Explained variation on the log-odds scale"), explained(words, rows, group))
    return [
        (words.text("Convergence"), unless_hidden(words, converged, ended)),
        (words.label("loglik"), words.number(lookup(rows, statistic="loglik")["value"], 1)),
        r2,
        (words.text("Area under the curve (a half is guessing, one is perfect)"), auc),
        (
            words.text("Brier score (zero is perfect, a quarter is guessing)"),
            words.coefficient(lookup(rows, statistic="brier")["value"]),
        ),
        (
            words.text("Calibration: largest distance in a tenth"),
            words.points(lookup(rows, statistic="calibration_gap")["value"], 1),
        ),
    ]


def explained(words: Wording, rows: pd.DataFrame, group: str) -> str:
    """How much of the variation a multilevel model explains, without its units and with them."""
    fixed, whole = (
        words.percent(lookup(rows, statistic="r2", group=f"{group};effects={kind}")["value"])
        for kind in ("marginal", "conditional")
    )
    return words.text("{fixed} by the variables, {whole} with the units", fixed=fixed, whole=whole)


def assumption_lines(page: Page, name: str) -> list[Line]:
    """Each assumption that was tested, and the result in words."""
    words, rows, significant = page.words, page.rows, 1 - page.cohort.analysis.confidence_level
    told_from_each_other = (words.text("The variables can be told from each other"), inflation(words, rows))
    if name == "individual":
        return [
            (words.text("Expected and actual agree (Hosmer and Lemeshow)"), agreement(words, rows, significant)),
            (words.text("Numbers work along a straight line"), linearity(words, rows, significant)),
            told_from_each_other,
            (words.text("No single participant decides the result"), influence(words, rows)),
            (words.text("Participants are independent of each other"), dependence(words, rows, significant)),
        ]
    levels = {group: words.label(f"level={group.rpartition('level=')[2]}") for group in groups(rows, "group_sd")}
    normal = groups(rows, "effect_normality")
    return [
        *((label, variation(words, rows, group, significant)) for group, label in levels.items()),
        *(
            (words.text("{level}: the effects are normal", level=label), normality(words, rows, group))
            for group, label in levels.items()
            if group in normal
        ),
        told_from_each_other,
        (words.text("No single unit decides the result"), influence(words, rows)),
    ]


def groups(rows: pd.DataFrame, statistic: str) -> list[str]:
    """The groups of the rows with a statistic."""
    return list(rows.loc[rows["statistic"] == statistic, "group"])


def unless_hidden(words: Wording, row: pd.Series, message: str, **values: object) -> str:
    """A message about a row, or that the row is not shown."""
    return words.text(MESSAGES["unless_hidden"]) if row["suppressed"] else words.text(message, **values)


def agreement(words: Wording, rows: pd.DataFrame, significant: float) -> str:
    """Whether expected and actual goal attainment differ by more than chance gives."""
    p = lookup(rows, statistic="p_value", group="model=individual;test=calibration")
    differ = MESSAGES["agreement.some"]
    found = differ if p["value"] < significant else MESSAGES["agreement.none"]
    return unless_hidden(words, p, found, p=words.p_value(p["value"]))


def linearity(words: Wording, rows: pd.DataFrame, significant: float) -> str:
    """Which numbers a curve would describe better than a line."""
    tests = rows[rows["group"] == "model=individual;test=linearity"]
    curved = [words.label(term) for term in tests.loc[tests["value"] < significant, "term"]]
    if tests["suppressed"].any():
        return words.text(MESSAGES["linearity.hidden"])
    if not curved:
        return words.text(MESSAGES["linearity.straight"])
    return words.text(MESSAGES["linearity.curved"], terms=words.list(curved))


def inflation(words: Wording, rows: pd.DataFrame) -> str:
    """Whether the variables go together so much that their coefficients are unsure."""
    largest = lookup(rows, statistic="vif")
    small = MESSAGES["inflation.small"]
    large = MESSAGES["inflation.large"]
    found = small if largest["value"] <= SMALL_INFLATION else large
    factor, term = words.number(largest["value"], 1), words.label(largest["term"])
    return unless_hidden(words, largest, found, factor=factor, term=term)


def influence(words: Wording, rows: pd.DataFrame) -> str:
    """Whether one participant or one unit moves the result much."""
    largest = lookup(rows, statistic="influence")
    small = MESSAGES["influence.small"]
    large = MESSAGES["influence.large"]
    found = small if largest["value"] <= LARGE_INFLUENCE else large
    return unless_hidden(words, largest, found, size=words.coefficient(largest["value"], 2))


def dependence(words: Wording, rows: pd.DataFrame, significant: float) -> str:
    """Whether participants in the same project are alike."""
    p = lookup(rows, statistic="p_value", group="model=individual;test=dependence")
    alike = MESSAGES["dependence.found"]
    found = alike if p["value"] < significant else MESSAGES["dependence.none"]
    return unless_hidden(words, p, found, p=words.p_value(p["value"]))


def variation(words: Wording, rows: pd.DataFrame, group: str, significant: float) -> str:
    """How much the units of a level differ, and whether that may be chance."""
    sd = lookup(rows, statistic="group_sd", group=group)
    if sd["value"] == 0:
        return words.text(MESSAGES["variation.zero"])
    p = lookup(rows, statistic="p_value", group=f"{group};test=variation")
    certain = MESSAGES["variation.beyond_chance"]
    unsure = MESSAGES["variation.chance"]
    either = p if p["suppressed"] else sd
    found = certain if p["value"] < significant else unsure
    return unless_hidden(words, either, found, sd=words.coefficient(sd["value"]), p=words.p_value(p["value"]))


def normality(words: Wording, rows: pd.DataFrame, group: str) -> str:
    """Whether the effects of a level's units follow the normal curve."""
    correlation = lookup(rows, statistic="effect_normality", group=group)
    close = MESSAGES["normality.normal"]
    far = MESSAGES["normality.departs"]
    found = close if correlation["value"] >= NORMAL_FROM else far
    return unless_hidden(words, correlation, found, r=words.coefficient(correlation["value"], 2))


def kept(page: Page) -> str:
    """The share of all leavers that the model rests on."""
    steps = page.rows.loc[page.rows["statistic"] == "count", "value"]
    share = steps.iloc[-1] / steps.iloc[0]
    return page.words.text("a share that is not shown") if pd.isna(share) else page.words.percent(share)
