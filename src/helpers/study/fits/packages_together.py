"""Measure packages of both schemes together, on the measures that both registers tell of.

The introduction programme has some twenty times as many participants as Jobbsjansen, and would decide alone what a
package is. So the packages are found among equally many of each scheme: everybody in the smaller one, and a draw from
the larger. Then everybody is given the package under which their measures are most probable.
"""

from __future__ import annotations

import pandas as pd

from helpers.cohort.measures import measure_types
from helpers.study.measures import named_packages
from helpers.study.study import Study
from resultatbok.methods.packages import Packages


def packages_together(study: Study) -> Packages:
    """The packages of everybody who left either scheme, named, by participant."""
    types = measure_types()
    people = study.participants.set_index("participant_id").sort_index()
    choices = study.cohort.analysis
    smallest = int(people["scheme"].value_counts().loc[lambda n: n > 0].min())
    drawn = [own.sample(smallest, random_state=choices.seed) for _, own in people.groupby("scheme", observed=True)]
    measures = people[list(types.index)]
    return named_packages(measures.loc[pd.concat(drawn).index], types, choices).applied(measures)
