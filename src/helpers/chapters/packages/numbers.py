"""Numbers of the packages chapter: measures that went together, how they were found, and who reached the goal."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from helpers.chapters.common.breakdowns import gap_row, share_rows
from helpers.chapters.common.model_rows import effect_row
from helpers.chapters.packages.terms import ADULT_PRIMARY, CRITERIA, MERGE, TOGETHER
from helpers.cohort.measures import measure_types, single_measures
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.packages_together import packages_together as fit_together
from helpers.study.package_naming import TYPES
from helpers.study.specification import CHARACTERISTICS, OUTCOME
from helpers.study.study import Study
from resultatbok.methods.logit import LogitFit, estimable_columns, fit_logit
from resultatbok.methods.packages import REST, Packages, truncate_tree
from resultatbok.methods.shares import composition, equal_shares_p, mean_by, share_by
from resultatbok.release.rounding import to_be_rounded
from resultatbok.release.rows import group_of, row

LEAVES: Final = 12
"""Branches that the tree is drawn with."""
ROUND_TO: Final = 5
"""Branch sizes are told to this many participants, so that no small branch is."""
LEAST: Final = 10
"""Participants with the goal, and without it, that a package needs for a place in the model."""
PRACTICE: Final = "v3_2_3"
COMMON: Final = 0.5
"""A measure that more than this share of a package had is common in it."""
ALL: Final = "all_gross"
"""The ledger's name for everybody who left either scheme."""


def package_measures(study: Study) -> pd.DataFrame:
    """Share of each package's participants who had each single measure, to be rounded."""
    found = study.packages
    types = single_measures()["category"].reindex(found.profiles.columns)
    return to_be_rounded(profile_rows(found, types, "package", **about(study)))


def packages(study: Study) -> pd.DataFrame:
    """Size, number of measures and stability of each package, and of all participants."""
    found, measures, keys = study.packages, study.registers.single_measures, about(study)
    total, numbers = len(measures), measures.sum(axis=1).astype(float)
    data = pd.DataFrame({"package": found.labels, "measures": numbers})
    means = mean_by(data, "measures", ["package"]).set_index("package")["value"]
    alone, std_error = 1 - measures.duplicated(keep=False).mean(), numbers.std() / total**0.5
    rows = [
        row("count", total, term="participants", n=total, unit="participants", **keys),
        row("mean", numbers.mean(), term="number_of_measures", n=total, std_error=std_error, **keys),
        row("share", alone, term="unique_measure_combination", n=total, unit="fraction", **keys),
    ]
    for name in [name for name in found.sizes.index if name in found.profiles.index]:
        size, own = float(found.sizes[name]), {**keys, "group": group_of(package=name)}
        rows += [
            row("count", size, term="participants", n=total, unit="participants", **own),
            row("share", size / total, term="participant_share", n=total, unit="fraction", **own),
            row("mean", means[name], term="number_of_measures", n=size, **own),
        ]
        if name != REST:
            rows.append(row("stability", found.stability[name], n=size, **own))
    return pd.DataFrame(rows)


def package_content(study: Study) -> pd.DataFrame:
    """Mean number of measures of each type in each package, shares with any of some types, and common measures."""
    data, level = measures_by_type(study), study.cohort.analysis.confidence_level
    keys = {"statistic": "mean", "term": "number_of_measures", **about(study)}
    means = []
    for kind in (*TYPES, ""):
        for by in ([], ["package"]):
            found = mean_by(data, kind, by, level=level)
            names = found["package"].astype(str) if by else [""]
            groups = [group_of(**{k: v for k, v in (("package", name), ("category", kind)) if v}) for name in names]
            means.append(found[["value", "n", "std_error", "low", "high"]].assign(group=groups, **keys))
    had = pd.concat([any_of_type(study, data, kind) for kind in ("society", "health")])
    return pd.concat([*means, to_be_rounded(had), common_measures(study)], ignore_index=True)


def attainment_by_package(study: Study) -> pd.DataFrame:
    """Goal attainment of each package, whether it differs between them, and who left for primary education."""
    outcomes = study.participants.set_index("participant_id")[OUTCOME]
    found, sample = study.packages, packages_sample(study)
    data = pd.DataFrame({OUTCOME: outcomes.reindex(found.labels.index), "package": by_size(found)})
    shares = share_by(data, OUTCOME, ["package"], level=study.cohort.analysis.confidence_level)
    named = shares[shares["package"].astype(str) != REST]
    equal = row(
        "p_value",
        equal_shares_p(named["count"], named["n"]),
        group=group_of(test="equal_shares"),
        term="goal_attainment",
        n=named["n"].sum(),
        **about(study),
    )
    attained = share_rows(shares, "jobbsjansen", package_groups(shares), "goal_attainment", sample=sample)
    return pd.concat([attained, pd.DataFrame([equal]), adult_primary(study)], ignore_index=True)


def package_adjusted(study: Study) -> pd.DataFrame:
    """Goal attainment of each package against the largest one, as observed and with participants made alike."""
    data = in_large_packages(study)
    others = list(data["package"].cat.categories)
    others.remove(reference := str(study.packages.sizes.reindex(others).idxmax()))
    dummies = pd.DataFrame({name: (data["package"] == name).astype(float) for name in others})
    design = pd.concat([dummies, data[list(CHARACTERISTICS)].astype(float)], axis=1)
    columns = {"observed": dummies, "adjusted": design[estimable_columns(design, data[OUTCOME])]}
    level = study.cohort.analysis.confidence_level
    fits = {v: fit_logit(data[OUTCOME], x, level=level, groups=data["project"]) for v, x in columns.items()}
    effects = [package_effects(fit, others, version) for version, fit in fits.items()]
    compared_with = pd.DataFrame([row("reference_category", 1, group=group_of(package=reference))])
    return pd.concat([*effects, compared_with]).assign(**about(study))


def package_choice(study: Study) -> pd.DataFrame:
    """The criteria by number of clusters, the number chosen, and how far another method agrees."""
    found = study.packages
    keys: dict[str, Any] = {"scheme": "jobbsjansen", "n": len(found.labels)}
    sample = packages_sample(study)
    rows = [
        row(criterion, found.choice.loc[k, criterion], group=group_of(clusters=k), **keys)
        for k in found.choice.index
        for criterion in CRITERIA
    ]
    rows.append(row("count", len(found.names), term="packages", unit="packages", sample=sample, **keys))
    rows.append(row("count", len(found.clusters), term="clusters", unit="clusters", **keys))
    rows.append(row("adjusted_rand_index", found.agreement, term="packages", **keys))
    return pd.DataFrame(rows)


def package_tree(study: Study) -> pd.DataFrame:
    """Each of the last joins with its branches and the leaves below it, and the sizes of the leaves, rounded."""
    found = study.packages
    leaves = min(LEAVES, len(found.linkage))
    merges, branch = truncate_tree(found.linkage, leaves)
    sizes = ROUND_TO * np.round(np.bincount(branch, minlength=leaves) / ROUND_TO)
    keys: dict[str, Any] = {"scheme": "jobbsjansen", "n": len(found.linkage) + 1}
    joins = [
        row(statistic, value, group=group_of(merge=number), **keys)
        for number, merge in enumerate(merges, start=1)
        for statistic, value in zip(MERGE, merge, strict=True)
    ]
    branches = [row("rounded_count", size, group=group_of(branch=b), **keys) for b, size in enumerate(sizes, start=1)]
    cut = row("count", len(found.clusters), term="clusters", unit="clusters", **keys)
    return pd.DataFrame([*joins, *branches, cut])


def packages_together(study: Study) -> pd.DataFrame:
    """Share of each package's participants who had each measure, whichever scheme they were in, to be rounded."""
    return to_be_rounded(profile_rows(fit_together(study), measure_types(), TOGETHER, sample=ALL))


def packages_together_sizes(study: Study) -> pd.DataFrame:
    """The share of each scheme's participants who have each package."""
    level = study.cohort.analysis.confidence_level
    return rows_together(composition(people_together(study), "package", ["scheme"], level=level), "participant_share")


def packages_together_attainment(study: Study) -> pd.DataFrame:
    """Goal attainment of each package's participants by scheme, and the difference where both have participants."""
    people, level = people_together(study).dropna(subset=[OUTCOME]), study.cohort.analysis.confidence_level
    shares = share_by(people, OUTCOME, ["package", "scheme"], level=level)
    gaps = [
        gap_row(own, group_of(**{TOGETHER: str(name)}), level=level).assign(sample=ALL)
        for name, own in people.groupby("package", observed=True)
        if own["scheme"].nunique() == len(SCHEMES)
    ]
    return pd.concat([rows_together(shares, "goal_attainment"), *gaps], ignore_index=True)


def packages_sample(study: Study) -> str:
    """The ledger's name for those whose packages are found: a part of Jobbsjansen, or several."""
    parts = study.cohort.jobbsjansen_parts
    return f"part_{parts[0]}" if len(parts) == 1 else "all"


def about(study: Study) -> dict[str, Any]:
    """The ledger keys of rows on Jobbsjansen's packages."""
    return {"scheme": "jobbsjansen", "sample": packages_sample(study)}


def by_size(found: Packages) -> pd.Categorical:
    """The package of each participant, as a category in the order of their sizes."""
    return pd.Categorical(found.labels, [str(name) for name in found.sizes.index], ordered=True)


def package_groups(shares: pd.DataFrame) -> pd.Series:
    """The ledger group of each line of a table by package."""
    return shares["package"].astype(str).map(lambda name: group_of(package=name))


def profile_rows(found: Packages, types: pd.Series, key: str, *, sample: str, scheme: str = "both") -> pd.DataFrame:
    """Share of each package's participants with each measure; measures by type, packages by size.

    Args:
        found: The packages.
        types: Type of each measure.
        key: Key of the packages in the ledger's groups.
        sample: Whose packages they are, in the ledger.
        scheme: Their scheme.
    """
    order = pd.Categorical(types, TYPES, ordered=True).argsort(kind="stable")
    return pd.DataFrame(
        row(
            "share",
            found.profiles.loc[name, measure],
            group=group_of(**{key: name, "measure": measure.removeprefix("measure_")}),
            term="participant_share",
            n=found.sizes[name],
            unit="fraction",
            scheme=scheme,
            sample=sample,
        )
        for measure in types.index[order]
        for name in found.sizes.index
    )


def measures_by_type(study: Study) -> pd.DataFrame:
    """How many measures of each type each participant had, of all under an empty name, with their package."""
    measures = study.registers.single_measures
    kinds = single_measures()["category"].reindex(measures.columns)
    numbers = {kind: measures.loc[:, (kinds == kind).to_numpy()].sum(axis=1) for kind in TYPES}
    return pd.DataFrame({**numbers, "": measures.sum(axis=1)}).astype(float).assign(package=by_size(study.packages))


def any_of_type(study: Study, data: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Share of each package's participants who had any measure of a type."""
    had = data.assign(had=(data[kind] > 0).astype(float))
    shares = share_by(had, "had", ["package"], level=study.cohort.analysis.confidence_level)
    sample = packages_sample(study)
    return share_rows(shares, "jobbsjansen", package_groups(shares), f"any_{kind}_measure", sample=sample)


def common_measures(study: Study) -> pd.DataFrame:
    """How many measures, besides work practice, more than half of a package had."""
    found = study.packages
    common = (found.profiles.drop(columns=PRACTICE, errors="ignore") > COMMON).sum(axis=1)
    term = "measures_used_by_over_half_besides_work_practice"
    return pd.DataFrame(
        row("count", n, group=group_of(package=name), term=term, unit="measures", n=found.sizes[name], **about(study))
        for name, n in zip(common.index, common, strict=True)
    )


def adult_primary(study: Study) -> pd.DataFrame:
    """Each package's share, and that of all, who left for primary education for adults, to be rounded.

    There are no rows if no reason for leaving is known.
    """
    reasons = study.registers.jobbsjansen_details["exit_reason"].dropna()
    labels = study.packages.labels.reindex(reasons.index).dropna()
    if labels.empty:
        return pd.DataFrame()
    data = pd.DataFrame({"went": (reasons[labels.index] == "adult_primary").astype(float), "package": labels})
    level, sample = study.cohort.analysis.confidence_level, packages_sample(study)
    each = share_by(data, "went", ["package"], level=level)
    everyone = share_rows(share_by(data, "went", level=level), "jobbsjansen", "", ADULT_PRIMARY, sample=sample)
    own = share_rows(each, "jobbsjansen", package_groups(each), ADULT_PRIMARY, sample=sample)
    return to_be_rounded(pd.concat([everyone, own], ignore_index=True))


def in_large_packages(study: Study) -> pd.DataFrame:
    """Complete cases of Jobbsjansen in the packages where enough reach the goal and enough do not."""
    own = study.complete[study.complete["scheme"] == "jobbsjansen"].set_index("participant_id")
    known = own.assign(package=study.packages.labels.reindex(own.index)).dropna(subset=["package"])
    counts = pd.crosstab(known["package"], known[OUTCOME]).reindex(columns=[0.0, 1.0], fill_value=0)
    large = set(counts.index[(counts >= LEAST).all(axis=1)])
    order = [str(name) for name in study.packages.sizes.index if name in large]
    return known[known["package"].isin(large)].assign(package=lambda t: pd.Categorical(t["package"], order))


def package_effects(fit: LogitFit, others: list[str], version: str) -> pd.DataFrame:
    """The differences of packages from the largest in a model."""
    rows = [
        effect_row("package", fit.average_effect(name, others), fit.n, group_of(package=name, version=version))
        for name in others
    ]
    return pd.concat(rows, ignore_index=True)


def people_together(study: Study) -> pd.DataFrame:
    """Everybody who left either scheme, with the package they have of both schemes' together."""
    found = fit_together(study)
    people = study.participants.set_index("participant_id")
    order = [str(name) for name in found.sizes.index]
    return people.assign(package=pd.Categorical(found.labels.reindex(people.index), order, ordered=True))


def rows_together(shares: pd.DataFrame, term: str) -> pd.DataFrame:
    """Shares by package and scheme as the ledger has them."""
    groups = pd.Series([group_of(**{TOGETHER: str(name)}) for name in shares["package"]], index=shares.index)
    return share_rows(shares, shares["scheme"], groups, term, sample=ALL)
