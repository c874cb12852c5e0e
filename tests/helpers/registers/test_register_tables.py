"""The tables of municipalities and of projects, and what all harmonised tables promise."""

import json

import numpy as np
import pandas as pd
import pytest
from deliveries import Delivery

from helpers.registers import coding_tables, load
from helpers.registers.jsonstat import read_jsonstat
from helpers.registers.problems import Problems


def test_a_municipality_year_has_shares_as_fractions_and_migration_per_1000(delivery: Delivery) -> None:
    table = load(delivery.write()).municipality_years.set_index(["municipality", "year"])
    assert table.index.tolist() == [("6001", 2019), ("6002", 2019), ("6003", 2020), ("6004", 2019), ("6004", 2020)]
    assert table.loc[("6003", 2020)].to_dict() == pytest.approx(
        {
            "population": 10_000,
            "immigrant_share": 0.06,
            "immigrant_share_all_countries": 0.12,
            "selected_industries_share": 0.46,
            "net_in_migration_per_1000": -2.5,
            "employment_share_25_66": 0.75,
            "disability_pension_share": 0.125,
            "unemployment_rate": 0.025,
            "centrality": 3,
        }
    )


def test_a_gap_in_the_statistics_where_nobody_left_is_a_note(delivery: Delivery) -> None:
    values = delivery.tables["11342.json"]["value"]
    values[6] = None  # 6004 in 2019: in force, but nobody left
    registers = load(delivery.write())
    note = "municipal_statistics/11342.json: 1 municipality-years without leavers have no Folkemengde."
    assert registers.notes == (note,)
    row = registers.municipality_years.set_index(["municipality", "year"]).loc[("6004", 2019)]
    assert np.isnan(row["population"]) and np.isnan(row["net_in_migration_per_1000"])


def test_projects_of_a_municipality_are_added_up_and_costs_divided_by_participants(delivery: Delivery) -> None:
    table = load(delivery.write()).project_years.set_index(["project", "year"])
    costs = table["wage_costs_per_participant_1000_nok"]
    assert costs["introduction:6001", 2019] == 50.0
    assert costs["jobbsjansen:6003", 2020] == pytest.approx(1200.5 / 30)
    assert table.loc[("jobbsjansen:6004", 2020), "participants"] == 9
    assert np.isnan(costs["jobbsjansen:6004", 2020])
    assert ("introduction:6001", 2020) not in table.index  # merged into 6003


def test_costs_per_participant_are_missing_without_participants(delivery: Delivery) -> None:
    delivery.sheets["2019"][1][5] = 0
    table = load(delivery.write()).project_years.set_index(["project", "year"])
    assert np.isnan(table.loc[("jobbsjansen:6001", 2019), "wage_costs_per_participant_1000_nok"])


def test_empty_cells_of_kostra_are_missing(delivery: Delivery) -> None:
    delivery.tables["kostra_275.json"]["value"][0] = None
    table = load(delivery.write()).project_years.set_index(["project", "year"])
    assert np.isnan(table.loc[("introduction:6001", 2019), "wage_costs_1000_nok"])
    assert table.loc[("introduction:6001", 2019), "participants"] == 40


def test_every_column_of_every_table_is_described_and_nothing_else(delivery: Delivery) -> None:
    registers, described = load(delivery.write()), coding_tables()["variables"]
    for name in ("participants", "municipality_years", "project_years"):
        assert list(getattr(registers, name)) == described.loc[described["table"] == name, "name"].tolist()


def test_types_are_the_same_whatever_is_missing(delivery: Delivery) -> None:
    delivery.nir["Kjønn"] = ""
    types = load(delivery.write()).participants.dtypes.astype(str)
    assert types["male"] == "float64" and types["end_year"] == "int64" and types["municipality"] == "str"
    measures = types[types.index.str.startswith("measure_")]
    assert len(measures) == 19 and set(measures) == {"float64"}


def test_further_dimensions_of_one_category_sparse_values_and_prefixed_regions_are_read(delivery: Delivery) -> None:
    table = {
        "class": "dataset",
        "id": ["Region", "Kjonn", "ContentsCode", "Tid"],
        "size": [2, 1, 1, 1],
        "dimension": {
            "Region": {"category": {"index": ["K-6001", "0"]}},
            "Kjonn": {"category": {"label": {"0": "Begge kjønn"}}},
            "ContentsCode": {"category": {"index": {"Folkemengde": 0}}},
            "Tid": {"category": {"index": {"2019": 0}}},
        },
        "value": {"0": 12},
    }
    path = delivery.folder / "table.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    read = read_jsonstat(path, Problems())
    assert read is not None
    assert read.data[["region", "contents", "year"]].values.tolist() == [
        ["6001", "Folkemengde", 2019],
        ["0", "Folkemengde", 2019],
    ]
    assert read.data["value"].tolist()[0] == 12 and np.isnan(read.data["value"].tolist()[1])


def test_a_further_dimension_of_several_categories_is_refused(delivery: Delivery) -> None:
    table = delivery.tables["11342.json"]
    table["id"].append("Alder")
    table["size"].append(2)
    table["dimension"]["Alder"] = {"category": {"index": {"0-17": 0, "18+": 1}}}
    path = delivery.folder / "table.json"
    path.write_text(json.dumps(table), encoding="utf-8")
    problems = Problems()
    assert read_jsonstat(path, problems) is None
    assert [(p.column, p.found) for p in problems] == [("Alder", "a further dimension with 2 categories")]


def test_a_blank_column_in_the_accounts_moves_nothing(tmp_path):
    delivery = Delivery(tmp_path)
    plain = load(delivery.write()).project_years
    delivery.sheets["2019"] = [[*row[:3], None, *row[3:]] for row in delivery.sheets["2019"]]
    pd.testing.assert_frame_equal(load(delivery.write()).project_years, plain)
