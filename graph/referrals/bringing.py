"""What somebody brought: herself, directly, and beyond, through those whom she brought."""

from dataclasses import dataclass

import numpy as np

from graph.referrals.forest import Counts, Forest


@dataclass(frozen=True, slots=True, eq=False)
class Brought:
    """Of each node, int64[N]: direct, of those whom it brought itself; beyond, of all further below."""

    direct: Counts
    beyond: Counts

    @property
    def whole(self) -> Counts:
        """Of all who would not be there without it."""
        return self.direct + self.beyond


@dataclass(frozen=True, slots=True)
class Branching:
    """people, roots; referrers: who brought anybody; per_referrer, per_person: mean; of_each[i]: who brought
    exactly i; generations[i]: people in generation i, roots are 0; top_share: the share of all referrals that
    the tenth who brought most have brought, None without referrals."""

    people: int
    roots: int
    referrers: int
    per_person: float | None
    per_referrer: float | None
    of_each: list[int]
    generations: list[int]
    top_share: float | None


def brought(forest: Forest, values: Counts) -> Brought:
    """Sums of whole numbers, such as sales in minor units of one currency, int64[N]; of ones: people.

    >>> from graph.referrals.forest import grown
    >>> made = brought(grown(np.array([-1, 0, 1, 1], dtype=np.int32)), np.array([5, 10, 100, 200]))
    >>> made.direct.tolist(), made.beyond.tolist()
    ([10, 300, 0, 0], [300, 0, 0, 0])
    """
    values = np.asarray(values, dtype=np.int64)
    below = np.flatnonzero(forest.parents >= 0)
    direct = np.zeros(len(values), dtype=np.int64)
    np.add.at(direct, forest.parents[below], values[below])
    return Brought(direct, forest.sums(values) - values - direct)


def branching(forest: Forest) -> Branching:
    """How a forest branches.

    >>> from graph.referrals.forest import grown
    >>> made = branching(grown(np.array([-1, 0, 0, 1, -1], dtype=np.int32)))
    >>> made.of_each, made.generations, made.per_referrer, made.per_person
    ([3, 1, 1], [2, 2, 1], 1.5, 0.6)
    """
    of_each = np.bincount(forest.branches).tolist() if len(forest.parents) else []
    generations = np.bincount(forest.depths).tolist() if of_each else []
    return branched(of_each, generations)


def branched(of_each: list[int], generations: list[int]) -> Branching:
    """The same of a forest that is known by its counts alone.

    >>> branched([3, 1, 1], [2, 2, 1]) == Branching(5, 2, 2, 0.6, 1.5, [3, 1, 1], [2, 2, 1], 2 / 3)
    True
    """
    people, referrers = sum(of_each), sum(of_each[1:])
    referred = sum(brought * those for brought, those in enumerate(of_each))
    return Branching(
        people,
        people - referred,
        referrers,
        referred / people if people else None,
        referred / referrers if referrers else None,
        of_each,
        generations,
        _top_share(of_each, people // 10 or 1) / referred if referred else None,
    )


def _top_share(of_each: list[int], most: int) -> int:
    """What the `most` people who brought most have brought."""
    taken = 0
    for brought_each in range(len(of_each) - 1, 0, -1):
        here = min(most, of_each[brought_each])
        taken, most = taken + here * brought_each, most - here
    return taken
