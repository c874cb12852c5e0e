"""Every key that the contract of the harmonised tables and the ledger knows has a label."""

import csv
from pathlib import Path

import pytest

from resultatbok.words.labels import HEADERS, LABELS, label_message
from resultatbok.words.wording import Wording

PUBLISHED = Path(__file__).parents[3] / "data" / "published" / "report_2022.csv"
EXTERNAL = {"context", "appendix_coding"}  # chapters about figures and rules that the book does not compute


def text(key):
    message, values = label_message(key)
    return message.format(**values)


@pytest.mark.parametrize(
    "key",
    [
        *("introduction", "jobbsjansen", "both", "goal_attained", "male", "age", "years_in_norway", "duration_months"),
        *("absence_high", "norwegian_level", "education_level", "constant", "age_centred", "scheme"),
        *("municipality_immigrant_share", "municipality_net_in_migration", "municipality_labour_market"),
        *("project_wage_per_participant", "population", "unemployment_rate", "centrality", "wage_costs_1000_nok"),
        *("origin=stateless", "origin_north_america", "norwegian=under_a1", "education=little_or_none"),
        *("transition=other", "measure=amo_course", "measure_other_education", "absence=low", "gender=female"),
    ],
)
def test_keys_of_the_contract_have_a_label(key):
    assert text(key) == LABELS[key]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("year=2018", "2018"),
        ("year=2017..2020", "2017–2020"),
        ("percentile=10", "Percentile 10"),
        ("package=3", "Package 3"),
        ("package=rest", "Rest category"),
        ("project=17", "17"),
        ("age=20..29", "20–29 years"),
        ("age=under_20", "Under 20 years"),
        ("age=60_plus", "60 years or more"),
        ("years_in_norway=2..3", "2–3"),
        ("income_quantile=5", "Quantile group 5"),
    ],
)
def test_open_values_have_a_pattern(key, expected):
    assert text(key) == expected


def test_an_unknown_key_names_the_nearest():
    with pytest.raises(KeyError, match=r"no label for 'origin=westasia'; nearest: origin=west_asia"):
        label_message("origin=westasia")


def test_terms_and_groups_of_the_published_exhibits_have_labels():
    with PUBLISHED.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["chapter"] not in EXTERNAL and "prose" not in row["exhibit"]]
    keys = {row[name] for row in rows for name in ("statistic", "scheme", "term", "group") if row[name]}
    assert [key for key in sorted(keys) if not _known(key)] == []


def _known(key):
    try:
        return bool(Wording("en").label(key))
    except KeyError:
        return False


def test_either_of_two_categories_is_written_out():
    assert Wording("en").label("origin=west_asia|sub_saharan_africa") == "West Asia or Sub-Saharan Africa"
    assert Wording("nb").label("origin=west_asia|sub_saharan_africa") == "Vest-Asia eller Afrika sør for Sahara"


def test_no_label_is_blank_or_ends_in_a_stop():
    for label in (*LABELS.values(), *HEADERS.values()):
        assert label == label.strip() != ""
        assert not label.endswith(".")
