"""On which side of a value an interval lies (one that touches it includes it), and messages read by name."""

from pathlib import Path

import pandas as pd
import pytest

from resultatbok.exhibits import messages as module
from resultatbok.exhibits.messages import Messages, side
from resultatbok.words.wording import MESSAGES_FILE, Wording


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(0.1, 2, "above"), (0, 2, "uncertain"), (-2, 0, "uncertain"), (-2, -0.1, "below")],
)
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_an_interval_that_touches_a_value_includes_it(low: float, high: float, expected: str, value: float) -> None:
    row = pd.Series({"low": low + value, "high": high + value, "suppressed": False})
    assert side(row, value) == expected


def test_a_hidden_number_lies_on_no_side() -> None:
    nan = float("nan")
    assert side(pd.Series({"low": nan, "high": nan, "suppressed": True})) == "hidden"


@pytest.fixture
def said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Messages:
    """The messages of a chapter."""
    (tmp_path / MESSAGES_FILE).write_text(
        'plain = "One."\nplain_nb = "En."\n[flow]\nempty = "None."\n[some]\nnone = ""\none = "One"\nseveral = "{n}"\n'
        '[lacking]\nabove = "Above"\nbelow = "Below"\nuncertain = "Unsure"\n[other]\nnone = ""\none = ""\nmany = ""\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(module, "module_file", lambda name: tmp_path / f"{name}.py")
    return Messages("sentences")


def test_messages_are_read_by_name(said: Messages) -> None:
    assert (said["plain"], said["flow.empty"]) == ("One.", "None.")
    assert said.by_number("some").text(Wording("en"), 3) == "3"
    assert said.choices("flow") == {"empty": "None."}


def test_a_message_has_the_translation_beside_it(said: Messages) -> None:
    assert [Wording(language, strict=True).text(said["plain"]) for language in ("en", "nb")] == ["One.", "En."]
    with pytest.raises(KeyError, match="plain_nb"):
        said["plain_nb"]


@pytest.mark.parametrize("name", ["gone", "flow", "flow.gone", "plain.gone"])
def test_a_name_of_no_message_is_refused(said: Messages, name: str) -> None:
    with pytest.raises(KeyError, match=name):
        said[name]


def test_a_table_that_lacks_a_side_or_has_another_is_refused(said: Messages) -> None:
    with pytest.raises(TypeError, match="hidden"):
        said.by_side("lacking")
    with pytest.raises(TypeError, match="many"):
        said.by_number("other")
    with pytest.raises(KeyError, match="plain"):
        said.choices("plain")
