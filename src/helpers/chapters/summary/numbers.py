"""Numbers of the summary: the difference between the schemes among women, observed and with the same background."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import ESTIMATE, difference_row, gap_row
from helpers.chapters.common.model_rows import effect_row
from helpers.chapters.common.samples import WOMEN
from helpers.chapters.summary.terms import LATER, TARGETS
from helpers.study.fits.programme_effect.data import effect_data, effect_on_treated, people_of
from helpers.study.fits.programme_effect.declared import declared
from helpers.study.study import Study
from resultatbok.methods.intervals import Difference
from resultatbok.release.ledger import group_of


def scheme_effects(study: Study) -> pd.DataFrame:
    """Jobbsjansen minus the introduction programme among women as declared, and among all as report 13/2022 has it."""
    level, people, effects = study.cohort.analysis.confidence_level, study.complete, declared(study).effects
    adjusted = {group_of(target=target): effects.loc[target] for target in TARGETS if target in effects.index}
    later = effect_data(study, WOMEN, "all")
    adjusted[LATER] = pd.Series(vars(effect_on_treated(later, level)) | {"n": len(later["treated"])})
    model = study.individual_model_by_project
    rows = [
        difference_row(
            "average_effect", Difference(*of[list(ESTIMATE)]), group=group, term="scheme", sample=WOMEN, n=of["n"]
        )
        for group, of in adjusted.items()
    ]
    return pd.concat(
        [
            gap_row(people_of(people, WOMEN), "gender=female", level=level),
            pd.DataFrame(rows),
            gap_row(people, level=level),
            effect_row("scheme", model.average_effect("scheme"), model.n, "model=individual"),
        ]
    )
