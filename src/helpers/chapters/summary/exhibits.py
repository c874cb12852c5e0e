"""Exhibits of the summary: the difference between the schemes, before and after participants are made alike."""

from __future__ import annotations

from helpers.chapters.common.phrases import points
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.common.tell import intervals_note, named_values
from helpers.chapters.summary import numbers, sentences
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.declaration import Figure, Page
from resultatbok.words.wording import Wording, msgid

LABELS = {
    "": msgid("As observed, all participants"),
    "gender=female": msgid("As observed, women"),
    "model=individual": msgid("Same characteristics and measures"),
    "model=municipality": msgid("Same background and municipal context"),
    "model=project": msgid("Same background and project resources"),
    "model=full": msgid("Same characteristics, measures and municipal context (full model)"),
}


def effects_chart(page: Page) -> str:
    """The differences with their intervals, one below the other."""
    rows, words = page.rows, page.words
    labels = [label(words, *keys) for keys in zip(rows["group"], rows["sample"], strict=True)]
    figure = interval_plot(
        rows.assign(label=labels, text=[words.signed_points(v) for v in rows["value"]]),
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.in_points,
        reference=0.0,
        reference_label=words.text("No difference"),
        value_text="text",
    )
    return to_svg(figure)


def effects_alt(page: Page) -> str:
    """The differences in words."""
    rows, words = page.rows, page.words
    labels = [label(words, *keys) for keys in zip(rows["group"], rows["sample"], strict=True)]
    texts = [
        f"{words.signed_points(row['value'])} ({words.interval(row['low'], row['high'], 'points', 0)})"
        for _, row in rows.iterrows()
    ]
    return words.text("Difference between the schemes. {values}.", values=named_values(labels, texts))


def effects_caption(page: Page) -> str:
    """What the figure shows, and what its lines are."""
    caption = page.words.text(
        "Difference in goal attainment between Jobbsjansen and the introduction programme, before and after "
        "taking account of who the participants are and where they live."
    )
    return f"{caption} {intervals_note(page)}"


def label(words: Wording, group: str, sample: str) -> str:
    """What a comparison is called."""
    return words.text("Same characteristics and measures, women") if sample == WOMEN else words.text(LABELS[group])


scheme_effects = Figure(
    key="scheme_effects",
    numbers=numbers.scheme_effects,
    chart=effects_chart,
    caption=effects_caption,
    alt=effects_alt,
    phrases={
        ("raw_gap", "raw_gap_interval"): points("raw_gap", group=""),
        ("raw_gap_women", "raw_gap_women_interval"): points("raw_gap_women", group="gender=female"),
        ("adjusted_gap", "adjusted_gap_interval"): points("adjusted_gap", group="model=individual", sample="all"),
        "main_finding": sentences.main_finding,
    },
)
