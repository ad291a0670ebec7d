"""Identities of one person: which numbers become one, and what that makes of a set. Pure."""

from collections.abc import Iterable, Mapping

from pyroaring import BitMap


def moves(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Number -> the number that the person has from now on, for those that change: the lowest of the group.

    Not the one whose hash suits the samples best: a number chosen by its hash would be seldom in them.

    >>> moves([(5, 3), (9, 5), (7, 7)])
    {5: 3, 9: 3}
    """
    parent: dict[int, int] = {}

    def root(number: int) -> int:
        while (above := parent.setdefault(number, number)) != number:
            parent[number] = parent[above]
            number = above
        return number

    for first, second in pairs:
        low, high = sorted((root(first), root(second)))
        parent[high] = low
    return {number: found for number in sorted(parent) if (found := root(number)) != number}


def moved(members: BitMap, moving: Mapping[int, int], leaving: BitMap) -> BitMap:
    """The set in the new numbers; `leaving` holds the keys of `moving`. The same object where none changes.

    >>> sorted(moved(BitMap([1, 5]), {5: 3}, BitMap([5])))
    [1, 3]
    """
    concerned = members & leaving
    return members if not concerned else (members - concerned) | BitMap(moving[each] for each in concerned)
