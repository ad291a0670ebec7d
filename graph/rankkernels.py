"""The inner loops of PageRank: turning arcs round, and walking until ranks are at rest."""

from graph.build import Floats
from graph.jit import Bytes, Counts, Indices, kernel


@kernel
def turned(
    indptr: Indices, indices: Indices, weights: Floats, out: Floats, row: Indices,
    rows: Counts, sources: Indices, shares: Floats,
) -> None:  # fmt: skip
    """Arcs by target, by counting. row: of each node; rows: zeros before; shares: of a source's weight."""
    for arc in range(len(indices)):
        rows[row[indices[arc]] + 1] += 1
    for at in range(len(rows) - 1):
        rows[at + 1] += rows[at]
    free = rows.copy()
    for node in range(len(indptr) - 1):
        for arc in range(indptr[node], indptr[node + 1]):
            at = row[indices[arc]]
            sources[free[at]] = row[node]
            shares[free[at]] = weights[arc] / out[node]
            free[at] += 1


@kernel
def walk(
    rows: Counts, sources: Indices, shares: Floats, dangling: Bytes, start: Floats,
    damping: float, rest: float, most_steps: int, ranks: Floats, other: Floats,
) -> int:  # fmt: skip
    """Steps until the L1 change is below `rest`, leaving `ranks`; -1 where `most_steps` are too few."""
    before, after, lost = ranks, other, 0.0
    for at in range(len(ranks)):
        lost += ranks[at] * dangling[at]
    for step in range(most_steps):
        begun, change, lost = damping * lost + 1.0 - damping, 0.0, 0.0
        for at in range(len(ranks)):
            inflow = 0.0
            for arc in range(rows[at], rows[at + 1]):
                inflow += before[sources[arc]] * shares[arc]
            after[at] = damping * inflow + begun * start[at]
            change += abs(after[at] - before[at])
            lost += after[at] * dangling[at]
        before, after = after, before
        if change < rest:
            ranks[:] = before
            return step + 1
    return -1
