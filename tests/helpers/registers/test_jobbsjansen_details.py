"""Jobbsjansen's details: parts, those still in the programme, and the answers of the 2019 evaluation; all optional."""

import pandas as pd
import pytest
from deliveries import Delivery

from helpers.registers import InputRefused, Registers, coding_tables, load
from helpers.registers.jobbsjansen_details import optional_fields

DETAILS = {
    "Delordning": 1.0,
    "Deltakerstatus": 1.0,
    "Oppstartsår": 2018.0,
    "Landbakgrunn": 12.0,
    "v1_3": 3.0,
    "v1_4": 4.0,
    "v2_11": 4.0,
    "v2_12": 2.0,
    "v2_13": 3.0,
    "v2_15": 6.0,
    "Norsknivaa_oppstart": 0.0,
    "v6_2": 1.0,
}


@pytest.fixture
def detailed(delivery: Delivery) -> Delivery:
    """A delivery with the optional variables: three who left part A."""
    others = {field: float("nan") for field in optional_fields()}
    delivery.jobbsjansen = delivery.jobbsjansen.assign(**others | DETAILS)
    delivery.labels["Landbakgrunn"] = {12: "Pakistan", 13: "Iran"}
    return delivery


def read(delivery: Delivery, **cells: object) -> Registers:
    """The registers, with cells of the first row changed."""
    for column, content in cells.items():
        delivery.jobbsjansen.loc[0, column] = content
    return load(delivery.write())


def refused(delivery: Delivery) -> list[str]:
    with pytest.raises(InputRefused) as raised:
        load(delivery.write())
    return [str(problem) for problem in raised.value.problems]


def test_answers_become_the_codes_of_the_coding_table(detailed: Delivery) -> None:
    row = read(detailed).jobbsjansen_details.loc["J00001"]
    assert row[["part", "status", "year", "start_year", "agency"]].tolist() == [
        *("a", "left", 2019, 2018, "refugee_service")
    ]
    assert row[["country", "world_region", "care", "income_before", "exit_reason"]].tolist() == [
        *("Pakistan", "asia", "with_partner", "transitional_benefit", "paid_work")
    ]
    assert row[["followup_need", "children_under_18", "work_home_country", "norwegian_start"]].tolist() == [4, 3, 5, 0]
    assert row[["education_detailed", "absence_level", "norwegian_end"]].tolist() == [8, 1, 3.5]


@pytest.mark.parametrize(("answer", "level"), [(1.0, 1), (9.0, 2), (2.0, 3), (10.0, 5), (4.0, 6), (8.0, 10)])
def test_detailed_education_is_in_the_order_of_schooling(answer: float, level: int, detailed: Delivery) -> None:
    assert read(detailed, v2_9=answer).jobbsjansen_details.loc["J00001", "education_detailed"] == level


def test_iran_is_the_middle_east_although_its_origin_is_south_asia(detailed: Delivery) -> None:
    registers = read(detailed, Landbakgrunn=13.0)
    assert registers.jobbsjansen_details.loc["J00001", "world_region"] == "middle_east"
    participants = registers.participants.set_index("participant_id")
    assert participants.loc["J00001", "origin"] == "south_asia"


def test_an_unknown_level_of_norwegian_at_the_start_is_missing(detailed: Delivery) -> None:
    assert pd.isna(read(detailed, Norsknivaa_oppstart=9.0).jobbsjansen_details.loc["J00001", "norwegian_start"])


@pytest.mark.parametrize(("variable", "value"), [("Delordning", 2.0), ("Deltakerstatus", 2.0), ("Deltakerstatus", 3.0)])
def test_part_c_and_those_who_have_not_left_are_details_and_no_participants(
    variable: str, value: float, detailed: Delivery
) -> None:
    more = detailed.jobbsjansen.iloc[[0]].assign(**{variable: value, "Løpenummer": "J00099"})
    detailed.jobbsjansen = pd.concat([detailed.jobbsjansen, more], ignore_index=True)
    registers = read(detailed)
    assert "J00099" not in set(registers.participants["participant_id"]) and "J00099" not in registers.single_measures
    assert "J00099" in registers.jobbsjansen_details.index
    assert ("J00099" in registers.jobbsjansen_measures.index) == (variable == "Delordning")
    assert "jobbsjansen.sav: 1 rows of others than those who left part A are set aside." in registers.notes


def test_a_cohort_may_cover_part_c_too(detailed: Delivery) -> None:
    detailed.jobbsjansen.loc[0, "Delordning"] = 2.0
    cohort = detailed.write().model_copy(update={"jobbsjansen_parts": ("a", "c")})
    assert "J00001" in set(load(cohort).participants["participant_id"])


def test_goal_attainment_is_missing_for_those_who_have_not_left(detailed: Delivery) -> None:
    more = detailed.jobbsjansen.iloc[[0]].assign(Deltakerstatus=2.0, Løpenummer="J00099")
    detailed.jobbsjansen = pd.concat([detailed.jobbsjansen, more], ignore_index=True)
    row = read(detailed).jobbsjansen_details.loc["J00099"]
    assert pd.isna(row["goal_attained"]) and pd.isna(row["transition"])


def test_without_any_of_the_variables_everybody_left_part_a_and_nothing_is_noted(delivery: Delivery) -> None:
    registers = load(delivery.write())
    table = registers.jobbsjansen_details
    assert registers.notes == () and set(table["part"]) == {"a"} and set(table["status"]) == {"left"}
    assert table["country"].isna().all() and table["goal_attained"].notna().all()
    assert list(registers.jobbsjansen_measures.index) == list(registers.single_measures.index)


def test_variables_that_are_lacking_beside_others_are_noted(detailed: Delivery) -> None:
    detailed.jobbsjansen = detailed.jobbsjansen.drop(columns=["v2_12", "v6_4"])
    assert load(detailed.write()).notes == (
        "jobbsjansen.sav: without v2_12, v6_4; chapters of the 2019 evaluation that need them cannot be made.",
    )


def test_rows_that_do_not_tell_their_part_or_status_are_noted(detailed: Delivery) -> None:
    detailed.jobbsjansen.loc[0, "Delordning"] = float("nan")
    detailed.jobbsjansen["Deltakerstatus"] = float("nan")
    assert load(detailed.write()).notes == (
        "jobbsjansen.sav: 1 of 3 rows without Delordning count as of part A.",
        "jobbsjansen.sav: 3 of 3 rows without Deltakerstatus count as having left.",
    )


def test_every_fault_is_reported(detailed: Delivery) -> None:
    detailed.jobbsjansen.loc[0, ["v1_3", "v1_4", "Oppstartsår", "v2_13"]] = [4.0, 6.0, 2020.0, 40.0]
    detailed.jobbsjansen.loc[1, "Landbakgrunn"] = 14.0
    detailed.labels["Landbakgrunn"][13] = "Irann"
    detailed.labels["v1_3"] = {1: "Voksenopplæringen"}
    found = "\n".join(refused(detailed))
    for part in (
        "v1_3, row 1: found 4; expected 1, 2, 3 or nothing",
        "v1_4, row 1: found 6; expected 1 to 5",
        "Oppstartsår, row 1: found 2020; expected a year of starting no later than the year reported",
        "v2_13, row 1: found 40; expected 0 to 20 children",
        "Landbakgrunn, row 2: found 14; expected a value whose label is a country",
        "found the label 13 = 'Irann'; expected the Norwegian name of a country. Did you mean 'Iran'?",
        "v1_3: found the label 1 = 'Voksenopplæringen'; expected 2 = 'Voksenopplæringen'",
    ):
        assert part in found
    assert len(found.splitlines()) == 7


def test_every_column_of_the_details_is_described_and_nothing_else(detailed: Delivery) -> None:
    described = coding_tables()["jobbsjansen_details"]["name"].tolist()
    table = read(detailed).jobbsjansen_details
    assert [table.index.name, *table.columns] == described


def test_every_country_with_an_origin_has_a_world_region() -> None:
    countries = coding_tables()["countries"]
    assert ((countries["origin"] == "") == (countries["world_region"] == "")).all()
