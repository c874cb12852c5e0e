"""Typical participants: what the individual model predicts for described and for average ones, in each scheme."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.tell import intervals_note, labelled, points_phrases, shares_list
from helpers.chapters.individual.profiles import (
    AVERAGES,
    average_design,
    described_participants,
    profile_design,
    scheme_of,
)
from helpers.cohort.settings import SCHEMES
from helpers.cohort.variables import NUMBER, categories, in_model
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import LogitFit
from resultatbok.release.ledger import group_of, lookup, row
from resultatbok.tables.table import Column, Table
from resultatbok.words.wording import Wording

NUMBERS = tuple(
    v.name for v in in_model("individual") if v.type == NUMBER and v.name not in ("education_level", "norwegian_level")
)
EDUCATION = dict(enumerate(categories("education"), start=1))


@exhibit(
    "typical_participants",
    phrases="archetype_introduction archetype_jobbsjansen typical_introduction_introduction "
    "typical_introduction_jobbsjansen typical_jobbsjansen_introduction typical_jobbsjansen_jobbsjansen "
    "average_introduction_introduction average_introduction_jobbsjansen average_jobbsjansen_introduction "
    "average_jobbsjansen_jobbsjansen archetype_gap archetype_gap_interval average_introduction_gap "
    "average_introduction_gap_interval average_jobbsjansen_gap average_jobbsjansen_gap_interval",
)
def typical_participants(desk: Desk) -> Exhibit:
    """Predicted probability of reaching the goal for described and average participants, in each scheme."""
    words = desk.wording
    rows = desk.rows("typical_participants", lambda: _prediction_rows(desk))
    told = labelled(words, rows[rows["statistic"] == "probability"])
    figure = interval_plot(
        told,
        series="scheme",
        x_label=words.text("Predicted probability of reaching the goal"),
        format=words.percent,
        limits=(0.0, 1.0),
    )
    names = [*described_participants().index, *AVERAGES]
    phrases = {
        f"{profile}_{scheme}": words.percent(lookup(told, group=group_of(profile=profile), scheme=scheme)["value"])
        for profile in names
        for scheme in SCHEMES
    }
    gaps = {f"{p}_gap": {"statistic": "difference_pp", "group": group_of(profile=p)} for p in ("archetype", *AVERAGES)}
    return Exhibit(
        key="typical_participants",
        rows=rows,
        caption=words.text(
            "Predicted probability of reaching the goal for three described participants and for the average "
            "participant of each scheme."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text("Predicted probabilities. {values}.", values=shares_list(words, told)),
        phrases=phrases | points_phrases(words, rows, gaps),
    )


@exhibit("described_participants")
def described(desk: Desk) -> Exhibit:
    """The described participants: what the model is told about each of them."""
    words = desk.wording
    described = described_participants()
    rows = desk.rows(
        "described_participants",
        lambda: pd.DataFrame(
            [
                row(
                    "profile_value",
                    float(description[name]),
                    scheme=scheme_of(str(profile)),
                    group=group_of(profile=profile),
                    term=name,
                )
                for profile, description in described.iterrows()
                for name in NUMBERS
            ]
        ),
    )
    columns = [Column(words.text("Characteristic"), numeric=False)]
    columns += [Column(words.label(group_of(profile=profile)), numeric=False) for profile in described.index]
    return Exhibit(
        key="described_participants",
        rows=rows,
        caption=words.text("The three described participants. Their measures are at the average of all participants."),
        table=Table(columns, _described_lines(words, rows, described)),
    )


def _described_lines(words: Wording, rows: pd.DataFrame, described: pd.DataFrame) -> list[list[str]]:
    """A line per characteristic: first what has a name, then the numbers, from the ledger's rows."""
    named = {
        "gender": described["male"].map({0: words.text("Woman"), 1: words.text("Man")}),
        "origin": "origin=" + described["origin"],
        "education": "education=" + described["education_level"].map(EDUCATION),
        "norwegian": "norwegian=" + described["norwegian"],
        "absence": described["absence_high"].map({0: "absence=low", 1: "absence=high"}),
    }
    lines = [[words.label(name), *(_described(words, key) for key in keys)] for name, keys in named.items()]
    for name in NUMBERS:
        values = [lookup(rows, term=name, group=group_of(profile=profile))["value"] for profile in described.index]
        lines.append([words.label(name), *(words.number(value) for value in values)])
    return lines


def _described(words: Wording, key: str) -> str:
    """What the model is told of somebody; a key of the labels, or already in words."""
    if "=" not in key:
        return key
    return words.text("Average") if key.endswith("=mean") else words.label(key)


def _prediction_rows(desk: Desk) -> pd.DataFrame:
    """Predicted probabilities in each scheme, and the gap between the schemes for each participant."""
    model = desk.study.individual_model_by_project
    design = pd.concat([profile_design(desk.study), average_design(desk.study)])
    predicted = model.predict(design)
    rows = [
        row(
            "probability",
            p["probability"],
            scheme=scheme,
            group=group_of(profile=profile),
            term="goal_attainment",
            n=model.n,
            std_error=p["std_error"],
            low=p["low"],
            high=p["high"],
            unit="fraction",
        )
        for profile, scheme, p in ((*index, predicted.loc[index]) for index in predicted.index)
    ]
    return pd.DataFrame([*rows, *_gaps(model, design)])


def _gaps(model: LogitFit, design: pd.DataFrame) -> list[dict[str, object]]:
    gaps = []
    for profile in design.index.get_level_values("profile").unique():
        difference = model.predicted_difference(
            design.loc[(profile, "jobbsjansen")], design.loc[(profile, "introduction")]
        )
        gaps.append(
            row(
                "difference_pp",
                100 * difference.value,
                group=group_of(profile=profile),
                term="goal_attainment",
                n=model.n,
                std_error=100 * difference.std_error,
                low=100 * difference.low,
                high=100 * difference.high,
                unit="percentage points",
            )
        )
    return gaps
