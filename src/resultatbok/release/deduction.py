"""What a reader can work out exactly: whoever knows all members of a sum but one knows that one too."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence

from resultatbok.release.additivity import Relation
from resultatbok.release.headcounts import Quantity

Reasons = dict[Quantity, Relation | None]
"""Known numbers, and the sum each was worked out from; None for one that is shown."""


class Sums:
    """The relations between numbers, indexed by their members.

    Attributes:
        of: The relations each number stands in.
    """

    def __init__(self, relations: Sequence[Relation]) -> None:
        self.relations = relations
        self.of: dict[Quantity, list[Relation]] = {}
        for relation in relations:
            for quantity in relation.members:
                self.of.setdefault(quantity, []).append(relation)

    def known(self, is_shown: Callable[[Quantity], bool]) -> Reasons:
        """Every number that a reader knows or can work out, number by number."""
        reasons: Reasons = {quantity: None for quantity in self.of if is_shown(quantity)}
        waiting = deque(self.relations)
        while waiting:
            relation = waiting.popleft()
            unknown = [quantity for quantity in relation.members if quantity not in reasons]
            if len(unknown) == 1:
                reasons[unknown[0]] = relation
                waiting.extend(r for r in self.of[unknown[0]] if r is not relation)
        return reasons


def sources(quantity: Quantity, reasons: Mapping[Quantity, Relation | None]) -> list[Quantity]:
    """The numbers that a number was worked out from, nearest first."""
    found = [quantity]
    seen = {quantity}
    for current in found:
        relation = reasons[current]
        fresh = [q for q in relation.members if q not in seen] if relation else []
        seen.update(fresh)
        found += fresh
    return found[1:]
