"""A tree that is small enough to draw: the heaviest branches, and how many more there are."""

from dataclasses import dataclass

import numpy as np

from graph.referrals.forest import NOBODY, Counts, Forest

DEEP, WIDE, MOST = 4, 12, 200


@dataclass(frozen=True, slots=True)
class Drawn:
    """place: in the forest; parent: its row in the list, NOBODY for the first; depth: below the first;
    brought, below: whom it brought itself, and all below it; more: of `brought` not drawn; x: in [0, 1] from
    left to right, depth is the other coordinate."""

    place: int
    parent: int
    depth: int
    brought: int
    below: int
    more: int
    x: float


@dataclass(frozen=True, slots=True, eq=False)
class Offshoots:
    """Nodes in the order of their parents; of parent p: nodes[starts[p] : starts[p + 1]]."""

    nodes: Counts
    starts: Counts


def offshoots(forest: Forest) -> Offshoots:
    """Whom each one brought; made once, it serves any number of drawings."""
    below = np.flatnonzero(forest.parents != NOBODY)
    order = below[np.argsort(forest.parents[below], kind="stable")]
    return Offshoots(order, np.concatenate(([0], np.cumsum(forest.branches))))


def drawn(
    forest: Forest, top: int, *, shoots: Offshoots | None = None, weights: Counts | None = None,
    deep: int = DEEP, wide: int = WIDE, most: int = MOST,
) -> list[Drawn]:  # fmt: skip
    """The tree under a place: `deep` generations, of each one's children the `wide` of most weight (int64[N],
    the size of what is below if None; ties to the lower place), `most` in all, generation by generation.

    >>> from graph.referrals.forest import grown
    >>> made = drawn(grown(np.array([-1, 0, 0, 0, 1, 4], dtype=np.int32)), 0, deep=2, wide=2)
    >>> [(each.place, each.parent, each.brought, each.more, each.below, each.x) for each in made]
    [(0, -1, 3, 1, 5, 0.5), (1, 0, 1, 0, 2, 0.0), (2, 0, 0, 0, 0, 1.0), (4, 1, 1, 1, 1, 0.0)]
    """
    shoots = shoots or offshoots(forest)
    weights = forest.sizes if weights is None else weights
    places, parents, depths, layer = [top], [NOBODY], [0], [0]
    for depth in range(1, deep + 1):
        below: list[int] = []
        for row in layer:
            for child in _heaviest(shoots, weights, places[row], wide)[: most - len(places)]:
                below.append(len(places))
                places.append(child)
                parents.append(row)
                depths.append(depth)
        layer = below
    shown = np.bincount(np.array(parents[1:], dtype=np.int64), minlength=len(places)).tolist()
    across = _across(parents, shown)
    return [
        Drawn(place, parents[row], depths[row], int(forest.branches[place]), int(forest.sizes[place]) - 1,
              int(forest.branches[place]) - shown[row], across[row])
        for row, place in enumerate(places)
    ]  # fmt: skip


def _heaviest(shoots: Offshoots, weights: Counts, place: int, wide: int) -> list[int]:
    children = shoots.nodes[shoots.starts[place] : shoots.starts[place + 1]]
    if len(children) > 8 * wide:
        # Of a star's thousands only the heaviest are sorted, with all that weigh as much as the last of them.
        floor = np.partition(weights[children], len(children) - wide)[len(children) - wide]
        children = children[weights[children] >= floor]
    order = np.lexsort((children, -weights[children]))[:wide]
    return [int(each) for each in children[order]]


def _across(parents: list[int], shown: list[int]) -> list[float]:
    """Leaves side by side in the order of the tree, each parent over the middle of its children."""
    children: list[list[int]] = [[] for _ in parents]
    for row, parent in enumerate(parents[1:], 1):
        children[parent].append(row)
    across, slot, stack = [0.0] * len(parents), 0, [0]
    while stack:
        row = stack.pop()
        if not shown[row]:
            across[row], slot = float(slot), slot + 1
        stack.extend(reversed(children[row]))
    for row in range(len(parents) - 1, -1, -1):
        if children[row]:
            across[row] = (across[children[row][0]] + across[children[row][-1]]) / 2
    return [each / (slot - 1) if slot > 1 else 0.5 for each in across]
