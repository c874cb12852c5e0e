from pathlib import Path

import pytest

from resultatbok.yaml_settings import SettingsFault, read_settings

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(b)}: &{chr(b)} [{', '.join(['*' + chr(b - 1)] * 9)}]\n" for b in range(98, 123)
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param(BOMB, r"line 2: found an alias \(\*name\)", id="aliases that would make gigabytes"),
        pytest.param("a: &x {b: 1}\nc:\n  <<: *x\n", "line 3: found an alias", id="a merge"),
        pytest.param("a: 1\nb: 2\na: 3\n", "a is set twice, on lines 1 and 3", id="twice"),
        pytest.param('title: "a\\0b"\n', r"line 1: found the sign U\+0000", id="NUL, written out"),
        pytest.param('title: "a\\u202Eb"\n', r"found the sign U\+202E", id="letters turned round"),
        pytest.param("title: a\0b\n", "is not readable as YAML", id="NUL itself"),
        pytest.param(f"title: {'x' * 1001}\n", "found 1,001 signs; expected at most 1,000", id="a long text"),
        pytest.param("a: " + "[" * 5_000, "is nested too deeply", id="nested"),
        pytest.param("#" * 100_001, "holds more than 100,000 bytes", id="a large file"),
        pytest.param(f"seed: {'9' * 900}\n" * 1 + f"b: {'1_' * 400}z: [", "is not readable as YAML", id="no YAML"),
        pytest.param("a: !!python/object/apply:os.system ['true']\n", "is not readable as YAML", id="a call"),
    ],
)
def test_what_is_no_plain_file_of_settings_is_refused_at_once(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "c.yml").write_text(text)
    with pytest.raises(SettingsFault, match=said):
        read_settings(tmp_path / "c.yml")


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_bytes("navn: Bokmål".encode("latin-1"))
    with pytest.raises(SettingsFault, match="is not readable as YAML"):
        read_settings(tmp_path / "c.yml")


def test_plain_settings_are_read(tmp_path: Path) -> None:
    (tmp_path / "c.yml").write_text('name: a\ntitle: { nb: "År {years} & 5\u00a0%" }\nlanguages: [en]\n')
    read = {"name": "a", "title": {"nb": "År {years} & 5\u00a0%"}, "languages": ["en"]}
    assert read_settings(tmp_path / "c.yml") == read
