from io import StringIO

import pytest

from resultatbok.edition.progress import Progress


def test_a_counted_piece_says_how_far_the_work_is() -> None:
    stream = StringIO()
    Progress(stream).counted(3, 8, "Individual models", 4.2345)
    assert stream.getvalue() == "[3/8] Individual models … 4.2 s\n"


def test_a_step_is_reported_when_it_succeeds_only() -> None:
    stream = StringIO()
    progress = Progress(stream)
    with progress.step("Good"):
        pass
    with pytest.raises(ZeroDivisionError), progress.step("Bad"):
        raise ZeroDivisionError
    assert stream.getvalue().startswith("Good … ")
    assert "Bad" not in stream.getvalue()
