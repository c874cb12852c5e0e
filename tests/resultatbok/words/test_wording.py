"""Numbers and text as a reader of each language sees them."""

import numpy as np
import pytest

from resultatbok.words.wording import MESSAGES, MissingTranslation, Wording

EN = Wording("en")
NB = Wording("nb")
NAN = float("nan")


def both(method, *args, **options):
    return [getattr(wording, method)(*args, **options) for wording in (EN, NB)]


@pytest.mark.parametrize(
    ("x", "decimals", "expected"),
    [
        (28214, 0, ["28,214", "28\u00a0214"]),
        (1234567.891, 1, ["1,234,567.9", "1\u00a0234\u00a0567,9"]),
        (999, 0, ["999", "999"]),
        (-0.21, 2, ["−0.21", "−0,21"]),
        (0, 0, ["0", "0"]),
    ],
)
def test_numbers_have_the_separators_of_the_language(x, decimals, expected):
    assert both("number", x, decimals) == expected


@pytest.mark.parametrize(
    ("x", "expected"), [(0.5, "1"), (1.5, "2"), (2.5, "3"), (-0.5, "−1"), (0.49, "0"), (-0.49, "0"), (1.4999999, "1")]
)
def test_a_half_is_rounded_away_from_zero_and_zero_has_no_minus(x, expected):
    assert EN.number(x) == expected


def test_a_percentage_is_rounded_from_the_number_as_it_reads():
    assert EN.percent(0.285) == "29%"  # 0.285 * 100 is 28.499999999999996
    assert EN.percent(0.145, 0) == "15%"


@pytest.mark.parametrize(
    ("x", "decimals", "expected"),
    [
        (0.0, 0, "0%"),
        (0.004, 0, "<1%"),
        (0.005, 0, "1%"),
        (0.0004, 1, "<0.1%"),
        (0.995, 0, ">99%"),
        (0.994, 0, "99%"),
        (1.0, 0, "100%"),
    ],
)
def test_a_share_that_is_not_none_or_all_is_not_printed_as_such(x, decimals, expected):
    assert EN.percent(x, decimals) == expected


def test_percentages_have_a_space_in_norwegian_only():
    assert both("percent", 0.734) == ["73%", "73\u00a0%"]
    assert both("percent", 0.734, 1) == ["73.4%", "73,4\u00a0%"]
    assert both("percent", -0.004) == ["0%", "0\u00a0%"]


@pytest.mark.parametrize(
    ("x", "decimals", "expected"),
    [
        (0.17, 0, ["17 percentage points", "17 prosentpoeng"]),
        (-0.174, 0, ["−17 percentage points", "−17 prosentpoeng"]),
        (0.014, 0, ["1 percentage point", "1 prosentpoeng"]),
        (-0.01, 0, ["−1 percentage point", "−1 prosentpoeng"]),
        (0.01, 1, ["1.0 percentage points", "1,0 prosentpoeng"]),
        (-0.001, 0, ["0 percentage points", "0 prosentpoeng"]),
    ],
)
def test_percentage_points_agree_with_the_printed_number(x, decimals, expected):
    assert both("points", x, decimals) == expected


@pytest.mark.parametrize(("x", "expected"), [(0.17, "+17"), (-0.17, "−17"), (0.004, "0"), (-0.004, "0")])
def test_signed_points_carry_a_sign_unless_they_print_as_zero(x, expected):
    assert EN.signed_points(x) == f"{expected} percentage points"


@pytest.mark.parametrize(
    ("x", "decimals", "expected"), [(0.285, 0, "29"), (-0.174, 0, "−17"), (-0.004, 0, "0"), (0.0123, 1, "1.2")]
)
def test_points_below_a_heading_have_no_unit_and_no_plus(x, decimals, expected):
    assert EN.in_points(x, decimals) == expected


def test_intervals_name_their_unit_once():
    assert both("interval", 0.14, 0.19, "points") == ["14 to 19", "14 til 19"]
    assert both("interval", 0.71, 0.75, "percent") == ["71 to 75%", "71 til 75\u00a0%"]
    assert both("interval", -0.05, 0.03, "coefficient") == ["−0.05 to 0.03", "−0,05 til 0,03"]
    assert both("interval", 1000, 2000) == ["1,000 to 2,000", "1\u00a0000 til 2\u00a0000"]
    assert EN.interval(0.141, 0.192, "points", 1) == "14.1 to 19.2"


@pytest.mark.parametrize(
    ("low", "high", "printed"),
    [
        (0.003, 0.112, "0.3 to 11.2"),
        (-0.004, 0.112, "−0.4 to 11.2"),
        (-0.112, -0.004, "−11.2 to −0.4"),
        (-0.0003, 0.112, "−0.03 to 11.20"),
        (0.005, 0.112, "1 to 11"),
        (0.0, 0.112, "0 to 11"),
        (-1e-17, 0.112, "0 to 11"),
    ],
)
def test_a_limit_in_points_is_printed_as_zero_only_where_it_is(low, high, printed):
    assert EN.interval(low, high, "points") == printed


@pytest.mark.parametrize(
    ("p", "named", "bare"),
    [
        (0.0342, "p = 0.034", "0.034"),
        (0.001, "p = 0.001", "0.001"),
        (0.00099, "p < 0.001", "<0.001"),
        (1, "p = 1.000", "1.000"),
    ],
)
def test_small_p_values_have_a_floor(p, named, bare):
    assert EN.p_value(p) == named.replace(" ", "\u00a0")
    assert EN.p_value(p, named=False) == bare


def test_p_values_have_a_decimal_comma_in_norwegian():
    assert NB.p_value(0.0001) == "p\u00a0<\u00a00,001"


@pytest.mark.parametrize(
    ("x", "expected"),
    [(0.84, "0.84"), (-0.051, "−0.05"), (0.01, "0.01"), (0.0051, "0.01"), (0.0049, "0.005"), (-0.002, "−0.002")],
)
def test_coefficients_have_a_third_decimal_where_two_would_print_zero(x, expected):
    assert EN.coefficient(x) == expected


def test_units_agree_with_the_printed_number():
    assert both("months", 18) == ["18 months", "18 måneder"]
    assert both("months", 0.9) == ["1 month", "1 måned"]
    assert both("years", 8.25, 1) == ["8.3 years", "8,3 år"]
    assert EN.years(1.0, 1) == "1.0 years"


def test_lists_read_as_sentences():
    assert both("list", ["a", "b", "c"]) == ["a, b and c", "a, b og c"]
    assert both("list", ["a", "b"]) == ["a and b", "a og b"]
    assert both("list", ["a"]) == ["a", "a"]


@pytest.mark.parametrize("x", [NAN, np.float64("nan"), None])
@pytest.mark.parametrize(
    "method",
    [
        "number",
        "count",
        "percent",
        "points",
        "signed_points",
        "in_points",
        "p_value",
        "coefficient",
        "months",
        "years",
    ],
)
def test_a_hidden_number_is_a_colon(method, x):
    assert both(method, x) == [":", ":"]


@pytest.mark.parametrize("limits", [(NAN, 1.0), (1.0, NAN)])
def test_an_interval_with_a_hidden_limit_is_a_colon(limits):
    assert EN.interval(*limits) == ":"


def test_messages_are_translated_and_filled_in():
    assert both("text", "{low} to {high}", low="14", high="19") == ["14 to 19", "14 til 19"]
    assert both("text", "Term") == ["Term", "Ledd"]


def test_a_message_without_values_may_hold_braces():
    assert EN.text("f{x}") == "f{x}"


def test_a_value_that_is_not_given_is_an_error():
    with pytest.raises(KeyError, match="high"):
        EN.text("{low} to {high}", low="14")


def test_a_message_may_have_a_value_called_message():
    assert EN.text("{message}!", message="Done") == "Done!"


def test_the_plural_follows_the_count():
    assert EN.plural("{n} project", "{n} projects", 1) == "1 project"
    assert EN.plural("{n} project", "{n} projects", 1200) == "1,200 projects"
    assert EN.plural("{n} project in {where}", "{n} projects in {where}", 0, where="A") == "0 projects in A"


def test_a_message_without_a_translation_is_english_unless_strict():
    assert NB.text("No such message") == "No such message"
    with pytest.raises(MissingTranslation, match=r"nb\.po does not translate 'No such message'"):
        Wording("nb", strict=True).text("No such message")


def test_an_unknown_language_is_refused():
    with pytest.raises(ValueError, match="expected one of en, nb"):
        Wording("sv")


def test_labels_are_in_the_language_of_the_reader():
    assert both("label", "origin=west_asia") == ["West Asia", "Vest-Asia"]
    assert both("label", "education=some_schooling;year=2018") == ["Some schooling, 2018", "En del skolegang, 2018"]
    assert both("label", "male:education_level") == ["Man × Level of education", "Mann × Utdanningsnivå"]


def test_a_header_may_differ_from_the_label_of_the_variable():
    assert EN.header("scheme") == "Scheme"
    assert EN.header("age") == EN.label("age") == "Age"


def test_a_report_brings_the_translations_of_its_messages_and_the_engine_has_its_own(tmp_path, monkeypatch):
    folder = tmp_path / MESSAGES
    folder.mkdir(parents=True)
    (folder / "nb.po").write_text(
        'msgid "Cow"\nmsgstr "Ku"\n\n#, fuzzy\nmsgid "Calf"\nmsgstr "Kalv?"\n', encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    words = Wording("nb")
    assert [words.text("Cow"), words.text("Calf"), words.text("{low} to {high}")] == ["Cow", "Calf", "{low} til {high}"]
    (tmp_path / "_toc.yml").touch()
    (tmp_path / "cohorts").mkdir()  # now it is a project
    words = Wording("nb")
    assert [words.text("Cow"), words.text("Calf"), words.text("{low} to {high}")] == ["Ku", "Calf", "{low} til {high}"]
