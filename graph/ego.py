"""The surroundings of one node, small enough to draw."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from graph.build import Floats, Graph, Indices, Nodes

MOST = 200


@dataclass(frozen=True, slots=True, eq=False)
class Ego:
    """M nodes, the first is the centre; arcs among them, ends as places in `nodes`; where to draw them.

    steps: int32[M], distance from the centre; x, y: float64[M], centre at (0, 0), the farthest at distance 1;
    left_out: nodes that are as near, but are not among the `most` that were asked for.
    """

    nodes: Nodes
    steps: Indices
    sources: Indices
    targets: Indices
    weights: Floats
    x: Floats
    y: Floats
    left_out: int


def ego(graph: Graph, node: Any, *, radius: int = 1, most: int = MOST, seed: int = 0) -> Ego:
    """All nodes within `radius` arcs of a node, in whatever direction; the nearest and strongest if too many.

    A node is the stronger, the more weight joins it to those nearer to the centre; ties go to the node that
    stands first. Fruchterman, Reingold 1991, by networkx; equal arguments give equal pictures.
    Raises graph.build.UnknownNodes.

    >>> from graph.build import build
    >>> around = ego(build(["a", "b", "c", "x"], ["b", "c", "a", "y"], [1, 1, 5, 1]), "a")
    >>> around.nodes.tolist(), around.steps.tolist(), around.x[:1].tolist()
    (['a', 'c', 'b'], [0, 1, 1], [0.0])
    """
    centre = int(graph.places([node])[0])
    kept, steps, left_out = _near(graph, centre, radius, max(1, most))
    places = np.full(graph.size, -1, dtype=np.int32)
    places[kept] = np.arange(len(kept), dtype=np.int32)
    sources, targets = places[graph.sources()], places[graph.indices]
    inside = (sources >= 0) & (targets >= 0)
    ends = sources[inside], targets[inside], graph.weights[inside]
    return Ego(graph.nodes[kept], steps, *ends, *_layout(len(kept), *ends, seed), left_out)


def _near(graph: Graph, centre: int, radius: int, most: int) -> tuple[Indices, Indices, int]:
    from scipy.sparse import csr_array

    rows: Any = csr_array((graph.weights, graph.indices, graph.indptr), shape=(graph.size, graph.size))
    both = (rows + rows.T).tocsr()
    kept, step = [np.array([centre])], 0
    seen = np.zeros(graph.size, dtype=bool)
    seen[centre] = True
    left_out, room = 0, most - 1
    while step < radius and not left_out and len(kept[-1]):
        step += 1
        strength = np.asarray(both[kept[-1]].sum(axis=0)).ravel()
        strength[seen] = 0
        found = np.flatnonzero(strength)
        best = found[np.argsort(-strength[found], kind="stable")][:room]
        left_out, room = len(found) - len(best), room - len(best)
        seen[found] = True
        kept.append(best)
    steps = np.repeat(np.arange(len(kept), dtype=np.int32), [len(each) for each in kept])
    return np.concatenate(kept).astype(np.int32), steps, left_out


def _layout(
    size: int, sources: Indices, targets: Indices, weights: Floats, seed: int
) -> tuple[Floats, Floats]:
    import networkx as nx

    drawn: nx.Graph[int] = nx.Graph()
    drawn.add_nodes_from(range(size))
    # Pulls grow with the logarithm: a count of 1,000 must not press two nodes into one point.
    pulls = (1 + np.log1p(weights)).tolist()
    drawn.add_weighted_edges_from(zip(sources.tolist(), targets.tolist(), pulls, strict=True))
    placed = nx.spring_layout(drawn, seed=seed)
    points = np.array([placed[place] for place in range(size)]) - placed[0]
    points /= max(float(np.hypot(*points.T).max()), 1e-9)
    return points[:, 0], points[:, 1]
