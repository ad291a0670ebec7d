"""Edge lists as people have them: CSV, TSV, SNAP text, each also gzipped, read in pieces with bounded memory.

GraphML and GEXF are XML: xmlgraphs.py reads those.
"""

from collections.abc import Callable, Iterable

from graph import numberlines
from graph.collecting import MOST_EDGES, MOST_NODES, Collector, EdgeList
from graph.edgelines import Order, cells, delimiter_of, is_meant
from graph.streams import blocks, split

EVERY = 100_000
Progress = Callable[[int], None]


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
    `not_finite`, `too_large` (a weight above 1e15), `unknown_id`.

    Parameters
    ----------
    chunks: the file in pieces of any size; gzip is recognised. UTF-8.
    undirected: each line is an edge both ways.
    known: ids that may be; others are refused, and each known one is a node even without edges. None: any.
    skip: lines at the start that are no edges (such as counts of nodes and edges).
    progress: called with the lines read, every 100,000; what it raises ends the work.

    Raises NoEdges, TooLarge (both of collecting), streams.BadStream (no UTF-8, broken gzip, an endless line).

    >>> found = read([b"from,to,count\\nayse,mert,2\\nayse,ay", b"se,1\\nayse,can,-1\\n"])
    >>> found.graph.nodes.tolist(), found.graph.weights.tolist(), found.graph.loops
    (['ayse', 'mert'], [2.0], 1)
    >>> found.refusals
    [Refusal(line=4, column='weight', value='-1', reason='negative')]
    """
    reader = _Reader(Collector(known, most_edges, most_nodes), skip, progress)
    for number, block in blocks(chunks):
        reader.take(number, block)
    return reader.collector.finish(undirected=undirected)


class _Reader:
    """Blocks of lines to a collector. The first line that is meant says how lines are parted."""

    def __init__(self, collector: Collector, skip: int, progress: Progress | None) -> None:
        self.collector = collector
        self._skip, self._progress = skip, progress
        self._begun = False
        self._delimiter: str | None = None
        self._order: Order | None = None

    def take(self, number: int, block: bytes) -> None:
        """A block of whole lines, the first of which has this number."""
        rest = block
        while rest and (not self._begun or self._order is None or number <= self._skip):
            line, _, rest = rest.partition(b"\n")
            self._lines(number, line + b"\n")
            number += 1
        if not rest:
            return
        assert self._order is not None
        found = numberlines.edges(rest, self._delimiter, self._order)
        if found is None or not self.collector.numbers(found):
            self._lines(number, rest)
        elif self._progress:
            last = number + len(found.sources) - 1
            for reached in range(-(-number // EVERY) * EVERY, last + 1, EVERY):
                self._progress(reached)

    def _lines(self, number: int, block: bytes) -> None:
        for at, text in enumerate(split(block, number), number):
            if at > self._skip and is_meant(text):
                self._line(at, text)
            if self._progress and at % EVERY == 0:
                self._progress(at)

    def _line(self, number: int, text: str) -> None:
        """The head, an edge, or a refusal."""
        if not self._begun:
            self._begun, self._delimiter = True, delimiter_of(text)
        row = cells(text, self._delimiter)
        if self._order is None:
            self._order = Order.of(row)
            if self._order is not None:
                return
            self._order = Order()
        self._edge(number, row, self._order)

    def _edge(self, number: int, row: list[str], order: Order) -> None:
        width = len(row)
        if width > order.width:
            self.collector.lines += 1
            self.collector.refuse(number, None, row[order.width], "too_many_columns")
            return
        source = row[order.source] if order.source < width else ""
        target = row[order.target] if order.target < width else ""
        weight = row[order.weight] if order.weight is not None and order.weight < width else None
        self.collector.edge(number, source, target, weight)
