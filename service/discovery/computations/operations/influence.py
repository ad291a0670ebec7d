"""Whom to win so that most others are won: seeds, in order, with what is proven of them."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from service.discovery.computations.operations.base import Computed, Operation, Report
from service.discovery.computations.operations.models import Spreading, model_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from graph.build import Graph
    from graph.influence import Seeds

Quality = Literal["fast", "high"]
# Of random sets and what belongs to them; two such jobs at once fit into a machine of 4 GB.
MOST_BYTES = 1 << 30
# "fast" stops as soon as the promise is kept, "high" as soon as the choice is hardly chance any more.
NOISE: dict[Quality, float] = {"fast": 1.0, "high": 0.05}


class Influence(Struct, frozen=True):
    """What seeds are asked for. Nodes are places in the graph's version, rising; lists of two go together.

    priced, prices: what nodes cost, others cost `default_cost` (None: they can't be bought). valued, values:
    what it is worth to win nodes, others 0; both empty: 1 each. allowed: None, all. barred: those that are
    no seeds in any case.
    """

    spreading: Spreading
    epsilon: float
    delta: float
    quality: Quality
    seed: int
    k: int | None = None
    budget: float | None = None
    currency: str | None = None
    default_cost: float | None = None
    priced: list[int] = []
    prices: list[float] = []
    valued: list[int] = []
    values: list[float] = []
    allowed: list[int] | None = None
    barred: list[int] = []
    must: list[int] = []


class FoundSeed(Struct, frozen=True):
    """A seed by its place; marginal and cumulative: expected nodes (or worth) that are won."""

    place: int
    marginal: float
    cumulative: float
    cost: float


class Found(Struct, frozen=True):
    """What `graph.influence.maximise` answers. total: the worth of all nodes."""

    seeds: list[FoundSeed]
    value: float
    low: float
    high: float
    lower_bound: float
    upper_bound: float
    ratio: float
    promised: float
    kept: bool
    sets: int
    total: float
    total_cost: float
    memory_ended: bool


def compute(graph: "Graph", asked: Influence, report: Report) -> Computed:
    """Raises graph.greedy.BadGoal, graph.models.BadModel, graph.rrsets.BadWeights, OutOfMemory."""
    import numpy as np

    from graph.influence import maximise

    values = _column(graph.size, asked.valued, asked.values, 0.0) if asked.valued else None
    costs = None
    if asked.budget is not None:
        others = np.inf if asked.default_cost is None else asked.default_cost
        costs = _column(graph.size, asked.priced, asked.prices, others)
    found = maximise(
        model_of(graph, asked.spreading),
        asked.k,
        budget=asked.budget,
        costs=costs,
        weights=values,
        candidates=None if (allowed := _allowed(graph.size, asked)) is None else graph.nodes[allowed],
        must=graph.nodes[asked.must],
        eps=asked.epsilon,
        delta=asked.delta,
        noise=NOISE[asked.quality],
        most_bytes=MOST_BYTES,
        seed=asked.seed,
        progress=report,
    )
    return Computed(_found(graph, found, float(graph.size if values is None else values.sum())))


def _found(graph: "Graph", found: "Seeds", total: float) -> Found:
    import numpy as np

    places = graph.places(found.ids).tolist() if len(found.ids) else []
    columns = (places, found.marginal.tolist(), np.cumsum(found.marginal).tolist(), found.cost.tolist())
    proven = found.guarantee
    return Found(
        seeds=[FoundSeed(*each) for each in zip(*columns, strict=True)],
        value=found.spread.value,
        low=found.spread.low,
        high=found.spread.high,
        lower_bound=proven.lower,
        upper_bound=proven.upper,
        ratio=proven.ratio,
        promised=proven.promised,
        kept=proven.kept,
        sets=proven.sets,
        total=total,
        total_cost=float(found.cost.sum()),
        memory_ended=found.full,
    )


def _column(size: int, places: list[int], values: list[float], others: float) -> "NDArray[np.float64]":
    import numpy as np

    made = np.full(size, others)
    made[places] = values
    return made


def _allowed(size: int, asked: Influence) -> "NDArray[np.int64] | None":
    import numpy as np

    if asked.allowed is None and not asked.barred:
        return None
    every = np.arange(size) if asked.allowed is None else np.array(asked.allowed, dtype=np.int64)
    return np.setdiff1d(every, np.array(asked.barred, dtype=np.int64))


def _effort(nodes: int, arcs: int, asked: Influence) -> float:
    """Nobody knows before how many sets there will be: always a job."""
    return float("inf")


OPERATION = Operation("influence", Influence, Found, compute, _effort)
