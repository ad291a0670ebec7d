"""Edges on their way from a file to a graph, with as little memory as their ids allow.

As long as all ids are whole numbers an edge is two of them: 16 bytes. The first text makes all of them text,
each of which is held once, and an edge two places of 4 bytes. Weights take 8 bytes from the first on that is
not 1.
"""

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.build import Floats, Graph, Indices, Nodes, compressed
from graph.numberlines import LONGEST, Edges

Numbers = NDArray[np.int64]

# Refused lines are counted all and shown in part.
SHOWN = 100
# An edge takes about 70 bytes where memory is highest: while the graph is made of what was read.
MOST_EDGES = 20_000_000
MOST_NODES = 20_000_000
# A text takes about 200 bytes while ids are collected.
MOST_TEXTS = 4_000_000
LONGEST_ID = 128
# Sums of as many weights as there may be edges stay far from where floats end.
HEAVIEST = 1e15
# As many bytes as ids may take as fixed-width text: one long id widens them all.
MOST_ID_BYTES = 1 << 30
# A table of places is faster than a search, and worth so many times the room of what it finds.
_SPARSE = 4
_BLOCK = 1_000_000


class TooLarge(ValueError):
    """More edges, nodes or text of ids than memory is meant for."""


class NoEdges(ValueError):
    """Not one line of the file is an edge."""


class Refusal(NamedTuple):
    """A line that is no edge. column: source, target, weight or None; value: at most 100 characters."""

    line: int
    column: str | None
    value: str
    reason: str


@dataclass(slots=True)
class EdgeList:
    """What was read. lines: that are or should be edges; refused: how many by reason; refusals: the first.

    Self-loops are counted in `graph.loops` and left out; parallel edges are summed, `parallel` of them to
    another; an edge of weight 0 is no edge, but its ends are nodes.
    """

    graph: Graph
    lines: int
    refused: dict[str, int]
    refusals: list[Refusal]
    parallel: int = 0


class Collector:
    """Takes edges one by one (`edge`) or by the block (`numbers`); `finish` makes the graph of them.

    known: ids that may be; others are refused. most_edges, most_nodes: TooLarge is raised beyond.
    """

    def __init__(
        self,
        known: Iterable[str] | None = None,
        most_edges: int = MOST_EDGES,
        most_nodes: int = MOST_NODES,
    ) -> None:
        self.lines = 0
        self.refused: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self._most_edges, self._most_nodes = most_edges, most_nodes
        self._sources, self._targets = array("q"), array("q")
        self._weights: array[float] | None = None
        self._nodes = array("q")
        self._codes: dict[str, int] | None = None
        self._known: Numbers | None = None
        self._closed = known is not None
        if known is not None:
            self._take_known(list(known))

    def _take_known(self, known: list[str]) -> None:
        numbers = [number(each) for each in known]
        if all(each is not None for each in numbers):
            self._known = np.unique(np.array(numbers, dtype=np.int64))
            self._nodes.extend(self._known.tolist())
        else:
            self._codes = {}
            for each in known:
                self._codes.setdefault(each, len(self._codes))

    def numbers(self, edges: Edges) -> bool:
        """A block of lines; False where it has to be given line by line, because it is not taken whole."""
        if self._codes is not None:
            return False
        if edges.weights is not None and edges.weights.max() > HEAVIEST:
            return False
        if self._known is not None and not (
            np.isin(edges.sources, self._known).all() and np.isin(edges.targets, self._known).all()
        ):
            return False
        self.lines += len(edges.sources)
        if edges.weights is not None or self._weights is not None:
            ones = np.ones(len(edges.sources)) if edges.weights is None else edges.weights
            self._weighted().frombytes(ones.tobytes())
        self._sources.frombytes(edges.sources.tobytes())
        self._targets.frombytes(edges.targets.tobytes())
        self._check()
        return True

    def edge(self, line: int, source: str, target: str, weight: str | None, *, both: bool = False) -> None:
        """A line's cells: an edge (or one each way), or a refusal."""
        self.lines += 1
        problem = self._wrong_end("source", source) or self._wrong_end("target", target)
        value, reason = (1.0, None) if weight is None else _weight(weight)
        if problem is None and reason:
            problem = "weight", weight or "", reason
        if problem is not None:
            self.refuse(line, *problem)
            return
        self._add(source, target, value)
        if both and source != target:
            self._add(target, source, value)

    def node(self, node: str) -> str | None:
        """A node that may have no edge. Why it is none, if it is."""
        problem = self._wrong_end("node", node)
        if problem is None:
            place = self._place(node)
            if self._codes is None:
                self._nodes.append(place)
            self._check()
        return problem[2] if problem else None

    def refuse(self, line: int, column: str | None, value: str, reason: str) -> None:
        """Counts what is no edge."""
        self.refused[reason] += 1
        if len(self.refusals) < SHOWN:
            self.refusals.append(Refusal(line, column, value[:100], reason))

    def rename(self, names: Mapping[str, str]) -> None:
        """Calls nodes otherwise; a name that another node keeps is not given."""
        if self._codes is None:
            self._to_texts()
        codes = self._codes or {}
        told = dict(names)
        # A node that keeps its id may stand in another one's way.
        while taken := {node for node, name in told.items() if name in (codes.keys() - told.keys())}:
            told = {node: name for node, name in told.items() if node not in taken}
        self._codes = {told.get(node, node): place for node, place in codes.items()}

    def finish(self, *, undirected: bool = False) -> EdgeList:
        """What was read, as a graph; `undirected`: each edge both ways. Raises NoEdges, TooLarge."""
        if not self.lines:
            raise NoEdges("the file has no lines with edges")
        nodes, sources, targets = self._numbered() if self._codes is None else self._ranked(self._codes)
        weights = self._weights
        self._weights = None
        values: Floats = np.ones(len(sources)) if weights is None else np.frombuffer(weights)
        loops = int(np.count_nonzero(sources == targets))
        if undirected:
            sources, targets = np.concatenate((sources, targets)), np.concatenate((targets, sources))
            values = np.concatenate((values, values))
        graph = compressed(nodes, sources, targets, values, loops)
        kept = int(np.count_nonzero((sources != targets) & (values > 0)))
        parallel = (kept - graph.arcs) // (2 if undirected else 1)
        return EdgeList(graph, self.lines, dict(self.refused), self.refusals, parallel)

    def _wrong_end(self, column: str, text: str) -> tuple[str, str, str] | None:
        """An id that is known was looked at when it came first."""
        if self._codes is not None and text in self._codes:
            return None
        if text and self._closed and (self._codes is not None or not self._is_known(text)):
            return column, text, "unknown_id"
        reason = wrong_id(text)
        return (column, text, reason) if reason else None

    def _is_known(self, text: str) -> bool:
        assert self._known is not None
        value = number(text)
        if value is None or not len(self._known):
            return False
        place = min(int(np.searchsorted(self._known, value)), len(self._known) - 1)
        return int(self._known[place]) == value

    def _add(self, source: str, target: str, weight: float) -> None:
        # Both are looked at before either is kept: the second may be the first text.
        self._place(source)
        end = self._place(target)
        if weight != 1.0 or self._weights is not None:
            self._weighted().append(weight)
        self._sources.append(self._place(source))
        self._targets.append(end)
        self._check()

    def _weighted(self) -> "array[float]":
        if self._weights is None:
            self._weights = array("d", np.ones(len(self._sources)).tobytes())
        return self._weights

    def _place(self, text: str) -> int:
        """The number itself, or the place of a text in order of appearance."""
        if self._codes is None:
            value = number(text)
            if value is not None:
                return value
            self._to_texts()
        codes = self._codes
        assert codes is not None
        return codes.setdefault(text, len(codes))

    def _to_texts(self) -> None:
        """All numbers so far become texts."""
        numbers, sources, targets = self._numbered()
        if len(numbers) > MOST_TEXTS:
            raise TooLarge(f"more than {MOST_TEXTS:,} nodes whose ids are text")
        self._codes = {str(each): at for at, each in enumerate(numbers.tolist())}
        self._sources, self._targets = array("q"), array("q")
        self._sources.frombytes(sources.astype(np.int64).tobytes())
        self._targets.frombytes(targets.astype(np.int64).tobytes())
        self._nodes = array("q")

    def _check(self) -> None:
        if len(self._sources) > self._most_edges:
            raise TooLarge(f"more than {self._most_edges:,} edges")
        if self._codes is not None and len(self._codes) > self._most_nodes:
            raise TooLarge(f"more than {self._most_nodes:,} nodes")
        if self._codes is not None and len(self._codes) > MOST_TEXTS:
            raise TooLarge(f"more than {MOST_TEXTS:,} nodes whose ids are text")
        if len(self._nodes) > self._most_nodes:
            raise TooLarge(f"more than {self._most_nodes:,} nodes")

    def _numbered(self) -> tuple[Nodes, Indices, Indices]:
        """The numbers, rising, and where sources and targets stand among them; empties what was collected."""
        sources = np.frombuffer(self._sources, dtype=np.int64)
        targets = np.frombuffer(self._targets, dtype=np.int64)
        nodes = _union(sources, targets, np.frombuffer(self._nodes, dtype=np.int64))
        if len(nodes) > self._most_nodes:
            raise TooLarge(f"more than {self._most_nodes:,} nodes")
        places = _Places(nodes)
        first = places(sources)
        self._sources = array("q")
        del sources
        second = places(targets)
        self._targets = array("q")
        return nodes, first, second

    def _ranked(self, codes: dict[str, int]) -> tuple[Nodes, Indices, Indices]:
        """The texts, rising, and where sources and targets stand among them."""
        ids = list(codes)
        self._codes = {}
        column = _column(ids)
        order = np.argsort(column, kind="stable")
        ranks = np.empty(len(ids), dtype=np.int32)
        ranks[order] = np.arange(len(ids), dtype=np.int32)
        sources = ranks[np.frombuffer(self._sources, dtype=np.int64)]
        targets = ranks[np.frombuffer(self._targets, dtype=np.int64)]
        return column[order], sources, targets


def _union(*columns: Numbers) -> Numbers:
    """All numbers, rising, each once."""
    return _once(np.concatenate([_once(each.copy()) for each in columns]))


def _once(numbers: Numbers) -> Numbers:
    """Numbers, rising, each once; sorts in place. numpy's `unique` hashes them, which takes six times as long
    where most are different."""
    numbers.sort()
    first = np.ones(len(numbers), dtype=bool)
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]


class _Places:
    """Where numbers stand among rising ones, all of which are there."""

    def __init__(self, nodes: Numbers) -> None:
        self._nodes = nodes
        self._low = int(nodes[0]) if len(nodes) else 0
        width = int(nodes[-1]) - self._low + 1 if len(nodes) else 0
        self._table: Indices | None = None
        if width <= _SPARSE * len(nodes):
            self._table = np.zeros(width, dtype=np.int32)
            self._table[nodes - self._low] = np.arange(len(nodes), dtype=np.int32)

    def __call__(self, ids: Numbers) -> Indices:
        if self._table is not None:
            return self._table[ids - self._low]
        made = np.empty(len(ids), dtype=np.int32)
        # In their order, block by block: a search that jumps all over the nodes waits for memory each time.
        for begin in range(0, len(ids), _BLOCK):
            block = ids[begin : begin + _BLOCK]
            order = np.argsort(block)
            made[begin + order] = np.searchsorted(self._nodes, block[order])
        return made


def number(text: str) -> int | None:
    """The whole number that a text writes the one way that int writes it, of up to 18 digits; else None."""
    if not (text.isascii() and text.isdigit()) or len(text) > LONGEST or (text[0] == "0" and text != "0"):
        return None
    return int(text)


def wrong_id(text: str) -> str | None:
    """Why a text can be no id, if it can't."""
    if not text:
        return "missing"
    if len(text) > LONGEST_ID:
        return "too_long"
    return None if text.isprintable() else "unprintable"


def _weight(text: str) -> tuple[float, str | None]:
    try:
        weight = float(text)
    except ValueError:
        return 0.0, "no_number" if text else "missing"
    if not math.isfinite(weight):
        return 0.0, "not_finite"
    if weight > HEAVIEST:
        return 0.0, "too_large"
    return weight, "negative" if weight < 0 else None


def _column(ids: list[str]) -> Nodes:
    """All ids as one array: numbers if all of them are."""
    numbers = [number(each) for each in ids]
    if all(each is not None for each in numbers):
        return np.array(numbers, dtype=np.int64)
    longest = max(map(len, ids))
    if len(ids) * longest * 4 > MOST_ID_BYTES:
        raise TooLarge(f"{len(ids):,} ids of up to {longest} characters")
    return np.array(ids, dtype=str)
