"""A card per model: who is in it, how well it fits, what its assumptions were found to be worth, what it is for."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.models.numbers import CARDS, card_rows, predictions
from helpers.chapters.common.tell import in_words
from helpers.chapters.models.model_card_texts import assumption_lines, use_lines
from resultatbok.charts.curves import points_and_curves
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import calibration_table
from resultatbok.release.ledger import group_keys, lookup, row
from resultatbok.tables.table import Column, Table, hidden_note
from resultatbok.words.wording import Wording

Line = tuple[str, str]


@exhibit("model_card_individual", phrases="auc_individual kept_individual")
def individual_card(desk: Desk) -> Exhibit:
    """The card of the individual model."""
    return _card(desk, "individual", desk.wording.text("Model card of the individual model."))


@exhibit("model_card_municipality", phrases="auc_municipality kept_municipality")
def municipality_card(desk: Desk) -> Exhibit:
    """The card of the municipality model."""
    return _card(desk, "municipality", desk.wording.text("Model card of the municipality model."))


@exhibit("model_card_project", phrases="auc_project kept_project")
def project_card(desk: Desk) -> Exhibit:
    """The card of the project model."""
    return _card(desk, "project", desk.wording.text("Model card of the project model."))


@exhibit("model_card_full", phrases="auc_full kept_full")
def full_card(desk: Desk) -> Exhibit:
    """The card of the full three-level model."""
    return _card(desk, "full", desk.wording.text("Model card of the full three-level model."))


@exhibit(
    "model_calibration",
    phrases="calibration_gap_individual calibration_gap_municipality calibration_gap_project calibration_gap_full",
)
def calibration(desk: Desk) -> Exhibit:
    """Expected and actual goal attainment by tenth of the predicted probability, for each model."""
    words = desk.wording
    rows = desk.rows("model_calibration", lambda: _calibration_rows(desk))
    wide = _side_by_side(rows).assign(label=lambda t: [words.label(f"model={m}") for m in t["model"]])
    ends = [wide[["expected", "actual"]].min().min(), wide[["expected", "actual"]].max().max()]
    line = pd.DataFrame(
        {"expected": ends, "actual": ends, "curve": "equal", "name": words.text("Expected and actual equal")}
    )
    figure = points_and_curves(
        wide,
        line,
        x="expected",
        y="actual",
        low="low",
        high="high",
        series="model",
        series_label="label",
        curve="curve",
        curve_label="name",
        x_label=words.text("Expected goal attainment"),
        y_label=words.text("Actual goal attainment"),
        x_format=words.percent,
        y_format=words.percent,
    )
    gaps = {m: lookup(rows, statistic="calibration_gap", group=f"model={m}")["value"] for m in CARDS}
    listed = in_words([words.label(f"model={m}") for m in gaps], [words.points(g / 100, 1) for g in gaps.values()])
    level = words.percent(desk.study.cohort.analysis.confidence_level)
    return Exhibit(
        key="model_calibration",
        rows=rows,
        caption=words.text(
            "Expected and actual goal attainment of tenths of the participants, ordered by the probability that each "
            "model gives them. Lines are {level} confidence intervals.",
            level=level,
        ),
        svg=to_svg(figure),
        alt=words.text("Largest distance between expected and actual in any tenth. {values}.", values=listed),
        phrases={f"calibration_gap_{m}": words.points(gap / 100, 1) for m, gap in gaps.items()},
    )


def _card(desk: Desk, name: str, caption: str) -> Exhibit:
    words = desk.wording
    key = f"model_card_{name}"
    rows = desk.rows(key, lambda: card_rows(desk.study, name))
    blocks = {
        words.text("Sample"): _flow_lines(desk, rows, name),
        words.text("Estimation and fit"): _fit_lines(words, rows, name),
        words.text("Assumptions"): assumption_lines(desk, rows, name),
        words.text("Use"): use_lines(words, name),
    }
    lines: list[list[str]] = []
    headings: dict[int, str] = {}
    for heading, block in blocks.items():
        headings[len(lines)] = heading
        lines += [list(line) for line in block]
    columns = [Column(words.text("What"), numeric=False), Column(words.text("Result"), numeric=False)]
    flow = rows[rows["statistic"] == "count"]["value"]
    kept = flow.iloc[-1] / flow.iloc[0]
    return Exhibit(
        key=key,
        rows=rows,
        caption=caption,
        table=Table(columns, lines, group_rows=headings, note=hidden_note(rows, words)),
        phrases={
            f"auc_{name}": words.coefficient(lookup(rows, statistic="auc", group=f"model={name}")["value"], 2),
            f"kept_{name}": words.percent(kept),
        },
    )


def _flow_lines(desk: Desk, rows: pd.DataFrame, name: str) -> list[Line]:
    words = desk.wording
    least = words.count(desk.study.cohort.analysis.multilevel_min_participants)
    units = {
        "municipality": words.text("of these in municipality-years with at least {least} leavers", least=least),
        "project": words.text("of these in project-years with at least {least} leavers", least=least),
    }
    told = {
        "all_leavers": words.text("All leavers"),
        "goal_known": words.text("of these with known goal attainment"),
        "complete_cases": words.text("of these with every variable of the individual model known"),
        "in_large_units": units.get(name, ""),
        "context_known": words.text("of these with known wage costs")
        if name == "project"
        else words.text("of these with known municipal statistics"),
    }
    steps = rows[rows["statistic"] == "count"]
    return [(told[term], words.count(value)) for term, value in zip(steps["term"], steps["value"], strict=True)]


def _fit_lines(words: Wording, rows: pd.DataFrame, name: str) -> list[Line]:
    group = f"model={name}"
    converged = lookup(rows, statistic="converged")["value"] == 1
    lines = [
        (
            words.text("Convergence"),
            words.text("Converged") if converged else words.text("Did not converge: not for use"),
        ),
        (words.label("loglik"), words.number(lookup(rows, statistic="loglik")["value"], 1)),
    ]
    if name == "individual":
        r2 = words.coefficient(lookup(rows, statistic="r2")["value"])
        lines.append((words.text("McFadden's pseudo R²"), r2))
    else:
        fixed, whole = (
            lookup(rows, statistic="r2", group=f"{group};effects={kind}")["value"]
            for kind in ("marginal", "conditional")
        )
        told = words.text(
            "{fixed} by the variables, {whole} with the units", fixed=words.percent(fixed), whole=words.percent(whole)
        )
        lines.append((words.text("Explained variation on the log-odds scale"), told))
    auc = words.coefficient(lookup(rows, statistic="auc", group=group)["value"], 2)
    if name != "individual":
        own = words.coefficient(lookup(rows, statistic="auc", group=f"{group};effects=own")["value"], 2)
        auc = words.text("{auc} in a unit drawn at random, {own} in the participant's own", auc=auc, own=own)
    gap = words.points(lookup(rows, statistic="calibration_gap")["value"] / 100, 1)
    return [
        *lines,
        (words.text("Area under the curve (a half is guessing, one is perfect)"), auc),
        (
            words.text("Brier score (zero is perfect, a quarter is guessing)"),
            words.coefficient(lookup(rows, statistic="brier")["value"]),
        ),
        (words.text("Calibration: largest distance in a tenth"), gap),
    ]


def _calibration_rows(desk: Desk) -> pd.DataFrame:
    level = desk.study.cohort.analysis.confidence_level
    rows = []
    for name in CARDS:
        table = calibration_table(*predictions(desk.study, name), level=level)
        for tenth, line in table.iterrows():
            group, n = f"model={name};tenth={tenth}", float(line["n"])
            expected, actual = "expected_goal_attainment", "actual_goal_attainment"
            rows += [
                row("share", float(line["expected"]), group=group, term=expected, n=n, unit="fraction"),
                row(
                    "share",
                    float(line["actual"]),
                    group=group,
                    term=actual,
                    n=n,
                    low=float(line["low"]),
                    high=float(line["high"]),
                    unit="fraction",
                ),
            ]
        gap = 100 * float((table["actual"] - table["expected"]).abs().max())
        total = float(table["n"].sum())
        rows.append(row("calibration_gap", gap, group=f"model={name}", n=total, unit="percentage points"))
    return pd.DataFrame(rows)


def _side_by_side(rows: pd.DataFrame) -> pd.DataFrame:
    """One line per model and tenth: expected, actual with its interval."""
    shares = rows[rows["statistic"] == "share"]
    expected = shares[shares["term"] == "expected_goal_attainment"].set_index("group")["value"]
    actual = shares[shares["term"] == "actual_goal_attainment"].set_index("group")[["value", "low", "high"]]
    wide = actual.rename(columns={"value": "actual"}).join(expected.rename("expected")).reset_index()
    return wide.assign(model=[group_keys(group)["model"] for group in wide["group"]])
