"""Whom a ledger row is about, and how many persons it counts."""

import pandas as pd
import pytest

from resultatbok.release.headcounts import SIZE, cell_of, read_lines
from resultatbok.release.rows import normalise, row


def lines(*rows):
    return read_lines(normalise("x", pd.DataFrame(list(rows))))


def share(inside, n, group="", term="goal_attainment", **keys):
    return row("share", inside / n, n=n, group=group, term=term, **keys)


def test_the_persons_of_a_row_are_picked_by_scheme_group_and_sample():
    assert cell_of("both", "", "all_gross") == frozenset()
    assert cell_of("jobbsjansen", "gender=male;model=x", "all") == {
        ("scheme", "jobbsjansen"),
        ("gender", "male"),
        ("missing", "no"),
    }
    assert cell_of("both", "", "women") == cell_of("both", "gender=female", "all")
    assert ("sample", "projects_5plus") in cell_of("both", "percentile=10", "projects_5plus")


def test_models_settings_and_other_units_are_not_persons():
    rows = [
        row("coefficient", 0.5, n=100, term="male"),
        row("threshold", 10, term="age"),
        row("count", 7, unit="projects"),
        share(3, 10, term="project_share"),
    ]
    assert lines(*rows) == []


def test_a_share_counts_its_group_and_those_it_is_true_of():
    (line,) = lines(share(30, 40, "gender=male"))
    assert (line.size.value, line.size.role) == (40, SIZE)
    assert (line.part.value, line.part.role) == (30, "goal_attainment")


def test_a_mean_counts_its_group():
    (line,) = lines(row("mean", 33.2, n=40, term="age"))
    assert line.size.value == 40
    assert line.part is None


def test_a_membership_share_counts_its_own_group_within_the_whole():
    one, two = lines(share(30, 100, "origin=a", "participant_share"), share(70, 100, "origin=b", "participant_share"))
    assert [line.size.value for line in (one, two)] == [30, 70]
    assert one.whole_cell == two.whole_cell == cell_of("both", "", "all")


@pytest.mark.parametrize(("second", "times"), [(70, 2), (69, 1)])
def test_shares_whose_numbers_add_up_to_their_n_are_read_both_ways(second, times):
    rows = [share(30, 100, "transition=a", "transition"), share(second, 100, "transition=b", "transition")]
    assert len(lines(*rows)) == 2 * times
