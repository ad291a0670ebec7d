"""A graph as arrays of bytes, and back: pure. Little-endian, as numpy has them on every machine we run on."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.build import Graph

# Large enough that a graph of millions is some dozens of rows, small enough to be copied without notice.
PART = 4 * 1024 * 1024

Buffer = bytes | bytearray | memoryview


def pack(graph: Graph) -> Iterator[tuple[str, int, memoryview]]:
    """Name, number and bytes of each part. Weights that are all 1 are left out."""
    for name, values in _arrays(graph):
        data = np.ascontiguousarray(values).view(np.uint8).data
        for part, at in enumerate(range(0, max(1, len(data)), PART)):
            yield name, part, data[at : at + PART]


def unpack(arrays: Mapping[str, Buffer]) -> Graph:
    """The graph of whole arrays by name, which it goes on using."""
    indices = np.frombuffer(arrays["indices"], dtype="<i4")
    weights = arrays.get("weights")
    return Graph(
        nodes=_nodes(arrays),
        indptr=np.frombuffer(arrays["indptr"], dtype="<i4"),
        indices=indices,
        weights=np.ones(len(indices)) if weights is None else np.frombuffer(weights, dtype="<f8"),
        loops=int(np.frombuffer(arrays["loops"], dtype="<i8")[0]),
    )


def size_of(graph: Graph) -> int:
    """Bytes that a graph takes in memory."""
    return sum(each.nbytes for each in (graph.nodes, graph.indptr, graph.indices, graph.weights))


def _arrays(graph: Graph) -> Iterator[tuple[str, NDArray[Any]]]:
    yield "loops", np.array([graph.loops], dtype="<i8")
    yield "indptr", graph.indptr.astype("<i4", copy=False)
    yield "indices", graph.indices.astype("<i4", copy=False)
    if not np.all(graph.weights == 1.0):
        yield "weights", graph.weights.astype("<f8", copy=False)
    if graph.nodes.dtype.kind in "iu" or not graph.size:
        yield "numbers", graph.nodes.astype("<i8", copy=False)
        return
    texts = [each.encode() for each in graph.nodes.tolist()]
    yield "ends", np.cumsum([len(each) for each in texts], dtype="<i8")
    yield "texts", np.frombuffer(b"".join(texts), dtype=np.uint8)


def _nodes(arrays: Mapping[str, Buffer]) -> NDArray[Any]:
    if "numbers" in arrays:
        return np.frombuffer(arrays["numbers"], dtype="<i8")
    ends = np.frombuffer(arrays["ends"], dtype="<i8").tolist()
    text = bytes(arrays["texts"])
    starts = [0, *ends[:-1]]
    return np.array([text[start:end].decode() for start, end in zip(starts, ends, strict=True)], dtype=str)
