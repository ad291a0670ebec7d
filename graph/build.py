"""A directed graph as compressed sparse rows (CSR): the one form that all of graph/ computes on.

networkx is the interface for people and other tools (`to_networkx`, `from_networkx`), not the store: a dict
an arc takes some hundred bytes, a CSR arc twelve.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

if TYPE_CHECKING:
    import networkx as nx

Floats = NDArray[np.float64]
Indices = NDArray[np.int32]
Nodes = NDArray[Any]

# Indices are 32 bits: half the memory traffic of 64, and far above what one workspace holds.
MOST_NODES = 2**31 - 1


class BadEdges(ValueError):
    """Edges that make no graph: columns of different lengths, weights that are no weights."""


class UnknownNodes(ValueError):
    """Ends of edges that are not among the nodes that were given."""


@dataclass(frozen=True, slots=True, eq=False)
class Graph:
    """N nodes, E arcs. The arcs of node i are indices[indptr[i]:indptr[i + 1]], targets rising.

    nodes: ids, rising; indptr: int32[N + 1]; indices: int32[E], places in `nodes`; weights: float64[E], all
    above 0; loops: how many self-loops were dropped.
    """

    nodes: Nodes
    indptr: Indices
    indices: Indices
    weights: Floats
    loops: int = 0

    @property
    def size(self) -> int:
        """How many nodes."""
        return len(self.nodes)

    @property
    def arcs(self) -> int:
        """How many arcs, parallel ones counted once."""
        return len(self.indices)

    def sources(self) -> Indices:
        """int32[E]: the place of each arc's source."""
        return np.repeat(np.arange(self.size, dtype=np.int32), np.diff(self.indptr))

    def places(self, ids: ArrayLike) -> Indices:
        """int32[M]: where ids stand in `nodes`. Raises UnknownNodes."""
        return _places(self.nodes, np.asarray(ids))

    def reversed(self) -> "Graph":
        """The graph with all arcs turned round."""
        return compressed(self.nodes, self.indices, self.sources(), self.weights, self.loops)


def build(
    source: ArrayLike, target: ArrayLike, weight: ArrayLike | None = None, *, nodes: ArrayLike | None = None
) -> Graph:
    """A graph of edge arrays, in whatever order they come.

    Parameters
    ----------
    source, target: ids[E] of one orderable type (whole numbers or text).
    weight: float[E], finite and not negative; None: 1 each. Parallel edges are summed, self-loops dropped
        and counted, and an edge of weight 0 is no edge.
    nodes: all ids, also of nodes without edges; None: those of the edges.

    Raises BadEdges (lengths, weights) and UnknownNodes (an end that is not among `nodes`).

    >>> graph = build(["a", "b", "a", "c"], ["b", "c", "b", "c"], [1.0, 2.0, 0.5, 9.0])
    >>> graph.nodes.tolist(), graph.indptr.tolist(), graph.indices.tolist(), graph.weights.tolist()
    (['a', 'b', 'c'], [0, 1, 2, 2], [1, 2], [1.5, 2.0])
    >>> graph.loops
    1
    """
    ends = _ids(source), _ids(target)
    weights = _weights(weight, len(ends[0]))
    if len(ends[0]) != len(ends[1]):
        raise BadEdges(f"{len(ends[0])} sources and {len(ends[1])} targets")
    known = np.unique(np.concatenate(ends) if nodes is None else _ids(nodes))
    if len(known) > MOST_NODES:
        raise BadEdges(f"at most {MOST_NODES:,} nodes")
    sources, targets = (_places(known, each) for each in ends)
    return compressed(known, sources, targets, weights, int(np.count_nonzero(sources == targets)))


def compressed(nodes: Nodes, sources: Indices, targets: Indices, weights: Floats, loops: int) -> Graph:
    """A graph of places in rising ids, for who has them already: nothing is searched or checked.

    sources, targets: int32[E]; weights: float64[E]. Parallel edges are summed; self-loops (`loops` is what is
    noted of them) and edges of weight 0 are left out.
    """
    from scipy.sparse import coo_array  # a tenth of a second to import: only where graphs are made

    kept = (sources != targets) & (weights > 0)
    if not kept.all():
        sources, targets, weights = sources[kept], targets[kept], weights[kept]
    shape = (len(nodes), len(nodes))
    matrix = coo_array((weights, (sources, targets)), shape=shape).tocsr()  # sums parallel edges
    matrix.sort_indices()
    indptr, indices = (each.astype(np.int32, copy=False) for each in (matrix.indptr, matrix.indices))
    return Graph(nodes, indptr, indices, matrix.data, loops)


def joined(one: Graph, other: Graph) -> Graph:
    """The nodes and arcs of both, weights summed; numbers become text where the other's ids are text.

    >>> made = joined(build([1], [2]), build(["2", "a"], ["a", "1"]))
    >>> made.nodes.tolist(), made.indices.tolist()
    (['1', '2', 'a'], [1, 2, 0])
    """
    graphs = _of_one_type(one, other)
    nodes = np.union1d(*(each.nodes for each in graphs))
    if len(nodes) > MOST_NODES:
        raise BadEdges(f"at most {MOST_NODES:,} nodes")
    moved = [_places(nodes, each.nodes) for each in graphs]
    sources = np.concatenate([to[each.sources()] for each, to in zip(graphs, moved, strict=True)])
    targets = np.concatenate([to[each.indices] for each, to in zip(graphs, moved, strict=True)])
    weights = np.concatenate([each.weights for each in graphs])
    return compressed(nodes, sources, targets, weights, one.loops + other.loops)


def without(graph: Graph, places: ArrayLike) -> Graph:
    """The graph without some of its nodes, and without their arcs.

    >>> made = without(build([1, 2, 3], [2, 3, 1]), [0])
    >>> made.nodes.tolist(), made.arcs
    ([2, 3], 1)
    """
    kept = np.ones(graph.size, dtype=bool)
    kept[np.asarray(places, dtype=np.intp)] = False
    moved = (np.cumsum(kept) - 1).astype(np.int32)
    sources = graph.sources()
    arcs = kept[sources] & kept[graph.indices]
    ends = moved[sources[arcs]], moved[graph.indices[arcs]]
    return compressed(graph.nodes[kept], *ends, graph.weights[arcs], graph.loops)


def _of_one_type(one: Graph, other: Graph) -> tuple[Graph, Graph]:
    numbers = [each.nodes.dtype.kind in "iu" or not each.size for each in (one, other)]
    if numbers[0] == numbers[1]:
        return one, other
    return (_as_text(one), other) if numbers[0] else (one, _as_text(other))


def _as_text(graph: Graph) -> Graph:
    """Its nodes as text, which stand in another order than numbers."""
    texts = np.array([str(each) for each in graph.nodes.tolist()], dtype=str)
    order = np.argsort(texts)
    ranks = np.empty(graph.size, dtype=np.int32)
    ranks[order] = np.arange(graph.size, dtype=np.int32)
    ends = ranks[graph.sources()], ranks[graph.indices]
    return compressed(texts[order], *ends, graph.weights, graph.loops)


def to_networkx(graph: Graph) -> "nx.DiGraph[Any]":
    """The graph for networkx: nodes are the ids as plain Python values, `weight` stands on each arc.

    >>> sorted(to_networkx(build([1, 2], [2, 3], [0.5, 2])).edges(data="weight"))
    [(1, 2, 0.5), (2, 3, 2.0)]
    """
    import networkx as nx

    made: nx.DiGraph[Any] = nx.DiGraph()
    ids = graph.nodes.tolist()
    made.add_nodes_from(ids)
    ends = zip(graph.sources().tolist(), graph.indices.tolist(), graph.weights.tolist(), strict=True)
    made.add_weighted_edges_from((ids[source], ids[target], weight) for source, target, weight in ends)
    return made


def from_networkx(graph: "nx.Graph[Any]", weight: str = "weight") -> Graph:
    """The CSR of a networkx graph; an undirected edge is an arc each way, a missing weight is 1.

    Raises BadEdges where a weight is none, or where ids can't be put in an order.

    >>> import networkx as nx
    >>> from_networkx(nx.path_graph(3)).indices.tolist()
    [1, 0, 2, 1]
    """
    directed = graph if graph.is_directed() else graph.to_directed()
    edges = list(directed.edges(data=weight, default=1.0))
    sources, targets, weights = zip(*edges, strict=True) if edges else ((), (), ())
    nodes = list(directed.nodes)
    if not nodes:
        return build([], [])
    if len({type(node) for node in nodes}) > 1:
        raise BadEdges("ids of one type can be put in an order, these are of several")
    return build(_like(sources, nodes), _like(targets, nodes), weights or None, nodes=nodes)


def _like(ids: tuple[Any, ...], nodes: list[Any]) -> Nodes:
    """An array of the nodes' type, also where it is empty."""
    return np.asarray(ids, dtype=np.asarray(nodes).dtype)


def _ids(values: ArrayLike) -> Nodes:
    ids = np.asarray(values)
    if ids.ndim != 1:
        raise BadEdges("ids stand in one column")
    if len(ids) and ids.dtype.kind not in "iuUS":
        raise BadEdges("ids are whole numbers or text")
    return ids


def _weights(values: ArrayLike | None, size: int) -> Floats:
    if values is None:
        return np.ones(size)
    try:
        weights = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise BadEdges("weights are numbers") from error
    if weights.shape != (size,):
        raise BadEdges(f"{weights.size} weights for {size} edges")
    bad = np.flatnonzero(~(np.isfinite(weights) & (weights >= 0)))
    if len(bad):
        raise BadEdges(f"edge {bad[0]} has the weight {weights[bad[0]]}; weights are finite and not negative")
    return weights


def _places(known: Nodes, ids: Nodes) -> Indices:
    if not len(ids):
        return np.zeros(0, dtype=np.int32)
    places = np.minimum(np.searchsorted(known, ids), max(0, len(known) - 1))
    unknown = np.flatnonzero(known[places] != ids) if len(known) else np.arange(len(ids))
    if len(unknown):
        raise UnknownNodes(f"{len(unknown)} ends of edges are no nodes, the first is {ids[unknown[0]]!r}")
    return places.astype(np.int32)
