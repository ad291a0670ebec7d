"""Graphs that a process has read, up to a number of bytes; what was used longest ago goes first."""

from collections import OrderedDict
from uuid import UUID

from graph.build import Graph
from service.discovery.graphs.packing import size_of

# A graph of 3 million nodes and 15 million arcs fits in.
MOST_BYTES = 256 * 1024 * 1024

Key = tuple[UUID, UUID, int]


class Graphs:
    """Graphs by workspace, id and version. A newer version takes the older one's place."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most, self._held = most, 0
        self._graphs: OrderedDict[Key, tuple[Graph, int]] = OrderedDict()

    def get(self, key: Key) -> Graph | None:
        """The graph, if it is held."""
        found = self._graphs.get(key)
        if found is None:
            return None
        self._graphs.move_to_end(key)
        return found[0]

    def put(self, key: Key, graph: Graph) -> None:
        """Holds a graph, if it is not larger than all that may be held."""
        for other in [each for each in self._graphs if each[:2] == key[:2] and each[2] <= key[2]]:
            self._held -= self._graphs.pop(other)[1]
        size = size_of(graph)
        if size > self._most:
            return
        self._graphs[key] = graph, size
        self._held += size
        while self._held > self._most:
            self._held -= self._graphs.popitem(last=False)[1][1]
