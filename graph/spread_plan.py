"""Influence under the constraints of a plan: random reverse-reachable sets stand for people.

A candidate "reaches" the sets that it is in, and a set is worth W / (number of sets), so that `coverage.plan`
chooses: exactly for short lists, with what must be in, limits per group and a bound for all of them. As in
influence.py one collection of sets chooses and bounds, and another one, which the choice has not seen,
measures; both bounds hold at all sizes of the collection at once (bounds.py).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from pyroaring import BitMap

from graph import coverage
from graph.bounds import AFFORDABLE, SMALLEST, Plan
from graph.build import Floats, Indices
from graph.constraints import Constraints
from graph.influence import DELTA, EPS, MOST_BYTES, NOISE
from graph.intervals import Interval, of_share
from graph.models import Model
from graph.rrkernels import index
from graph.rrsets import Collection, OutOfMemory, Source, Witness, node_weights

Progress = Callable[[int, int], None]
ROUNDS = int(np.log2(AFFORDABLE // SMALLEST))


@dataclass(frozen=True, slots=True, eq=False)
class SpreadPlan:
    """Candidates in the order of what each adds for its cost; those that must be in come first.

    places: of the chosen among the candidates; marginal: float64[K], measured on sets that the choice has not
    seen; spread: 95%. With probability 1 - delta the spread is above `lower`, and no allowed choice spreads
    more than `upper`; optimality = lower / upper. method: as coverage.Plan has it; full: memory ended the
    drawing of sets. sets: how many chose, and as many others measured; 0 where nobody who may be chosen is
    in the graph, as nobody can be won then, which is certain.
    """

    places: tuple[int, ...]
    marginal: Floats
    total_cost: int
    spread: Interval
    lower: float
    upper: float
    optimality: float
    method: str
    sets: int
    full: bool


def plan_spread(
    model: Model,
    candidates: Sequence[Sequence[Any]],
    constraints: Constraints,
    *,
    weights: ArrayLike | None = None,
    delta: float = DELTA,
    noise: float = NOISE,
    most_bytes: int = MOST_BYTES,
    seed: int = 0,
    progress: Progress | None = None,
) -> SpreadPlan:
    """Whom of `candidates` to take within `constraints`, which are about them in that order.

    candidates: ids of the nodes that each is, won together; none for somebody who is not in the graph.
    weights: float[N], what it is worth to win each node. noise: as for influence.maximise, the share of the
    gains that may be chance. progress: called with (sets drawn, sets planned); what it raises ends the work.
    Equal arguments give equal answers. Raises graph.build.UnknownNodes, BadWeights, OutOfMemory.

    >>> from graph.build import build
    >>> from graph.models import independent_cascade
    >>> stars = build(["a"] * 3 + ["b"] * 2 + ["c"] * 2, list("defghij"))
    >>> wanted = Constraints.of([500, 200, 200], budget=500)
    >>> found = plan_spread(independent_cascade(stars, 1.0), [["a"], ["b"], ["c"]], wanted)
    >>> sorted(found.places), found.total_cost, round(found.spread.value), found.method
    ([1, 2], 400, 6, 'subsets')
    """
    graph = model.graph
    nodes = [graph.places(list(each)) for each in candidates]
    may = constraints.free
    may[list(constraints.must_include)] = True
    if not any(len(nodes[place]) for place in np.flatnonzero(may).tolist()):
        return _nobody(constraints)
    total = float(graph.size if weights is None else node_weights(weights, graph.size).sum())
    proof = Plan(total, ROUNDS, 1.0, EPS, delta)
    source = Source.of(model, 2 * seed, weights)
    sets, witness = Collection(source, most_bytes), Witness(source.reseeded(2 * seed + 1))
    number = 0
    while True:
        _grow(sets, proof, number, progress)
        found = coverage.plan(_audiences(sets, nodes), constraints)
        gains = np.array([step.marginal for step in found.chosen])
        # Whoever can be chosen wins a node at least: where none was met, the sets are too few.
        chance = float(np.sqrt(gains).sum() / gains.sum()) if gains.sum() else 1.0
        if sets.full or number >= ROUNDS or chance <= noise:
            return _measured(nodes, found, sets, witness, proof, progress)
        missing = max(1, int(np.ceil(2 * np.log2(chance / noise))))
        number = min(ROUNDS, number + missing)


def _nobody(constraints: Constraints) -> SpreadPlan:
    """Those who must be in, and no spread."""
    must = constraints.must_include
    zero = Interval(0.0, 0.0, 0.0)
    return SpreadPlan(
        must, np.zeros(len(must)), constraints.spent, zero, 0.0, 0.0, 1.0, "subsets", 0, full=False
    )


def _grow(sets: Collection, proof: Plan, number: int, progress: Progress | None) -> None:
    """Up to a size for which bounds hold; where memory ends, back to the last one."""
    for done in sets.grow(proof.size(number)):
        if progress:
            progress(done, 2 * proof.size(number))
    if sets.count < SMALLEST:
        raise OutOfMemory(f"{sets.most_bytes:,} bytes hold {sets.count} sets, fewer than {SMALLEST}")
    while proof.size(number) > sets.count:
        number -= 1
    sets.cut(proof.size(number))


def _audiences(sets: Collection, nodes: Sequence[Indices]) -> list[BitMap]:
    """The sets that each candidate is in, by their numbers."""
    indptr = np.zeros(sets.source.size + 1, dtype=np.int64)
    by_node = np.empty(sets.used, dtype=np.int32)
    index(sets.offsets, sets.members, sets.count, indptr, by_node)
    made = []
    for own in nodes:
        parts = [by_node[indptr[node] : indptr[node + 1]] for node in own.tolist()]
        made.append(BitMap(np.concatenate(parts).astype(np.uint32)) if parts else BitMap())
    return made


def _measured(
    nodes: Sequence[Indices],
    found: coverage.Plan,
    sets: Collection,
    witness: Witness,
    proof: Plan,
    progress: Progress | None,
) -> SpreadPlan:
    places = tuple(step.place for step in found.chosen)
    own = [nodes[place] for place in places]
    # A node of two of them counts for the first; the last of equals would stand in the ranks.
    chosen, first = np.unique(np.concatenate([*own, np.zeros(0, np.int32)]), return_index=True)
    order = np.argsort(first)
    hits = np.zeros(len(chosen), dtype=np.int64)
    for counted in witness.hits(chosen[order].astype(np.int32), sets.count):
        hits = counted
        if progress:
            progress(sets.count + witness.drawn, 2 * sets.count)
    met = int(hits.sum())
    whose = np.repeat(np.arange(len(own)), [len(each) for each in own])[first[order]]
    added = np.bincount(whose, hits, len(own)) * (proof.total / sets.count)
    proven = proof.guarantee(met, found.upper_bound, sets.count)
    return SpreadPlan(
        places=places,
        marginal=added.astype(np.float64, copy=False),
        total_cost=found.total_cost,
        spread=of_share(met, sets.count, proof.total),
        lower=proven.lower,
        upper=proven.upper,
        optimality=proven.ratio,
        method=found.method,
        sets=sets.count,
        full=sets.full,
    )
