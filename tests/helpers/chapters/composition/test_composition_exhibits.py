"""Tables, alt texts and captions of the composition chapter say the number, group and direction of their rows."""

from typing import Any

import pytest
from invented_pages import LANGUAGES, interval, page
from syrupy.assertion import SnapshotAssertion

from helpers.chapters.composition import exhibits
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Page
from resultatbok.project import Language

COLUMNS = (
    ("women", "pooled"),
    ("women", "introduction;known=entry"),
    ("women", "jobbsjansen;known=entry"),
    ("women", "pooled;known=entry"),
    ("all", "pooled;known=entry"),
    ("all", "pooled"),
)
TERMS = ("origin", "education", "entry", "context", "unexplained")


def gap_page(language: Language) -> Page:
    """A difference of each sample, and parts whose numbers say which column and which part they are."""
    rows: list[dict[str, Any]] = [
        {"statistic": "difference", "term": "goal_attainment", "sample": "women", **interval(0.14, 0.17, 0.2)},
        {"statistic": "difference", "term": "goal_attainment", "sample": "all", **interval(-0.09, -0.06, -0.03)},
    ]
    for i, (sample, group) in enumerate(COLUMNS):
        for j, term in enumerate(TERMS):
            number = (10 * i + j - 20) / 100
            part = {} if (i, term) == (1, "education") else interval(number - 0.015, number, number + 0.02)
            own = {"statistic": "decomposition", "sample": sample, "group": f"coefficients={group}", "term": term}
            rows.append(own | part)
    return page(language, *rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_part_stands_in_its_column(language: Language, snapshot: SnapshotAssertion) -> None:
    made = gap_page(language)
    table = exhibits.parts_table(made)
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot(name="table")
    assert [column.header for column in table.columns] == snapshot(name="columns")
    own = {k: make(made) for k, make in exhibits.gap_table.phrases.items() if "entry" in k or "unexplained" in k}
    assert {str(name): text for name, text in own.items()} == snapshot(name="phrases")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_parts_are_told_in_words(language: Language, snapshot: SnapshotAssertion) -> None:
    rows = gap_page(language).rows
    chosen = rows[(rows["sample"] == "women") & rows["group"].isin(["", "coefficients=introduction;known=entry"])]
    made = page(language, *chosen.drop(columns="suppressed").to_dict("records"))
    assert exhibits.gap_parts.alt(made) == snapshot(name="alt")
    assert exhibits.gap_parts.caption(made) == snapshot(name="caption")
    assert exhibits.parts(made)["kind"].tolist() == ["whole", "step", "step", "rest"]
    drawn = to_svg(exhibits.parts_chart(made))
    assert [text for text in exhibits.parts(made)["text"] if f"<!-- {text} -->" not in drawn] == []


def groups_page(language: Language) -> Page:
    effects = {
        "": (interval(0.01, 0.03, 0.05), (900, 300)),
        "education=little_or_none": (interval(-0.14, -0.09, -0.04), (400, 50)),
        "norwegian=a1|a2": ({}, (200, 40)),
        "education=little_or_none;norwegian=b1": (interval(0.003, 0.08, 0.12), (100, 20)),
    }
    rows: list[dict[str, Any]] = []
    for group, (effect, sizes) in effects.items():
        rows.append({"statistic": "pooled_effect", "group": group} | effect)
        own = {name: value + 0.01 for name, value in effect.items()}
        rows.append({"statistic": "average_marginal_effect", "group": group} | own)
        rows += [
            {"statistic": "rounded_count", "group": group, "scheme": scheme, "value": size}
            for scheme, size in zip(("introduction", "jobbsjansen"), sizes, strict=True)
        ]
    return page(language, *rows)


@pytest.mark.parametrize("language", LANGUAGES)
def test_groups_are_told_with_their_participants(language: Language, snapshot: SnapshotAssertion) -> None:
    made = groups_page(language)
    table = exhibits.groups_table(made)
    assert {"lines": table.rows, "headings": table.group_rows} == snapshot(name="table")
    assert [column.header for column in table.columns] == snapshot(name="columns")
    assert exhibits.effects_by_group.alt(made) == snapshot(name="alt")
    assert [exhibits.effects_caption(made), exhibits.effects_by_group_table.caption(made)] == snapshot(name="captions")
    assert exhibits.effects(made)[["heading", "people"]].to_numpy().tolist() == snapshot(name="people")
    limits = [exhibits.effects_by_group.phrases[name](made) for name in ("cell_participants", "cell_outcomes")]
    assert limits == ["20", "5"]
