"""What a model card says in words: the assumptions as they were found, and what the model may be used for."""

from __future__ import annotations

from typing import Final

import pandas as pd

from resultatbok.exhibits.exhibit import Desk
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording

Line = tuple[str, str]

SMALL_INFLATION: Final = 5.0
"""A variance inflation factor up to this is called small."""

LARGE_INFLUENCE: Final = 1.0
"""Standard errors that one participant moves a coefficient by, or a unit's Cook's distance, from which it is large."""

NORMAL_FROM: Final = 0.98
"""Correlation of the units' effects with normal quantiles from which they are said to follow the normal curve."""


def assumption_lines(desk: Desk, rows: pd.DataFrame, name: str) -> list[Line]:
    """Each assumption that was tested, and the result in words."""
    words = desk.wording
    significant = 1 - desk.study.cohort.analysis.confidence_level
    common = [(words.text("The variables can be told from each other"), _inflation(words, rows))]
    if name == "individual":
        return [
            (words.text("Expected and actual agree (Hosmer and Lemeshow)"), _agreement(words, rows, significant)),
            (words.text("Numbers work along a straight line"), _linearity(words, rows, significant)),
            *common,
            (words.text("No single participant decides the result"), _influence(words, rows)),
            (words.text("Participants are independent of each other"), _dependence(words, rows, significant)),
        ]
    levels = rows[(rows["statistic"] == "group_sd")]["group"]
    return [
        *((words.label(f"level={_level(g)}"), _variation(words, rows, g, significant)) for g in levels),
        *((_normal(words, g), _normality(words, rows, g)) for g in levels if _has(rows, g)),
        *common,
        (words.text("No single unit decides the result"), _influence(words, rows)),
    ]


def use_lines(words: Wording, name: str) -> list[Line]:
    """What a model may and may not be used for."""
    may = {
        "individual": words.text(
            "Comparing participants with different characteristics; what to expect of a project's participants."
        ),
        "municipality": words.text("Comparison with the 2022 report; what municipal context goes with."),
        "project": words.text("Comparison with the 2022 report; what wage costs per participant go with."),
        "full": words.text(
            "The difference between the schemes with all held equal; how much municipalities and projects differ."
        ),
    }
    may_not = {
        "individual": words.text(
            "Deciding about a person; causes; standard errors of what projects or municipalities have in common."
        ),
        "municipality": words.text(
            "Causes; participants' Norwegian or measures, which it does not know; small municipalities, which it "
            "leaves out."
        ),
        "project": words.text(
            "Causes; projects without accounts, which it leaves out; participants' Norwegian or measures."
        ),
        "full": words.text("Deciding about a person; causes; a single municipality apart from its projects."),
    }
    return [(words.text("May be used for"), may[name]), (words.text("May not be used for"), may_not[name])]


def _agreement(words: Wording, rows: pd.DataFrame, significant: float) -> str:
    p = lookup(rows, statistic="p_value", group="model=individual;test=calibration")["value"]
    told = words.p_value(p)
    if p < significant:
        return words.text("Some disagreement, more than chance gives ({p}); its size is the distance above.", p=told)
    return words.text("No disagreement beyond chance ({p}).", p=told)


def _linearity(words: Wording, rows: pd.DataFrame, significant: float) -> str:
    tests = rows[rows["group"] == "model=individual;test=linearity"]
    curved = [words.label(term) for term in tests.loc[tests["value"] < significant, "term"]]
    if not curved:
        return words.text("A curve fits none of them better.")
    return words.text("A curve would fit better for: {terms}. The line is the average of it.", terms=words.list(curved))


def _inflation(words: Wording, rows: pd.DataFrame) -> str:
    largest = lookup(rows, statistic="vif")
    values = {"factor": words.number(largest["value"], 1), "term": words.label(largest["term"])}
    if largest["value"] <= SMALL_INFLATION:
        return words.text("Yes: the largest variance inflation factor is {factor} ({term}).", **values)
    return words.text(
        "Not all: the largest variance inflation factor is {factor} ({term}). The coefficients of what goes "
        "together are unsure; predictions are not harmed.",
        **values,
    )


def _influence(words: Wording, rows: pd.DataFrame) -> str:
    largest = lookup(rows, statistic="influence")["value"]
    size = words.coefficient(largest, 2)
    if largest <= LARGE_INFLUENCE:
        return words.text("Holds: the largest influence is {size}; above one it would be large.", size=size)
    return words.text("One has much weight: the largest influence is {size}, and above one it is large.", size=size)


def _dependence(words: Wording, rows: pd.DataFrame, significant: float) -> str:
    p = lookup(rows, statistic="p_value", group="model=individual;test=dependence")["value"]
    if p < significant:
        return words.text(
            "They are not: participants in the same project are alike ({p}). The multilevel models allow for it.",
            p=words.p_value(p),
        )
    return words.text("No dependence within projects is found ({p}).", p=words.p_value(p))


def _variation(words: Wording, rows: pd.DataFrame, group: str, significant: float) -> str:
    sd = lookup(rows, statistic="group_sd", group=group)["value"]
    if sd == 0:
        return words.text("Estimated at zero, the boundary (a singular fit).")
    p = lookup(rows, statistic="p_value", group=f"{group};test=variation")["value"]
    values = {"sd": words.coefficient(sd), "p": words.p_value(p)}
    if p < significant:
        return words.text("Standard deviation {sd} on the log-odds scale, more than chance gives ({p}).", **values)
    return words.text("Standard deviation {sd} on the log-odds scale; it may be chance ({p}).", **values)


def _normality(words: Wording, rows: pd.DataFrame, group: str) -> str:
    correlation = lookup(rows, statistic="effect_normality", group=group)["value"]
    told = words.coefficient(correlation, 2)
    if correlation >= NORMAL_FROM:
        return words.text("They follow the normal curve closely (correlation {r} with it).", r=told)
    return words.text("They depart from the normal curve (correlation {r} with it).", r=told)


def _normal(words: Wording, group: str) -> str:
    return words.text("{level}: the effects are normal", level=words.label(f"level={_level(group)}"))


def _has(rows: pd.DataFrame, group: str) -> bool:
    return bool(((rows["statistic"] == "effect_normality") & (rows["group"] == group)).any())


def _level(group: str) -> str:
    return group.rpartition("level=")[2]
