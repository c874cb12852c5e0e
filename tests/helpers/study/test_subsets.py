"""Women only: whose rows they are, which terms their models have, and which units count as large."""

from helpers.study.study import Study
from helpers.study.subsets import women_of


def test_the_women_are_the_women_among_the_complete_cases(small_study: Study) -> None:
    women = women_of(small_study).complete
    whole = small_study.complete
    assert list(women["participant_id"]) == list(whole.loc[whole["male"] == 0, "participant_id"])
    assert 0 < len(women) < len(whole)


def test_the_models_lose_the_term_for_gender_and_no_other(small_study: Study) -> None:
    women = women_of(small_study)
    assert set(small_study.individual_design) - set(women.individual_design) == {"male"}
    assert set(small_study.municipality_model.design) - set(women.municipality_model.design) == {"male"}


def test_men_count_towards_the_size_of_a_unit(small_study: Study) -> None:
    """The women's municipality-years are those of the model of everybody, as far as they have women."""
    keys = ["municipality", "end_year"]
    everybody = small_study.municipality_model.participants
    with_women = everybody.loc[everybody["male"] == 0, keys].drop_duplicates()
    of_women = women_of(small_study).municipality_model.participants[keys].drop_duplicates()
    assert set(of_women.itertuples(index=False, name=None)) == set(with_women.itertuples(index=False, name=None))


def test_the_registers_are_read_once(small_study: Study) -> None:
    assert women_of(small_study).registers is small_study.registers
    assert women_of(small_study) is women_of(small_study)
