"""Exhibits on who has which package: by education, Norwegian at the start, age, duration and agency."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.packages import package_label
from helpers.chapters.common.rounding import rounding_note
from helpers.chapters.evaluation.evaluation_charts import stacked_bars
from helpers.chapters.evaluation.evaluation_rows import SCHEME, leavers, level, mean_of, sample
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.methods.shares import composition
from resultatbok.release.ledger import group_keys, group_of
from resultatbok.release.rounding import to_be_rounded

TRAITS = {
    "education": ("lower", "upper_secondary", "higher"),
    "norwegian_level_at_start": ("a1_or_lower", "a2", "b_level", "unknown"),
    "age_group": ("age_18_24", "age_25_44", "age_45_plus"),
    "duration_group": ("under_12", "12_23", "24_or_more"),
}
AGES = (18, 25, 45, 200)
MONTHS = (0, 12, 24, 1000)
EDUCATION = {
    **dict.fromkeys(range(1, 7), "lower"),
    7: "upper_secondary",
    8: "upper_secondary",
    9: "higher",
    10: "higher",
}
NORWEGIAN = {0: "a1_or_lower", 1: "a1_or_lower", 2: "a1_or_lower", 3: "a2", 4: "b_level", 5: "b_level"}


def users(desk: Desk, *needed: str) -> pd.DataFrame:
    """Those who left, with their package and what they are grouped by."""
    left = leavers(desk, "norwegian_start", *needed)
    labels = desk.study.packages.labels.reindex(left.index)
    order = [str(name) for name in desk.study.packages.sizes.index]
    return left.assign(
        package=pd.Categorical(labels, order, ordered=True),
        education=_ordered(left["education_detailed"].map(EDUCATION), "education"),
        norwegian_level_at_start=_ordered(
            left["norwegian_start"].map(NORWEGIAN).fillna("unknown"), "norwegian_level_at_start"
        ),
        age_group=pd.cut(left["age"], AGES, right=False, labels=list(TRAITS["age_group"])),
        duration_group=pd.cut(left["duration_months"], MONTHS, right=False, labels=list(TRAITS["duration_group"])),
    )


@exhibit("package_by_education")
def by_education(desk: Desk) -> Exhibit:
    """Level of education of each package's participants."""
    caption = desk.wording.text("Level of education of each package's participants.")
    return _by_trait(desk, "education", "education_detailed", "education_level", caption)


@exhibit("package_by_norwegian_level_at_start")
def by_norwegian(desk: Desk) -> Exhibit:
    """Norwegian at the start of each package's participants."""
    caption = desk.wording.text("Level of Norwegian at the start of each package's participants.")
    return _by_trait(desk, "norwegian_level_at_start", "norwegian_start", "norwegian_level_at_start", caption)


@exhibit("package_by_age_group")
def by_age(desk: Desk) -> Exhibit:
    """Age of each package's participants."""
    caption = desk.wording.text("Age of each package's participants.")
    return _by_trait(desk, "age_group", "age", "age", caption)


@exhibit("package_by_duration_group")
def by_duration(desk: Desk) -> Exhibit:
    """Time in the programme of each package's participants."""
    caption = desk.wording.text("Months in the programme of each package's participants.")
    return _by_trait(desk, "duration_group", "duration_months", "duration_months", caption)


def _by_trait(desk: Desk, trait: str, column: str, term: str, caption: str) -> Exhibit:
    """Shares of a trait's categories in each package, and the means of the number behind it."""
    words = desk.wording
    key = f"package_by_{trait}"

    def numbers() -> pd.DataFrame:
        data = users(desk)
        frames = [_spread(desk, data, trait)]
        for package, own in [("", data), *data.groupby("package", observed=True)]:
            frames.append(mean_of(desk, own[column], part="a", term=term, group=_package(str(package))))
        return pd.concat(frames, ignore_index=True)

    rows = desk.rows(key, numbers)
    keys = pd.DataFrame([group_keys(group) for group in rows["group"]], index=rows.index).reindex(
        columns=["package", trait]
    )
    told = rows.assign(package=keys["package"], value_of=keys[trait]).dropna(subset=["package", "value_of"])
    told = told.assign(
        bar=[package_label(desk, name) for name in told["package"]],
        category=[words.label(group_of(**{trait: value})) for value in told["value_of"]],
    )
    svg, alt = stacked_bars(desk, told)
    return Exhibit(key=key, rows=rows, caption=f"{caption} {rounding_note(words)}", svg=svg, alt=alt)


def _package(name: str) -> dict[str, str]:
    return {"package": name} if name else {}


@exhibit("package_agencies")
def by_agency(desk: Desk) -> Exhibit:
    """How the participants of each agency's projects spread over the packages."""
    words = desk.wording
    rows = desk.rows("package_agencies", lambda: _agency_rows(desk))
    keys = pd.DataFrame([group_keys(group) for group in rows["group"]], index=rows.index)
    told = rows.assign(
        bar=[words.label(group_of(agency=name)) for name in keys["agency"]],
        category=[package_label(desk, name) for name in keys["package"]],
        size=[words.count(n) for n in rows["n"]],
    )
    svg, alt = stacked_bars(desk, told, note="size", ordered=False)
    return Exhibit(
        key="package_agencies",
        rows=rows,
        caption=words.text("Packages by the agency responsible for the project; number of participants at the right.")
        + " "
        + rounding_note(words),
        svg=svg,
        alt=alt,
    )


def _agency_rows(desk: Desk) -> pd.DataFrame:
    frames = []
    for agency, own in users(desk, "agency").groupby("agency"):
        shares = composition(own, "package", level=level(desk))
        groups = pd.Series([group_of(agency=agency, package=name) for name in shares["package"]])
        rows = share_rows(shares, SCHEME, groups, "participant_share", sample=sample("a"))
        frames.append(to_be_rounded(rows, pd.Series(str(agency), index=rows.index)))
    return pd.concat(frames, ignore_index=True)


def _spread(desk: Desk, data: pd.DataFrame, trait: str) -> pd.DataFrame:
    """Shares of each category of a trait, among all and within each package."""
    everybody = composition(data, trait, level=level(desk)).assign(package="")
    within = composition(data, trait, ["package"], level=level(desk))
    shares = pd.concat([everybody, within.assign(package=within["package"].astype(str))], ignore_index=True)
    groups = pd.Series(
        [
            group_of(**_package(package), **{trait: value})
            for package, value in zip(shares["package"], shares[trait], strict=True)
        ]
    )
    rows = share_rows(shares, SCHEME, groups, "participant_share", sample=sample("a"))
    return to_be_rounded(rows, shares["package"])


def _ordered(values: pd.Series, trait: str) -> pd.Series:
    return values.astype(pd.CategoricalDtype(list(TRAITS[trait]), ordered=True))
