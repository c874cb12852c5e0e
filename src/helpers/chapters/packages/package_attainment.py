"""Exhibit on packages and goal attainment when participants are made alike."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.model_rows import effect_row
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.tell import in_words, intervals_note, quoted, told_apart
from helpers.chapters.packages.packages import packages_sample
from helpers.study.specification import CHARACTERISTICS, OUTCOME
from resultatbok.charts.intervals import interval_plot
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.logit import LogitFit, estimable_columns, fit_logit
from resultatbok.release.ledger import group_keys, group_of, lookup, row
from resultatbok.words.wording import Wording

LEAST = 10
"""Participants with the goal, and without it, that a package needs for a place in the model."""


@exhibit("package_adjusted", phrases="adjusted_packages_finding")
def adjusted_attainment(desk: Desk) -> Exhibit:
    """Goal attainment of each package against the largest one, as observed and with participants made alike."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        data, reference = _data(desk)
        others = [name for name in data["package"].cat.categories if name != reference]
        dummies = pd.DataFrame({name: (data["package"] == name).astype(float) for name in others})
        level = desk.study.cohort.analysis.confidence_level
        projects = data["project"]
        plain = fit_logit(data[OUTCOME], dummies, level=level, groups=projects)
        background = data[list(CHARACTERISTICS)].astype(float)
        design = pd.concat([dummies, background], axis=1)
        kept = estimable_columns(design, data[OUTCOME])
        adjusted = fit_logit(data[OUTCOME], design[kept], level=level, groups=projects)
        frames = [_rows(fit, others, version) for version, fit in (("observed", plain), ("adjusted", adjusted))]
        compared_with = pd.DataFrame([row("reference_category", 1, group=group_of(package=reference))])
        return pd.concat([*frames, compared_with]).assign(scheme="jobbsjansen", sample=packages_sample(desk))

    both = desk.rows("package_adjusted", numbers)
    reference = group_keys(lookup(both, statistic="reference_category")["group"])["package"]
    rows = both[both["statistic"] != "reference_category"]
    keys = pd.DataFrame([group_keys(group) for group in rows["group"]], index=rows.index)
    told = rows.assign(
        label=[package_label(desk, name) for name in keys["package"]],
        version=keys["version"],
        version_label=[words.label(f"version={name}") for name in keys["version"]],
        text=[words.number(value, 0) for value in rows["value"]],
    )
    figure = interval_plot(
        told,
        value_text="text",
        series="version",
        x_label=words.text("Difference in goal attainment, percentage points"),
        format=lambda x: words.number(x, 0),
        reference=0.0,
        reference_label=package_label(desk, reference),
    )
    last = told[told["version"] == "adjusted"]
    return Exhibit(
        key="package_adjusted",
        rows=both,
        caption=words.text(
            "Goal attainment of the packages, compared with the largest: as observed, and between participants alike "
            "in gender, education, age, years in Norway, level of Norwegian at the end, duration and absence."
        )
        + " "
        + intervals_note(desk),
        svg=to_svg(figure),
        alt=words.text(
            "Difference in percentage points, participants alike. {values}.",
            values=in_words(last["label"], [words.signed_points(value / 100) for value in last["value"]]),
        ),
        phrases={"adjusted_packages_finding": adjusted_finding(words, last, package_label(desk, reference))},
    )


def adjusted_finding(words: Wording, told: pd.DataFrame, reference: str) -> str:
    """Which packages can be told apart from the largest when participants are alike.

    Args:
        words: The reader's language.
        told: Adjusted differences with `label`, `low` and `high`.
        reference: The largest package's name.
    """
    sides = {
        side: [quoted(words, str(e["label"])) for _, e in told.iterrows() if told_apart(e) == side]
        for side in ("above", "below")
    }
    values = {
        "reference": quoted(words, reference),
        "above": words.list(sides["above"]),
        "below": words.list(sides["below"]),
    }
    if sides["above"] and sides["below"]:
        return words.text(
            "With participants made alike, goal attainment is higher than in the largest package, {reference}, in "
            "{above}, and lower in {below}.",
            **values,
        )
    if sides["above"]:
        return words.text(
            "With participants made alike, goal attainment is higher than in the largest package, {reference}, in "
            "{above}.",
            **values,
        )
    if sides["below"]:
        return words.text(
            "With participants made alike, goal attainment is lower than in the largest package, {reference}, in "
            "{below}.",
            **values,
        )
    return words.text(
        "With participants made alike, no package can be told apart from the largest, {reference}.", **values
    )


def _data(desk: Desk) -> tuple[pd.DataFrame, str]:
    """Complete cases of Jobbsjansen with their package, and the largest package; small ones join the rest."""
    complete = desk.study.complete
    own = complete[complete["scheme"] == "jobbsjansen"].set_index("participant_id")
    packages = desk.study.packages
    labels = packages.labels.reindex(own.index)
    known = own.assign(package=labels)[labels.notna()]
    counts = pd.crosstab(known["package"], known[OUTCOME])
    fit = counts.index[(counts.reindex(columns=[0.0, 1.0], fill_value=0) >= LEAST).all(axis=1)]
    kept = known[known["package"].isin(fit)]
    order = [str(name) for name in packages.sizes.index if name in set(fit)]
    kept = kept.assign(package=pd.Categorical(kept["package"], order))
    return kept, str(packages.sizes.reindex(order).idxmax())


def _rows(fit: LogitFit, others: list[str], version: str) -> pd.DataFrame:
    frames = [
        effect_row("package", fit.average_effect(name, others), fit.n, group_of(package=name, version=version))
        for name in others
    ]
    return pd.concat(frames, ignore_index=True)
