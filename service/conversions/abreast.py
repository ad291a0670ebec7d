"""Which orders can be settled at once, so that it ends as if they had been one after the other. Pure."""

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple


class Needs(NamedTuple):
    """What an order and others have to do with each other.

    `evidence`: what its evidence hangs on, and that of others. `reads`: whose standing decides what is earned
    by it; `changes`: whose standing changes by it. Partners who may be credited, if they are not in the end.
    """

    evidence: AbstractSet[Hashable]
    reads: AbstractSet[Hashable]
    changes: AbstractSet[Hashable]


def first(orders: Sequence[Needs]) -> list[int]:
    """The places of those that needn't wait until an earlier one is settled: whose evidence doesn't hang on
    any of them, and whose earnings on none that has to wait itself.

    >>> a, b = Needs({"x"}, {"p"}, {"p"}), Needs({"y"}, {"p"}, {"p"})
    >>> first([a, b]), first([a, a, b])
    ([0, 1], [0])
    """
    found: list[int] = []
    seen: set[Hashable] = set()
    read: set[Hashable] = set()
    changed: set[Hashable] = set()
    for place, order in enumerate(orders):
        if order.evidence & seen or order.reads & changed or order.changes & read:
            read |= order.reads
            changed |= order.changes
        else:
            found.append(place)
        seen |= order.evidence
    return found


def rounds(orders: Sequence[Needs]) -> list[list[int]]:
    """The places by round. In each round all look at standings first, then all change them: whoever looks at
    what an earlier one changes is of a later round, and nobody changes what an earlier one has yet to see.

    >>> a, b = Needs(set(), {"p"}, {"p"}), Needs(set(), set(), {"p"})
    >>> rounds([a, a, b]), rounds([b, b, a])
    ([[0], [1, 2]], [[0, 1], [2]])
    """
    found: list[list[int]] = []
    looked: dict[Hashable, int] = {}
    changed: dict[Hashable, int] = {}
    for place, order in enumerate(orders):
        at = max(
            max((changed.get(key, -1) + 1 for key in order.reads), default=0),
            max((looked.get(key, 0) for key in order.changes), default=0),
        )
        _note(looked, order.reads, at)
        _note(changed, order.changes, at)
        while len(found) <= at:
            found.append([])
        found[at].append(place)
    return found


def _note(of: dict[Hashable, int], keys: Iterable[Hashable], at: int) -> None:
    for key in keys:
        of[key] = max(of.get(key, at), at)
