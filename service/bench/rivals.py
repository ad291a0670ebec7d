"""What others compute on the same graph: the floors of `elci bench influence`, their own forms made before.

pynetim is no dependency: it is measured where it is installed. cynetdiff is one of the development tools.
"""

import importlib
import importlib.util
import warnings
from array import array
from collections.abc import Callable
from typing import Any

from graph.authority import TOLERANCE
from graph.build import Floats, Graph, Nodes, to_networkx
from graph.communities import undirected
from graph.models import Model


def installed(name: str) -> bool:
    """Whether a rival can be measured here."""
    return importlib.util.find_spec(name) is not None


def pynetim(model: Model, k: int, eps: float) -> Callable[[int], Nodes]:
    """IMM (2015) of pynetim: seed -> ids of its seeds."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses learning libraries that IMM does not use
        made, graph = importlib.import_module("pynetim"), model.graph
    ends = list(zip(graph.sources().tolist(), graph.indices.tolist(), strict=True))
    theirs = made.IMGraph(ends, weights=model.probabilities.tolist(), directed=True, renumber=False)

    def run(seed: int) -> Nodes:
        found = made.IMMAlgorithm(theirs, model="IC", epsilon=eps, random_seed=seed).run(k)
        return graph.nodes[sorted(found)]

    return run


def cynetdiff(model: Model, ids: Nodes, runs: int) -> Callable[[int], float]:
    """Independent cascades of cynetdiff: seed -> mean."""
    made, graph = importlib.import_module("cynetdiff.models"), model.graph
    arcs = array("I", graph.indptr[:-1].tolist()), array("I", graph.indices.tolist())
    theirs = made.IndependentCascadeModel(*arcs, activation_probs=array("f", model.probabilities.tolist()))
    seeds = graph.places(ids).tolist()

    def run(seed: int) -> float:
        theirs.set_rng(seed)
        return float(theirs.compute_marginal_gains(seeds, [], runs)[0])

    return run


def pagerank(graph: Graph) -> Callable[[int], Floats]:
    """networkx, at our tolerance."""
    import networkx as nx
    import numpy as np

    theirs = to_networkx(graph)

    def run(seed: int) -> Floats:
        found = nx.pagerank(theirs, tol=TOLERANCE, max_iter=1_000)
        return np.array([found[node] for node in graph.nodes.tolist()])

    return run


def louvain(graph: Graph) -> Callable[[int], list[set[Any]]]:
    """networkx, on places of nodes."""
    import networkx as nx

    theirs: nx.Graph[int] = nx.Graph()
    theirs.add_nodes_from(range(graph.size))
    low, high, weights = undirected(graph)
    theirs.add_weighted_edges_from(zip(low.tolist(), high.tolist(), weights.tolist(), strict=True))
    return lambda seed: nx.community.louvain_communities(theirs, seed=seed)
