"""What given seeds can expect to win, by cascades."""

from typing import TYPE_CHECKING

from msgspec import Struct

from service.discovery.computations.operations.base import Computed, Operation, Report
from service.discovery.computations.operations.models import Spreading, model_of

if TYPE_CHECKING:
    from graph.build import Graph


class Spread(Struct, frozen=True):
    """Whose spread is asked for, over how many cascades. Nodes are places, as in Influence."""

    spreading: Spreading
    seeds: list[int]
    runs: int
    seed: int
    valued: list[int] = []
    values: list[float] = []


class Expected(Struct, frozen=True):
    """Mean worth that is won, seeds included; low, high: 95%; error: the mean's standard error."""

    value: float
    low: float
    high: float
    error: float
    runs: int


def compute(graph: "Graph", asked: Spread, report: Report) -> Computed:
    """Raises graph.models.BadModel, graph.rrsets.BadWeights."""
    import numpy as np

    from graph.cascades import simulate

    weights = None
    if asked.valued:
        weights = np.zeros(graph.size)
        weights[asked.valued] = asked.values
    model = model_of(graph, asked.spreading)
    made = simulate(
        model,
        graph.nodes[asked.seeds],
        runs=asked.runs,
        weights=weights,
        seed=asked.seed,
        progress=report,
    )
    return Computed(Expected(made.mean, made.interval.low, made.interval.high, made.error, made.runs))


def _effort(nodes: int, arcs: int, asked: Spread) -> float:
    """A cascade goes over every arc once at most."""
    return float(asked.runs) * (arcs + len(asked.seeds)) + nodes


OPERATION = Operation("spread", Spread, Expected, compute, _effort)
