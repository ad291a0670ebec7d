"""Who holds communities together: bridges between several, brokers on many shortest ways."""

from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from service.discovery.computations.operations.authority import Ranked, in_order
from service.discovery.computations.operations.base import Computed, Operation, Report
from service.discovery.computations.operations.communities import AN_ARC

if TYPE_CHECKING:
    from graph.build import Graph

Sort = Literal["betweenness", "participation"]


class Bridges(Struct, frozen=True):
    """samples: starting nodes of shortest ways, all if as many as nodes; sort: the order of the rows."""

    samples: int
    sort: Sort
    seed: int


def compute(graph: "Graph", asked: Bridges, report: Report) -> Computed:
    """Columns in the order asked for: places, betweenness, participation (NaN without arcs), codes.

    codes: the node's community, as /communities numbers them.
    """
    from graph.bridges import betweenness, participation
    from graph.communities import communities

    report(0, None)
    found = communities(graph)
    between = betweenness(graph, samples=asked.samples, seed=asked.seed, progress=report)
    part = participation(graph, found)
    first = between if asked.sort == "betweenness" else part
    columns = {"betweenness": between, "participation": part, "codes": found.codes}
    return in_order(first, columns)


def _effort(nodes: int, arcs: int, asked: Bridges) -> float:
    return float(AN_ARC) * (nodes + arcs) + 10.0 * min(nodes, asked.samples) * (nodes + arcs)


OPERATION = Operation("bridges", Bridges, Ranked, compute, _effort)
