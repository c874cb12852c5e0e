"""The NIR extract becomes the participants' table as the 2022 report's tables 8 to 13 say."""

import math

import pandas as pd
import pytest
from deliveries import Delivery, leavers

from helpers.cohort.settings import CodingChoices
from helpers.registers import load, load_coding
from helpers.registers.nir import harmonise_nir, read_nir
from helpers.registers.problems import Problems


def first(delivery: Delivery, **cells: str) -> pd.Series:
    """The harmonised first leaver, with cells of the extract changed."""
    for column, content in cells.items():
        delivery.nir.loc[0, column] = content
    coding, problems = load_coding(delivery.coding), Problems()
    extract = read_nir(delivery.write_nir(), coding, 2021, problems)
    assert extract is not None and list(problems) == []
    return harmonise_nir(extract, extract.read["end_year"].notna().to_numpy(), coding, delivery.cohort).iloc[0]


def test_a_leaver_is_harmonised(delivery: Delivery) -> None:
    row = first(delivery)
    assert row[["participant_id", "scheme", "project", "project_name"]].tolist() == [
        *("N0000001", "introduction", "introduction:6001", "introduction:6001")
    ]
    assert row[["end_year", "age", "male", "goal_attained", "transition"]].tolist() == [2019, 34.0, 0, 1, "work"]
    assert row[["education", "origin", "norwegian", "norwegian_level"]].tolist() == [
        *("some_schooling", "west_asia", "b1", 3.5)
    ]
    assert row[["measure_norwegian_training", "measure_other_work", "measure_other_society"]].tolist() == [1, 1, 0]


@pytest.mark.parametrize(
    ("attains", "reason", "goal", "transition"),
    [
        (True, "Arbeidssøker på lønnstilskudd (NAV)", 1.0, "work"),
        (True, "Arbeidssøker på andre tiltak i regi av NAV", 0.0, "other"),
        (False, "Arbeidssøker på lønnstilskudd (NAV)", 0.0, "other"),
        (False, "Arbeidssøker på andre tiltak i regi av NAV", 1.0, "work"),
        (True, "Ordinær utdanning - høyere utdanning", 1.0, "education"),
        (True, "Ordinær opplæring – grunnskole", 0.0, "other"),
        (True, "Ordinær opplæring - grunnskole", 0.0, "other"),
    ],
)
def test_end_reasons_follow_the_cohorts_choice_on_wage_subsidy(
    attains: bool, reason: str, goal: float, transition: str, delivery: Delivery
) -> None:
    delivery.coding = CodingChoices(wage_subsidy_attains_goal=attains)
    row = first(delivery, Avslutningsårsak=reason)
    assert (row["goal_attained"], row["transition"]) == (goal, transition)


@pytest.mark.parametrize("reason", ["Død", "Flyttet", "Ikke registrert sluttårsak", "Ukjent", ""])
def test_end_reasons_that_are_not_counted_are_missing_or_not_attained(reason: str, delivery: Delivery) -> None:
    row = first(delivery, Avslutningsårsak=reason)
    assert math.isnan(row["goal_attained"]) and pd.isna(row["transition"])
    delivery.coding = CodingChoices(end_reason_not_counted="not_attained")
    row = first(delivery)
    assert (row["goal_attained"], row["transition"]) == (0.0, "other")


@pytest.mark.parametrize(
    ("tests", "five", "name_five", "four", "name_four"),
    [
        (("Under A1", "A1"), 1.5, "a1", 1.0, "a1"),  # under A1 has no code on the scale of four
        (("Under A1", ""), 1.0, "under_a1", None, None),
        (("B2", "B2"), 5.0, "b2", 4.0, "b2"),
        (("A2", "B1"), 3.5, "b1", 2.5, "b1"),
        (("", ""), None, None, None, None),
    ],
)
def test_norwegian_is_the_mean_of_the_tests_taken_on_either_scale(
    tests: tuple[str, str],
    five: float | None,
    name_five: str | None,
    four: float | None,
    name_four: str | None,
    delivery: Delivery,
) -> None:
    cells = dict(zip(("PROVE_NORSK_LES_Resultat", "PROVE_NORSK_LYTT_Resultat"), tests, strict=True))
    columns = ["norwegian_level", "norwegian"]
    assert first(delivery, **cells)[columns].astype(object).replace({math.nan: None}).tolist() == [five, name_five]
    delivery.coding = CodingChoices(norwegian_scale="four_levels")
    assert first(delivery)[columns].astype(object).replace({math.nan: None}).tolist() == [four, name_four]


@pytest.mark.parametrize(("tests", "level"), [(("A1", "A1", "A1", "A2"), "a1"), (("A1", "A1", "A2", "A2"), "a2")])
def test_a_mean_between_two_levels_is_rounded_half_up(tests: tuple[str, ...], level: str, delivery: Delivery) -> None:
    fields = [f"PROVE_NORSK_{name}_Resultat" for name in ("LES", "LYTT", "MUNTLLIG", "SKRIV")]
    assert first(delivery, **dict(zip(fields, tests, strict=True)))["norwegian"] == level


@pytest.mark.parametrize(
    ("choice", "tracks", "level"),
    [
        *(("last", ("Spor 3", "Spor 1"), 1.0), ("last", ("Spor 3", ""), 3.0), ("last", ("", "Spor 2"), 2.0)),
        *(("first", ("Spor 3", "Spor 1"), 3.0), ("first", ("", "Spor 1"), 1.0)),
        *(("highest", ("Spor 3", "Spor 1"), 3.0), ("highest", ("Spor 1", "Spor 2"), 2.0)),
    ],
)
def test_education_is_the_chosen_track_or_the_only_one(
    choice: str, tracks: tuple[str, str], level: float, delivery: Delivery
) -> None:
    delivery.coding = CodingChoices.model_validate({"education_track": choice})
    assert first(delivery, SporForste=tracks[0], SporSiste=tracks[1])["education_level"] == level


@pytest.mark.parametrize(
    ("hours", "days", "attended", "high"),
    [
        ("10", "12", "1000", 1.0),  # 10 + 12 * 7.5 = 100 hours, exactly the limit
        ("9,9", "12", "1000", 0.0),
        ("", "12", "900", 1.0),
        ("90", "", "900", 1.0),
        ("0", "0", "900", 0.0),
        ("", "", "900", None),
        ("10", "12", "0", None),
        ("10", "12", "", None),
    ],
)
def test_absence_is_high_from_the_limit_and_missing_without_hours_attended(
    hours: str, days: str, attended: str, high: float | None, delivery: Delivery
) -> None:
    cells = {
        "AntallTimerFravaerIntro": hours,
        "AntallDagerFravaerIntro": days,
        "AntallTimerDeltattNorsk": attended,
        "AntallTimerDeltattSamf": "",
        "AntallTimerDeltattNKNV": "0",
    }
    absence = first(delivery, **cells)["absence_high"]
    assert (None if math.isnan(absence) else absence) == high


def test_absence_limit_and_hours_per_day_are_the_cohorts(delivery: Delivery) -> None:
    cells = {"AntallTimerFravaerIntro": "0", "AntallDagerFravaerIntro": "10", "AntallTimerDeltattNorsk": "350"}
    assert first(delivery, **cells)["absence_high"] == 1.0  # 75 of 400 hours
    delivery.coding = CodingChoices(high_absence_from=0.2)
    assert first(delivery)["absence_high"] == 0.0
    delivery.coding = CodingChoices(high_absence_from=0.2, hours_per_absence_day=8)
    assert first(delivery)["absence_high"] == 1.0


@pytest.mark.parametrize(
    ("start", "months"),
    [("15.03.2017", 24), ("15.03.2019", 0), ("28.02.2019", 0), ("27.02.2019", 1), ("", None)],
)
def test_duration_is_rounded_to_whole_months(start: str, months: int | None, delivery: Delivery) -> None:
    duration = first(delivery, GjenførfristBeregnetFra=start)["duration_months"]
    assert (None if math.isnan(duration) else duration) == months


def test_years_in_norway_count_days_from_the_first_decision(delivery: Delivery) -> None:
    row = first(delivery, DatoForForsteVedtakIntro="15.03.2015")
    assert row["years_in_norway"] == pytest.approx(1461 / 365.25)


def test_empty_cells_are_missing_and_not_zero(delivery: Delivery) -> None:
    empty = ["Kjønn", "Fodselsaar", "StatsborgerskapForste", "SporForste", "SporSiste", "DatoForForsteVedtakIntro"]
    row = first(delivery, **dict.fromkeys(empty, ""))
    missing = ["male", "age", "origin", "education_level", "education", "years_in_norway"]
    assert row[missing].isna().all()


@pytest.mark.parametrize(
    ("country", "origin"),
    [
        *(("Statsløs", "stateless"), ("Kosovo", "europe"), ("Burma", "southeast_asia"), ("Myanmar", "southeast_asia")),
        *(("Eritrea", "sub_saharan_africa"), ("Afghanistan", "south_asia"), ("Sudan", "north_africa")),
        *(("Usbekistan", "other_asia"), ("Cuba", "latin_america_caribbean"), ("Canada", "north_america")),
    ],
)
def test_citizenship_gives_the_group_of_origin(country: str, origin: str, delivery: Delivery) -> None:
    assert first(delivery, StatsborgerskapForste=country)["origin"] == origin


def test_leavers_outside_the_cohorts_years_are_left_out_with_a_note(delivery: Delivery) -> None:
    delivery.years = (2020, 2020)
    registers = load(delivery.write())
    assert registers.participants["participant_id"].tolist() == ["N0000003", "N0000004", "J00002", "J00003"]
    assert registers.notes == (
        "nir.csv.gz: 2 of 4 rows left outside 2020 and are not used.",
        "jobbsjansen.sav: 1 of 3 rows left outside 2020 and are not used.",
    )


def test_municipalities_of_leavers_outside_the_cohort_need_no_statistics(delivery: Delivery) -> None:
    delivery.years = (2020, 2020)
    delivery.nir.loc[0, ["Avsl_Kommunennummer", "Avsl_Kommunenavn"]] = ["6099", "Ukjentby"]
    assert len(load(delivery.write()).participants) == 4


def test_a_variable_missing_for_more_than_a_tenth_is_noted(delivery: Delivery) -> None:
    delivery.nir = leavers(
        AvsluttetDato=["15.03.2019"] * 5 + ["31.12.2020"] * 5,
        Avsl_Kommunennummer=["6001"] * 5 + ["6003"] * 5,
        Avsl_Kommunenavn=["Askholmen"] * 5 + ["Askbjørk"] * 5,
        Kjønn=[""] + ["K"] * 9,
        StatsborgerskapForste=[""] * 2 + ["Syria"] * 8,
    )
    assert load(delivery.write()).notes == ("origin is missing for 20% of the leavers (introduction).",)
