"""The coding tables are complete, agree with the published ones and with each other."""

from pathlib import Path

import pandas as pd
import pytest

from helpers.cohort.settings import CodingChoices
from helpers.registers import coding_tables, load_coding
from helpers.study.specification import ORIGINS

PUBLISHED = Path(__file__).parents[3] / "data" / "published" / "coding_2022.csv"
TABLES = coding_tables()
LITERAL = CodingChoices(wage_subsidy_attains_goal=False, norwegian_scale="four_levels")
SCHEME = {"nir": "introduction", "jobbsjansen": "jobbsjansen"}


def published(target: str) -> pd.DataFrame:
    rows = pd.read_csv(PUBLISHED, dtype=str, keep_default_na=False)
    return rows[rows["target"].str.startswith(target)]


def test_end_reasons_are_coded_to_the_letter_of_table_8_when_the_cohort_says_so() -> None:
    codes = load_coding(LITERAL).codes("goal_attained", "introduction", "Avslutningsårsak")
    printed = published("goal_attainment")
    printed = printed[(printed["source"] == "nir") & (printed["source_value"] != "")]
    expected = dict(zip(printed["source_value"].str.replace("–", "-"), printed["code"], strict=True))
    assert len(expected) == 24
    assert {reason: code or "missing" for reason, code in codes.items() if reason} == expected


def test_the_default_swaps_exactly_two_codes_of_table_8() -> None:
    field = ("goal_attained", "introduction", "Avslutningsårsak")
    literal, default = (load_coding(choices).codes(*field) for choices in (LITERAL, CodingChoices()))
    assert {reason for reason in literal if literal[reason] != default[reason]} == {
        "Arbeidssøker på lønnstilskudd (NAV)",
        "Arbeidssøker på andre tiltak i regi av NAV",
    }


@pytest.mark.parametrize("subsidy", [True, False])
@pytest.mark.parametrize("not_counted", ["missing", "not_attained"])
def test_a_transition_to_work_or_education_is_goal_attainment_and_nothing_else(subsidy: bool, not_counted: str) -> None:
    choices = CodingChoices.model_validate(
        {"wage_subsidy_attains_goal": subsidy, "end_reason_not_counted": not_counted}
    )
    coding = load_coding(choices)
    goal = coding.codes("goal_attained", "introduction", "Avslutningsårsak")
    transition = coding.codes("transition", "introduction", "Avslutningsårsak")
    expected = {"work": "1", "education": "1", "other": "0", "": ""}
    assert goal == {reason: expected[code] for reason, code in transition.items()}


def test_every_printed_measure_field_feeds_the_measure_that_is_printed() -> None:
    printed = published("measure_")
    ours = TABLES["recodings"]
    for row in printed.itertuples():
        rows = ours[(ours["target"] == row.target) & (ours["scheme"] == SCHEME[row.source])]
        if row.source == "jobbsjansen":
            assert row.source_value in set(rows["label"])
            assert row.source_field in set(rows["field"]) or row.source_field == ""
        else:
            assert any(field.split(" (")[0] == row.source_field.split(" (")[0] for field in rows["field"])
    assert len(ours[ours["target"].str.startswith("measure_")]) == len(printed)


def test_tests_have_the_printed_codes_on_the_scale_of_four() -> None:
    codes = load_coding(LITERAL).codes("norwegian_level", "introduction", "PROVE_NORSK_LES_Resultat")
    printed = published("norwegian_level")
    printed = printed[printed["source_value"] != ""]
    assert codes == dict(zip(printed["source_value"], printed["code"], strict=True))


def test_the_measure_tables_agree_with_the_recodings() -> None:
    coding, rows = load_coding(CodingChoices()), TABLES["recodings"]
    assert set(coding.measures) == set(rows["target"][rows["target"].str.startswith("measure_")])
    single = TABLES["single_measures"].set_index("code")
    from_rows = rows[rows["field"].str.startswith("v3_")].set_index("field")
    assert single["measure"].sort_index().equals(from_rows["target"].sort_index().rename("measure").rename_axis("code"))
    assert single["name_nb"].sort_index().tolist() == from_rows["label"].sort_index().tolist()


def test_single_measures_have_the_2019_evaluations_category_where_it_gives_one() -> None:
    earlier = pd.read_csv(PUBLISHED.with_name("measures_2019.csv"), dtype=str, keep_default_na=False)
    earlier = earlier[earlier["kind"].eq("individual") & earlier["field_2022"].ne("")]
    ours = TABLES["single_measures"].set_index("code")["category"]
    assert earlier["category"].tolist() == ours[earlier["field_2022"]].tolist()


def test_no_value_has_two_codes_under_one_set_of_choices() -> None:
    for subsidy in (True, False):
        rows = load_coding(CodingChoices(wage_subsidy_attains_goal=subsidy)).recodings
        assert not rows.duplicated(["target", "scheme", "field", "value"]).any()


def test_every_country_is_listed_once_with_a_known_origin() -> None:
    countries = TABLES["countries"]
    assert countries["country"].is_unique
    assert set(countries["origin"]) == {*ORIGINS, ""}
    codes = countries["iso"][countries["iso"] != ""]
    assert codes.is_unique
    members = "AF BD BT DZ ER ET IN IQ IR KP MM NP PK PS SD SO SS SY TR UA VA XK YE"
    assert set(members.split()) <= set(codes)
    assert len(codes) >= 193 + 3  # the members of the United Nations, Palestine, the Vatican and Kosovo


def test_values_between_two_coded_ones_are_interpolated_and_others_missing() -> None:
    coding = load_coding(CodingChoices(norwegian_scale="four_levels"))
    grades = pd.Series([1.0, 1.9, 2.0, 2.25, 5.0, None], name="Norsknivaa_samlet_avslutning_karakter")
    levels = coding.interpolate(grades, "norwegian_level", "jobbsjansen")
    assert levels.round(9).fillna(-1).tolist() == [-1, -1, 1.0, 1.25, 4.0, -1]
