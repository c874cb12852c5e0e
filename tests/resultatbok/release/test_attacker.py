"""What can be worked out about hidden numbers: exactly, number by number, and as intervals."""

import numpy as np

from resultatbok.release.additivity import Relation
from resultatbok.release.attacker import first_pinned, interval
from resultatbok.release.deduction import Sums, sources
from resultatbok.release.headcounts import Quantity


def number(name, value):
    return Quantity(frozenset({("name", name)}), "", value)


A, B, C, D = number("a", 3), number("b", 20), number("c", 7), number("d", 40)
AB, ABC = number("a+b", 23), number("a+b+c", 30)
SUMS = Sums([Relation(AB, (A, B)), Relation(ABC, (AB, C))])


def shown(*quantities):
    return lambda quantity: quantity in quantities


def hidden(*quantities):
    return lambda quantity: quantity in quantities


def test_the_missing_member_of_a_sum_is_known():
    assert set(SUMS.known(shown(B, AB))) == {A, B, AB}


def test_what_is_worked_out_helps_to_work_out_more():
    known = SUMS.known(shown(B, C, ABC))
    assert set(known) == {A, B, C, AB, ABC}
    assert known[ABC] is None
    assert set(sources(A, known)) == {AB, B, ABC, C}


def test_two_missing_members_stay_unknown():
    assert A not in SUMS.known(shown(ABC, C))
    assert B not in SUMS.known(shown(ABC, C))


def test_a_number_in_no_sum_is_not_looked_at():
    assert D not in SUMS.known(shown(D))
    assert interval(D, SUMS, hidden(D)) == (1.0, np.inf)


def test_an_interval_runs_from_one_person_to_all_but_one():
    assert interval(A, SUMS, hidden(A, B)) == (1.0, 22.0)


def test_a_hidden_zero_may_be_zero():
    zero, total = number("zero", 0), number("total", 20)
    assert interval(zero, Sums([Relation(total, (zero, B))]), hidden(zero, B)) == (0.0, 19.0)


def test_a_number_is_unlimited_where_the_total_is_hidden_too():
    assert interval(A, SUMS, hidden(A, B, AB, ABC)) == (1.0, np.inf)


def test_pinned_means_narrower_than_the_policy_says():
    one, two, total = number("one", 1), number("two", 4), number("total", 5)  # each lies between 1 and 4
    sums = Sums([Relation(total, (one, two))])
    test = hidden(one, two)
    assert first_pinned([one, two], sums, is_hidden=test, min_interval=3) == (None, {one, two})
    assert first_pinned([one, two], sums, is_hidden=test, min_interval=4)[0] in (one, two)


def test_many_numbers_are_settled_together():
    parts = tuple(number(f"part{i}", i) for i in range(1, 30))
    total = number("total", sum(p.value for p in parts))
    found = first_pinned(parts, Sums([Relation(total, parts)]), is_hidden=hidden(*parts), min_interval=3)
    assert found == (None, set(parts))
