"""Numbers of the descriptive chapter: how many of which groups reach the goal, and who had which measures.

The directorate counts everyone who left: a leaver whose end reason is not registered has not reached the goal. The
2022 report leaves those out, and also those who died, moved or stay at home with small children
(`coding.end_reason_not_counted`). Rows with the sample `external` have the directorate's denominator, those with
`all_gross` the report's.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from helpers.chapters.common.breakdowns import (
    ESTIMATE,
    attainment_rows,
    difference_row,
    gap_row,
    gap_rows,
    measure_rows,
    share_rows,
)
from helpers.chapters.common.grouping import FIFTHS, grouped_people
from helpers.chapters.descriptives.terms import (
    COUNTED,
    EVERYONE,
    LITTLE,
    MIDDLE,
    MIDDLE_LEVELS,
    NO_NORWEGIAN,
    PRACTICE_OF_LITTLE,
)
from helpers.cohort.settings import SCHEMES
from helpers.study.specification import MEASURES, OUTCOME
from helpers.study.study import Study
from resultatbok.methods.intervals import Difference
from resultatbok.methods.shares import clustered_contrast, share_by, share_difference
from resultatbok.release.rows import group_of, row

BY_BACKGROUND: Final = ("age", "absence", "years_in_norway_quantile", "duration_quantile")
"""The breakdowns of goal attainment that stand in one figure."""
COMPARED: Final = ("gender", "age", "education", "norwegian", "origin", "absence")
"""Characteristics whose groups mean the same in both schemes."""
KINDS: Final = ("transition_to_work", "transition_to_education", OUTCOME)


def attainment_by_scheme(study: Study) -> pd.DataFrame:
    """Goal attainment by scheme, for all and by gender, with the gap between the schemes."""
    people, level = grouped_people(study)
    women = people[people["gender"] == "female"]
    return pd.concat(
        [
            attainment_rows(people, None, level=level),
            attainment_rows(people, "gender", level=level),
            gap_row(people, level=level),
            gap_row(women, "gender=female", level=level),
        ]
    )


def attainment_by_year(study: Study) -> pd.DataFrame:
    """Goal attainment by year of leaving and scheme."""
    return _attainment_by(study, "year")


def attainment_by_education(study: Study) -> pd.DataFrame:
    """Goal attainment by level of education and scheme."""
    return _attainment_by(study, "education")


def attainment_by_norwegian(study: Study) -> pd.DataFrame:
    """Goal attainment by level of Norwegian at the end and scheme."""
    return _attainment_by(study, "norwegian")


def attainment_by_origin(study: Study) -> pd.DataFrame:
    """Goal attainment by country background and scheme."""
    return _attainment_by(study, "origin")


def _attainment_by(study: Study, *breakdowns: str) -> pd.DataFrame:
    people, level = grouped_people(study)
    return pd.concat([attainment_rows(people, breakdown, level=level) for breakdown in breakdowns])


def attainment_by_background(study: Study) -> pd.DataFrame:
    """Goal attainment by age, absence, years in Norway and duration, with two differences inside each scheme."""
    people, level = grouped_people(study)
    within = [absence_rows(people, level=level), longest_rows(people, level=level)]
    return pd.concat([_attainment_by(study, *BY_BACKGROUND), *within])


def absence_rows(participants: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Goal attainment with low absence minus that with high absence, in each scheme.

    Args:
        participants: Participants with `with_groups`.
        level: Coverage of the intervals.
    """
    rows = []
    for scheme, part in _by_scheme(participants.dropna(subset=[OUTCOME])).items():
        low, high = part[part["absence"] == "low"], part[part["absence"] == "high"]
        if len(low) and len(high):
            n = min(len(low), len(high))
            rows.append(_difference(_between(low, high, level), n, scheme=scheme, group="absence=low_minus_high"))
    return pd.DataFrame(rows)


def longest_rows(participants: pd.DataFrame, *, level: float) -> pd.DataFrame:
    """Goal attainment in the longest fifth of the programmes minus that of all, in each scheme.

    The fifth is part of all, so its difference from all is its difference from the other four fifths, times the
    share of those.

    Args:
        participants: Participants with `with_groups`.
        level: Coverage of the intervals.
    """
    rows = []
    for scheme, part in _by_scheme(participants.dropna(subset=[OUTCOME])).items():
        longest = part["duration_quantile"] == str(FIFTHS)
        if longest.any() and not longest.all():
            difference = _between(part[longest], part[~longest], level)
            group, others = group_of(duration_quantile=FIFTHS), float((~longest).mean())
            rows.append(_difference(difference, int(longest.sum()), others, scheme=scheme, group=group))
    return pd.DataFrame(rows)


def _by_scheme(participants: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {scheme: participants[participants["scheme"] == scheme] for scheme in SCHEMES}


def _between(first: pd.DataFrame, second: pd.DataFrame, level: float) -> Difference:
    attained = [int(part[OUTCOME].sum()) for part in (first, second)]
    return share_difference(attained[0], len(first), attained[1], len(second), level)


def _difference(difference: Difference, n: int, times: float = 1.0, **keys: str) -> dict[str, Any]:
    """A difference in goal attainment times a number, as a ledger row."""
    scaled = Difference(*(times * getattr(difference, name) for name in ESTIMATE))
    return difference_row("difference", scaled, term="goal_attainment", n=n, **keys)


def attainment_gaps(study: Study) -> pd.DataFrame:
    """Jobbsjansen's goal attainment minus the introduction programme's in each group."""
    people, level = grouped_people(study)
    gaps = pd.concat([gap_row(people, level=level), *(gap_rows(people, by, level=level) for by in COMPARED)])
    middle = [name for name in MIDDLE_LEVELS if (gaps["group"] == group_of(norwegian=name)).any()]
    return pd.concat([gaps, mean_gap(people, middle, level=level)], ignore_index=True)


def mean_gap(participants: pd.DataFrame, norwegian: Sequence[str], *, level: float) -> pd.DataFrame:
    """The plain mean of the gaps at several levels of Norwegian, as a ledger row.

    Args:
        participants: Participants with `with_groups`.
        norwegian: Levels with participants of both schemes.
        level: Coverage of the interval.
    """
    if not norwegian:
        return pd.DataFrame()
    known = participants.dropna(subset=[OUTCOME])
    cells = known["scheme"].astype(str) + " " + known["norwegian"].astype(str)
    signs = zip(SCHEMES, (-1, 1), strict=True)
    weights = {f"{scheme} {name}": sign / len(norwegian) for scheme, sign in signs for name in norwegian}
    mean = clustered_contrast(known[OUTCOME], cells, weights, known["project"], level=level)
    n = int(cells.value_counts().reindex(list(weights)).min())
    return pd.DataFrame([_difference(mean, n, group=MIDDLE)])


def transitions(study: Study) -> pd.DataFrame:
    """Transition to work and to education by year and scheme, of everyone who left (table 1 of the 2022 report)."""
    level, leavers = study.cohort.analysis.confidence_level, everyone(study.participants)
    yearly = [_kind_rows(leavers, kind, ["scheme", "end_year"], level) for kind in KINDS]
    gaps = [gap_row(part, group_of(year=year), level=level) for year, part in leavers.groupby("end_year")]
    return pd.concat([*yearly, pd.concat([gap_row(leavers, level=level), *gaps]).assign(sample=EVERYONE)])


def denominators(study: Study) -> pd.DataFrame:
    """Goal attainment with the directorate's denominator and with the report's, side by side."""
    level, people = study.cohort.analysis.confidence_level, study.participants
    counted, leavers = people.assign(year=people["end_year"]), everyone(people)
    return pd.concat(
        [
            *(attainment_rows(counted, by, level=level).assign(sample=COUNTED) for by in (None, "year")),
            *(_kind_rows(leavers, OUTCOME, by, level) for by in (["scheme"], ["scheme", "end_year"])),
            _not_counted_rows(people),
        ]
    )


def everyone(participants: pd.DataFrame) -> pd.DataFrame:
    """All leavers with 0/1 columns for each kind of transition; an outcome that is not counted is not attained."""
    return participants.assign(
        **{OUTCOME: participants[OUTCOME].fillna(0.0)},
        transition_to_work=(participants["transition"] == "work").astype(float),
        transition_to_education=(participants["transition"] == "education").astype(float),
    )


def _kind_rows(leavers: pd.DataFrame, kind: str, by: Sequence[str], level: float) -> pd.DataFrame:
    shares = share_by(leavers, kind, by, level=level)
    groups = "year=" + shares["end_year"].astype(str) if "end_year" in by else ""
    term = "goal_attainment" if kind == OUTCOME else kind
    return share_rows(shares, shares["scheme"], groups, term, sample=EVERYONE)


def _not_counted_rows(participants: pd.DataFrame) -> pd.DataFrame:
    """How many leavers have an outcome that does not count: register records, not a trait of persons."""
    unknown = participants[OUTCOME].isna()
    return pd.DataFrame(
        [
            row(
                "count",
                int((unknown & (participants["scheme"] == scheme)).sum()),
                scheme=scheme,
                term="outcome_not_counted",
                sample=COUNTED,
                unit="records",
            )
            for scheme in SCHEMES
        ]
    )


def measures(study: Study) -> pd.DataFrame:
    """How many of each scheme's participants had each measure."""
    people, level = grouped_people(study)
    return measure_rows(people, MEASURES, level=level)


def attainment_by_measure(study: Study) -> pd.DataFrame:
    """Goal attainment of those who had each measure, and of those without Norwegian training, by scheme."""
    people, level = grouped_people(study)
    parts = {group_of(measure=name.removeprefix("measure_")): people[people[name] == 1] for name in MEASURES}
    parts[NO_NORWEGIAN] = people[people["measure_norwegian_training"] == 0]
    return pd.concat([_share_by_scheme(part, OUTCOME, g, "goal_attainment", level) for g, part in parts.items()])


def measure_combinations(study: Study) -> pd.DataFrame:
    """Who had some measures: work practice among those with little schooling, no Norwegian, the school measures."""
    people, level = grouped_people(study)
    little = people[people["education"] == LITTLE]
    without = people.assign(without=1 - people["measure_norwegian_training"])
    return pd.concat(
        [
            _share_by_scheme(little, "measure_ordinary_work_practice", PRACTICE_OF_LITTLE, "participant_share", level),
            _prior_learning_row(little, level),
            _share_by_scheme(without, "without", NO_NORWEGIAN, "participant_share", level),
            _school_rows(people, level),
        ]
    )


def _share_by_scheme(people: pd.DataFrame, column: str, group: str, term: str, level: float) -> pd.DataFrame:
    shares = share_by(people, column, ["scheme"], level=level)
    return share_rows(shares, shares["scheme"], group, term)


def _prior_learning_row(little: pd.DataFrame, level: float) -> pd.DataFrame:
    """Goal attainment with recognition of prior learning minus without it, among those with little schooling."""
    known = little.dropna(subset=[OUTCOME])
    had, had_not = (known[known["measure_prior_learning_recognition"] == value] for value in (1, 0))
    group = group_of(measure="prior_learning_recognition", education=LITTLE)
    return pd.DataFrame([_difference(_between(had, had_not, level), min(len(had), len(had_not)), group=group)])


def _school_rows(people: pd.DataFrame, level: float) -> pd.DataFrame:
    """How many had one of the two school measures, the other, or both."""
    primary = people["measure_primary_school_subjects"] == 1
    secondary = people["measure_upper_secondary_subjects"] == 1
    counts = {
        "only_primary_school_subjects": primary & ~secondary,
        "only_upper_secondary_subjects": ~primary & secondary,
        "primary_school_subjects&upper_secondary_subjects": primary & secondary,
    }
    rows = [
        row("count", int(chosen.sum()), group=group_of(measure=name), term="participants", unit="participants")
        for name, chosen in counts.items()
    ]
    either = people.assign(both=(primary & secondary).astype(float))[primary | secondary]
    overlap = share_by(either, "both", level=level)
    group = group_of(measure="primary_school_subjects|upper_secondary_subjects")
    return pd.concat([pd.DataFrame(rows), share_rows(overlap, "both", group, "has_both_given_any")])
