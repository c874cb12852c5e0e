"""Exhibits on the packages of both schemes together: what they hold, how many have them, and goal attainment."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import gap_row, share_rows
from helpers.chapters.common.rounding import rounding_note
from helpers.chapters.common.tell import (
    in_words,
    inside_sentence,
    intervals_note,
    labelled,
    shares_chart,
    shares_list,
    told_apart,
)
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.packages_together import measure_types, packages_together
from helpers.study.package_naming import TYPES
from helpers.study.specification import OUTCOME
from resultatbok.charts.bars import paired_bars
from resultatbok.charts.heatmap import share_heatmap
from resultatbok.charts.theme import to_svg
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.packages import REST, Packages
from resultatbok.methods.shares import composition, share_by
from resultatbok.release.ledger import group_keys, group_of, row
from resultatbok.release.rounding import to_be_rounded
from resultatbok.words.wording import Wording

KEY = "shared_package"
"""Key of these packages in the ledger's groups, apart from those of Jobbsjansen alone."""
REST_GROUP = group_of(**{KEY: REST})
SAMPLE = "all_gross"


@exhibit("packages_together", phrases="n_packages_together")
def heat_map(desk: Desk) -> Exhibit:
    """Share of each package's participants who had each measure, whichever scheme they were in."""
    words = desk.wording
    types = measure_types()

    def numbers() -> pd.DataFrame:
        packages = packages_together(desk.study)
        return to_be_rounded(_profile_rows(packages, types))

    rows = desk.rows("packages_together", numbers)
    keys = pd.DataFrame([group_keys(group) for group in rows["group"]])
    matrix = rows.assign(**keys).pivot_table(index="measure", columns=KEY, values="value", sort=False, dropna=False)
    names = [words.label(group_of(**{KEY: name})) for name in matrix.columns]
    figure = share_heatmap(
        matrix.set_axis([words.label(group_of(measure=name)) for name in matrix.index]),
        row_groups=[words.label(f"type={types[f'measure_{name}']}") for name in matrix.index],
        column_labels=names,
        format=words.percent,
    )
    most = [_most_common(words, matrix[name]) for name in matrix.columns]
    n = sum(name != REST for name in matrix.columns)
    return Exhibit(
        key="packages_together",
        rows=rows,
        caption=words.text(
            "Both schemes together: share of each package's participants who had each measure. Measures by type, "
            "packages by size."
        )
        + " "
        + rounding_note(words),
        svg=to_svg(figure),
        alt=words.text(
            "Most common measure in each package, of those whose share is shown. {values}.",
            values=in_words(names, most),
        ),
        phrases={"n_packages_together": words.plural("{n} package", "{n} packages", n)},
    )


@exhibit("packages_together_sizes", phrases="sizes_together_finding")
def sizes(desk: Desk) -> Exhibit:
    """The share of each scheme's participants who have each package."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people = _people(desk)
        shares = composition(people, "package", ["scheme"], level=desk.study.cohort.analysis.confidence_level)
        return _as_rows(shares, "participant_share")

    rows = desk.rows("packages_together_sizes", numbers)
    told = labelled(words, rows)
    figure = paired_bars(
        told,
        series="scheme",
        x_label=words.text("Share of the scheme's participants"),
        format=words.percent,
    )
    return Exhibit(
        key="packages_together_sizes",
        rows=rows,
        caption=words.text("Both schemes together: share of each scheme's participants in each package."),
        svg=to_svg(figure),
        alt=words.text("Share of each scheme's participants. {values}.", values=shares_list(words, told)),
        phrases={"sizes_together_finding": f"{sizes_finding(words, told)} {rest_finding(words, told)}".strip()},
    )


@exhibit("packages_together_attainment", phrases="attainment_together_finding")
def attainment(desk: Desk) -> Exhibit:
    """Goal attainment of each package's participants, by scheme."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        people = _people(desk)
        level = desk.study.cohort.analysis.confidence_level
        shares = share_by(people, OUTCOME, ["package", "scheme"], level=level)
        gaps = [
            gap_row(own, group_of(**{KEY: str(name)}), level=level).assign(sample=SAMPLE)
            for name, own in people.dropna(subset=[OUTCOME]).groupby("package", observed=True)
            if own["scheme"].nunique() == len(SCHEMES)
        ]
        return pd.concat([_as_rows(shares, "goal_attainment"), *gaps], ignore_index=True)

    rows = desk.rows("packages_together_attainment", numbers)
    told = rows[rows["statistic"] == "share"]
    compared = rows[(rows["statistic"] == "difference_pp") & ~rows["suppressed"]]
    return Exhibit(
        key="packages_together_attainment",
        rows=rows,
        caption=words.text("Both schemes together: goal attainment by package and scheme.")
        + " "
        + intervals_note(desk),
        svg=shares_chart(desk, told, words.text("Share of participants who reached the goal")),
        alt=words.text("Share who reached the goal. {values}.", values=shares_list(words, told)),
        phrases={"attainment_together_finding": attainment_finding(words, compared[compared["group"] != REST_GROUP])},
    )


def sizes_finding(words: Wording, told: pd.DataFrame) -> str:
    """The package whose share differs most between the schemes, as a sentence.

    Args:
        words: The reader's language.
        told: Shares with `scheme`, `label`, `group`, `value` and `suppressed`.
    """
    named = told[~told["suppressed"] & (told["group"] != REST_GROUP)]
    shares = named.set_index(["scheme", "label"])["value"]
    introduction, jobbsjansen = (shares[shares.index.get_level_values(0) == scheme].droplevel(0) for scheme in SCHEMES)
    apart = (jobbsjansen - introduction).abs().dropna()
    if apart.empty:
        return words.text("There is no package that both schemes can be compared in.")
    label = str(apart.idxmax())
    return words.text(
        "Of the packages whose share is shown for both, the schemes differ most in {package}: {jobbsjansen} of "
        "Jobbsjansen's participants have it, and {introduction} of the introduction programme's.",
        package=inside_sentence(label),
        jobbsjansen=words.percent(float(jobbsjansen[label])),
        introduction=words.percent(float(introduction[label])),
    )


def rest_finding(words: Wording, told: pd.DataFrame) -> str:
    """How many are in no package, as a sentence; empty where nobody is or it is not shown.

    Args:
        words: The reader's language.
        told: As for `sizes_finding`.
    """
    rest = told[~told["suppressed"] & (told["group"] == REST_GROUP)].set_index("scheme")["value"]
    if not set(SCHEMES) <= set(rest.index):
        return ""
    return words.text(
        "No package fits {introduction} of the introduction programme's participants and {jobbsjansen} of "
        "Jobbsjansen's: they are in the rest category.",
        introduction=words.percent(float(rest["introduction"])),
        jobbsjansen=words.percent(float(rest["jobbsjansen"])),
    )


def attainment_finding(words: Wording, gaps: pd.DataFrame) -> str:
    """In how many packages the schemes' goal attainment can be told apart, as a sentence.

    Args:
        words: The reader's language.
        gaps: Differences between the schemes, Jobbsjansen's share first, with `low` and `high`; one row per package.
    """
    if gaps.empty:
        return words.text("There is no package in which both schemes have participants enough to be compared.")
    sides = [told_apart(gap) for _, gap in gaps.iterrows()]
    numbers = {
        "n": words.count(len(gaps)),
        "above": words.count(sides.count("above")),
        "below": words.count(sides.count("below")),
        "neither": words.count(sides.count("not_distinguishable")),
    }
    return words.text(
        "Among participants with the same package, Jobbsjansen's goal attainment lies above that of the introduction "
        "programme in {above} of {n} packages and below it in {below}; in {neither} the schemes cannot be told apart.",
        **numbers,
    )


def _profile_rows(packages: Packages, types: pd.Series) -> pd.DataFrame:
    """Share of each package's participants with each measure; measures by type, packages by size."""
    order = pd.Categorical(types, TYPES, ordered=True).argsort(kind="stable")
    return pd.DataFrame(
        row(
            "share",
            packages.profiles.loc[name, measure],
            group=group_of(**{KEY: name, "measure": measure.removeprefix("measure_")}),
            term="participant_share",
            sample=SAMPLE,
            n=packages.sizes[name],
            unit="fraction",
        )
        for measure in types.index[order]
        for name in packages.sizes.index
    )


def _people(desk: Desk) -> pd.DataFrame:
    """Everybody who left either scheme, with the package they have of both schemes' together."""
    packages = packages_together(desk.study)
    order = [str(name) for name in packages.sizes.index]
    people = desk.study.participants.set_index("participant_id")
    return people.assign(package=pd.Categorical(packages.labels.reindex(people.index), order, ordered=True))


def _as_rows(shares: pd.DataFrame, term: str) -> pd.DataFrame:
    groups = pd.Series([group_of(**{KEY: str(name)}) for name in shares["package"]], index=shares.index)
    return share_rows(shares, shares["scheme"], groups, term, sample=SAMPLE)


def _most_common(words: Wording, profile: pd.Series) -> str:
    if profile.isna().all():
        return words.text("Not shown")
    name = str(profile.idxmax())
    return f"{inside_sentence(words.label(group_of(measure=name)))} ({words.percent(profile[name])})"
