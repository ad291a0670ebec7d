"""A graph's nodes in an order, and what each has to do with the others: pure."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.build import Graph
from service.discovery.graphs.schemas import Order

Places = NDArray[np.signedinteger[Any]]


class Degrees(NamedTuple):
    """Of some nodes: arcs that lead in and out, and their weights, one each."""

    inward: list[int]
    outward: list[int]
    weight_in: list[float]
    weight_out: list[float]


def ordered(graph: Graph, order: Order, word: str | None = None) -> Places:
    """The places of nodes (whose ids hold the word) by id, or by degree with the highest first.

    >>> from graph.build import build
    >>> ordered(build(["a", "b", "c"], ["b", "c", "b"]), "in_degree").tolist()
    [1, 2, 0]
    """
    places = np.arange(graph.size) if word is None else containing(graph, word)
    if order == "id":
        return places
    inward = order == "in_degree"
    counts = np.bincount(graph.indices, minlength=graph.size) if inward else np.diff(graph.indptr)
    return places[np.argsort(-counts[places], kind="stable")]


def containing(graph: Graph, word: str) -> Places:
    """The places of nodes whose ids hold a word, in whatever case."""
    if not graph.size:
        return np.zeros(0, dtype=np.intp)
    texts = graph.nodes.astype(str) if graph.nodes.dtype.kind in "iu" else np.strings.lower(graph.nodes)
    return np.flatnonzero(np.strings.find(texts, word.lower()) >= 0)


def degrees(graph: Graph, places: Places) -> Degrees:
    """What leads into nodes and out of them."""
    inward = np.bincount(graph.indices, minlength=graph.size)[places]
    weight_in = np.bincount(graph.indices, weights=graph.weights, minlength=graph.size)[places]
    outward = np.diff(graph.indptr)[places]
    weight_out = [
        float(graph.weights[graph.indptr[place] : graph.indptr[place + 1]].sum()) for place in places.tolist()
    ]
    return Degrees(inward.tolist(), outward.tolist(), weight_in.tolist(), weight_out)
