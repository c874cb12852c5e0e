"""Numbers of the summary: the difference between the schemes, before and after participants are made alike."""

from __future__ import annotations

import pandas as pd

from helpers.chapters.common.breakdowns import gap_row, with_labels
from helpers.chapters.common.model_rows import effect_row, model_rows
from helpers.chapters.common.samples import WOMEN
from helpers.study.study import Study
from helpers.study.subsets import women_of


def scheme_effects(study: Study) -> pd.DataFrame:
    """Jobbsjansen minus the introduction programme: raw, and by each model."""
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
