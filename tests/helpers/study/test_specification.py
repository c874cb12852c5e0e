"""Which variables enter which model."""

import pandas as pd
import pytest

from helpers.cohort.settings import AnalysisChoices
from helpers.cohort.variables import categories
from helpers.study.specification import (
    BACKGROUND,
    BLOCKS,
    CHARACTERISTICS,
    CONTEXT,
    MEASURES,
    MUNICIPAL,
    background_design,
    individual_design,
    is_curve,
    main_blocks,
    main_columns,
    origin_terms,
    scheme_indicator,
    standardised,
)

PUBLISHED = pd.read_csv("data/published/report_2022.csv")


def people(origins: list[str]) -> pd.DataFrame:
    n = len(origins)
    frame = pd.DataFrame({name: range(1, n + 1) for name in (*CHARACTERISTICS, *MEASURES)}).astype(float)
    frame["education"] = [categories("education")[i % 3] for i in range(n)]
    return frame.assign(origin=pd.Categorical(origins), scheme=["jobbsjansen"] + ["introduction"] * (n - 1))


def test_the_individual_model_has_the_terms_of_table_17() -> None:
    table = PUBLISHED[PUBLISHED["group"].eq("model=individual") & PUBLISHED["statistic"].eq("coefficient")]
    design = individual_design(people(["europe", "west_asia"]), AnalysisChoices())
    assert set(design.columns) == set(table["term"]) - {"constant"}


@pytest.mark.parametrize("model", ["municipality", "project"])
def test_the_multilevel_models_have_the_background_terms_of_table_17(model: str) -> None:
    table = PUBLISHED[PUBLISHED["group"].eq(f"model={model}") & PUBLISHED["exhibit"].eq("table 17")]
    published = set(table.loc[table["statistic"].eq("coefficient"), "term"])
    context = {term for term in published if term.startswith(("municipality_", "project_"))}
    assert set(background_design(people(["europe"] * 4)).columns) == published - context - {"constant"}


def test_kept_levels_of_education_are_compared_with_the_lowest() -> None:
    design = background_design(people(["europe"] * 4))
    assert list(design) == ["scheme", *BACKGROUND]
    assert design["education_some_schooling"].tolist() == [0, 1, 0, 0]
    assert design["education_good_general"].tolist() == [0, 0, 1, 0]
    assert design["age_centred"].mean() == pytest.approx(0)


def test_terms_stand_in_the_order_of_the_table() -> None:
    assert CHARACTERISTICS[0] == "education_level"
    assert CHARACTERISTICS[-1] == "absence_high"
    assert BACKGROUND[:3] == ("male", "absence_high", "age_centred")
    assert list(BLOCKS)[:6] == ["education", "gender", "age", "years_in_norway", "origin", "norwegian"]
    assert CONTEXT[MUNICIPAL[1]] == "net_in_migration_per_1000"


def test_an_origin_that_is_merged_counts_with_the_other() -> None:
    choices = AnalysisChoices(merged_origins={"north_america": "stateless"})
    design = individual_design(people(["north_america", "stateless", "europe"]), choices)
    assert "origin_north_america" not in design
    assert design["origin_stateless"].tolist() == [1, 1, 0]


def test_the_reference_origin_has_no_column() -> None:
    assert "origin_west_asia" not in origin_terms(AnalysisChoices(reference_origin="west_asia"))
    assert "origin_europe" in origin_terms(AnalysisChoices(reference_origin="west_asia", merged_origins={}))


def test_scheme_is_one_for_jobbsjansen() -> None:
    assert scheme_indicator(people(["europe", "europe"])).tolist() == [1, 0]


def test_standardised_values_have_mean_0_and_standard_deviation_1() -> None:
    values = standardised(pd.Series([1.0, 2.0, 6.0]))
    assert values.mean() == pytest.approx(0)
    assert values.std() == pytest.approx(1)


def test_the_main_model_holds_entry_and_year_with_curves_and_levels() -> None:
    origins = ["europe", "west_asia", "north_america"] * 20
    made = people(origins).assign(end_year=[2017 + i % 3 for i in range(60)], male=0.0)
    blocks = main_blocks(made, AnalysisChoices())
    assert list(blocks) == ["education", "age", "years_in_norway", "origin", "end_year"]
    assert list(blocks["education"]) == ["education_some_schooling", "education_good_general"]
    assert list(blocks["age"]) == ["age", "age'", "age''"]
    assert [name for name in blocks["years_in_norway"] if is_curve(name)] == ["years_in_norway'", "years_in_norway''"]
    assert list(blocks["end_year"]) == ["end_year_2018", "end_year_2019"]
    assert list(blocks["origin"]) == ["origin_west_asia"]  # the reference and what is counted with it have none
    assert not {"norwegian_level", "duration_months", "absence_high", *MEASURES} & set(
        main_columns(made, AnalysisChoices())
    )


def test_gender_is_in_the_main_model_where_there_are_both() -> None:
    made = people(["europe", "west_asia"] * 20).assign(end_year=2017, male=[0.0, 1.0] * 20)
    blocks = main_blocks(made, AnalysisChoices())
    assert list(blocks["gender"]) == ["male"]
    assert "end_year" not in blocks
