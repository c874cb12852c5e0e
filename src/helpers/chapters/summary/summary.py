"""Exhibits of the summary: the difference between the schemes, before and after participants are made alike."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import gap_row, with_labels
from helpers.chapters.common.model_rows import effect_row, model_rows
from helpers.chapters.common.tell import in_words, intervals_note, points_phrases, told_apart
from helpers.chapters.common.version_rows import WOMEN
from helpers.study.subsets import women_of
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import lookup
from resultatbok.words.wording import Wording


@exhibit(
    "scheme_effects",
    phrases="raw_gap raw_gap_interval raw_gap_women raw_gap_women_interval adjusted_gap adjusted_gap_interval "
    "main_finding",
)
def scheme_effects(desk: Desk) -> Exhibit:
    """Jobbsjansen minus the introduction programme in percentage points: raw, and by each model."""
    words = desk.wording
    rows = desk.rows("scheme_effects", lambda: _effect_rows(desk))
    told = rows.assign(
        label=[_label(words, *keys) for keys in zip(rows["group"], rows["sample"], strict=True)],
        text=[words.signed_points(v / 100) for v in rows["value"]],
    )
    figure = interval_plot(
        told,
        x_label=words.text("Jobbsjansen minus the introduction programme, percentage points"),
        format=words.number,
        reference=0.0,
        reference_label=words.text("No difference"),
        value_text="text",
    )
    intervals = [words.interval(low, high) for low, high in zip(told["low"], told["high"], strict=True)]
    listed = in_words(told["label"], [f"{t} ({i})" for t, i in zip(told["text"], intervals, strict=True)])
    raw, adjusted = lookup(rows, group=""), lookup(rows, group="model=individual", sample="all")
    women, full = lookup(rows, sample=WOMEN), lookup(rows, group="model=full")
    sentences = [main_finding(words, raw, adjusted), women_note(words, raw, women), full_model_note(words, raw, full)]
    keys = {
        "raw_gap": {"group": ""},
        "raw_gap_women": {"group": "gender=female"},
        "adjusted_gap": {"group": "model=individual", "sample": "all"},
    }
    return Exhibit(
        key="scheme_effects",
        rows=rows,
        caption=words.text(
            "Difference in goal attainment between Jobbsjansen and the introduction programme, before and after "
            "taking account of who the participants are and where they live."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Difference between the schemes. {values}.", values=listed),
        phrases=points_phrases(words, rows, keys) | {"main_finding": " ".join(filter(None, sentences))},
    )


def main_finding(words: Wording, raw: pd.Series, adjusted: pd.Series) -> str:
    """The answer to the book's question, as a paragraph that follows the numbers."""
    values = {
        "raw": words.points(abs(raw["value"]) / 100),
        "adjusted": words.points(abs(adjusted["value"]) / 100),
        "low": words.number(adjusted["low"]),
        "high": words.number(adjusted["high"]),
    }
    if told_apart(raw) != "above":
        return words.text(
            "Jobbsjansen's participants do not reach the goal more often than those of the introduction programme in "
            "this cohort, so there is no lead to explain."
        )
    if told_apart(adjusted) == "not_distinguishable" and adjusted["high"] >= raw["value"]:
        return words.text(
            "Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, anything from "
            "no lead to all of it may be left ({low} to {high} percentage points): whether what the registers tell "
            "accounts for it cannot be said.",
            **values,
        )
    if told_apart(adjusted) == "not_distinguishable":
        return words.text(
            "Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, no difference "
            "that can be told apart from zero is left ({low} to {high} percentage points): what the registers tell "
            "can account for the lead.",
            **values,
        )
    if told_apart(adjusted) == "below":
        return words.text(
            "Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, Jobbsjansen "
            "lies {adjusted} behind ({low} to {high}): what the registers tell more than accounts for the lead.",
            **values,
        )
    if adjusted["high"] >= raw["value"]:
        return words.text(
            "Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, the lead is "
            "{adjusted} ({low} to {high}): whether what the registers tell accounts for any of it cannot be said.",
            **values,
        )
    return words.text(
        "Jobbsjansen leads by {raw}. Among participants who are alike in what the registers tell, a lead of "
        "{adjusted} is left ({low} to {high}): what the registers tell accounts for part of the lead.",
        **values,
    )


def women_note(words: Wording, raw: pd.Series, women: pd.Series) -> str:
    """What is left among women alone, nearly all of Jobbsjansen's participants, as a sentence; empty without a lead.

    Args:
        words: The reader's language.
        raw: The observed difference.
        women: The difference in the individual model of women only, in percentage points with its interval.
    """
    if told_apart(raw) != "above":
        return ""
    values = {
        "women": words.points(abs(women["value"]) / 100),
        "interval": words.interval(women["low"] / 100, women["high"] / 100, "points"),
    }
    return {
        "above": words.text(
            "Jobbsjansen has hardly any men. Compared with women alone, its lead among those who are alike is "
            "{women} ({interval}).",
            **values,
        ),
        "below": words.text(
            "Jobbsjansen has hardly any men. Compared with women alone, it lies {women} behind among those who are "
            "alike ({interval}).",
            **values,
        ),
        "not_distinguishable": words.text(
            "Jobbsjansen has hardly any men. Compared with women alone, the difference among those who are alike "
            "({women}, {interval}) cannot be told apart from zero.",
            **values | {"women": words.signed_points(women["value"] / 100)},
        ),
    }[told_apart(women)]


def full_model_note(words: Wording, raw: pd.Series, full: pd.Series) -> str:
    """What becomes of the lead when projects and municipalities may differ beside, as a sentence; empty without a lead.

    Args:
        words: The reader's language.
        raw: The observed difference.
        full: The difference in the full three-level model, in percentage points with its interval.
    """
    if told_apart(raw) != "above":
        return ""
    values = {
        "full": words.points(abs(full["value"]) / 100),
        "interval": words.interval(full["low"] / 100, full["high"] / 100, "points"),
    }
    return {
        "above": words.text(
            "When what is known of the municipality is held equal too, and projects and municipalities may differ for "
            "reasons of their own, {full} are left ({interval}).",
            **values,
        ),
        "below": words.text(
            "When what is known of the municipality is held equal too, and projects and municipalities may differ for "
            "reasons of their own, Jobbsjansen lies {full} behind ({interval}).",
            **values,
        ),
        "not_distinguishable": words.text(
            "When what is known of the municipality is held equal too, and projects and municipalities may differ for "
            "reasons of their own, what is left ({full}, {interval}) cannot be told apart from zero.",
            **values | {"full": words.signed_points(full["value"] / 100)},
        ),
    }[told_apart(full)]


def _effect_rows(desk: Desk) -> pd.DataFrame:
    study = desk.study
    level = study.cohort.analysis.confidence_level
    people = with_labels(study.complete)
    women = people[people["gender"] == "female"]
    model = study.individual_model_by_project
    effect = model.average_effect("scheme")
    of_women, multilevel = women_of(study).individual_model_by_project, model_rows(study)
    return pd.concat(
        [
            gap_row(people, level=level),
            gap_row(women, "gender=female", level=level),
            effect_row("scheme", effect, model.n, "model=individual"),
            effect_row("scheme", of_women.average_effect("scheme"), of_women.n, "model=individual").assign(
                sample=WOMEN
            ),
            multilevel[multilevel["statistic"] == "average_marginal_effect"],
        ]
    )


def _label(words: Wording, group: str, sample: str) -> str:
    if sample == WOMEN:
        return words.text("Same characteristics and measures, women")
    labels = {
        "": words.text("As observed, all participants"),
        "gender=female": words.text("As observed, women"),
        "model=individual": words.text("Same characteristics and measures"),
        "model=municipality": words.text("Same background and municipal context"),
        "model=project": words.text("Same background and project resources"),
        "model=full": words.text("Same characteristics, measures and municipal context (full model)"),
    }
    return labels[group]
