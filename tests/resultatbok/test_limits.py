import pytest

from resultatbok.limits import format_fields, unfit


@pytest.mark.parametrize("text", ["plain", "blåbær\tæøå\r\n", "no\u00a0break", "soft\u00adhyphen", "مرحبا", "😀 <b>"])
def test_signs_that_people_write_are_fit(text: str) -> None:
    assert unfit(text) is None


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2067", "\ud800", "\uffff"])
def test_control_signs_are_found(sign: str) -> None:
    assert unfit(f"a{sign}b{sign}") == sign


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("no braces", set()),
        ("{{none}}", set()),
        ("in {years}", {"years"}),
        ("{years:>3000000000}", {"years:>3000000000"}),
        ("{years!r}", {"years!r"}),
        ("{years.real}", {"years.real"}),
        ("{", {"{"}),
    ],
)
def test_what_a_format_string_asks_for_is_seen_without_formatting_it(text: str, fields: set[str]) -> None:
    assert format_fields(text) == fields
