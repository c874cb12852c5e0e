"""A card per model: who is in it, how well it fits, what its assumptions were found to be worth, what it is for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import pandas as pd

from helpers.chapters.common.kinds import named_by, values_alt
from helpers.chapters.common.phrases import number
from helpers.chapters.common.tell import with_level
from helpers.chapters.models import numbers, sentences
from resultatbok.charts.curves import points_and_curves
from resultatbok.exhibits.declaration import Drawing, Figure, Page, Table
from resultatbok.exhibits.messages import Messages
from resultatbok.release.ledger import group_keys
from resultatbok.tables.table import Column, hidden_note
from resultatbok.tables.table import Table as Cells
from resultatbok.words.wording import Wording

MESSAGES: Final = Messages(__name__)


def card(name: str) -> Callable[[Page], Cells]:
    """The card of a model: what is known of it, in four parts."""

    def table(page: Page) -> Cells:
        words = page.words
        parts = {
            words.text("Sample"): sentences.sample_lines(page, name),
            words.text("Estimation and fit"): sentences.fit_lines(page, name),
            words.text("Assumptions"): sentences.assumption_lines(page, name),
            words.text("Use"): sentences.use_lines(words, name),
        }
        lines: list[list[str]] = []
        headings: dict[int, str] = {}
        for heading, part in parts.items():
            headings[len(lines)] = heading
            lines += [list(line) for line in part]
        columns = [Column(words.text("What"), numeric=False), Column(words.text("Result"), numeric=False)]
        return Cells(columns, lines, group_rows=headings, note=hidden_note(page.rows, words))

    return table


def auc(name: str) -> Callable[[Page], str]:
    """The area under a model's curve."""
    return number(Wording.coefficient, decimals=2, statistic="auc", group=f"model={name}")


model_card_individual = Table(
    key="model_card_individual",
    numbers=numbers.model_card_individual,
    table=card("individual"),
    phrases={"auc_individual": auc("individual"), "kept_individual": sentences.kept},
)

model_card_municipality = Table(
    key="model_card_municipality",
    numbers=numbers.model_card_municipality,
    table=card("municipality"),
)

model_card_project = Table(key="model_card_project", numbers=numbers.model_card_project, table=card("project"))

model_card_full = Table(
    key="model_card_full",
    numbers=numbers.model_card_full,
    table=card("full"),
    phrases={"auc_full": auc("full"), "kept_full": sentences.kept},
)


def calibration_points(page: Page) -> pd.DataFrame:
    """One line per model and tenth: expected, and actual with its interval."""
    shares = page.rows[page.rows["statistic"] == "share"]
    expected = shares[shares["term"] == "expected_goal_attainment"].set_index("group")["value"]
    actual = shares[shares["term"] == "actual_goal_attainment"].set_index("group")[["value", "low", "high"]]
    points = actual.rename(columns={"value": "actual"}).join(expected.rename("expected")).reset_index()
    models = [group_keys(group)["model"] for group in points["group"]]
    return points.assign(model=models, model_label=[page.words.label(f"model={model}") for model in models])


def calibration_chart(page: Page) -> Drawing:
    """Expected against actual, with the line on which they are equal."""
    words, points = page.words, calibration_points(page)
    ends = [points[["expected", "actual"]].min().min(), points[["expected", "actual"]].max().max()]
    name = words.text("Expected and actual equal")
    return points_and_curves(
        points,
        pd.DataFrame({"expected": ends, "actual": ends, "curve": "equal", "curve_label": name}),
        x="expected",
        y="actual",
        intervals=True,
        series="model",
        x_label=words.text("Expected goal attainment"),
        y_label=words.text("Actual goal attainment"),
        x_format=words.percent,
        y_format=words.percent,
    )


def largest_distance(name: str) -> Callable[[Page], str]:
    """The largest distance between expected and actual in a tenth of a model."""
    return number(Wording.points, decimals=1, statistic="calibration_gap", group=f"model={name}")


model_calibration = Figure(
    key="model_calibration",
    numbers=numbers.model_calibration,
    chart=calibration_chart,
    caption=with_level(MESSAGES["model_calibration.caption"]),
    alt=values_alt(MESSAGES["model_calibration.alt"], named_by("group", "calibration_gap"), Wording.points, 1),
    phrases={
        "calibration_gap_individual": largest_distance("individual"),
        "calibration_gap_full": largest_distance("full"),
    },
)
