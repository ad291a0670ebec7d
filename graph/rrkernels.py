"""The inner loops of reverse-reachable sets: drawing them, indexing them by node, counting them down."""

import numpy as np

from graph.build import Floats, Indices
from graph.jit import GOLDEN, RESOLUTION, Bytes, Counts, drawn, kernel, stream


@kernel
def _root(state: np.uint64, size: int, roots: Floats) -> int:
    share = drawn(state) / RESOLUTION
    if len(roots) == 0:
        return int(share * size)
    return min(int(np.searchsorted(roots, share * roots[-1], side="right")), size - 1)


@kernel
def _by_draws(
    state: np.uint64, low: int, high: int, sources: Indices, limits: Counts,
    members: Indices, tail: int, seen: Bytes,
) -> tuple[np.uint64, int]:  # fmt: skip
    """A draw for each arc whose source is not in the set yet."""
    for arc in range(low, high):
        source = sources[arc]
        if seen[source] == 0:
            state += GOLDEN
            if drawn(state) < limits[arc]:
                seen[source] = 1
                members[tail] = source
                tail += 1
    return state, tail


@kernel
def _by_skips(
    state: np.uint64, low: int, high: int, sources: Indices, skip: float,
    members: Indices, tail: int, seen: Bytes,
) -> tuple[np.uint64, int]:  # fmt: skip
    """Jumps from one live arc to the next: the gaps between successes of equal tries are geometric."""
    arc = low - 1
    while True:
        state += GOLDEN
        # 1 - draw lies in (0, 1]; far jumps are cut before they overflow a whole number.
        arc += 1 + int(min(np.log((drawn(state) + 1.0) / RESOLUTION) * skip, 1e9))
        if arc >= high:
            return state, tail
        source = sources[arc]
        if seen[source] == 0:
            seen[source] = 1
            members[tail] = source
            tail += 1


@kernel
def _by_threshold(
    state: np.uint64, low: int, high: int, sources: Indices, limits: Counts,
    members: Indices, tail: int, seen: Bytes,
) -> tuple[np.uint64, int]:  # fmt: skip
    """At most one arc into the node is live: the one in whose share of [0, 1) the draw falls."""
    state += GOLDEN
    draw = drawn(state)
    if low == high or draw >= limits[high - 1]:
        return state, tail
    source = sources[low + np.searchsorted(limits[low:high], draw, side="right")]
    if seen[source] == 0:
        seen[source] = 1
        members[tail] = source
        tail += 1
    return state, tail


@kernel
def sample(
    indptr: Counts, sources: Indices, limits: Counts, skips: Floats, linear: bool, roots: Floats,
    seed: np.uint64, first: int, stop: int, base: int, offsets: Counts, members: Indices, seen: Bytes,
) -> int:  # fmt: skip
    """Draws the sets first..stop-1; set i ends at offsets[i - base + 1]. The number of the first set undrawn.

    Ends early where `members` has no room for a set of all nodes. `seen`: zeros before and after.
    """
    used = offsets[first - base]
    for number in range(first, stop):
        if len(members) - used < len(seen):
            return number
        state = stream(seed, number)
        members[used] = _root(state, len(seen), roots)
        seen[members[used]] = 1
        head, tail = used, used + 1
        while head < tail:
            node = members[head]
            head += 1
            low, high = indptr[node], indptr[node + 1]
            if linear:
                state, tail = _by_threshold(state, low, high, sources, limits, members, tail, seen)
            elif skips[node] != 0.0:
                state, tail = _by_skips(state, low, high, sources, skips[node], members, tail, seen)
            else:
                state, tail = _by_draws(state, low, high, sources, limits, members, tail, seen)
        for at in range(used, tail):
            seen[members[at]] = 0
        used = tail
        offsets[number - base + 1] = used
    return stop


@kernel
def count_hits(offsets: Counts, members: Indices, count: int, ranks: Indices, hits: Counts) -> None:
    """Adds each set to the first seed in it; ranks[node] = len(hits) says that a node is no seed."""
    for number in range(count):
        best = len(hits)
        for at in range(offsets[number], offsets[number + 1]):
            best = min(best, ranks[members[at]])
        if best < len(hits):
            hits[best] += 1


@kernel
def index(offsets: Counts, members: Indices, count: int, indptr: Counts, sets: Indices) -> None:
    """The sets of each node, by counting: those of node v become sets[indptr[v]:indptr[v + 1]].

    `indptr`: int64[N + 1], zeros before.
    """
    for at in range(offsets[count]):
        indptr[members[at] + 1] += 1
    for node in range(len(indptr) - 1):
        indptr[node + 1] += indptr[node]
    for number in range(count - 1, -1, -1):
        for at in range(offsets[number], offsets[number + 1]):
            node = members[at]
            indptr[node + 1] -= 1
            sets[indptr[node + 1]] = number
    # Each end has run down to the start of its node: one place too far to the right for all but the first.
    for node in range(len(indptr) - 2):
        indptr[node + 1] = indptr[node + 2]
    if len(indptr) > 1:
        indptr[len(indptr) - 1] = offsets[count]


@kernel
def take(
    node: int, offsets: Counts, members: Indices, indptr: Counts, sets: Indices, covered: Bytes, gains: Counts
) -> None:
    """Covers the sets of a node, and takes them off the gains of all who are in them."""
    for place in range(indptr[node], indptr[node + 1]):
        number = sets[place]
        if covered[number] == 0:
            covered[number] = 1
            for at in range(offsets[number], offsets[number + 1]):
                gains[members[at]] -= 1


@kernel
def best(gains: Counts, costs: Floats, left: float) -> int:
    """The first node of most gain for its cost among those that can be paid; -1 where none gains anything."""
    found, most = -1, 0.0
    for node in range(len(gains)):
        if gains[node] > 0 and costs[node] <= left and gains[node] / costs[node] > most:
            found, most = node, gains[node] / costs[node]
    return found
