"""Edge lists as people have them: CSV, TSV, SNAP text, each also gzipped, read in pieces with bounded memory.

GraphML and GEXF are XML, which needs a parser that refuses what XML can do to its reader: it is not here.
"""

import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

from graph.build import Graph, Indices, Nodes, build
from graph.edgelines import Order, rows

# Refused lines are counted all and shown in part.
SHOWN = 100
# An edge takes about 70 bytes where memory is highest: while the graph is made of what was read.
MOST_EDGES = 20_000_000
MOST_NODES = 20_000_000
LONGEST_ID = 128
# As many bytes as ids may take as fixed-width text: one long id widens them all.
MOST_ID_BYTES = 1 << 30
EVERY = 100_000
Progress = Callable[[int], None]


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

    Self-loops are counted in `graph.loops` and left out; parallel edges are summed; an edge of weight 0 is no
    edge, but its ends are nodes.
    """

    graph: Graph
    lines: int
    refused: dict[str, int]
    refusals: list[Refusal]


def read(
    chunks: Iterable[bytes],
    *,
    undirected: bool = False,
    known: Iterable[str] | None = None,
    skip: int = 0,
    most_edges: int = MOST_EDGES,
    most_nodes: int = MOST_NODES,
    progress: Progress | None = None,
) -> EdgeList:
    """An edge a line: source, target and, where there is a third column, weight.

    Columns are parted by tab, semicolon or comma, whichever the first line has, else by blanks; a head line
    is known by its words and says the order of columns. Lines that begin with # or % are comments. Ids are
    text, or whole numbers if all of them are. A line that is no edge is refused, with its number, the column,
    the value and a reason: `missing`, `too_many_columns`, `too_long`, `unprintable`, `no_number`, `negative`,
    `not_finite`, `unknown_id`.

    Parameters
    ----------
    chunks: the file in pieces of any size; gzip is recognised. UTF-8.
    undirected: each line is an edge both ways.
    known: ids that may be; others are refused, and each known one is a node even without edges. None: any.
    skip: lines at the start that are no edges (such as counts of nodes and edges).
    progress: called with the lines read, every 100,000; what it raises ends the work.

    Raises NoEdges, TooLarge, streams.BadStream (no UTF-8, broken gzip, an endless line).

    >>> found = read([b"from,to,count\\nayse,mert,2\\nayse,ay", b"se,1\\nayse,can,-1\\n"])
    >>> found.graph.nodes.tolist(), found.graph.weights.tolist(), found.graph.loops
    (['ayse', 'mert'], [2.0], 1)
    >>> found.refusals
    [Refusal(line=4, column='weight', value='-1', reason='negative')]
    """
    reader = _Reader(known, most_edges, most_nodes)
    for number, row in rows(chunks, skip):
        reader.take(number, row)
        if progress and number % EVERY == 0:
            progress(number)
    return EdgeList(_graph(reader, undirected), reader.lines, dict(reader.refused), reader.refusals)


class _Reader:
    """Edges as numbers: codes of ids in order of appearance, eight bytes an edge and eight for its weight."""

    def __init__(self, known: Iterable[str] | None, most_edges: int, most_nodes: int) -> None:
        self.codes: dict[str, int] = {}
        for each in known or ():
            self.codes.setdefault(each, len(self.codes))
        self.closed = known is not None
        self.most_edges, self.most_nodes = most_edges, most_nodes
        self.order: Order | None = None
        self.lines = 0
        self.refused: Counter[str] = Counter()
        self.refusals: list[Refusal] = []
        self.sources, self.targets, self.weights = array("i"), array("i"), array("d")

    def take(self, number: int, row: list[str]) -> None:
        """One line: the head, an edge, or a refusal."""
        if self.order is None:
            self.order = Order.of(row)
            if self.order is not None:
                return
            self.order = Order()
        self.lines += 1
        problem = self._edge(row, self.order)
        if problem:
            self.refused[problem[2]] += 1
            if len(self.refusals) < SHOWN:
                self.refusals.append(Refusal(number, problem[0], problem[1][:100], problem[2]))

    def _edge(self, row: list[str], order: Order) -> tuple[str | None, str, str] | None:
        width = len(row)
        if width > order.width:
            return None, row[order.width], "too_many_columns"
        source = row[order.source] if order.source < width else ""
        target = row[order.target] if order.target < width else ""
        # An id that is known was looked at when it came first.
        for name, text in (("source", source), ("target", target)):
            if text not in self.codes and (reason := self._wrong_id(text)):
                return name, text, reason
        weight = 1.0
        if order.weight is not None and order.weight < width:
            weight, reason = _weight(row[order.weight])
            if reason:
                return "weight", row[order.weight], reason
        self._add(source, target, weight)
        return None

    def _wrong_id(self, text: str) -> str | None:
        if not text:
            return "missing"
        if self.closed:
            return "unknown_id"
        if len(text) > LONGEST_ID:
            return "too_long"
        return None if text.isprintable() else "unprintable"

    def _add(self, source: str, target: str, weight: float) -> None:
        codes = self.codes
        self.sources.append(codes.setdefault(source, len(codes)))
        self.targets.append(codes.setdefault(target, len(codes)))
        self.weights.append(weight)
        if len(self.weights) > self.most_edges:
            raise TooLarge(f"more than {self.most_edges:,} edges")
        if len(codes) > self.most_nodes:
            raise TooLarge(f"more than {self.most_nodes:,} nodes")


def _weight(text: str) -> tuple[float, str | None]:
    try:
        weight = float(text)
    except ValueError:
        return 0.0, "no_number" if text else "missing"
    if not math.isfinite(weight):
        return 0.0, "not_finite"
    return weight, "negative" if weight < 0 else None


def _graph(reader: _Reader, undirected: bool) -> Graph:
    """Builds on numbers that stand in the ids' order: far less memory than on columns of ids."""
    if not reader.lines:
        raise NoEdges("the file has no lines with edges")
    nodes, ranks = _ranked(list(reader.codes))
    sources = ranks[np.frombuffer(reader.sources, dtype=np.intc)]
    targets = ranks[np.frombuffer(reader.targets, dtype=np.intc)]
    weights = np.frombuffer(reader.weights, dtype=np.float64)
    if undirected:
        sources, targets = np.concatenate((sources, targets)), np.concatenate((targets, sources))
        weights = np.concatenate((weights, weights))
    made = build(sources, targets, weights, nodes=np.arange(len(nodes), dtype=np.int32))
    return replace(made, nodes=nodes, loops=made.loops // 2 if undirected else made.loops)


def _ranked(ids: list[str]) -> tuple[Nodes, Indices]:
    """All ids, rising, and the place in them of each code."""
    if len(ids) and len(ids) * max(map(len, ids)) * 4 > MOST_ID_BYTES and not _numbers(ids):
        raise TooLarge(f"{len(ids):,} ids of up to {max(map(len, ids))} characters")
    column = (
        np.array([int(each) for each in ids], dtype=np.int64) if _numbers(ids) else np.array(ids, dtype=str)
    )
    order = np.argsort(column, kind="stable")
    ranks = np.empty(len(ids), dtype=np.int32)
    ranks[order] = np.arange(len(ids), dtype=np.int32)
    return column[order], ranks


def _numbers(ids: list[str]) -> bool:
    """Whether all ids are whole numbers, written the one way that int writes them."""
    return all(
        each.isascii() and each.isdigit() and len(each) <= 18 and (each[0] != "0" or each == "0")
        for each in ids
    )
