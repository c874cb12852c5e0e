"""Every text that a reader can meet has a Norwegian one, with the same values in it."""

import pytest
from support import ROOT, values_in

from resultatbok.words.catalogue import catalogues, untranslated, untranslated_beside, update_catalogues, used_messages
from resultatbok.words.wording import catalogue, catalogue_files

USED = catalogues("helpers", "nb", ROOT)


def test_every_message_of_the_code_has_a_norwegian_text():
    assert untranslated(USED) == []
    assert untranslated_beside(ROOT / "src" / "helpers", "nb") == []
    assert list(USED) == catalogue_files("nb")


def test_a_message_belongs_to_the_engine_where_the_engine_says_it():
    engine, report = USED.values()
    assert engine["{low} to {high}"] == ["resultatbok/words/wording.py"]
    assert "helpers/chapters/common/tell.py" in report["All participants"]
    assert not engine.keys() & report.keys()


def test_translations_hold_the_same_values():
    for message, translation in catalogue("nb").items():
        assert values_in(translation) == values_in(message), message


def test_the_catalogues_are_as_the_tool_writes_them(tmp_path):
    copies = {tmp_path / str(place) / file.name: used for place, (file, used) in enumerate(USED.items())}
    for copy, file in zip(copies, USED, strict=True):
        copy.parent.mkdir()
        copy.write_bytes(file.read_bytes())
    update_catalogues(copies)
    assert [copy.read_text(encoding="utf-8") for copy in copies] == [f.read_text(encoding="utf-8") for f in USED]


@pytest.fixture
def code(tmp_path):
    (tmp_path / "charts").mkdir()
    (tmp_path / "charts" / "draw.py").write_text("ax.text('not a message')", encoding="utf-8")
    (tmp_path / "exhibit.py").write_text(
        "words.text('One ' 'message')\nwords.plural('{n} cow', '{n} cows', n)\nmsgid('Later')\nwords.text(variable)\n",
        encoding="utf-8",
    )
    (tmp_path / "messages.toml").write_text(
        'one = "In a file"\n[cows]\nnone = ""\none = "{n} cow"\none_nb = "{n} ku"\nno = "No cow"\nno_nb = ""\n', "utf-8"
    )
    return tmp_path


def test_messages_are_found_where_they_are_literals(code):
    assert used_messages(code).keys() == {"Later", "One message", "{n} cow", "{n} cows"}
    assert used_messages(code)["Later"] == [f"{code.name}/exhibit.py"]


def test_a_message_in_a_file_without_its_translation_is_found(code):
    assert untranslated_beside(code, "nb") == ["In a file", "No cow"]


def test_updating_keeps_translations_adds_new_messages_and_drops_unused_ones(tmp_path):
    file = tmp_path / "nb.po"
    file.write_text('msgid "Old"\nmsgstr "Gammel"\n\nmsgid "Kept"\nmsgstr "Beholdt"\n', encoding="utf-8")
    used = {file: {"Kept": ["a.py", "b.py"], "New": ["b.py"]}}
    assert update_catalogues(used) == ["New"]
    first = file.read_text(encoding="utf-8")
    assert '#: a.py b.py\nmsgid "Kept"\nmsgstr "Beholdt"' in first
    assert '#: b.py\nmsgid "New"\nmsgstr ""' in first
    assert "Old" not in first
    update_catalogues(used)
    assert file.read_text(encoding="utf-8") == first


def test_a_message_takes_its_translation_along_to_another_catalogue_which_is_made_if_there_is_none(tmp_path):
    first, second = tmp_path / "nb.po", tmp_path / "code" / "nb.po"
    first.write_text('msgid "Moved"\nmsgstr "Flyttet"\n', encoding="utf-8")
    assert update_catalogues({first: {"New": ["a.py"]}, second: {"Moved": ["b.py"]}}) == ["New"]
    assert "Moved" not in first.read_text(encoding="utf-8")
    assert 'msgid "Moved"\nmsgstr "Flyttet"' in second.read_text(encoding="utf-8")
