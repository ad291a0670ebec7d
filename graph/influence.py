"""Whom to win so that most others are won: seeds by reverse-reachable sets, and how near the best they are.

As in OPIM-C (see bounds.py) one collection of sets chooses the seeds and bounds the optimum, another one,
which the choice has not seen, bounds the seeds' spread. OPIM-C stops when the bounds meet the promise, which
leaves 5-11% of the spread on the table: a limit on the noise of the seeds' gains makes the choice good.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from graph.bounds import Guarantee, Plan
from graph.build import Floats, Nodes
from graph.greedy import BadGoal, Choice, Purse, choose
from graph.intervals import Interval, of_share
from graph.jit import Counts
from graph.models import Model
from graph.rrsets import Collection, OutOfMemory, Source, Witness, node_weights

EPS = 0.1
DELTA = 1e-3
MOST_BYTES = 1 << 30
# A gain that is counted on c sets is known to about sqrt(c): what looks best may be that much worse.
NOISE = 0.05

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, eq=False)
class Seeds:
    """Seeds in order. marginal: float64[K], what each adds to those before it; cost: float64[K].

    full: the memory for sets ended before the choice was as good as it was to be.
    """

    ids: Nodes
    marginal: Floats
    cost: Floats
    spread: Interval
    guarantee: Guarantee
    full: bool = False


def maximise(
    model: Model,
    k: int | None = None,
    *,
    budget: float | None = None,
    costs: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    candidates: Iterable[Any] | None = None,
    must: Iterable[Any] = (),
    eps: float = EPS,
    delta: float = DELTA,
    noise: float = NOISE,
    most_bytes: int = MOST_BYTES,
    seed: int = 0,
    progress: Progress | None = None,
) -> Seeds:
    """The seeds of most expected spread: `k` of them, or as many as `budget` buys.

    Parameters
    ----------
    k: number of seeds; or budget, with costs: float[N], above 0.
    weights: float[N], what it is worth to win each node (targeted influence); None: 1 each.
    candidates: ids that may be seeds; None: all nodes.
    must: ids that are seeds in any case, the first of them, within `k` or the budget; the guarantee is then
        about choices that hold them.
    eps, delta: what is promised, see Guarantee.
    noise: share of the seeds' gains that may be chance (see Choice.noise), the floor under the number of
        sets; 1: stop as soon as the promise is kept.
    most_bytes: memory for sets; where it ends, the answer says what is proven by then.
    seed: of randomness; equal arguments give equal answers.
    progress: called with (sets drawn, sets planned) some times a second; what it raises ends the work.

    There are fewer than `k` seeds where no other node meets a set that these do not meet. The estimates come
    from sets that the choice has not seen, so that being chosen does not flatter a seed.

    Raises BadGoal, BadWeights, graph.build.UnknownNodes, OutOfMemory.

    >>> from graph.build import build
    >>> from graph.models import independent_cascade
    >>> stars = build(["a", "a", "a", "b", "b", "c"], ["d", "e", "f", "g", "h", "i"])
    >>> found = maximise(independent_cascade(stars, 1.0), 2)
    >>> found.ids.tolist(), found.marginal.round().tolist(), found.guarantee.kept
    (['a', 'b'], [4.0, 3.0], True)
    """
    size = model.graph.size
    each = np.ones(size) if weights is None else node_weights(weights, size)
    purse = _purse(model, k, budget, costs, candidates, must)
    plan = Plan.of(each, purse, eps, delta)
    # Two streams of one seed: the witness must know nothing of the choice.
    source = Source.of(model, 2 * seed, weights)
    sets, witness = Collection(source, most_bytes), Witness(source.reseeded(2 * seed + 1))
    choice, hits = _search(sets, witness, purse, plan, noise, progress or _silent)
    return _answer(model, purse, plan, choice, hits, sets)


def _search(
    sets: Collection, witness: Witness, purse: Purse, plan: Plan, noise: float, progress: Progress
) -> tuple[Choice, Counts]:
    """Draws, chooses, asks the witness, and doubles until the choice is good and the promise kept."""
    number = 0
    while True:
        number = _draw(sets, plan, number, progress)
        last = sets.full or number >= plan.rounds
        choice = choose(sets, purse, lambda: progress(sets.count, 2 * sets.count))
        missing = (choice.noise / noise) ** 2
        if missing > 1 and not last:
            number = min(plan.rounds, number + math.ceil(math.log2(missing)))
            continue
        hits = _watched(witness.hits(choice.seeds, sets.count), witness, sets.count, progress)
        if last or plan.guarantee(int(hits.sum()), choice.bound, sets.count).kept:
            return choice, hits
        number += 1


def _draw(sets: Collection, plan: Plan, number: int, progress: Progress) -> int:
    """Grows the sets to a round's size; where memory ends, back to the last size for which bounds hold."""
    for done in sets.grow(plan.size(number)):
        progress(done, 2 * plan.size(number))
    while plan.size(number) > sets.count:
        if number == 0:
            raise OutOfMemory(f"{sets.most_bytes:,} bytes hold {sets.count} sets, fewer than {plan.size(0)}")
        number -= 1
    sets.cut(plan.size(number))
    return number


def _watched(hits: Iterator[Counts], witness: Witness, sets: int, progress: Progress) -> Counts:
    before, found = witness.drawn, np.zeros(0, dtype=np.int64)
    for counted in hits:
        found = counted
        progress(sets + witness.drawn - before, 2 * sets)
    return found


def _answer(model: Model, purse: Purse, plan: Plan, choice: Choice, hits: Counts, sets: Collection) -> Seeds:
    met = int(hits.sum())
    return Seeds(
        model.graph.nodes[choice.seeds],
        hits.astype(np.float64) * (plan.total / sets.count),
        purse.costs[choice.seeds],
        of_share(met, sets.count, plan.total),
        plan.guarantee(met, choice.bound, sets.count),
        sets.full,
    )


def _purse(
    model: Model,
    k: int | None,
    budget: float | None,
    costs: ArrayLike | None,
    candidates: Iterable[Any] | None,
    must: Iterable[Any],
) -> Purse:
    size, first = model.graph.size, model.graph.places(list(must))
    allowed = None
    if candidates is not None:
        allowed = np.union1d(model.graph.places(list(candidates)), first)
    if k is not None and budget is None and costs is None:
        return Purse.by_number(size, k, allowed, first)
    if k is None and budget is not None and costs is not None:
        return Purse.by_cost(size, costs, budget, allowed, first)
    raise BadGoal("expected either k, or budget and costs")


def _silent(done: int, planned: int) -> None:
    """Nobody asks."""
