"""The individual model step by step: the scheme alone, with characteristics, with measures; and without the scheme."""

from __future__ import annotations

from helpers.study.specification import CHARACTERISTICS, MEASURES, OUTCOME, origin_terms
from helpers.study.study import Study
from resultatbok.methods.logit import LogitFit, fit_logit


def step_model(study: Study, name: str) -> LogitFit:
    """One step's model on the complete cases.

    Args:
        study: The study.
        name: What it holds: `scheme`, `scheme_characteristics`, `characteristics`, `characteristics_measures`, or all
            of it, the study's `individual` model.
    """
    if name == "individual":
        return study.individual_model
    choices = study.cohort.analysis
    columns = {
        "scheme": ["scheme"],
        "characteristics": [*CHARACTERISTICS, *origin_terms(choices)],
        "measures": MEASURES,
    }
    held = [column for part in name.split("_") for column in columns[part]]
    return fit_logit(study.complete[OUTCOME], study.individual_design[held], level=choices.confidence_level)
