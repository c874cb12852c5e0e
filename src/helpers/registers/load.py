"""From a cohort's delivered files to harmonised tables, or to the list of all that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pandas as pd

from helpers.cohort.settings import Cohort
from helpers.registers import accounts, jobbsjansen, nir, statistics
from helpers.registers.coding import Coding, load_coding
from helpers.registers.harmonise import participant_schema
from helpers.registers.jobbsjansen import JobbsjansenReport
from helpers.registers.municipalities import MunicipalityList, read_municipalities
from helpers.registers.nir import NirExtract
from helpers.registers.problems import Problems
from helpers.registers.statistics import Statistic
from helpers.registers.studies import StudyTables, read_studies

NOTED_MISSING_SHARE = 0.10
"""A variable that is missing for a larger share of a scheme's leavers is mentioned in the notes."""
NO_LATER_THAN = 2100
"""Last believed end year when no municipal statistics could be read."""


@dataclass(frozen=True)
class Registers:
    """The harmonised tables of one cohort; every column is described in `data/coding/variables.csv`.

    Attributes:
        participants: One row per leaver of the cohort's years, both schemes.
        single_measures: Jobbsjansen's single measures as 0/1, index participant_id, columns v3_ codes.
        municipality_years: Statistics of every municipality in force in each of the cohort's years.
        project_years: Wage costs of every project and year.
        municipalities: The list of municipalities: municipality, name, county, valid_from, valid_to,
            successor.
        studies: The tables of other studies, for the chapters that take them up.
        jobbsjansen_details: Everybody reported to Jobbsjansen in the cohort's years, of every part, left or not,
            index participant_id, columns as in `data/coding/jobbsjansen_details.csv`.
        jobbsjansen_measures: As `single_measures`, of all in `jobbsjansen_details` who left.
        notes: Remarks on the files that do not stop the book, one sentence each.
    """

    participants: pd.DataFrame
    single_measures: pd.DataFrame
    municipality_years: pd.DataFrame
    project_years: pd.DataFrame
    municipalities: pd.DataFrame
    studies: StudyTables = field(default=StudyTables())
    jobbsjansen_details: pd.DataFrame = field(default_factory=pd.DataFrame)
    jobbsjansen_measures: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Delivery:
    """The files as read, None where one cannot be used, and which rows belong to the cohort."""

    municipalities: MunicipalityList | None
    statistics: list[Statistic]
    nir: NirExtract | None
    nir_chosen: np.ndarray
    jobbsjansen: JobbsjansenReport | None
    jobbsjansen_chosen: np.ndarray
    kostra: pd.DataFrame | None
    accounts: pd.DataFrame | None


def load(cohort: Cohort) -> Registers:
    """Read, check and harmonise every file of a cohort.

    Args:
        cohort: The cohort; its `sources` say where the files lie.

    Raises:
        InputRefused: With every problem found in all the files.
    """
    problems = Problems()
    coding = load_coding(cohort.coding)
    delivery = _read(cohort, coding, problems)
    studies = read_studies(cohort.studies, problems)
    _check_across(delivery, cohort, problems)
    problems.stop_if_any()
    return replace(_harmonise(delivery, coding, cohort, problems), studies=studies)


def _read(cohort: Cohort, coding: Coding, problems: Problems) -> _Delivery:
    sources, years = cohort.sources, cohort.years.all
    listed = read_municipalities(sources.municipalities, problems)
    stats = statistics.read_statistics(sources.municipal_statistics, years, problems)
    # one year more than the statistics reach, since a delivery may be newer than the tables
    last = max((int(s.values["year"].max()) + 1 for s in stats), default=NO_LATER_THAN)
    extract = nir.read_nir(sources.nir, coding, last, problems)
    report = jobbsjansen.read_jobbsjansen(sources.jobbsjansen, coding, last, problems)
    return _Delivery(
        municipalities=listed,
        statistics=stats,
        nir=extract,
        nir_chosen=nir.in_cohort(extract, cohort, problems) if extract else np.array([], dtype=bool),
        jobbsjansen=report,
        jobbsjansen_chosen=(
            jobbsjansen.in_cohort(report, coding, cohort, problems) if report else np.array([], dtype=bool)
        ),
        kostra=accounts.read_kostra(sources.kostra, listed, years, problems),
        accounts=accounts.read_accounts(sources.accounts, listed, years, problems),
    )


def _check_across(delivery: _Delivery, cohort: Cohort, problems: Problems) -> None:
    """What only a comparison of files shows: municipalities, their statistics, persons in both files."""
    listed = delivery.municipalities
    if listed is None:
        return
    leavers = [pd.DataFrame({"municipality": [], "year": []})]
    if delivery.nir is not None:
        nir.check_municipalities(delivery.nir, delivery.nir_chosen, listed, problems)
        leavers.append(nir.municipality_years(delivery.nir, delivery.nir_chosen))
    if delivery.jobbsjansen is not None:
        jobbsjansen.check_municipalities(delivery.jobbsjansen, delivery.jobbsjansen_chosen, listed, problems)
        leavers.append(jobbsjansen.municipality_years(delivery.jobbsjansen, delivery.jobbsjansen_chosen))
    statistics.check_covered(delivery.statistics, listed, cohort.years.all, pd.concat(leavers), problems)
    _check_costs(delivery, problems)
    if delivery.nir is not None and delivery.jobbsjansen is not None:
        _check_numbers_differ(delivery.nir, delivery.jobbsjansen, problems)


def _check_costs(delivery: _Delivery, problems: Problems) -> None:
    extract, report, kostra, costs = delivery.nir, delivery.jobbsjansen, delivery.kostra, delivery.accounts
    if extract is None or report is None or kostra is None or costs is None:
        return
    leavers = {
        "introduction": nir.municipality_years(extract, delivery.nir_chosen),
        "jobbsjansen": jobbsjansen.municipality_years(report, delivery.jobbsjansen_chosen),
    }
    accounts.check_coverage(kostra, costs, leavers, problems)


def _check_numbers_differ(extract: NirExtract, report: JobbsjansenReport, problems: Problems) -> None:
    used = set(extract.read["Løpenummer"]) - {""}
    both = report.read["Løpenummer"].isin(used).to_numpy()
    cells, rows = report.read["Løpenummer"][both], report.rows[both]
    expected = f"a number that {extract.text.file} does not use"
    problems.add_values(report.file, "Løpenummer", cells, rows, expected, "Number the two files apart.")


def _harmonise(delivery: _Delivery, coding: Coding, cohort: Cohort, problems: Problems) -> Registers:
    parts = delivery.nir, delivery.jobbsjansen, delivery.municipalities, delivery.kostra, delivery.accounts
    extract, report, listed, kostra, costs = parts
    if extract is None or report is None or listed is None or kostra is None or costs is None:
        raise AssertionError("a file that could not be read was not reported")  # a fault of this program
    left_nir = nir.harmonise_nir(extract, delivery.nir_chosen, coding, cohort)
    chosen = delivery.jobbsjansen_chosen
    left_jobbsjansen = jobbsjansen.harmonise_jobbsjansen(report, chosen, coding, cohort, problems)
    participants = pd.concat([left_nir, left_jobbsjansen], ignore_index=True)
    participant_schema(coding).validate(participants)
    _note_missing(participants, problems)
    nir.note_absence(extract, delivery.nir_chosen, cohort, problems)
    reported = jobbsjansen.details(report, coding, cohort)
    left = report.read["Løpenummer"].isin(reported.index[reported["status"] == "left"]).to_numpy()
    return Registers(
        participants=participants,
        single_measures=jobbsjansen.single_measures(report, chosen, coding),
        municipality_years=statistics.municipality_years(delivery.statistics, listed, cohort.years.all),
        project_years=accounts.project_years(kostra, costs),
        municipalities=listed.table.reset_index(drop=True),
        jobbsjansen_details=reported,
        jobbsjansen_measures=jobbsjansen.single_measures(report, left, coding),
        notes=tuple(problems.notes),
    )


def _note_missing(participants: pd.DataFrame, problems: Problems) -> None:
    shares = participants.isna().groupby(participants["scheme"], observed=True).mean()
    for scheme, row in shares.iterrows():
        for name, share in row[row > NOTED_MISSING_SHARE].items():
            problems.note(f"{name} is missing for {share:.0%} of the leavers ({scheme}).")
