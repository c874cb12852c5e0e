"""Lines to somebody who may stop reading."""

import subprocess
import sys

import pytest

from resultatbok.edition.console import say


def test_a_line_is_written_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    say("a line")
    assert capsys.readouterr().out == "a line\n"


def test_a_reader_who_stops_reading_does_not_stop_the_work() -> None:
    program = (
        "from resultatbok.edition.console import say\nfor i in range(100_000): say(str(i))\nimport sys; sys.exit(7)"
    )
    writer = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert writer.stdout is not None and writer.stderr is not None
    assert writer.stdout.readline() == "0\n"
    writer.stdout.close()
    assert writer.wait(timeout=60) == 7
    assert writer.stderr.read() == ""
    writer.stderr.close()
