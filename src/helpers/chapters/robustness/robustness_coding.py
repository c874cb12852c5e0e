"""Other codings: the scheme's effect when a choice on which the 2022 report is unclear falls the other way."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import share_rows
from helpers.chapters.common.version_rows import version_label, version_rows
from helpers.chapters.robustness.robustness_dependence import versions_table
from helpers.cohort.settings import SCHEMES
from helpers.study.fits.alternatives import attainment_of_leavers, other_codings
from resultatbok.exhibits.exhibit import Desk, Exhibit
from resultatbok.exhibits.registry import exhibit
from resultatbok.release.ledger import group_of, lookup
from resultatbok.tables.pivot import from_rows

OUTCOME_CODINGS = ("wage_subsidy", "end_reasons")
"""How the names begin of the versions that change who reaches the goal."""


@exhibit("coding_versions", phrases="coding_matters_most coding_largest_change n_codings")
def coding_versions(desk: Desk) -> Exhibit:
    """The individual model under each other coding."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        made = pd.concat([version_rows(desk.study, family) for family in ("main", "coding")])
        return made.drop(columns="family")

    rows = desk.rows("coding_versions", numbers)
    effects = rows[rows["statistic"] == "average_marginal_effect"]
    most = effects.loc[(effects["value"] - effects["value"].iloc[0]).abs().idxmax()]
    return Exhibit(
        key="coding_versions",
        rows=rows,
        caption=words.text("Jobbsjansen compared with the introduction programme under other codings."),
        table=versions_table(words, rows),
        phrases={
            "coding_matters_most": version_label(words, most["group"], most["sample"]),
            "coding_largest_change": words.points(abs(most["value"] - effects["value"].iloc[0]) / 100, 1),
            "n_codings": words.count(len(effects) - 1),
        },
    )


@exhibit("denominator_versions", phrases="attainment_of_leavers_introduction attainment_of_leavers_jobbsjansen")
def denominator_versions(desk: Desk) -> Exhibit:
    """Goal attainment of all leavers under each coding of the outcome, by scheme."""
    words = desk.wording

    def numbers() -> pd.DataFrame:
        study = desk.study
        level = study.cohort.analysis.confidence_level
        counted = {"": attainment_of_leavers(study.participants, level)} | {
            group_of(version=name): coding.attainment
            for name, coding in other_codings(study).items()
            if name.startswith(OUTCOME_CODINGS)
        }
        return pd.concat(
            [
                share_rows(shares, shares["scheme"], group, "goal_attainment", sample="all_gross")
                for group, shares in counted.items()
            ]
        )

    rows = desk.rows("denominator_versions", numbers)
    own = rows[rows["group"] == ""]
    return Exhibit(
        key="denominator_versions",
        rows=rows,
        caption=words.text(
            "Goal attainment of all leavers, as counted here and by other codings of the reasons for ending; the "
            "number of leavers counted in brackets."
        ),
        table=from_rows(
            rows,
            words,
            index="version",
            columns="scheme",
            cell=lambda r: f"{words.percent(r['value'], 1)} ({words.count(r['n'])})",
            headers={"version": words.text("Coding")},
            labels={"version=": words.text("As counted in this report")},
        ),
        phrases={
            f"attainment_of_leavers_{scheme}": words.percent(lookup(own, scheme=scheme)["value"], 1)
            for scheme in SCHEMES
        },
    )
