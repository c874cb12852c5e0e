"""Every text that a reader can meet has a Norwegian one, with the same values in it."""

from string import Formatter

import pytest

from resultatbok.words import catalogue as module
from resultatbok.words.catalogue import untranslated, update_catalogue, used_messages
from resultatbok.words.wording import catalogue


def test_every_message_of_the_code_has_a_norwegian_text():
    assert untranslated("nb") == []


def test_translations_hold_the_same_values():
    for message, translation in catalogue("nb").items():
        assert _values(translation) == _values(message), message


def _values(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_the_catalogue_holds_no_message_that_is_not_used():
    assert set(catalogue("nb")) <= set(used_messages())


@pytest.fixture
def code(tmp_path):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "draw.py").write_text("ax.text('not a message')", encoding="utf-8")
    (tmp_path / "exhibit.py").write_text(
        "words.text('One ' 'message')\nwords.plural('{n} cow', '{n} cows', n)\nmsgid('Later')\nwords.text(variable)\n",
        encoding="utf-8",
    )
    return tmp_path


def test_messages_are_found_where_they_are_literals(code):
    found = set(used_messages(code))
    assert {"One message", "{n} cow", "{n} cows", "Later"} <= found
    assert "not a message" not in found


def test_updating_keeps_translations_adds_new_messages_and_drops_unused_ones(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOCALE_FOLDER", tmp_path)
    file = tmp_path / "nb.po"
    file.write_text('msgid "Old"\nmsgstr "Gammel"\n\nmsgid "Kept"\nmsgstr "Beholdt"\n', encoding="utf-8")
    assert update_catalogue("nb", ["Kept", "New"]) == ["New"]
    first = file.read_text(encoding="utf-8")
    assert 'msgid "Kept"\nmsgstr "Beholdt"' in first
    assert 'msgid "New"\nmsgstr ""' in first
    assert "Old" not in first
    update_catalogue("nb", ["Kept", "New"])
    assert file.read_text(encoding="utf-8") == first


def test_a_catalogue_is_made_where_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setattr(module, "LOCALE_FOLDER", tmp_path)
    assert update_catalogue("nb", ["New"]) == ["New"]
