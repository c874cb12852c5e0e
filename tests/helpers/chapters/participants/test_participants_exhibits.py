"""What the exhibits of the participants say of their rows."""

from invented_pages import page

from helpers.chapters.participants import exhibits
from resultatbok.words.wording import Wording


def test_a_country_has_its_name_in_the_reader_s_language() -> None:
    assert exhibits.country_name(Wording("nb"), "ET") == "Etiopia"
    assert exhibits.country_name(Wording("en"), "ET") == "Ethiopia"


def test_the_most_common_income_of_part_a_is_told() -> None:
    group = "main_income_before_start="
    cells = (("do_not_know", "part_a", 0.2), ("introduction_benefit", "part_a", 0.6))
    rows = [{"statistic": "share", "group": group + g, "sample": s, "value": v} for g, s, v in cells]
    told = exhibits.evaluation_income.phrases["income_most_a", "share_income_most_a"](page("en", *rows))
    assert told == {
        "income_most_a": Wording("en").label(group + "introduction_benefit"),
        "share_income_most_a": "60%",
    }
    assert exhibits.evaluation_income.alt(page("en", *rows)).index("60%") < (
        exhibits.evaluation_income.alt(page("en", *rows)).index("20%")
    )


def test_a_hidden_time_is_said_to_be_hidden() -> None:
    rows = page("en", {"statistic": "mean", "term": "years_of_residence", "sample": "part_a"})
    assert exhibits.evaluation_background.phrases["residence_a"](rows) == "a time that is not shown"


def test_every_country_but_the_others_is_drawn() -> None:
    groups = ("country=ER", "country=other", "country=eritrea;norwegian_level_at_start=b_level")
    rows = page("en", *({"statistic": "rounded_share", "group": g, "sample": "part_a", "value": 0.1} for g in groups))
    assert list(exhibits.countries(rows)["label"]) == ["Eritrea"]
