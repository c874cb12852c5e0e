"""Which numbers a reader can add up, found from the keys of ledger rows."""

import pandas as pd
import pytest

from resultatbok.release.additivity import read
from resultatbok.release.headcounts import SIZE
from resultatbok.release.rows import normalise, row


def sums(*rows):
    """Each relation as the whole's role and value, and its parts' values."""
    relations = read(normalise("x", pd.DataFrame(list(rows)))).relations
    return {(r.whole.role, r.whole.value, tuple(sorted(p.value for p in r.parts))) for r in relations}


def persons(value, group="", **keys):
    return row("count", value, group=group, term="participants", **keys)


def share(inside, n, group="", term="goal_attainment", **keys):
    return row("share", inside / n, n=n, group=group, term=term, **keys)


def test_a_share_is_its_part_and_the_rest():
    assert (SIZE, 40, (10, 30)) in sums(share(30, 40))


def test_categories_add_up_to_the_row_without_them():
    assert (SIZE, 100, (40, 60)) in sums(persons(100), persons(40, "gender=male"), persons(60, "gender=female"))


def test_both_sizes_and_parts_of_shares_add_up():
    found = sums(share(50, 100), share(10, 40, "gender=male"), share(40, 60, "gender=female"))
    assert (SIZE, 100, (40, 60)) in found
    assert ("goal_attainment", 50, (10, 40)) in found


def test_categories_add_up_to_something_even_if_it_is_not_shown():
    assert (SIZE, 100, (40, 60)) in sums(persons(40, "gender=male"), persons(60, "gender=female"))


def test_unknown_values_are_left_over():
    found = sums(persons(103), persons(40, "gender=male"), persons(60, "gender=female"))
    assert (SIZE, 103, (3, 100)) in found


def test_several_keys_at_once_add_up():
    cells = [persons(n, f"gender={g};education={e}") for g, e, n in (("m", "a", 10), ("m", "b", 20), ("f", "a", 30))]
    assert (SIZE, 60, (10, 20, 30)) in sums(persons(60), *cells)


def test_measures_do_not_add_up_but_a_measure_and_its_absence_do():
    rows = [persons(100), persons(40, "measure=x"), persons(60, "measure=no_x"), persons(50, "measure=y")]
    found = sums(*rows)
    assert (SIZE, 100, (40, 60)) in found
    assert not any(set(parts) >= {40, 50} for _, _, parts in found)


@pytest.mark.parametrize(
    ("composite", "parts"),
    [
        ("origin=a|b", ("origin=a", "origin=b")),
        ("year=2017..2018", ("year=2017", "year=2018")),
        ("norwegian=b1_or_higher", ("norwegian=b1", "norwegian=b2")),
    ],
)
def test_a_composite_category_is_the_sum_of_its_parts_and_no_part_itself(composite, parts):
    found = sums(persons(30, composite), persons(10, parts[0]), persons(20, parts[1]), persons(30))
    assert (SIZE, 30, (10, 20)) in found
    assert not any(set(p) >= {10, 20, 30} for _, _, p in found)


def test_a_membership_share_counts_its_category():
    found = sums(*(share(n, 100, f"origin={o}", "participant_share") for o, n in (("a", 30), ("b", 70))))
    assert (SIZE, 100, (30, 70)) in found


def test_what_one_category_leaves_of_the_whole_is_an_implied_group():
    rows = normalise("x", pd.DataFrame([persons(100), persons(97, "gender=female")]))
    assert {q.value for q in read(rows).implied} == {3}
